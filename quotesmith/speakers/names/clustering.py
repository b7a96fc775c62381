"""Which names are one entity's: full names, aliases, acronyms, and surnames that several people bear."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from math import log2

from attrs import define, evolve, field, frozen
from spacy.tokens import Token

from quotesmith.coreference import GENDERS, pronoun_class
from quotesmith.lexicon.names import PersonName, are_compatible, parse_words, title_gender
from quotesmith.lexicon.people import PeopleLexicon, fold
from quotesmith.parsed_text import ParsedText
from quotesmith.records import EntityKind, Gender
from quotesmith.speakers.grammar import ACTORS, SUBJECTS
from quotesmith.speakers.names.descriptions import head_token
from quotesmith.speakers.names.recognition import Name
from quotesmith.speakers.noun_phrases import clause_head

SHORTEST_ACRONYM = 2
LONGEST_ACRONYM = 6
# A shorter family name with one letter wrong may well be another one.
SHORTEST_MISSPELLED = 7
LONGEST_MISSPELLED = 24
MISSPELLED_OFTEN = 2
# A bare name is compared with no more than so many of its bearers, so that ten thousand Smiths stay linear.
COMPARED = 8
PRONOUN_REACH = 25
# What speaks for a bearer, beside how often the text has meant it so far (per doubling: 1).
JUST_SUBJECT, PRONOUN_AGREES, LAST_IN_FULL, NOT_YET_NAMED = 1.5, 1.5, 1.0, -3.0


@define
class NamedEntity:
    """An entity in the making, known by its names.

    Attributes:
        kind: What it is.
        names: Positions in the list of names, in order.
    """

    kind: EntityKind
    names: list[int] = field(factory=list)


@frozen
class _Form:
    """One way to write a name, wherever it stands."""

    key: tuple[str, ...]
    places: tuple[int, ...]
    kind: EntityKind
    person: PersonName


def cluster_names(names: Sequence[Name], parsed: ParsedText, lexicon: PeopleLexicon) -> list[NamedEntity]:
    """The entities that the names name, in order of their first names; each name belongs to one.

    Two people of one surname stay apart; whom a bare surname that fits both means, `settle_bearers` says, and
    `is_relatives_name` whether one that fits a single person is that one's. A family name that stands once or twice,
    one letter off the only one like it, is that. An acronym in brackets is the name before it. Linear in the names.
    """
    forms = list(_part_places(_collect_forms(names, lexicon), names, parsed))
    entities: list[NamedEntity] = []
    people = _People(lexicon, entities)
    acronyms = _introduced_acronyms(names, parsed)
    bodies = _Bodies(lexicon, entities, acronyms)
    persons = [form for form in forms if form.kind is EntityKind.PERSON]
    full = [form for form in persons if form.person.given]
    for form in sorted(full, key=lambda form: -len(form.key)):
        people.add_full(form)
    contested: dict[int, Sequence[int]] = {}
    short = [form for form in forms if _is_short(form) and form.key[0] not in acronyms]
    for form in short:
        candidates = people.fitting(form)
        bearer = entities[candidates[0]].names if len(candidates) == 1 else ()
        if bearer and is_relatives_name(form.places[0], bearer, names, parsed, lexicon):
            candidates = ()
        if form.kind is not EntityKind.PERSON and (not candidates or form.key[0] in lexicon.countries):
            continue
        if len(candidates) > 1:
            contested.update((place, candidates) for place in form.places)
        else:
            people.add_short(form, candidates)
    placed = {place for entity in entities for place in entity.names} | contested.keys()
    rest = [form for form in forms if form.places[0] not in placed]
    for form in sorted(rest, key=lambda form: -len(form.key)):
        bodies.add(form)
    owned = [entity.names for entity in entities]
    for place, number in settle_bearers(contested, names, owned, parsed, lexicon).items():
        entities[number].names.append(place)
    for entity in entities:
        entity.names.sort()
    return sorted((entity for entity in entities if entity.names), key=lambda entity: entity.names)


def _collect_forms(names: Sequence[Name], lexicon: PeopleLexicon) -> list[_Form]:
    places: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for place, name in enumerate(names):
        key = tuple(key for key in map(fold, name.words) if any(c.isalnum() for c in key))
        places[key or tuple(name.words)].append(place)
    return [_make_form(key, found, names, lexicon) for key, found in places.items()]


def _make_form(key: tuple[str, ...], places: list[int], names: Sequence[Name], lexicon: PeopleLexicon) -> _Form:
    kinds = Counter(names[place].kind for place in places)
    titled = any(names[place].titles for place in places) and kinds[EntityKind.PERSON] > 0
    kind = EntityKind.PERSON if titled else max(kinds, key=lambda kind: (kinds[kind], kind is EntityKind.PERSON))
    if len(key) == 1 and (key[0] in lexicon.countries or key[0] in lexicon.places) and not titled:
        kind = EntityKind.PLACE
    return _Form(key, tuple(places), kind, parse_words(names[places[0]].words, lexicon))


def _part_places(forms: Sequence[_Form], names: Sequence[Name], parsed: ParsedText) -> Iterator[_Form]:
    """The forms; one that names a place as well as a person's family is parted: who acts is the person.

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

    def __init__(self, lexicon: PeopleLexicon, entities: list[NamedEntity]) -> None:
        self._lexicon = lexicon
        self._entities = entities
        self._fullest: dict[int, PersonName] = {}
        self._by_name: dict[tuple[str, str], list[int]] = defaultdict(list)
        self._by_family: dict[str, list[int]] = defaultdict(list)
        self._by_given: dict[str, list[int]] = defaultdict(list)
        self._by_tail: dict[tuple[str, ...], list[int]] = defaultdict(list)
        self._by_letters: dict[str, list[int]] = defaultdict(list)

    def add_full(self, form: _Form) -> None:
        """A name of two words or more joins a person with a compatible one, or is a new person's."""
        name = form.person
        family = fold(name.family)
        found = next(self._compatible(name, family), None)
        tail = self._by_tail.get(form.key, ())
        # "Ms. Duarte Vidal" is "Inez Duarte Vidal", of whom "Duarte" is no given name.
        is_family = fold(name.given) in self._lexicon.particles or not self._lexicon.is_given_name(name.given)
        if found is None and len(tail) == 1 and is_family:
            found = tail[0]
        if found is None:
            found = len(self._entities)
            self._entities.append(NamedEntity(EntityKind.PERSON))
            self._fullest[found] = name
        self._entities[found].names.extend(form.places)
        for given in self._given_keys(name.given):
            _append(self._by_name[family, given], found)
        for word in family.split():
            _append(self._by_family[word], found)
        for word in map(fold, (name.given, *name.middle)):
            _append(self._by_given[word], found)
        for start in range(1, min(len(form.key) - 1, COMPARED)):
            _append(self._by_tail[form.key[start:]], found)
        for letters in _letters_left(family):
            _append(self._by_letters[letters], found)

    def fitting(self, form: _Form) -> Sequence[int]:
        """The people whom a word may name: by family name, or else by given name (or family name first)."""
        if len(form.key) > 1:
            return self._by_tail.get(form.key, ())
        found = self._by_family.get(form.key[0]) or self._by_given.get(form.key[0])
        return found or self._misspelled(form)

    def _misspelled(self, form: _Form) -> Sequence[int]:
        """The only person whose family name is one letter away from a word that stands once or twice."""
        if form.kind is not EntityKind.PERSON or len(form.places) > MISSPELLED_OFTEN:
            return ()
        word = form.key[0]
        near = {n for letters in _letters_left(word) for n in self._by_letters.get(letters, ())[:COMPARED]}
        families = [(n, fold(self._fullest[n].family)) for n in near]
        like = [n for n, family in families if family[0] == word[0] and abs(len(family) - len(word)) <= 1]
        return like if len(like) == 1 else ()

    def add_short(self, form: _Form, candidates: Sequence[int]) -> None:
        """A single word joins the one whom it fits, or is a new person's."""
        if not candidates:
            self._entities.append(NamedEntity(EntityKind.PERSON))
        number = candidates[0] if candidates else len(self._entities) - 1
        self._entities[number].names.extend(form.places)

    def _compatible(self, name: PersonName, family: str) -> Iterator[int]:
        keys = self._given_keys(name.given)
        numbers = dict.fromkeys(n for given in keys for n in self._by_name.get((family, given), ())[:COMPARED])
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
        self, lexicon: PeopleLexicon, entities: list[NamedEntity], acronyms: dict[str, tuple[str, ...]]
    ) -> None:
        self._lexicon = lexicon
        self._entities = entities
        self._acronyms = acronyms
        self._by_key: dict[tuple[str, ...], int] = {}
        self._by_edge: dict[str, list[int]] = defaultdict(list)
        self._by_initials: dict[str, list[int]] = defaultdict(list)

    def add(self, form: _Form) -> None:
        """The form joins the entity of a longer form, or is a new entity's."""
        key = self._canonical(form.key)
        number = self._find(key, form)
        if number is None:
            number = len(self._entities)
            self._entities.append(NamedEntity(form.kind))
        self._by_key.setdefault(key, number)
        self._entities[number].names.extend(form.places)
        if len(key) > 1 and form.kind is EntityKind.ORGANIZATION:
            _append(self._by_edge[key[-1]], number)
            _append(
                self._by_initials["".join(word[0] for word in key if word not in self._lexicon.names.acronym_gaps)],
                number,
            )
            if all(word in self._lexicon.generic_bodies for word in key[1:]):
                _append(self._by_edge[key[0]], number)

    def _canonical(self, key: tuple[str, ...]) -> tuple[str, ...]:
        key = self._acronyms.get("".join(key), key)
        full = self._lexicon.places.get(" ".join(key))
        return tuple(map(fold, full.split())) if full else key

    def _find(self, key: tuple[str, ...], form: _Form) -> int | None:
        if key in self._by_key or len(key) > 1:
            return self._by_key.get(key)
        word = key[0]
        if SHORTEST_ACRONYM <= len(word) <= LONGEST_ACRONYM and len(self._by_initials.get(word, ())) == 1:
            return self._by_initials[word][0]
        longer = self._by_edge.get(word, ())
        return longer[0] if len(longer) == 1 and form.kind is EntityKind.ORGANIZATION else None


