"""Which names are one entity's: full names, nicknames and initials, aliases, acronyms and bare family names."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from attrs import define, evolve, field, frozen

from quotesmith.lexicon.folding import fold
from quotesmith.lexicon.names import PersonName, are_compatible, parse_words
from quotesmith.lexicon.people import PeopleLexicon
from quotesmith.parsed_text import ParsedText
from quotesmith.records import EntityKind
from quotesmith.speakers.grammar import ACTORS
from quotesmith.speakers.names.recognition import Name
from quotesmith.speakers.names.settings import DEFAULT_NAME_SETTINGS, NameSettings
from quotesmith.speakers.names.surnames import MOST_COMPARED, is_relatives_name, resolve_surnames

# A bound that keeps work linear: of a longer word no letter is left out.
LONGEST_MISSPELLED = 24


@frozen
class NamedEntity:
    """An entity that names name.

    Attributes:
        kind: What it is.
        names: Positions in the list of names, in order; at least one.
    """

    kind: EntityKind
    names: tuple[int, ...]


@define
class _Cluster:
    """An entity in the making: its kind, and the positions of its names so far."""

    kind: EntityKind
    names: list[int] = field(factory=list)


@frozen
class _Form:
    """One way to write a name, wherever it stands."""

    key: tuple[str, ...]
    places: tuple[int, ...]
    kind: EntityKind
    person: PersonName


def cluster_names(
    names: Sequence[Name],
    parsed: ParsedText,
    lexicon: PeopleLexicon,
    settings: NameSettings = DEFAULT_NAME_SETTINGS,
) -> list[NamedEntity]:
    """The entities that the names name, in order of their first names; each name belongs to one.

    Two people of one surname stay apart. A bare surname that fits both is given to one by `resolve_surnames`, and one
    that fits a single person is that person's unless `is_relatives_name`. A family name that stands once or twice, one
    letter off the only one like it, is that one. An acronym in brackets is the name before it. Linear in the names.
    """
    forms = list(_split_places(_collect_forms(names, lexicon), names, parsed))
    clusters: list[_Cluster] = []
    people = _People(lexicon, settings, clusters)
    acronyms = _introduced_acronyms(names, parsed)
    for form in _longest_first(form for form in forms if form.kind is EntityKind.PERSON and form.person.given):
        people.add_full(form)
    contested: dict[int, Sequence[int]] = {}
    for form in (form for form in forms if _is_short(form) and form.key[0] not in acronyms):
        candidates = people.fitting(form)
        bearer = clusters[candidates[0]].names if len(candidates) == 1 else ()
        if bearer and is_relatives_name(form.places[0], bearer, names, parsed, lexicon):
            candidates = ()
        if form.kind is not EntityKind.PERSON and (not candidates or form.key[0] in lexicon.countries):
            continue
        if len(candidates) > 1:
            contested.update((place, candidates) for place in form.places)
        else:
            people.add_short(form, candidates)
    bodies = _Bodies(lexicon, settings, clusters, acronyms)
    placed = {place for cluster in clusters for place in cluster.names} | contested.keys()
    for form in _longest_first(form for form in forms if form.places[0] not in placed):
        bodies.add(form)
    owned = [cluster.names for cluster in clusters]
    for place, number in resolve_surnames(contested, names, owned, parsed, lexicon, settings=settings).items():
        clusters[number].names.append(place)
    entities = [NamedEntity(cluster.kind, tuple(sorted(cluster.names))) for cluster in clusters if cluster.names]
    return sorted(entities, key=lambda entity: entity.names)


def _longest_first(forms: Iterable[_Form]) -> list[_Form]:
    return sorted(forms, key=lambda form: -len(form.key))


def _collect_forms(names: Sequence[Name], lexicon: PeopleLexicon) -> list[_Form]:
    places: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for place, name in enumerate(names):
        key = tuple(key for key in map(fold, name.words) if any(c.isalnum() for c in key))
        places[key or tuple(name.words)].append(place)
    return [_make_form(key, found, names, lexicon) for key, found in places.items()]


def _make_form(key: tuple[str, ...], places: list[int], names: Sequence[Name], lexicon: PeopleLexicon) -> _Form:
    kinds = Counter(names[place].kind for place in places)
    is_titled = any(names[place].titles for place in places) and kinds[EntityKind.PERSON] > 0
    kind = EntityKind.PERSON if is_titled else max(kinds, key=lambda kind: (kinds[kind], kind is EntityKind.PERSON))
    if len(key) == 1 and (key[0] in lexicon.countries or key[0] in lexicon.places) and not is_titled:
        kind = EntityKind.PLACE
    return _Form(key, tuple(places), kind, parse_words(names[places[0]].words, lexicon))


def _split_places(forms: Sequence[_Form], names: Sequence[Name], parsed: ParsedText) -> Iterator[_Form]:
    """The forms; one that is a place's name and a person's family name is split: where it acts, it is the person.

    "Jane Paris was born in Lyon. Paris claims that ..."
    """
    families = {fold(form.person.family) for form in forms if form.kind is EntityKind.PERSON and form.person.given}
    for form in forms:
        if form.kind is not EntityKind.PLACE or len(form.key) > 1 or form.key[0] not in families:
            yield form
            continue
        acting = tuple(place for place in form.places if parsed.doc[names[place].end - 1].dep_ in ACTORS)
        others = tuple(place for place in form.places if place not in set(acting))
        if acting:
            yield evolve(form, places=acting, kind=EntityKind.PERSON)
        if others:
            yield evolve(form, places=others)


def _is_short(form: _Form) -> bool:
    """Whether the form is one word, or a family name of several ("De Vries")."""
    return len(form.key) == 1 or (form.kind is EntityKind.PERSON and not form.person.given)


class _People:
    """The people so far, found by the words of their names."""

    def __init__(self, lexicon: PeopleLexicon, settings: NameSettings, clusters: list[_Cluster]) -> None:
        self._lexicon = lexicon
        self._settings = settings
        self._clusters = clusters
        self._fullest: dict[int, PersonName] = {}
        self._by_name: dict[tuple[str, str], list[int]] = defaultdict(list)
        self._by_family: dict[str, list[int]] = defaultdict(list)
        self._by_given: dict[str, list[int]] = defaultdict(list)
        self._by_tail: dict[tuple[str, ...], list[int]] = defaultdict(list)
        self._by_letters: dict[str, list[int]] = defaultdict(list)

    def add_full(self, form: _Form) -> None:
        """A full name joins a person with a compatible one, or is a new person's."""
        name = form.person
        family = fold(name.family)
        found = next(self._compatible(name, family), None)
        tail = self._by_tail.get(form.key, ())
        # "Ms. Duarte Vidal" is "Inez Duarte Vidal": "Duarte" is no given name.
        is_family = fold(name.given) in self._lexicon.particles or not self._lexicon.is_given_name(name.given)
        if found is None and len(tail) == 1 and is_family:
            found = tail[0]
        if found is None:
            found = len(self._clusters)
            self._clusters.append(_Cluster(EntityKind.PERSON))
            self._fullest[found] = name
        self._clusters[found].names.extend(form.places)
        for given in self._given_keys(name.given):
            _append(self._by_name[family, given], found)
        for word in family.split():
            _append(self._by_family[word], found)
        for word in map(fold, (name.given, *name.middle)):
            _append(self._by_given[word], found)
        for start in range(1, min(len(form.key) - 1, MOST_COMPARED)):
            _append(self._by_tail[form.key[start:]], found)
        for letters in _letters_left(family, self._settings.shortest_misspelled):
            _append(self._by_letters[letters], found)

    def fitting(self, form: _Form) -> Sequence[int]:
        """The people who may be meant: by family name, or else by given name, which may stand last."""
        if len(form.key) > 1:
            return self._by_tail.get(form.key, ())
        found = self._by_family.get(form.key[0]) or self._by_given.get(form.key[0])
        return found or self._misspelled(form)

    def _misspelled(self, form: _Form) -> Sequence[int]:
        """The only person whose family name is one letter away from a word that stands once or twice."""
        if form.kind is not EntityKind.PERSON or len(form.places) > self._settings.misspelled_often:
            return ()
        word = form.key[0]
        near = {
            n
            for letters in _letters_left(word, self._settings.shortest_misspelled)
            for n in self._by_letters.get(letters, ())[:MOST_COMPARED]
        }
        families = [(n, fold(self._fullest[n].family)) for n in near]
        like = [n for n, family in families if family[0] == word[0] and abs(len(family) - len(word)) <= 1]
        return like if len(like) == 1 else ()

    def add_short(self, form: _Form, candidates: Sequence[int]) -> None:
        """A bare name joins the person that it fits, or is a new person's."""
        if not candidates:
            self._clusters.append(_Cluster(EntityKind.PERSON))
        number = candidates[0] if candidates else len(self._clusters) - 1
        self._clusters[number].names.extend(form.places)

    def _compatible(self, name: PersonName, family: str) -> Iterator[int]:
        keys = self._given_keys(name.given)
        numbers = dict.fromkeys(n for given in keys for n in self._by_name.get((family, given), ())[:MOST_COMPARED])
        for number in numbers:
            fullest = self._fullest[number]
            if fold(fullest.suffix) == fold(name.suffix) and are_compatible(fullest, name, self._lexicon):
                yield number

    def _given_keys(self, given: str) -> list[str]:
        # Every name is found by its initial, so that "J. K." meets "Joanne" whichever comes first.
        key = fold(given)
        return [key, *sorted(self._lexicon.nicknames.get(key, ())), key[:1] + "."]


