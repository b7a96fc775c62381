"""Which names are one entity's: full names, nicknames and initials, aliases, acronyms and bare family names."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from attrs import frozen

from quotesmith.lexicon.folding import fold
from quotesmith.lexicon.names import PersonName, are_compatible, without_article
from quotesmith.lexicon.people import PeopleLexicon
from quotesmith.parsed_text import ParsedText
from quotesmith.records import EntityKind, Gender
from quotesmith.speakers.names.aliases import join_aliases
from quotesmith.speakers.names.bodies import Bodies, find_acronyms
from quotesmith.speakers.names.forms import (
    MOST_COMPARED,
    NameCluster,
    NameForm,
    append_number,
    collect_forms,
    collect_labelled,
    is_short,
    split_places,
)
from quotesmith.speakers.names.genders import told_gender
from quotesmith.speakers.names.recognition import Name
from quotesmith.speakers.names.surnames import is_relatives_name, resolve_surnames
from quotesmith.speakers.settings import NameSettings

# A bound that keeps work linear: of a longer word no letter is left out.
LONGEST_MISSPELLED = 24


@frozen
class NamedEntity:
    """An entity that names name.

    Attributes:
        kind: What it is.
        names: Positions in the list of names, in order; at least one.
        former: Those of the names that it no longer has.
        name: What to call it; None for the fullest of its names.
        aliases: All that the text calls it, where `name` is given.
        gender: Its gender, where that is known from all its names.
    """

    kind: EntityKind
    names: tuple[int, ...]
    former: frozenset[int] = frozenset()
    name: str | None = None
    aliases: tuple[str, ...] = ()
    gender: Gender | None = None


def cluster_names(
    names: Sequence[Name],
    parsed: ParsedText,
    lexicon: PeopleLexicon,
    settings: NameSettings,
) -> list[NamedEntity]:
    """The entities that the names name, in order of their first names; each name belongs to one.

    Labels of one speaker are one entity and those of two are two, whatever names they have; other names join them.
    Two people of one surname stay apart, and so do "Mr. Holm" and "Mrs. Holm". A bare surname that fits both is given
    to one by `resolve_surnames`, and one that fits a single person is that person's unless `is_relatives_name`. A
    family name that stands once or twice, one letter off the only one like it, is that one. An acronym in brackets is
    the name before it, and so is a name behind "also known as". Linear in the names.
    """
    forms = list(split_places(collect_forms(names, lexicon), names, parsed))
    labelled = collect_labelled(names, lexicon)
    clusters = [NameCluster(form.kind, list(form.places)) for form in labelled]
    shown = {place: told_gender(name, parsed, lexicon) for place, name in enumerate(names)}
    people = _People(lexicon, settings, clusters, {place: gender for place, gender in shown.items() if gender})
    people.add_labelled(labelled)
    acronyms = find_acronyms(forms, names, parsed, lexicon, settings)
    for form in _longest_first(form for form in forms if form.kind is EntityKind.PERSON and form.person.given):
        people.add_full(form)
    contested: dict[int, Sequence[int]] = {}
    # Of a word that nothing shows to be a person's name, a body's longer name shows what it is.
    legal_forms = lexicon.names.legal_forms
    longer = [form.key for form in forms if form.kind is EntityKind.ORGANIZATION and len(form.key) > 1]
    starts = {key[0]: key[-1] in legal_forms for key in sorted(longer, key=lambda key: key[-1] in legal_forms)}
    for form in (form for form in forms if is_short(form) and form.key[0] not in acronyms):
        candidates = people.fitting(form)
        bearer = clusters[candidates[0]].names if len(candidates) == 1 else ()
        if bearer and is_relatives_name(form.places[0], bearer, names, parsed, lexicon):
            candidates = ()
        if form.kind is not EntityKind.PERSON and (not candidates or form.key[0] in lexicon.countries):
            continue
        firm = starts.get(form.key[0])
        if not candidates and firm is not None and not _is_person(form, names, parsed, is_firm=firm):
            continue
        contested.update(people.add_short(form, candidates))
    bodies = Bodies(lexicon, settings, clusters, acronyms)
    bodies.add_labelled(labelled)
    placed = {place for cluster in clusters for place in cluster.names} | contested.keys()
    for form in _longest_first(form for form in forms if form.places[0] not in placed):
        bodies.add(form)
    owned = [cluster.names for cluster in clusters]
    for place, number in resolve_surnames(contested, names, owned, parsed, lexicon, settings=settings).items():
        clusters[number].names.append(place)
    former = join_aliases(clusters, names, parsed, lexicon)
    entities = [
        NamedEntity(cluster.kind, tuple(sorted(cluster.names)), former & frozenset(cluster.names))
        for cluster in clusters
        if cluster.names
    ]
    return sorted(entities, key=lambda entity: entity.names)


def _longest_first(forms: Iterable[NameForm]) -> list[NameForm]:
    return sorted(forms, key=lambda form: -len(form.key))


def _is_person(form: NameForm, names: Sequence[Name], parsed: ParsedText, *, is_firm: bool) -> bool:
    """Whether titles show the bearer of a bare name to be a person, or the recognizer does and no firm begins so."""
    first = names[form.places[0]]
    is_recognized = parsed.doc[first.start].ent_type_ == "PERSON" and not is_firm
    return is_recognized or any(names[place].titles for place in form.places)


class _People:
    """The people so far, found by the words of their names."""

    def __init__(
        self,
        lexicon: PeopleLexicon,
        settings: NameSettings,
        clusters: list[NameCluster],
        shown: Mapping[int, Gender],
    ) -> None:
        self._lexicon = lexicon
        self._settings = settings
        self._clusters = clusters
        # The gender that the text tells with a name, by the name's position; and those told of a person.
        self._shown = shown
        self._genders: dict[int, set[Gender]] = defaultdict(set)
        self._fullest: dict[int, PersonName] = {}
        self._by_name: dict[tuple[str, str], list[int]] = defaultdict(list)
        self._by_family: dict[str, list[int]] = defaultdict(list)
        self._by_given: dict[str, list[int]] = defaultdict(list)
        self._by_tail: dict[tuple[str, ...], list[int]] = defaultdict(list)
        self._by_letters: dict[str, list[int]] = defaultdict(list)

    def add_full(self, form: NameForm) -> None:
        """A full name joins a person with a compatible one, or is a new person's."""
        name = form.person
        found = next(self._compatible(form), None)
        tail = self._by_tail.get(form.key, ())
        # "Ms. Duarte Vidal" is "Inez Duarte Vidal": "Duarte" is no given name.
        is_family = fold(name.given) in self._lexicon.particles or not self._lexicon.is_given_name(name.given)
        if found is None and len(tail) == 1 and is_family:
            found = tail[0]
        if found is None:
            found = len(self._clusters)
            self._clusters.append(NameCluster(EntityKind.PERSON))
        self._clusters[found].names.extend(form.places)
        self.register(found, form)

    def add_labelled(self, forms: Sequence[NameForm]) -> None:
        """The people among the labelled speakers, whose clusters are there, in order."""
        for number, form in enumerate(forms):
            if form.kind is EntityKind.PERSON:
                self.register(number, form)

    def register(self, number: int, form: NameForm) -> None:
        """A person can be found by the words of the name from now on."""
        name = form.person
        family = fold(name.family)
        self._fullest.setdefault(number, name)
        self._genders[number].update(self._shown[place] for place in form.places if place in self._shown)
        for given in self._given_keys(name.given) if name.given else ():
            append_number(self._by_name[family, given], number)
        for word in family.split():
            for key in {word, without_article(word, self._lexicon)}:
                append_number(self._by_family[key], number)
        for word in map(fold, (name.given, *name.middle) if name.given else ()):
            append_number(self._by_given[word], number)
        for start in range(1, min(len(form.key) - 1, MOST_COMPARED)):
            append_number(self._by_tail[form.key[start:]], number)
        for letters in _letters_left(family, self._settings.min_misspelled_letters):
            append_number(self._by_letters[letters], number)

    def fitting(self, form: NameForm) -> Sequence[int]:
        """The people who may be meant: by family name, or else by given name, which may stand last."""
        if len(form.key) > 1:
            return self._by_tail.get(form.key, ()) or self._junior(form)
        word = form.key[0]
        family = self._by_family.get(word) or self._by_family.get(without_article(word, self._lexicon))
        found = family or self._by_given.get(word)
        return found or self._misspelled(form)

    def _junior(self, form: NameForm) -> Sequence[int]:
        """The people whom a given name and "Jr." mean: "Donald Jr."."""
        name = form.person
        near = self._by_given.get(fold(name.family), ())[:MOST_COMPARED] if name.suffix else ()
        return [number for number in near if fold(self._fullest[number].suffix) == fold(name.suffix)]

    def _misspelled(self, form: NameForm) -> Sequence[int]:
        """The only person whose family name is one letter away from a word that stands once or twice."""
        if form.kind is not EntityKind.PERSON or len(form.places) > self._settings.misspelled_often:
            return ()
        word = form.key[0]
        near = {
            n
            for letters in _letters_left(word, self._settings.min_misspelled_letters)
            for n in self._by_letters.get(letters, ())[:MOST_COMPARED]
        }
        families = [(n, fold(self._fullest[n].family)) for n in near]
        like = [n for n, family in families if family[0] == word[0] and abs(len(family) - len(word)) <= 1]
        return like if len(like) == 1 else ()

    def add_short(self, form: NameForm, candidates: Sequence[int]) -> Iterator[tuple[int, Sequence[int]]]:
        """A bare name joins the person that it fits, or is a new person's; gives each place with several, and those.

        Where the text tells two genders, there is a person of each: "Mr. Holm" and "Mrs. Holm", who isn't Bo Holm.
        """
        everyone = list(candidates)
        genders = Counter(self._shown[place] for place in form.places if place in self._shown)
        for gender, _ in genders.most_common():
            fitting = [number for number in everyone if self._may_be(number, gender, form)]
            if not fitting:
                everyone.append(self._add(gender))
            elif len(fitting) == 1:
                self._genders[fitting[0]].add(gender)
        everyone = everyone or [self._add()]
        for place in form.places:
            title = self._shown.get(place)
            may_be = everyone
            if title is not None:
                near = everyone[:MOST_COMPARED]
                may_be = [number for number in near if self._may_be(number, title, form)] or everyone
            if len(may_be) > 1:
                yield place, may_be
            else:
                self._clusters[may_be[0]].names.append(place)

    def _add(self, *genders: Gender) -> int:
        """A new person, of whom the text tells the gender if one is given."""
        self._clusters.append(NameCluster(EntityKind.PERSON))
        number = len(self._clusters) - 1
        self._genders[number].update(genders)
        return number

    def _may_be(self, number: int, gender: Gender, form: NameForm) -> bool:
        """Whether a person of a bare name can be of a gender, by what is told of them, or else by their given name."""
        titles, name = self._genders[number], self._fullest.get(number)
        if titles:
            return gender in titles
        # Of "Mr. Xi", who is Xi Jinping, the first word is the family name.
        if name is None or fold(name.given) == form.key[0]:
            return True
        return self._lexicon.name_gender(name.given) in {None, gender}

    def _compatible(self, form: NameForm) -> Iterator[int]:
        name, family = form.person, fold(form.person.family)
        shown = {self._shown[place] for place in form.places if place in self._shown}
        keys = self._given_keys(name.given)
        numbers = dict.fromkeys(n for given in keys for n in self._by_name.get((family, given), ())[:MOST_COMPARED])
        for number in numbers:
            fullest, genders = self._fullest[number], self._genders[number]
            if shown and genders and not shown & genders:
                continue
            if fold(fullest.suffix) == fold(name.suffix) and are_compatible(fullest, name, self._lexicon):
                yield number

    def _given_keys(self, given: str) -> list[str]:
        # Every name is found by its initial, so that "J. K." meets "Joanne" whichever comes first.
        key = fold(given)
        return [key, *sorted(self._lexicon.nicknames.get(key, ())), key[:1] + "."]


def _letters_left(word: str, shortest: int) -> set[str]:
    """The word, and what is left of it without one letter: two words one letter apart share one of these.

    Empty for a word of fewer letters than `shortest`.
    """
    if not shortest <= len(word) <= LONGEST_MISSPELLED:
        return set()
    return {word, *(word[:at] + word[at + 1 :] for at in range(len(word)))}
