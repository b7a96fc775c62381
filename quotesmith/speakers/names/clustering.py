"""Which names are one entity's: full names, nicknames and initials, aliases, acronyms and bare family names."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from math import log2

from attrs import define, evolve, field, frozen

from quotesmith.coreference import GENDERS, pronoun_class
from quotesmith.lexicon.folding import fold
from quotesmith.lexicon.names import PersonName, are_compatible, parse_words, title_gender
from quotesmith.lexicon.people import PeopleLexicon
from quotesmith.parsed_text import ParsedText
from quotesmith.records import EntityKind, Gender
from quotesmith.speakers.names.recognition import Name, head_token
from quotesmith.speakers.noun_phrases import ACTORS, SUBJECTS, clause_head
from quotesmith.speakers.settings import NameSettings

# A bound that keeps ten thousand Smiths linear: a name is compared with this many of its bearers.
MOST_COMPARED = 8
# A bound that keeps work linear: of a longer word no letter is left out.
LONGEST_MISSPELLED = 24


def resolve_surnames(
    contested: Mapping[int, Sequence[int]],
    names: Sequence[Name],
    owned: Sequence[Sequence[int]],
    parsed: ParsedText,
    lexicon: PeopleLexicon,
    *,
    settings: NameSettings,
) -> dict[int, int]:
    """For each bare name with several bearers, the one who is meant.

    A title and its gender decide. Otherwise these count: how often the text means each bearer, who was the subject
    just before in the paragraph, a gendered pronoun behind the name, and who was named in full last.

    Args:
        contested: For the position of each such name its bearers.
        names: The names in text order.
        owned: For each person the positions of the names that are certainly theirs.
        parsed: The text.
        lexicon: Titles and given names.
        settings: Thresholds.

    Note:
        Linear in the names: at most `MOST_COMPARED` bearers of one name are looked at.
    """
    bearers = _Bearers(names, parsed, lexicon, settings)
    owners = {place: number for number, places in enumerate(owned) for place in places}
    for place, number in owners.items():
        bearers.learn(place, number)
    found = {}
    for place in range(len(names)):
        if place in contested:
            found[place] = bearers.choose(place, contested[place][:MOST_COMPARED])
        elif place in owners:
            bearers.see(place, owners[place])
    return found


def is_relatives_name(
    bare: int, full: Sequence[int], names: Sequence[Name], parsed: ParsedText, lexicon: PeopleLexicon
) -> bool:
    """Whether a bare name belongs to somebody else than the relative who is named in full.

    "Holm is the daughter of Bo Holm": Holm isn't Bo.

    Args:
        bare: Position of the first bare name.
        full: Positions of the full names of the only person who bears it.
        names: The names in text order.
        parsed: The text.
        lexicon: Titles, given names and relations.
    """
    first = min(full)
    if bare > first or fold(names[first].words[-1]) != fold(names[bare].words[-1]):
        return False
    head = clause_head(head_token(parsed.doc, names[first]))
    if head.dep_ == "pobj" and head.head.lower_ == "of":
        head = head.head.head
    return fold(head.lemma_) in lexicon.relations


@define(eq=False)
class _Bearers:
    """What is known of the people, and who has been named up to the place that is being read."""

    _names: Sequence[Name]
    _parsed: ParsedText
    _lexicon: PeopleLexicon
    _settings: NameSettings
    _titles: dict[int, set[str]] = field(factory=lambda: defaultdict(set))
    _genders: dict[int, set[Gender]] = field(factory=lambda: defaultdict(set))
    _counts: dict[int, int] = field(factory=lambda: defaultdict(int))
    _last: dict[int, int] = field(factory=dict)

    def learn(self, place: int, number: int) -> None:
        """Count a name that is certainly a person's, wherever it stands, and its titles and gender."""
        name = self._names[place]
        self._titles[number] |= _roles(name, self._lexicon)
        shown = (title_gender(name.titles, self._lexicon), self._lexicon.name_gender(name.words[0]))
        self._genders[number] |= {gender for gender in shown[: len(name.words)] if gender is not None}
        self._counts[number] += 1

    def see(self, place: int, number: int) -> None:
        """Remember that a person is named in full at that place."""
        self._last[number] = place

    def choose(self, place: int, candidates: Sequence[int]) -> int:
        """The person meant by the bare name, which counts as theirs from now on."""
        name = self._names[place]
        gender = title_gender(name.titles, self._lexicon)
        fitting = [n for n in candidates if gender is None or self._may_be(n, gender)] or candidates
        roles = _roles(name, self._lexicon)
        pronoun = self._pronoun_gender(place)
        last = max(fitting, key=lambda n: self._last.get(n, -1))
        settings, scores = self._settings, {}
        for number in fitting:
            score = log2(1 + self._counts[number]) + settings.last_in_full * (number == last)
            score += settings.not_yet_named * (number not in self._last)
            score += settings.just_subject * self._was_subject(number, place)
            score += settings.pronoun_agrees * (pronoun is not None and self._genders[number] == {pronoun})
            scores[number] = (len(roles & self._titles[number]), score, self._last.get(number, -1))
        chosen = max(fitting, key=scores.__getitem__)
        self._counts[chosen] += 1
        return chosen

    def _may_be(self, number: int, gender: Gender) -> bool:
        return not self._genders[number] or gender in self._genders[number]

    def _was_subject(self, number: int, place: int) -> bool:
        """Whether the person, named in full, was the subject just before in the same paragraph."""
        if number not in self._last:
            return False
        before, here = (self._parsed.doc[self._names[p].start] for p in (self._last[number], place))
        if self._parsed.paragraph_at(before.idx) != self._parsed.paragraph_at(here.idx):
            return False
        name = self._names[self._last[number]]
        return any(token.dep_ in SUBJECTS for token in self._parsed.doc[name.start : name.end])

    def _pronoun_gender(self, place: int) -> Gender | None:
        """The gender of the first such pronoun after the name, in its sentence and before another person's name."""
        sentences, end = self._parsed.sentences, self._names[place].end
        following = self._names[place + 1 : place + 2]
        stop = min(end + self._settings.pronoun_reach, len(sentences))
        if following and following[0].kind is EntityKind.PERSON:
            stop = min(stop, following[0].start)
        for index in range(end, stop):
            if sentences[index] != sentences[end - 1]:
                return None
            kind = pronoun_class(self._parsed.doc[index])
            if kind in GENDERS:
                return GENDERS[kind]
        return None


