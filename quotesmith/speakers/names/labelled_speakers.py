"""Who the labels of a layout mean: which of them are one speaker's, and whom the text around them names so."""

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import pairwise
from typing import Final

from attrs import evolve, field, frozen

from quotesmith.lexicon.folding import fold
from quotesmith.lexicon.names import title_gender
from quotesmith.lexicon.people import PeopleLexicon
from quotesmith.parsed_text import ParsedText
from quotesmith.records import EntityKind, Gender, TextSpan
from quotesmith.speakers.names.label_bearers import Bearers, NamesBefore, abbreviates, is_abbreviation, is_word_label
from quotesmith.speakers.names.labels import (
    Label,
    bracket_of,
    label_kind,
    read_holder,
    read_label,
    readable_name,
)
from quotesmith.speakers.names.recognition import Name

# The characters behind a role among which the brackets with its holder are looked for.
_BRACKET_CHARS = 80
# Labels that stand side by side more often than this are two people's: one person's turns follow each other rarely.
_MOST_SIDE_BY_SIDE = 1
# A bound that keeps work linear: labels of one word that capitals are compared with.
_MOST_ABBREVIATED = 8
_STATED_NAME = re.compile(r"(?:[A-Z][\w.'’\-]{0,30}\s){1,3}[A-Z][\w'’\-]{1,30}(?=[.,]|\Z)")
_RESUMED = r"^[ \t]{0,40}BY[ \t]+(?P<resumed>(?:MR|MS|MRS|DR|MISS)\.?[ \t][^\n:]{1,40}?):?[ \t]*$"


@frozen
class LabelledSpeaker:
    """Somebody whom labels mean.

    Attributes:
        name: As readers know it ("Kestrel Magazine", "José", "The Presiding Officer").
        words: The words of the name.
        titles: The titles that labels have before it.
        kind: What it is.
        named: Whether the labels, or the text that they refer to, have a name for it.
        labels: The labels, as written.
        members: Positions of those who speak together under it; empty for one speaker.
    """

    name: str
    words: tuple[str, ...]
    titles: tuple[str, ...]
    kind: EntityKind
    named: bool
    labels: tuple[str, ...]
    members: tuple[int, ...] = ()


@frozen
class LabelledSpeakers:
    """The speakers of the turns that a layout gives.

    Attributes:
        speakers: In order of their first turns.
        of_turns: For each turn of the layout the position of its speaker.
    """

    speakers: tuple[LabelledSpeaker, ...] = ()
    of_turns: tuple[int, ...] = ()


NO_LABELS: Final = LabelledSpeakers()
"""What a text without such turns has."""


def find_labelled_speakers(parsed: ParsedText, names: Sequence[Name], lexicon: PeopleLexicon) -> LabelledSpeakers:
    """The speakers of the turns of a layout.

    Equal labels are one speaker's: titles, degrees, brackets and case don't count. A label that is the initials, the
    first name or the family name of just one other label, or else of just one person or body that was named before, is
    that one's. "A" is the one who says their name when asked for it, or else who has the only full label before, or
    else the person whom the text before names most; "Q" is the one of the last "EXAMINATION BY", or a person without
    a name.

    Args:
        parsed: The text, its layout read.
        names: The names outside of labels, in text order.
        lexicon: Words about people.

    Note:
        Linear in the turns and names.
    """
    if not parsed.layout.turns:
        return NO_LABELS
    cast = _Cast(parsed, lexicon)
    cast.read_turns()
    cast.join_short()
    cast.join_named(NamesBefore(parsed, names, lexicon))
    return cast.result(_written_forms(names))


def label_names(parsed: ParsedText, found: LabelledSpeakers) -> list[Name]:
    """The names that labels are, in text order; roles aren't names, and each token belongs to one label at most."""
    names: list[Name] = []
    for turn, number in zip(parsed.layout.turns, found.of_turns, strict=True):
        speaker, tokens = found.speakers[number], parsed.tokens(turn.label)
        if speaker.named and not speaker.members and tokens and (not names or names[-1].end <= tokens.start):
            names.append(
                Name(tokens.start, tokens.stop, speaker.words, speaker.titles, speaker.kind, None, number, turn.label)
            )
    return names


