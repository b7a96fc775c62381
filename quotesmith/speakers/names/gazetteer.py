"""The user's gazetteer: where its names stand in a text, and one entity for each entry that is named there."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence

from attrs import evolve, frozen
from spacy.tokens import Token

from quotesmith.lexicon.folding import fold
from quotesmith.lexicon.gazetteer import GazetteerEntry, Unit, name_key, name_units
from quotesmith.lexicon.names import is_title_word
from quotesmith.lexicon.people import PeopleLexicon
from quotesmith.parsed_text import ParsedText
from quotesmith.records import EntityKind
from quotesmith.speakers.entities import EntityDraft
from quotesmith.speakers.names.clustering import NamedEntity
from quotesmith.speakers.names.extents import is_capitalised
from quotesmith.speakers.names.form_search import FormSearch, ListedForm
from quotesmith.speakers.names.recognition import Name
from quotesmith.speakers.noun_phrases import HYPHENS
from quotesmith.speakers.settings import NameSettings


@frozen(eq=False)
class Gazetteer:
    """Entries, found in a text by the forms of their names.

    Attributes:
        entries: As `read_gazetteer` gives them: no two share a form.
    """

    entries: tuple[GazetteerEntry, ...]
    _forms: Mapping[ListedForm, GazetteerEntry]
    _search: FormSearch

    @classmethod
    def of(cls, entries: Iterable[GazetteerEntry]) -> "Gazetteer":
        """The gazetteer of some entries; linear in them."""
        entries = tuple(entries)
        forms: dict[ListedForm, GazetteerEntry] = {
            name_key(form): entry for entry in entries for form in (entry.name, *entry.aliases)
        }
        _add_other_cases(forms)
        return cls(entries, forms, FormSearch(forms))

    def find(self, parsed: ParsedText, lexicon: PeopleLexicon, settings: NameSettings) -> list[Name]:
        """The names in the text that entries list, the longest at each place, in order; linear in the text.

        Words are whole, and written as in the entry or all in capitals, and no blank line is between them. A form that
        is only part of a longer name doesn't count: "Roe" in "Ann Roe" where only "Roe" is listed.
        """
        names = []
        for units in _stretches(parsed.text) if self.entries else ():
            states = self._search.begun([unit.key for unit in units])
            position = 0
            while position < len(units):
                windows = (units[position : position + length] for length in self._search.lengths(states[position]))
                name, length = self._first_whole(windows, parsed, lexicon, settings)
                if name is not None:
                    names.append(name)
                position += length
        return names

    def _first_whole(
        self, windows: Iterable[Sequence[Unit]], parsed: ParsedText, lexicon: PeopleLexicon, settings: NameSettings
    ) -> tuple[Name | None, int]:
        """The first form that is a whole name, and its number of units; None and one unit where none is."""
        for window in windows:
            tokens = _tokens(window[0].start, window[-1].end, parsed)
            if tokens is not None and not _is_part(tokens, parsed, lexicon, settings.listed_neighbours):
                entry = self._forms[tuple(unit.key for unit in window)]
                return Name(tokens.start, tokens.stop, tuple(entry.name.split()), (), entry.kind, entry), len(window)
        return None, 1


def _stretches(text: str) -> Iterator[list[Unit]]:
    """The text's units, in stretches that no blank line cuts."""
    stretch: list[Unit] = []
    for unit in name_units(text):
        if stretch and text.count("\n", stretch[-1].end, unit.start) > 1:
            yield stretch
            stretch = []
        stretch.append(unit)
    yield stretch


def _add_other_cases(forms: dict[ListedForm, GazetteerEntry]) -> None:
    """Add the forms in capitals and at the start of a sentence; one that two entries would share belongs to neither."""
    others: dict[ListedForm, GazetteerEntry | None] = {}
    for key, entry in forms.items():
        begun = key[0][:1].upper() + key[0][1:]
        for other in (tuple(map(str.upper, key)), (begun, *key[1:])):
            if others.setdefault(other, entry) is not entry:
                others[other] = None
    for key, bearer in others.items():
        if bearer is not None:
            forms.setdefault(key, bearer)