def _roles(name: Name, lexicon: PeopleLexicon) -> set[str]:
    """The titles before a name, written out."""
    titles = (fold(title) for title in name.titles)
    return {lexicon.title_roles.get(title, title) for title in titles if title in lexicon.titles}


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
    settings: NameSettings,
) -> list[NamedEntity]:
    """The entities that the names name, in order of their first names; each name belongs to one.

    Labels of one speaker are one entity and those of two are two, whatever names they have; other names join them.
    Two people of one surname stay apart, and so do "Mr. Holm" and "Mrs. Holm". A bare surname that fits both is given
    to one by `resolve_surnames`, and one that fits a single person is that person's unless `is_relatives_name`. A
    family name that stands once or twice, one letter off the only one like it, is that one. An acronym in brackets is
    the name before it. Linear in the names.
    """
    forms = list(_split_places(_collect_forms(names, lexicon), names, parsed))
    labelled = _collect_labelled(names, lexicon)
    clusters = [_Cluster(form.kind, list(form.places)) for form in labelled]
    shown = {place: title_gender(name.titles, lexicon) for place, name in enumerate(names) if name.titles}
    people = _People(lexicon, settings, clusters, {place: gender for place, gender in shown.items() if gender})
    people.add_labelled(labelled)
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
        contested.update(people.add_short(form, candidates))
    bodies = _Bodies(lexicon, settings, clusters, acronyms)
    bodies.add_labelled(labelled)
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
        if name.speaker is None:
            places[_form_key(name)].append(place)
    return [_make_form(key, found, names, lexicon) for key, found in places.items()]


def _collect_labelled(names: Sequence[Name], lexicon: PeopleLexicon) -> list[_Form]:
    """The form of each labelled speaker's name."""
    places: dict[int, list[int]] = defaultdict(list)
    for place, name in enumerate(names):
        if name.speaker is not None:
            places[name.speaker].append(place)
    first = [(names[found[0]], found) for found in places.values()]
    return [_Form(_form_key(name), tuple(found), name.kind, parse_words(name.words, lexicon)) for name, found in first]


