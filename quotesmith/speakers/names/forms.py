"""The ways in which a text writes names, and the entities in the making that have them."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from attrs import define, evolve, field, frozen

from quotesmith.lexicon.folding import fold
from quotesmith.lexicon.names import PersonName, parse_words
from quotesmith.lexicon.people import PeopleLexicon
from quotesmith.parsed_text import ParsedText
from quotesmith.records import EntityKind
from quotesmith.speakers.names.recognition import Name
from quotesmith.speakers.noun_phrases import ACTORS

# A bound that keeps ten thousand Smiths linear: a name is compared with this many of its bearers.
MOST_COMPARED = 8


@define
class NameCluster:
    """An entity in the making: its kind, and the positions of its names so far."""

    kind: EntityKind
    names: list[int] = field(factory=list)


@frozen
class NameForm:
    """One way to write a name, wherever it stands."""

    key: tuple[str, ...]
    places: tuple[int, ...]
    kind: EntityKind
    person: PersonName


def collect_forms(names: Sequence[Name], lexicon: PeopleLexicon) -> list[NameForm]:
    """The forms of all names but labels, in order of their first places."""
    places: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for place, name in enumerate(names):
        if name.speaker is None:
            places[form_key(name)].append(place)
    return [_make_form(key, found, names, lexicon) for key, found in places.items()]


def collect_labelled(names: Sequence[Name], lexicon: PeopleLexicon) -> list[NameForm]:
    """The form of each labelled speaker's name."""
    places: dict[int, list[int]] = defaultdict(list)
    for place, name in enumerate(names):
        if name.speaker is not None:
            places[name.speaker].append(place)
    first = [(names[found[0]], found) for found in places.values()]
    return [
        NameForm(form_key(name), tuple(found), name.kind, parse_words(name.words, lexicon)) for name, found in first
    ]


def form_key(name: Name) -> tuple[str, ...]:
    """The words of a name for comparing, without marks."""
    return tuple(key for key in map(fold, name.words) if any(c.isalnum() for c in key)) or tuple(name.words)


def _make_form(key: tuple[str, ...], places: list[int], names: Sequence[Name], lexicon: PeopleLexicon) -> NameForm:
    kinds = Counter(names[place].kind for place in places)
    is_titled = any(names[place].titles for place in places) and kinds[EntityKind.PERSON] > 0
    kind = EntityKind.PERSON if is_titled else max(kinds, key=lambda kind: (kinds[kind], kind is EntityKind.PERSON))
    if len(key) == 1 and (key[0] in lexicon.countries or key[0] in lexicon.places) and not is_titled:
        kind = EntityKind.PLACE
    return NameForm(key, tuple(places), kind, parse_words(names[places[0]].words, lexicon))


def split_places(forms: Sequence[NameForm], names: Sequence[Name], parsed: ParsedText) -> Iterator[NameForm]:
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


def is_short(form: NameForm) -> bool:
    """Whether the form is one word, or a family name of several ("De Vries")."""
    return len(form.key) == 1 or (form.kind is EntityKind.PERSON and not form.person.given)


def append_number(numbers: list[int], number: int) -> None:
    """Add a number that isn't among the last ones."""
    if number not in numbers[-MOST_COMPARED:]:
        numbers.append(number)
