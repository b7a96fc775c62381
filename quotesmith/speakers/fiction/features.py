"""What speaks for and against each candidate as the speaker of a line, without regard to who speaks the lines around.

The features stand in families; each is a row of numbers whose names are its fields. Distances are logarithms of one and
the characters between, counts of mentions logarithms of one and the count; what isn't so is 0. `Mentions` are those in
the narration, where nothing else is said.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from math import log
from typing import Final, NamedTuple

import numpy as np
from attrs import define, field, frozen
from numpy.typing import NDArray

from quotesmith.coreference import EntityNumber
from quotesmith.lexicon.folding import fold
from quotesmith.records import Gender, MentionForm
from quotesmith.speakers.fiction.lines import DialogueCharacter, DialogueText, Line, SourceForm, is_anchor

_FAR_CHARACTERS: Final = 8000
_FAR_LINES: Final = 25
_AROUND_LINES: Final = 10
_FAR_PARAGRAPHS: Final = 9.0
_CHAPTER_CHARACTERS: Final = 15000
_SCENE_CHARACTERS: Final = 1500
_GENDER_SIGNS: Final = {Gender.MASCULINE: 1.0, Gender.FEMININE: -1.0}
# Puts those whose gender the words exclude behind all others.
_EXCLUDED: Final = 1e4


class LineForm(NamedTuple):
    """A line by itself: what its source is, how long it is, how it stands in its paragraph and how it ends."""

    none: float
    name: float
    nominal: float
    he: float
    she: float
    i: float
    other: float
    split: float
    words: float
    opens: float
    closes: float
    asks: float
    exclaims: float
    open: float
    told: float
    beat_gender: float
    has_before: float
    has_behind: float
    has_called: float
    calls: float


class LinePlace(NamedTuple):
    """A line among the others: paragraphs and characters to its neighbours, what these ask, call and have as source."""

    paragraphs_before: float
    paragraphs_behind: float
    chars_before: float
    chars_behind: float
    asked_before: float
    asks_behind: float
    anchor_before: float
    anchor_behind: float
    calls_before: float
    calls_behind: float
    lines_before_in_turn: float
    lines_behind_in_turn: float
    candidates: float
    speakers_around: float
    has_narrator: float


class CandidateFit(NamedTuple):
    """Who a candidate is, and whether the words of the source, a beat or a call fit: genders agree (1) or not (-1)."""

    gender: float
    agrees: float
    beat_agrees: float
    gender_called: float
    gender_called_before: float
    gender_called_behind: float
    named: float
    person: float
    narrator: float
    likely: float
    likeliest: float
    described: float
    own_words: float


class Acting(NamedTuple):
    """Whether a candidate acts beside a line or those next to it."""

    acts_before: float
    acts_before_too: float
    acts_behind: float
    acts_behind_too: float
    linked: float
    before_before: float
    before_behind: float
    behind_before: float
    behind_behind: float


class Called(NamedTuple):
    """Whether a candidate is called or spoken to in a line or those near it, or named in its words."""

    called: float
    addressed: float
    named_in: float
    called_before: float
    called_two_before: float
    called_behind: float
    called_two_behind: float
    addressed_before: float
    addressed_behind: float


class Nearness(NamedTuple):
    """How near a candidate's mentions are to a line: any, as a subject, by name, and in quotes."""

    gap_told: float
    gap_subject: float
    gap_name: float
    gap_told_after: float
    gap_subject_after: float
    gap_name_after: float
    gap_said: float
    gap_said_after: float


class Presence(NamedTuple):
    """How often a candidate is mentioned: in the paragraph, between it and the line before, around, and in all."""

    beside_before: float
    subject_before: float
    beside_behind: float
    subject_behind: float
    between: float
    subject_between: float
    told_500: float
    told_3000: float
    names_1000: float
    names_3000: float
    names_after: float
    told_after: float
    said_before: float
    said_after: float
    told_all: float
    told_chapter: float


class Speaking(NamedTuple):
    """Which lines around words give to a candidate; of the nearest -1 where no words give them to anybody."""

    anchors_all: float
    last_anchor: float
    next_anchor: float
    anchors_before: float
    anchors_after: float
    speaks_before: float
    speaks_two_before: float
    speaks_behind: float
    speaks_two_behind: float