def _form_key(name: Name) -> tuple[str, ...]:
    return tuple(key for key in map(fold, name.words) if any(c.isalnum() for c in key)) or tuple(name.words)


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

    def __init__(
        self,
        lexicon: PeopleLexicon,
        settings: NameSettings,
        clusters: list[_Cluster],
        shown: Mapping[int, Gender],
    ) -> None:
        self._lexicon = lexicon
        self._settings = settings
        self._clusters = clusters
        # The gender that the titles of a name show, by the name's position; and those of a person's titles.
        self._shown = shown
        self._genders: dict[int, set[Gender]] = defaultdict(set)
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
        self._clusters[found].names.extend(form.places)
        self.register(found, form)

    def add_labelled(self, forms: Sequence[_Form]) -> None:
        """The people among the labelled speakers, whose clusters are there, in order."""
        for number, form in enumerate(forms):
            if form.kind is EntityKind.PERSON:
                self.register(number, form)

    def register(self, number: int, form: _Form) -> None:
        """A person can be found by the words of the name from now on."""
        name = form.person
        family = fold(name.family)
        self._fullest.setdefault(number, name)
        self._genders[number].update(self._shown[place] for place in form.places if place in self._shown)
        for given in self._given_keys(name.given) if name.given else ():
            _append(self._by_name[family, given], number)
        for word in family.split():
            _append(self._by_family[word], number)
        for word in map(fold, (name.given, *name.middle) if name.given else ()):
            _append(self._by_given[word], number)
        for start in range(1, min(len(form.key) - 1, MOST_COMPARED)):
            _append(self._by_tail[form.key[start:]], number)
        for letters in _letters_left(family, self._settings.min_misspelled_letters):
            _append(self._by_letters[letters], number)

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
            for letters in _letters_left(word, self._settings.min_misspelled_letters)
            for n in self._by_letters.get(letters, ())[:MOST_COMPARED]
        }
        families = [(n, fold(self._fullest[n].family)) for n in near]
        like = [n for n, family in families if family[0] == word[0] and abs(len(family) - len(word)) <= 1]
        return like if len(like) == 1 else ()

    def add_short(self, form: _Form, candidates: Sequence[int]) -> Iterator[tuple[int, Sequence[int]]]:
        """A bare name joins the person that it fits, or is a new person's; gives each place with several, and those.

        Where titles show two genders, there is a person of each: "Mr. Holm" and "Mrs. Holm".
        """
        everyone = list(candidates)
        genders = Counter(self._shown[place] for place in form.places if place in self._shown)
        for gender, _ in genders.most_common() if len(genders) > 1 else ():
            fitting = [number for number in everyone if self._may_be(number, gender)]
            if not fitting:
                everyone.append(self._add(gender))
            elif len(fitting) == 1:
                self._genders[fitting[0]].add(gender)
        everyone = everyone or [self._add()]
        for place in form.places:
            title = self._shown.get(place)
            may_be = everyone
            if title is not None and len(genders) > 1:
                may_be = [number for number in everyone[:MOST_COMPARED] if self._may_be(number, title)] or everyone
            if len(may_be) > 1:
                yield place, may_be
            else:
                self._clusters[may_be[0]].names.append(place)

    def _add(self, *genders: Gender) -> int:
        """A new person, whose titles show the gender if one is given."""
        self._clusters.append(_Cluster(EntityKind.PERSON))
        number = len(self._clusters) - 1
        self._genders[number].update(genders)
        return number

    def _may_be(self, number: int, gender: Gender) -> bool:
        """Whether a person can be of a gender, by their titles, or else by their given name."""
        titles, name = self._genders[number], self._fullest.get(number)
        if titles:
            return gender in titles
        return name is None or self._lexicon.name_gender(name.given) in {None, gender}

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
        self._clusters[number].names.extend(form.places)
        self.register(number, form)

    def add_labelled(self, forms: Sequence[_Form]) -> None:
        """The bodies among the labelled speakers, whose clusters are there, in order."""
        for number, form in enumerate(forms):
            if form.kind is not EntityKind.PERSON:
                self.register(number, form)

    def register(self, number: int, form: _Form) -> None:
        """A body can be found by the words of the name from now on."""
        key = self._canonical(form.key)
        self._by_key.setdefault(key, number)
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
        if settings.min_acronym_letters <= len(word) <= settings.max_acronym_letters and len(spelled_out) == 1:
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
