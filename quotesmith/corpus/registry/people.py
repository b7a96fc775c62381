"""Which names of many documents are one person's."""

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, TypeAlias

from attrs import evolve, field, frozen
from rapidfuzz.distance import OSA

from quotesmith.lexicon.names import PersonName, are_compatible, parse_words
from quotesmith.lexicon.people import PeopleLexicon, fold, load_people
from quotesmith.query.identities import Identity
from quotesmith.records import EntityId, EntityKind, Gender, QuoteDocument

RARELY: Final = 0.1
"""In what part of its documents another name may stand beside a name, as somebody else's, for both to be one's."""
MOSTLY: Final = 0.9
"""In what part of the documents with a family name one person must bear it to be meant by it alone."""
OFTEN: Final = 4
"""In how many documents, at least."""
MISSPELLED: Final = 5
"""How many letters a given name has that may be misspelled, and how many times as often it is right."""

Place: TypeAlias = tuple[str, EntityId]


@frozen
class Sighting:
    """A person as one document has it.

    Attributes:
        document: The document's id.
        entity: The entity's id in it.
        name: The fullest name there.
        gender: What the document tells of it.
    """

    document: str
    entity: EntityId
    name: str
    gender: Gender | None = None

    @property
    def place(self) -> Place:
        """What tells it from all others."""
        return self.document, self.entity


@frozen
class Person:
    """Somebody of whom many documents may speak.

    Attributes:
        name: The name that most documents have, of those with a given name.
        sightings: Where, in the order of the documents.
        reasons: For each of the other names why it is taken for this person's.
    """

    name: str
    sightings: tuple[Sighting, ...]
    reasons: Mapping[str, str]


@frozen(eq=False)
class _Form:
    """One name, wherever it is written."""

    name: str
    parts: PersonName
    sightings: tuple[Sighting, ...]
    documents: frozenset[str]

    @property
    def gender(self) -> Gender | None:
        """What most of the documents say that say something."""
        counts = Counter(sighting.gender for sighting in self.sightings if sighting.gender is not None)
        return max(counts, key=lambda gender: counts[gender]) if counts else None


@frozen(eq=False)
class _Group:
    """Names that are one person's, the commonest first."""

    forms: tuple[_Form, ...]
    reasons: Mapping[str, str] = field(factory=dict)

    @property
    def documents(self) -> frozenset[str]:
        return frozenset().union(*(form.documents for form in self.forms))


def people_identity(documents: Iterable[QuoteDocument]) -> Identity:
    """Who is one over several documents, for `build_graph`: bolder than `find_identities`, which joins full names only.

    A person of several documents has the key of the first place where they are ("person:doc/e0"); all others are known
    only within their own documents.
    """
    people = find_people(iter_sightings(documents))
    keys = {
        sighting.place: "person:{}/{}".format(*person.sightings[0].place)
        for person in people
        for sighting in person.sightings
        if len({other.document for other in person.sightings}) > 1
    }
    return lambda document, entity: keys.get((document.id, entity.id))


def iter_sightings(documents: Iterable[QuoteDocument]) -> Iterator[Sighting]:
    """The people whom documents name, in order."""
    for document in documents:
        for entity in document.entities:
            if entity.named and entity.kind is EntityKind.PERSON:
                yield Sighting(document.id, entity.id, entity.name, entity.gender)


def find_people(sightings: Iterable[Sighting]) -> list[Person]:
    """The people of many documents, in order of their first sightings.

    Two names are one person's where nothing in them speaks against it (nicknames, initials and missing middle names
    don't) and no document has both as two people. Where a name fits several who differ, it stays alone. A family name
    alone is somebody's where nearly all documents with that name mean the same person. "Jr." makes another person, but
    for a name written in full ("Joseph R. Biden Jr.").

    Note:
        Families are looked at one by one; within one, time grows with the square of its different names.
    """
    lexicon = load_people()
    found = list(sightings)
    families: dict[str, list[_Form]] = defaultdict(list)
    for form in _collect(found, lexicon):
        families[fold(form.parts.family)].append(form)
    groups = [group for forms in families.values() for group in _settle(forms, lexicon)]
    order = {sighting.place: number for number, sighting in enumerate(found)}
    people = (_person(group, order) for group in groups)
    return sorted(people, key=lambda person: order[person.sightings[0].place])


def _collect(sightings: Iterable[Sighting], lexicon: PeopleLexicon) -> Iterator[_Form]:
    """The forms; names that differ in case, accents and punctuation only are one."""
    spelled: dict[tuple[str, ...], list[Sighting]] = defaultdict(list)
    parts: dict[tuple[str, ...], PersonName] = {}
    for sighting in sightings:
        name = parse_words(_unaccented(sighting.name).split(), lexicon)
        key = tuple(filter(None, map(fold, name.core)))
        if key:
            spelled[key].append(sighting)
            parts.setdefault(key, evolve(name, middle=tuple(_initials(name.middle))))
    for key, found in spelled.items():
        names = Counter(sighting.name for sighting in found)
        commonest = min(names, key=lambda name: (-names[name], name))
        yield _Form(commonest, parts[key], tuple(found), frozenset(sighting.document for sighting in found))


