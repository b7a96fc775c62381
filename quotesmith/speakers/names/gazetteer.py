"""The user's gazetteer: where its names stand in a text, and one entity for each entry that is named there."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Final
from zlib import crc32

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
from quotesmith.speakers.names.recognition import Name
from quotesmith.speakers.noun_phrases import HYPHENS
from quotesmith.speakers.settings import NameSettings

_FormKey = tuple[str, ...]
# A prime of Mersenne's, and a base above every number of a word.
_PRIME: Final = 2**61 - 1
_BASE: Final = 2**32 + 15


@frozen(eq=False)
class Gazetteer:
    """Entries, found in a text by the first word of each form of their names.

    Attributes:
        entries: As `read_gazetteer` gives them: no two share a form.
    """

    entries: tuple[GazetteerEntry, ...]
    _forms: Mapping[_FormKey, GazetteerEntry]
    _lengths: Mapping[str, tuple[int, ...]]
    _sums: frozenset[int]

    @classmethod
    def of(cls, entries: Iterable[GazetteerEntry]) -> "Gazetteer":
        """The gazetteer of some entries; linear in them."""
        entries = tuple(entries)
        forms: dict[_FormKey, GazetteerEntry] = {
            name_key(form): entry for entry in entries for form in (entry.name, *entry.aliases)
        }
        _add_other_cases(forms)
        lengths: dict[str, set[int]] = defaultdict(set)
        for key in forms:
            lengths[key[0]].add(len(key))
        return cls(
            entries,
            forms,
            {first: tuple(sorted(own, reverse=True)) for first, own in lengths.items()},
            frozenset(_Sums(key).of(0, len(key)) for key in forms),
        )

    def find(self, parsed: ParsedText, lexicon: PeopleLexicon, settings: NameSettings) -> list[Name]:
        """The names in the text that entries list, the longest at each place, in order; linear in the text.

        Words are whole, and written as in the entry or all in capitals. A form that is only part of a longer name
        doesn't count: "Roe" in "Ann Roe" where only "Roe" is listed.
        """
        units = list(name_units(parsed.text)) if self.entries else []
        sums = _Sums([unit.key for unit in units])
        names = []
        position = 0
        while position < len(units):
            name, length = _first_whole(self._listed(units, sums, position), parsed, lexicon, settings)
            if name is not None:
                names.append(name)
            position += length
        return names

    def _listed(
        self, units: Sequence[Unit], sums: "_Sums", position: int
    ) -> Iterator[tuple[GazetteerEntry, Sequence[Unit]]]:
        """The entries of which a form begins with that unit, with the form's units, the longest first."""
        for length in self._lengths.get(units[position].key, ()):
            end = position + length
            if end <= len(units) and sums.of(position, end) in self._sums:
                window = units[position:end]
                entry = self._forms.get(tuple(unit.key for unit in window))
                if entry is not None:
                    yield entry, window


def _first_whole(
    listed: Iterable[tuple[GazetteerEntry, Sequence[Unit]]],
    parsed: ParsedText,
    lexicon: PeopleLexicon,
    settings: NameSettings,
) -> tuple[Name | None, int]:
    """The first that is a whole name, and its number of units; None and one unit where none is."""
    for entry, window in listed:
        tokens = _tokens(window, parsed)
        if tokens is not None and not _is_part(tokens, parsed, lexicon, settings.listed_neighbours):
            return Name(tokens.start, tokens.stop, tuple(entry.name.split()), (), entry.kind, entry), len(window)
    return None, 1


class _Sums:
    """Sums over any stretch of some words, so that stretches of one sum are nearly always the same words.

    A stretch takes as long as a word, however many words it has (Karp and Rabin 1987).
    """

    def __init__(self, words: Sequence[str]) -> None:
        self._before = [0]
        self._powers = [1]
        for word in words:
            # Python's own hash of a string differs from process to process.
            number = crc32(word.encode("utf-8", "surrogatepass"))
            self._before.append((self._before[-1] * _BASE + number) % _PRIME)
            self._powers.append(self._powers[-1] * _BASE % _PRIME)

    def of(self, start: int, end: int) -> int:
        """The sum of the words from `start` to before `end`."""
        return (self._before[end] - self._before[start] * self._powers[end - start]) % _PRIME


def _add_other_cases(forms: dict[_FormKey, GazetteerEntry]) -> None:
    """Add the forms in capitals and at the start of a sentence; one that two entries would share belongs to neither."""
    others: dict[_FormKey, GazetteerEntry | None] = {}
    for key, entry in forms.items():
        begun = key[0][:1].upper() + key[0][1:]
        for other in (tuple(map(str.upper, key)), (begun, *key[1:])):
            if others.setdefault(other, entry) is not entry:
                others[other] = None
    for key, bearer in others.items():
        if bearer is not None:
            forms.setdefault(key, bearer)


def _tokens(window: Sequence[Unit], parsed: ParsedText) -> range | None:
    """The tokens that the units fill; None where they are cut by a blank line or by a token's edge."""
    start, end = window[0].start, window[-1].end
    # White space is short as a rule; a form's own words are few.
    if any(parsed.text.count("\n", a.end, b.start) > 1 for a, b in pairwise(window)):
        return None
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