# What candidates are ranked by, the first of them 0, those whose gender is excluded last; the sign makes more first.
_RANKED: Final[Mapping[str, int]] = {
    "gap_told": 1,
    "gap_subject": 1,
    "gap_name": 1,
    "gap_told_after": 1,
    "gap_subject_after": 1,
    "told_3000": -1,
    "names_3000": -1,
    "told_after": -1,
    "told_all": -1,
    "anchors_all": -1,
    "last_anchor": 1,
    "next_anchor": 1,
}
_LINE_FAMILIES: Final = (LineForm, LinePlace)
_CANDIDATE_FAMILIES: Final = (CandidateFit, Acting, Called, Nearness, Presence, Speaking)
_LINE_FEATURES: Final = tuple(name for family in _LINE_FAMILIES for name in family._fields)
_CANDIDATE_FEATURES: Final = tuple(name for family in _CANDIDATE_FAMILIES for name in family._fields)
FIRST_FEATURES: Final = (
    *(f"line_{name}" for name in _LINE_FEATURES),
    *_CANDIDATE_FEATURES,
    *(f"rank_{name}" for name in _RANKED),
    "fitting",
    "fitting_near",
)
"""The names of the features of the first round, in order."""


@frozen(eq=False)
class CharacterPlaces:
    """Where one character is mentioned, in text order; all characters but for the last, lines.

    Attributes:
        told: In narration.
        subjects: There as a subject.
        names: There by name.
        said: In quotes.
        anchors: The lines that words give to the character.
    """

    told: list[int] = field(factory=list)
    subjects: list[int] = field(factory=list)
    names: list[int] = field(factory=list)
    said: list[int] = field(factory=list)
    anchors: list[int] = field(factory=list)


@define(eq=False)
class FeatureFinder:
    """Finds the features of the lines of a text."""

    _text: DialogueText
    _candidates: Sequence[Sequence[EntityNumber]]
    _places: Mapping[EntityNumber, CharacterPlaces]

    @classmethod
    def of(cls, text: DialogueText, candidates: Sequence[Sequence[EntityNumber]]) -> "FeatureFinder":
        """A finder for a text and the candidates of each of its lines."""
        places: defaultdict[EntityNumber, CharacterPlaces] = defaultdict(CharacterPlaces)
        for mention in text.mentions:
            own = places[mention.entity]
            if mention.line is not None:
                own.said.append(mention.start)
                continue
            own.told.append(mention.start)
            if mention.is_subject:
                own.subjects.append(mention.start)
            if mention.form is MentionForm.NAME:
                own.names.append(mention.start)
        for number, line in enumerate(text.lines):
            if is_anchor(line):
                places[line.likely[0][1]].anchors.append(number)
        return cls(text, candidates, places)

    def __call__(self) -> list[NDArray[np.float32]]:
        """The features of each line's candidates, (candidates, features); about linear in the lines."""
        return [self._rows(number) for number in range(len(self._text.lines))]

    def _rows(self, number: int) -> NDArray[np.float32]:
        line, people = self._text.lines[number], self._candidates[number]
        if not people:
            return np.zeros((0, len(FIRST_FEATURES)), dtype=np.float32)
        around = tuple(self._neighbour(number, step) for step in (-2, -1, 1, 2))
        shared = (*_line_form(line), *self._line_place(number, line, around))
        rows = np.array([(*shared, *self._candidate(number, line, around, one)) for one in people], dtype=np.float32)
        return np.column_stack([rows, *_rank(rows)]).astype(np.float32)

    def _neighbour(self, number: int, step: int) -> Line | None:
        place = number + step
        return self._text.lines[place] if 0 <= place < len(self._text.lines) else None

    def _line_place(self, number: int, line: Line, around: Sequence[Line | None]) -> LinePlace:
        _, before, behind, _ = around
        turn = self._text.turns[self._text.turn_of[number]]
        near = self._text.lines[max(0, number - _AROUND_LINES) : number + _AROUND_LINES + 1]
        return LinePlace(
            paragraphs_before=_paragraphs_between(before, line),
            paragraphs_behind=_paragraphs_between(line, behind),
            chars_before=0.0 if before is None else _log_gap(line.start - before.end),
            chars_behind=0.0 if behind is None else _log_gap(behind.start - line.end),
            asked_before=float(before is not None and before.asks),
            asks_behind=float(behind is not None and behind.asks),
            anchor_before=float(before is not None and is_anchor(before)),
            anchor_behind=float(behind is not None and is_anchor(behind)),
            calls_before=_called_gender(before),
            calls_behind=_called_gender(behind),
            lines_before_in_turn=float(number - turn.start),
            lines_behind_in_turn=float(turn.stop - number - 1),
            candidates=float(len(self._candidates[number])),
            speakers_around=float(len({one.likely[0][1] for one in near if is_anchor(one)})),
            has_narrator=float(self._text.narrator is not None),
        )

    def _candidate(
        self, number: int, line: Line, around: Sequence[Line | None], entity: EntityNumber
    ) -> Iterator[float]:
        character, places = self._text.characters[entity], self._places[entity]
        _, before, _, _ = around
        yield from _fit(line, around, character, entity, is_narrator=entity == self._text.narrator)
        yield from _acting(line, around, entity)
        yield from _called(line, around, entity, places)
        yield from _nearness(line, places)
        yield from _presence(line, before, places)
        yield from _speaking(number, around, entity, places)