def _unaccented(name: str) -> str:
    letters = unicodedata.normalize("NFD", name)
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def _initials(words: Iterable[str]) -> Iterator[str]:
    """The words; "H.W." and "HW" are two of them."""
    for word in words:
        letters = word.replace(".", "")
        if letters.isupper() and len(letters) in {2, 3}:
            yield from letters
        else:
            yield word


def _settle(forms: Sequence[_Form], lexicon: PeopleLexicon) -> list[_Group]:
    """The people of one family name."""
    full = sorted((form for form in forms if form.parts.given), key=_commonest)
    groups: list[_Group] = []
    # Names that say more first: what a shorter one fits is then known.
    for form in sorted(full, key=lambda form: (-len(form.parts.core), *_commonest(form))):
        fitting = [place for place, group in enumerate(groups) if _fits(form, group, lexicon)]
        if len(fitting) == 1:
            [place] = fitting
            groups[place] = _joined(groups[place], form, "the names fit")
        else:
            groups.append(_Group((form,)))
    groups = _right_spelled(groups)
    for form in forms:
        if not form.parts.given:
            bearer = _bearer(form, groups)
            if bearer is None:
                groups.append(_Group((form,)))
            else:
                groups[bearer] = _joined(groups[bearer], form, "nearly all of that family name are this person")
    return groups


def _commonest(form: _Form) -> tuple[int, str]:
    return -len(form.documents), form.name


def _joined(group: _Group, form: _Form, reason: str) -> _Group:
    forms = tuple(sorted((*group.forms, form), key=lambda form: (not form.parts.given, *_commonest(form))))
    return _Group(forms, {**group.reasons, form.name: reason})


def _fits(form: _Form, group: _Group, lexicon: PeopleLexicon) -> bool:
    return all(_can_be_one(form, other, lexicon) for other in group.forms)


def _can_be_one(one: _Form, other: _Form, lexicon: PeopleLexicon) -> bool:
    if one.gender is not None and other.gender is not None and one.gender is not other.gender:
        return False
    middles = one.parts.middle, other.parts.middle
    if all(middles) and len(middles[0]) != len(middles[1]):
        return False
    if not _suffixes_fit(one.parts, other.parts) or not are_compatible(one.parts, other.parts, lexicon):
        return False
    return not _told_apart(one, other)


def _suffixes_fit(one: PersonName, other: PersonName) -> bool:
    """A father is rarely written about with his son's middle name."""
    if bool(one.suffix) == bool(other.suffix):
        return True
    with_suffix = one if one.suffix else other
    return bool(with_suffix.middle) or fold(with_suffix.suffix) not in {"jr", "sr"}


def _told_apart(one: _Form, other: _Form) -> bool:
    """Whether documents have both names as two people."""
    both = len(one.documents & other.documents)
    return both > RARELY * min(len(one.documents), len(other.documents))


def _right_spelled(groups: Sequence[_Group]) -> list[_Group]:
    """The groups; one whose given name is a letter off a much commoner one joins that."""
    kept: list[_Group] = []
    for group in sorted(groups, key=lambda group: -len(group.documents)):
        near = [place for place, other in enumerate(kept) if _is_misspelled(group, other)]
        if len(near) == 1:
            for form in group.forms:
                kept[near[0]] = _joined(kept[near[0]], form, "one letter off a much commoner name")
        else:
            kept.append(group)
    return kept


def _is_misspelled(rare: _Group, common: _Group) -> bool:
    wrong, right = (fold(group.forms[0].parts.given) for group in (rare, common))
    return (
        min(len(wrong), len(right)) >= MISSPELLED
        and MISSPELLED * len(rare.documents) <= len(common.documents)
        and OSA.distance(wrong, right, score_cutoff=1) == 1
    )


def _bearer(form: _Form, groups: Sequence[_Group]) -> int | None:
    """Whom a family name alone means: somebody whom nearly all documents with that name have."""
    everywhere = frozenset().union(*(group.documents for group in groups if group.forms[0].parts.given))
    for place, group in enumerate(groups):
        own = group.documents
        if len(own) >= OFTEN and len(own) >= MOSTLY * len(everywhere) and _genders_agree(form, group):
            return place
    return None


def _genders_agree(form: _Form, group: _Group) -> bool:
    known = {form.gender, *(other.gender for other in group.forms)} - {None}
    return len(known) <= 1


def _person(group: _Group, order: Mapping[Place, int]) -> Person:
    sightings = (sighting for form in group.forms for sighting in form.sightings)
    in_order = tuple(sorted(sightings, key=lambda sighting: order[sighting.place]))
    return Person(group.forms[0].name, in_order, group.reasons)