@frozen
class _Party:
    """Labels of one form, and whom they mean as far as is known.

    Attributes:
        label: The first of them, or the name for which they stand.
        first: Position of the first turn that has one.
        kind: What speaks.
        named: Whether there is a name.
        texts: The labels as written.
        titles: The titles before the name.
    """

    label: Label
    first: int
    kind: EntityKind
    named: bool
    texts: dict[str, None] = field(factory=dict)
    titles: dict[str, None] = field(factory=dict)


class _Cast:
    """The labels of a text by their keys; labels that are one speaker's refer to one of them."""

    def __init__(self, parsed: ParsedText, lexicon: PeopleLexicon) -> None:
        self._parsed = parsed
        self._lexicon = lexicon
        self._turns = parsed.layout.turns
        self._parties: dict[str, _Party] = {}
        self._keys: list[str] = []
        self._same_as: dict[str, str] = {}
        self._by_name: dict[str, str] = {}
        self._holders: dict[str, set[str]] = defaultdict(set)
        self._read: dict[str, Label] = {}
        self._asking: str | None = None
        self._answering: str | None = None

    def read_turns(self) -> None:
        """Read all labels."""
        labels = [self._label_of(turn.label) for turn in self._turns]
        apart = _differing_titles(labels, self._lexicon)
        words = self._lexicon.labels
        has_questions = any(label.key in words.questions for label in labels)
        sections = list(_examiners(self._parsed, self._lexicon)) if has_questions else []
        for number, (turn, label) in enumerate(zip(self._turns, labels, strict=True)):
            key = label.key
            if key in words.questions:
                key = self._asks(number, label, turn.label.start, sections)
            elif has_questions and key in words.answers:
                self._answering = key
            elif key in apart:
                gender = title_gender(label.titles, self._lexicon)
                key = f"{gender.value} {key}" if gender is not None else key
            self._add(key, number, label)
            self._parties[key].texts[turn.label.of(self._parsed.original)] = None
            self._keys.append(key)
        for letter in (self._asking, self._answering):
            if letter is not None:
                self._parties[letter] = evolve(self._parties[letter], named=False)

    def _label_of(self, span: TextSpan) -> Label:
        """The label at a place; of a role with its holder in brackets, the holder's."""
        text = span.of(self._parsed.original)
        if text not in self._read:
            self._read[text] = read_label(text, self._lexicon)
        label = self._read[text]
        if not label.is_role:
            return label
        holder = read_holder(bracket_of(text) or self._bracket_behind(span.end), self._lexicon)
        if holder is None:
            return label
        self._holders[label.key].add(holder.key)
        return holder

    def _bracket_behind(self, end: int) -> str:
        line = self._parsed.text[end : end + _BRACKET_CHARS].partition("\n")[0]
        return bracket_of(line) if line.lstrip().startswith("(") else ""

    def _asks(self, number: int, label: Label, start: int, sections: Sequence[tuple[int, Label]]) -> str:
        """The key of who asks there: the one of the last heading, if there is any."""
        position = bisect_right(sections, start, key=lambda section: section[0]) - 1
        if position < 0:
            self._asking = label.key
            return label.key
        examiner = sections[position][1]
        self._add(examiner.key, number, examiner)
        return examiner.key

    def _add(self, key: str, number: int, label: Label) -> None:
        party = self._parties.get(key)
        if party is None:
            kind = label_kind(label, self._lexicon)
            party = self._parties[key] = _Party(label, number, kind, named=not label.is_role)
        party.titles.update(dict.fromkeys(label.titles))

    # Which are one

    def join_short(self) -> None:
        """Short labels join the only full one that they may shorten, and roles the only one who holds them."""
        bearers = Bearers(self._lexicon)
        for key, party in self._parties.items():
            if party.label.is_full and len(self._joined(party.label)) == 1:
                bearers.add(key, party.label.words, party.titles)
        beside = Counter(pair for pair in pairwise(self._keys) if pair[0] != pair[1])
        for key, party in self._parties.items():
            found = self._holders.get(key, set()) or {
                other
                for other in bearers.fitting(party.label)
                if other != key and not self._are_apart(key, other, beside)
            }
            if len(found) == 1 and key not in {self._asking, self._answering}:
                self._same_as[key] = next(iter(found))
        self._join_abbreviated(beside)
        self._join_witness()

    def _join_abbreviated(self, beside: Mapping[tuple[str, str], int]) -> None:
        """Capitals join the only label of one word that they abbreviate, if the two don't answer each other: "WN"."""
        whole = [key for key, party in self._parties.items() if is_word_label(party.label)]
        for key, party in self._parties.items():
            if key in self._same_as or not is_abbreviation(party.label):
                continue
            near = (other for other in whole[:_MOST_ABBREVIATED] if abbreviates(key, other))
            found = [other for other in near if not self._are_apart(key, other, beside)]
            if len(found) == 1:
                self._same_as[key] = found[0]

    def _joined(self, label: Label) -> list[str]:
        """The keys of the names in a label, which "and" or a comma joins."""
        parts: list[list[str]] = [[]]
        for word in label.words:
            if fold(word) in self._lexicon.names.person_joiners:
                parts.append([])
            else:
                parts[-1].append(word)
        return [read_label(" ".join(part), self._lexicon).key for part in parts if part]

    def _are_apart(self, short: str, full: str, beside: Mapping[tuple[str, str], int]) -> bool:
        """Whether the labels answer each other, as those of two people do."""
        return beside.get((short, full), 0) > 0 or beside.get((full, short), 0) > _MOST_SIDE_BY_SIDE

    def _join_witness(self) -> None:
        if self._answering is not None:
            for key, party in self._parties.items():
                if party.label.is_role and not set(key.split()).isdisjoint(self._lexicon.labels.witnesses):
                    self._same_as[key] = self._answering

    # Whom the text names

    def join_named(self, before: NamesBefore) -> None:
        """Labels that are short for a name in the text before take that name."""
        if self._answering is not None:
            self._name_answering(self._answering, before)
        turns: dict[str, list[int]] = defaultdict(list)
        for number, key in enumerate(self._keys):
            turns[key].append(number)
        for key, party in list(self._parties.items()):
            if party.named and key not in self._same_as and not party.label.is_full:
                names = before.fitting(party.label, turns[key] or [party.first])
                if len(names) == 1:
                    self._name(key, names[0].words, names[0].kind)

    def _name_answering(self, answering: str, before: NamesBefore) -> None:
        party = self._parties[answering]
        stated = self._stated_name(before)
        if stated:
            self._name(answering, stated, EntityKind.PERSON)
            return
        full = {
            key
            for key in self._keys[: party.first]
            if self._parties[key].label.is_full and not self._parties[key].label.titles
        }
        if len(full) == 1:
            self._same_as[answering] = full.pop()
            return
        letters = {self._asking, answering} - {None}
        first = min(one.first for key, one in self._parties.items() if key in letters)
        others = {fold(one.label.words[-1]) for key, one in self._parties.items() if key not in letters}
        known = before.most_named(first, others=others)
        if known is not None:
            self._name(answering, known.words, EntityKind.PERSON)

    def _stated_name(self, before: NamesBefore) -> tuple[str, ...]:
        """The name that the one who answers says when asked for it; empty where nobody asks."""
        for number, (asked, answered) in enumerate(pairwise(self._keys)):
            if answered != self._answering or asked == answered:
                continue
            question = " ".join(span.of(self._parsed.text) for span in self._turns[number].content)
            if self._lexicon.labels.naming.isdisjoint(map(fold, re.findall(r"\w+", question))):
                continue
            content = self._turns[number + 1].content[0]
            found = _STATED_NAME.match(self._parsed.text, content.start, content.end)
            return tuple(found[0].split()) if found else before.first_full_in(content)
        return ()

    def _name(self, key: str, words: Sequence[str], kind: EntityKind) -> None:
        """The label stands for a name, which may be that of another label."""
        party = self._parties[key]
        label = evolve(party.label, words=tuple(words), is_role=False)
        known = self._by_name.setdefault(label.key, label.key if label.key in self._parties else key)
        if known != key:
            self._same_as[key] = known
        self._parties[key] = evolve(party, label=label, kind=kind, named=True)

    # The end

    def result(self, written: Mapping[str, str]) -> LabelledSpeakers:
        """The speakers, those that are one joined."""
        members: dict[str, list[_Party]] = defaultdict(list)
        for key, party in self._parties.items():
            members[self._root(key)].append(party)
        order = {root: number for number, root in enumerate(members)}
        called = Counter(self._written_name(root, written) for root in members)
        speakers = tuple(
            evolve(
                _speaker(self._parties[root], parties, self._written_name(root, written), called),
                members=self._members(root, order),
            )
            for root, parties in members.items()
        )
        return LabelledSpeakers(speakers, tuple(order[self._root(key)] for key in self._keys))

    def _members(self, root: str, order: Mapping[str, int]) -> tuple[int, ...]:
        """The other speakers who speak together under a label."""
        keys = self._joined(self._parties[root].label)
        if len(keys) == 1 or not all(key in self._parties for key in keys):
            return ()
        roots = dict.fromkeys(map(self._root, keys))
        is_nested = any(len(self._joined(self._parties[one].label)) > 1 for one in roots)
        return () if is_nested else tuple(order[one] for one in roots)

    def _written_name(self, key: str, written: Mapping[str, str]) -> str:
        """The name for readers: as the text writes it elsewhere, where the label is in capitals."""
        label = self._parties[key].label
        name = readable_name(label, self._lexicon)
        return written.get(fold(name), name) if " ".join(label.words).isupper() and name != label.words[0] else name

    def _root(self, key: str) -> str:
        """The label at the end of the chain of those that are one speaker's."""
        seen = {key}
        while self._same_as.get(key, key) not in seen:
            key = self._same_as[key]
            seen.add(key)
        return key