def _line_form(line: Line) -> LineForm:
    return LineForm(
        none=float(line.form is SourceForm.NONE),
        name=float(line.form is SourceForm.NAME),
        nominal=float(line.form is SourceForm.NOMINAL),
        he=float(line.form is SourceForm.HE),
        she=float(line.form is SourceForm.SHE),
        i=float(line.form is SourceForm.I),
        other=float(line.form is SourceForm.OTHER),
        split=float(len(line.turn.content) > 1),
        words=log(1 + line.words),
        opens=float(line.turn.opens),
        closes=float(line.turn.closes),
        asks=float(line.asks),
        exclaims=float(line.exclaims),
        open=float(line.is_open),
        told=float(line.turn.is_told),
        beat_gender=_sign(line.turn.gender),
        has_before=float(bool(line.turn.before)),
        has_behind=float(bool(line.turn.behind)),
        has_called=float(bool(line.turn.called)),
        calls=_called_gender(line),
    )


def _fit(
    line: Line, around: Sequence[Line | None], character: DialogueCharacter, entity: EntityNumber, *, is_narrator: bool
) -> CandidateFit:
    _, before, behind, _ = around
    gender = _sign(character.gender)
    return CandidateFit(
        gender=gender,
        agrees=gender * _sign(line.gender),
        beat_agrees=gender * _sign(line.turn.gender),
        gender_called=gender * _called_gender(line),
        gender_called_before=gender * _called_gender(before),
        gender_called_behind=gender * _called_gender(behind),
        named=float(character.named),
        person=float(character.is_person),
        narrator=float(is_narrator),
        likely=next((chance for chance, who in line.likely if who == entity), 0.0),
        likeliest=float(bool(line.likely) and line.likely[0][1] == entity),
        described=float(entity in line.described),
        own_words=float(bool(line.noun) and line.noun in fold(character.name).split()),
    )


def _acting(line: Line, around: Sequence[Line | None], entity: EntityNumber) -> Acting:
    _, before, behind, _ = around
    turn = line.turn
    return Acting(
        acts_before=float(entity in turn.before[:1]),
        acts_before_too=float(entity in turn.before[1:]),
        acts_behind=float(entity in turn.behind[:1]),
        acts_behind_too=float(entity in turn.behind[1:]),
        linked=float(entity in turn.linked),
        before_before=float(before is not None and entity in before.turn.before[:1]),
        before_behind=float(before is not None and entity in before.turn.behind[:1]),
        behind_before=float(behind is not None and entity in behind.turn.before[:1]),
        behind_behind=float(behind is not None and entity in behind.turn.behind[:1]),
    )


def _called(line: Line, around: Sequence[Line | None], entity: EntityNumber, places: CharacterPlaces) -> Called:
    two_before, before, behind, two_behind = (entity in one.turn.called if one is not None else False for one in around)
    _, previous, following, _ = around
    return Called(
        called=float(entity in line.turn.called),
        addressed=float(entity in line.turn.addressed),
        named_in=_count(places.said, line.start, line.end),
        called_before=float(before),
        called_two_before=float(two_before),
        called_behind=float(behind),
        called_two_behind=float(two_behind),
        addressed_before=float(previous is not None and entity in previous.turn.addressed),
        addressed_behind=float(following is not None and entity in following.turn.addressed),
    )


def _nearness(line: Line, places: CharacterPlaces) -> Nearness:
    told, subjects, names, said = places.told, places.subjects, places.names, places.said
    return Nearness(
        gap_told=_gap_before(told, line.start),
        gap_subject=_gap_before(subjects, line.start),
        gap_name=_gap_before(names, line.start),
        gap_told_after=_gap_after(told, line.end),
        gap_subject_after=_gap_after(subjects, line.end),
        gap_name_after=_gap_after(names, line.end),
        gap_said=_gap_before(said, line.start),
        gap_said_after=_gap_after(said, line.end),
    )