def _letters_left(word: str) -> set[str]:
    """The word, and what is left of it without one letter: two words one letter apart share one of these."""
    if not SHORTEST_MISSPELLED - 1 <= len(word) <= LONGEST_MISSPELLED:
        return set()
    return {word, *(word[:at] + word[at + 1 :] for at in range(len(word)))}


def _append(numbers: list[int], number: int) -> None:
    if number not in numbers[-COMPARED:]:
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


def settle_bearers(
    contested: Mapping[int, Sequence[int]],
    names: Sequence[Name],
    owned: Sequence[Sequence[int]],
    parsed: ParsedText,
    lexicon: PeopleLexicon,
) -> dict[int, int]:
    """For each bare name that several people bear the one whom it means.

    Title and its gender decide; else how often the text means whom, who was the subject just before in the paragraph,
    a gendered pronoun behind the name, and who was named in full last.

    Args:
        contested: For the position of each such name the people who bear it.
        names: The names in text order.
        owned: For each person the positions of the names that are certain.
        parsed: The text.
        lexicon: Titles and given names.

    Note:
        Linear in the names: at most `COMPARED` bearers of one name are looked at.
    """
    bearers = _Bearers(names, parsed, lexicon)
    owners = {place: number for number, places in enumerate(owned) for place in places}
    for place, number in owners.items():
        bearers.learn(place, number)
    found = {}
    for place in range(len(names)):
        if place in contested:
            found[place] = bearers.choose(place, contested[place][:COMPARED])
        elif place in owners:
            bearers.see(place, owners[place])
    return found