class _Bodies:
    """Organizations, places and groups so far, found by their words, their acronyms and their short forms."""

    def __init__(
        self,
        lexicon: PeopleLexicon,
        settings: NameSettings,
        clusters: list[_Cluster],
        acronyms: Mapping[str, tuple[str, ...]],
    ) -> None:
        self._lexicon = lexicon
        self._settings = settings
        self._clusters = clusters
        self._acronyms = acronyms
        self._by_key: dict[tuple[str, ...], int] = {}
        self._by_edge: dict[str, list[int]] = defaultdict(list)
        self._by_initials: dict[str, list[int]] = defaultdict(list)

    def add(self, form: _Form) -> None:
        """The form joins the entity of a longer form, or is a new entity's."""
        key = self._canonical(form.key)
        number = self._find(key, form)
        if number is None:
            number = len(self._clusters)
            self._clusters.append(_Cluster(form.kind))
        self._by_key.setdefault(key, number)
        self._clusters[number].names.extend(form.places)
        if len(key) > 1 and form.kind is EntityKind.ORGANIZATION:
            _append(self._by_edge[key[-1]], number)
            initials = "".join(word[0] for word in key if word not in self._lexicon.names.acronym_gaps)
            _append(self._by_initials[initials], number)
            if all(word in self._lexicon.generic_bodies for word in key[1:]):
                _append(self._by_edge[key[0]], number)

    def _canonical(self, key: tuple[str, ...]) -> tuple[str, ...]:
        key = self._acronyms.get("".join(key), key)
        full = self._lexicon.places.get(" ".join(key))
        return tuple(map(fold, full.split())) if full else key

    def _find(self, key: tuple[str, ...], form: _Form) -> int | None:
        if key in self._by_key or len(key) > 1:
            return self._by_key.get(key)
        word, settings = key[0], self._settings
        spelled_out = self._by_initials.get(word, ())
        if settings.shortest_acronym <= len(word) <= settings.longest_acronym and len(spelled_out) == 1:
            return spelled_out[0]
        longer = self._by_edge.get(word, ())
        return longer[0] if len(longer) == 1 and form.kind is EntityKind.ORGANIZATION else None


def _letters_left(word: str, shortest: int) -> set[str]:
    """The word, and what is left of it without one letter: two words one letter apart share one of these.

    Empty for a word of fewer letters than `shortest`.
    """
    if not shortest <= len(word) <= LONGEST_MISSPELLED:
        return set()
    return {word, *(word[:at] + word[at + 1 :] for at in range(len(word)))}


def _append(numbers: list[int], number: int) -> None:
    if number not in numbers[-MOST_COMPARED:]:
        numbers.append(number)


def _introduced_acronyms(names: Sequence[Name], parsed: ParsedText) -> dict[str, tuple[str, ...]]:
    """Acronyms that stand in brackets after the body's name they shorten, and the words of that name."""
    found = {}
    for full, short in pairwise(names):
        between = parsed.text[parsed.ends[full.end - 1] : parsed.starts[short.start]]
        words = tuple(map(fold, full.words))
        if between.strip() != "(" or len(words) == 1 or full.kind is EntityKind.PERSON:
            continue
        acronym = "".join(map(fold, short.words))
        # "BoE" has a small letter for a small word.
        if "".join(short.words).isupper() or acronym == "".join(word[:1] for word in words):
            found[acronym] = words
    return found