def _presence(line: Line, before: Line | None, places: CharacterPlaces) -> Presence:
    told, subjects, names, said = places.told, places.subjects, places.names, places.said
    start, end, own = line.start, line.end, line.turn.paragraphs
    gap = own.start if before is None else min(before.turn.paragraphs.end, own.start)
    subjects_before, subjects_behind = _count(subjects, own.start, start), _count(subjects, start, own.end)
    subjects_between = _count(subjects, gap, own.start)
    return Presence(
        beside_before=_count(told, own.start, start) - subjects_before,
        subject_before=subjects_before,
        beside_behind=_count(told, start, own.end) - subjects_behind,
        subject_behind=subjects_behind,
        between=_count(told, gap, own.start) - subjects_between,
        subject_between=subjects_between,
        told_500=log(1 + _count(told, start - 500, start)),
        told_3000=log(1 + _count(told, start - 3000, start)),
        names_1000=log(1 + _count(names, start - 1000, start)),
        names_3000=log(1 + _count(names, start - 3000, start)),
        names_after=log(1 + _count(names, end, end + _SCENE_CHARACTERS)),
        told_after=log(1 + _count(told, end, end + _SCENE_CHARACTERS)),
        said_before=log(1 + _count(said, start - 2000, start)),
        said_after=log(1 + _count(said, end, end + _SCENE_CHARACTERS)),
        told_all=log(1 + len(told)),
        told_chapter=log(1 + _count(told, start - _CHAPTER_CHARACTERS, end + _CHAPTER_CHARACTERS)),
    )


def _speaking(number: int, around: Sequence[Line | None], entity: EntityNumber, places: CharacterPlaces) -> Speaking:
    anchors = places.anchors
    low, high = bisect_left(anchors, number), bisect_left(anchors, number + 1)
    last = number - anchors[low - 1] if low else _FAR_LINES
    following = anchors[high] - number if high < len(anchors) else _FAR_LINES
    two_before, before, behind, two_behind = (_speaks(one, entity) for one in around)
    return Speaking(
        anchors_all=log(1 + len(anchors)),
        last_anchor=float(min(last, _FAR_LINES)),
        next_anchor=float(min(following, _FAR_LINES)),
        anchors_before=_count(anchors, number - _AROUND_LINES, number),
        anchors_after=_count(anchors, number + 1, number + _AROUND_LINES + 1),
        speaks_before=before,
        speaks_two_before=two_before,
        speaks_behind=behind,
        speaks_two_behind=two_behind,
    )


def _rank(rows: NDArray[np.float32]) -> list[NDArray[np.float64]]:
    """Each candidate's rank in what they are ranked by, how many fit the gender, and how many of these are near."""
    columns = {name: rows[:, len(_LINE_FEATURES) + place] for place, name in enumerate(_CANDIDATE_FEATURES)}
    agrees, beat = columns["agrees"], columns["beat_agrees"]
    excluded = (agrees < 0) | ((agrees == 0) & (beat < 0))
    near = ~excluded & (columns["gap_told"] < log(_SCENE_CHARACTERS))
    ranks = []
    for name, sign in _RANKED.items():
        order = np.argsort(columns[name] * sign + _EXCLUDED * excluded, kind="stable")
        rank = np.empty(len(rows))
        rank[order] = np.arange(len(rows))
        ranks.append(rank)
    return [*ranks, np.full(len(rows), float(np.sum(~excluded))), np.full(len(rows), float(np.sum(near)))]


def _sign(gender: Gender | None) -> float:
    return 0.0 if gender is None else _GENDER_SIGNS.get(gender, 0.0)


def _called_gender(line: Line | None) -> float:
    return 0.0 if line is None else _sign(line.calls)


def _speaks(line: Line | None, entity: EntityNumber) -> float:
    if line is None or not line.likely:
        return -1.0
    return next((chance for chance, who in line.likely if who == entity), 0.0)


def _paragraphs_between(one: Line | None, other: Line | None) -> float:
    if one is None or other is None:
        return _FAR_PARAGRAPHS
    return min(_FAR_PARAGRAPHS, float(other.turn.first_paragraph - one.turn.last_paragraph))


def _count(places: Sequence[int], start: int, end: int) -> float:
    return float(bisect_left(places, end) - bisect_left(places, start)) if start < end else 0.0


def _gap_before(places: Sequence[int], start: int) -> float:
    place = bisect_left(places, start)
    return _log_gap(start - places[place - 1] if place else _FAR_CHARACTERS)


def _gap_after(places: Sequence[int], end: int) -> float:
    place = bisect_left(places, end)
    return _log_gap(places[place] - end if place < len(places) else _FAR_CHARACTERS)


def _log_gap(distance: int) -> float:
    return log(1 + min(max(distance, 0), _FAR_CHARACTERS))