def is_relatives_name(
    bare: int, full: Sequence[int], names: Sequence[Name], parsed: ParsedText, lexicon: PeopleLexicon
) -> bool:
    """Whether a bare name is of somebody whose relative alone is named in full: "Holm is the daughter of Bo Holm".

    Args:
        bare: Position of the first of the bare names.
        full: Positions of the names of the only one who bears it.
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
    """What is known of the people, and whom the text has named so far."""

    _names: Sequence[Name]
    _parsed: ParsedText
    _lexicon: PeopleLexicon
    _titles: dict[int, set[str]] = field(factory=lambda: defaultdict(set))
    _genders: dict[int, set[Gender]] = field(factory=lambda: defaultdict(set))
    _counts: dict[int, int] = field(factory=lambda: defaultdict(int))
    _last: dict[int, int] = field(factory=dict)

    def learn(self, place: int, number: int) -> None:
        """A name that is certain, wherever it stands, tells titles, gender and weight."""
        name = self._names[place]
        self._titles[number] |= _roles(name, self._lexicon)
        told = (title_gender(name.titles, self._lexicon), self._lexicon.name_gender(name.words[0]))
        self._genders[number] |= {gender for gender in told[: len(name.words)] if gender is not None}
        self._counts[number] += 1

    def see(self, place: int, number: int) -> None:
        """A person is named in full at that place."""
        self._last[number] = place

    def choose(self, place: int, candidates: Sequence[int]) -> int:
        """Whom the bare name means; it counts for that person from now on."""
        name = self._names[place]
        gender = title_gender(name.titles, self._lexicon)
        fitting = [n for n in candidates if gender is None or self._may_be(n, gender)] or candidates
        roles = _roles(name, self._lexicon)
        pronoun = self._pronoun_gender(place)
        last = max(fitting, key=lambda n: self._last.get(n, -1))
        scores = {}
        for number in fitting:
            score = log2(1 + self._counts[number]) + LAST_IN_FULL * (number == last)
            score += NOT_YET_NAMED * (number not in self._last)
            score += JUST_SUBJECT * self._was_subject(number, place)
            score += PRONOUN_AGREES * (pronoun is not None and self._genders[number] == {pronoun})
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
        return any(token.dep_ in SUBJECTS for token in self._tokens(self._last[number]))

    def _pronoun_gender(self, place: int) -> Gender | None:
        """The gender of the first such pronoun after the name, in its sentence and before another person's name."""
        sentences, end = self._parsed.sentences, self._names[place].end
        following = self._names[place + 1 : place + 2]
        stop = min(end + PRONOUN_REACH, len(sentences))
        if following and following[0].kind is EntityKind.PERSON:
            stop = min(stop, following[0].start)
        for index in range(end, stop):
            if sentences[index] != sentences[end - 1]:
                return None
            kind = pronoun_class(self._parsed.doc[index])
            if kind in GENDERS:
                return GENDERS[kind]
        return None

    def _tokens(self, place: int) -> Sequence[Token]:
        return list(self._parsed.doc[self._names[place].start : self._names[place].end])


def _roles(name: Name, lexicon: PeopleLexicon) -> set[str]:
    """The titles before a name, written out."""
    titles = (fold(title) for title in name.titles)
    return {lexicon.title_roles.get(title, title) for title in titles if title in lexicon.titles}