def _tokens(start: int, end: int, parsed: ParsedText) -> range | None:
    """The tokens that fill these characters; None where a token is cut."""
    first, last = bisect_left(parsed.starts, start), bisect_left(parsed.ends, end)
    if first >= len(parsed.starts) or parsed.starts[first] != start:
        return None
    # "Jr." is one token, also where the entry has "Jr".
    abbreviated = parsed.ends[last] == end + 1 and parsed.text[end] == "."
    return range(first, last + 1) if parsed.ends[last] == end or abbreviated else None


def _is_part(tokens: range, parsed: ParsedText, lexicon: PeopleLexicon, neighbours: int) -> bool:
    """Whether the words are part of a longer name, by the recognizer or by a given name before them."""
    doc = parsed.doc
    before, after = list(_inside(doc[tokens.start], -1, neighbours)), list(_inside(doc[tokens[-1]], 1, neighbours))
    if after and fold(after[0].text) in lexicon.generic_bodies:
        after = []
    if not all(doc[i].is_upper for i in tokens) and (_goes_on(before, lexicon) or _goes_on(after, lexicon)):
        return True
    if len(tokens) > 1 or tokens.start == 0:
        return False
    previous = doc[tokens.start - 1]
    is_given = previous.pos_ == "PROPN" and is_capitalised(previous) and lexicon.is_given_name(previous.text)
    return is_given and fold(previous.text) not in lexicon.calendar and not is_title_word(previous.text, lexicon)


def _inside(token: Token, step: int, count: int) -> Iterator[Token]:
    """The tokens on one side that belong to the recognizer's entity around the token, nearest first."""
    doc = token.doc
    for _ in range(count):
        later = token if step < 0 else (doc[token.i + 1] if token.i + 1 < len(doc) else None)
        if later is None or later.ent_iob_ != "I" or token.i + step < 0:
            return
        token = doc[token.i + step]
        yield token


def _goes_on(neighbours: Iterable[Token], lexicon: PeopleLexicon) -> bool:
    """Whether the next word with a capital belongs to the name: no title, office or day."""
    joiners = lexicon.names.body_joiners
    for token in neighbours:
        key = fold(token.text)
        joins = token.text in HYPHENS or key in joiners or not token.is_punct
        if token.is_space or not joins or (key in joiners and token.ent_type_ != "ORG"):
            return False
        if is_capitalised(token):
            surplus = key in lexicon.calendar or key in lexicon.person_nouns or key in lexicon.names.outer
            return not surplus and not is_title_word(token.text, lexicon)
    return False


def keep_together(entities: Sequence[NamedEntity], names: Sequence[Name]) -> list[NamedEntity]:
    """The entities, so that each entry has one and no two entries share one; in order of their first names.

    Where an entity has names of several entries, a name that none lists goes to the entry named last before it.
    """
    kept: list[NamedEntity] = []
    listed: dict[str, tuple[EntityKind, list[int]]] = {}
    for entity in entities:
        own = [entry for entry in (names[place].entry for place in entity.names) if entry is not None]
        if not own:
            kept.append(entity)
            continue
        last = own[0]
        for place in entity.names:
            last = names[place].entry or last
            listed.setdefault(last.name, (last.kind, []))[1].append(place)
    kept.extend(NamedEntity(kind, tuple(sorted(places))) for kind, places in listed.values())
    return sorted(kept, key=lambda entity: entity.names)


def with_entries(labels: Sequence[Name], listed: Sequence[Name]) -> list[Name]:
    """The names that labels are, each with the entry of the listed name in it.

    Args:
        labels: In text order.
        listed: What the gazetteer finds in the text.
    """
    entries = {token: name.entry for name in listed for token in range(name.start, name.end)}
    inside = (
        next((entries[token] for token in range(label.start, label.end) if token in entries), None) for label in labels
    )
    return [evolve(label, entry=entry) for label, entry in zip(labels, inside, strict=True)]


def as_listed(draft: EntityDraft, entry: GazetteerEntry | None, forms: Sequence[str]) -> EntityDraft:
    """The draft with what the entry says of the entity; its aliases are the other forms in the text."""
    if entry is None:
        return draft
    gender = draft.gender if entry.kind is EntityKind.PERSON else None
    return evolve(
        draft,
        name=entry.name,
        kind=entry.kind,
        aliases=tuple(form for form in dict.fromkeys(forms) if form != entry.name),
        gender=entry.gender or gender,
        identifier=entry.identifier,
    )