def _speaker(party: _Party, parties: Sequence[_Party], name: str, called: Mapping[str, int]) -> LabelledSpeaker:
    titles = tuple(dict.fromkeys(title for one in parties for title in one.titles))
    # Mr. and Mrs. Roe are known by their titles.
    shown = (title.capitalize() for title in titles) if called[name] > 1 and party.label.titles else ()
    return LabelledSpeaker(
        name=" ".join((*shown, name)),
        words=party.label.words,
        titles=titles,
        kind=party.kind,
        named=party.named,
        labels=tuple(dict.fromkeys(text for one in parties for text in one.texts)),
    )


def _differing_titles(labels: Iterable[Label], lexicon: PeopleLexicon) -> set[str]:
    """The keys of labels that are two people's by their titles: "MR. BENNET" and "MRS. BENNET"."""
    genders: dict[str, set[Gender]] = defaultdict(set)
    for label in labels:
        gender = title_gender(label.titles, lexicon)
        if gender is not None:
            genders[label.key].add(gender)
    return {key for key, found in genders.items() if len(found) > 1}


def _examiners(parsed: ParsedText, lexicon: PeopleLexicon) -> Iterator[tuple[int, Label]]:
    """Where headings say who asks from there on ("EXAMINATION BY MR. PRUITT", "BY MR. PRUITT:"), in order."""
    for found in _examination_pattern(lexicon.labels.examinations).finditer(parsed.text):
        label = read_label(found["who"] or found["resumed"], lexicon)
        if not label.is_role:
            yield found.start(), label


@cache
def _examination_pattern(words: frozenset[str]) -> re.Pattern[str]:
    heading = "|".join(map(re.escape, sorted(words)))
    return re.compile(
        rf"\b(?:{heading})[ \t]{{0,8}}\n?[ \t]{{0,40}}BY[ \t]+(?P<who>[^\n:]{{2,60}})|{_RESUMED}",
        re.IGNORECASE | re.MULTILINE,
    )


def _written_forms(names: Iterable[Name]) -> dict[str, str]:
    """How the text writes each name that isn't all in capitals, by its folded form."""
    written = (" ".join(name.words) for name in names)
    return {fold(form): form for form in written if not form.isupper()}
