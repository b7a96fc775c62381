"""Conversations: the turns that follow one another closely, and how each goes on from the one before."""

from collections.abc import Iterator, Sequence
from enum import StrEnum
from itertools import pairwise

from attrs import frozen

from quotesmith.coreference import EntityNumber
from quotesmith.marks import CLOSING_CHARACTERS
from quotesmith.parsed_text import ParsedText
from quotesmith.records import Gender, TextSpan, TextSpans


class Step(StrEnum):
    """How a turn follows the one before: in its paragraph, in the next, or farther behind.

    In a paragraph nothing may stand between the two, or narration, at whose end somebody else than the speaker may act.
    From a paragraph to the next a turn may stay open, or ask.
    """

    TOUCHING = "touching"
    SAME_PARAGRAPH = "same paragraph"
    INTERRUPTED = "interrupted"
    OPEN = "open"
    ANSWER = "answer"
    NEXT_PARAGRAPH = "next paragraph"
    NEAR = "near"
    FAR = "far"


@frozen(kw_only=True)
class SpokenTurn:
    """A direct quote that nobody else quotes, and what the text shows of who speaks it.

    Attributes:
        number: Its attribution's.
        content: Its words.
        paragraphs: The paragraphs in which it stands.
        first_paragraph: The number of the first.
        last_paragraph: The number of the last.
        speakers: Whom its source words mean; none where it has none, or nothing can be said.
        has_source: Whether words name its speaker.
        linked: Whom words in another paragraph mean that seem to be its source, where somebody acts in its own.
        is_told: Whether one who says "I" or "we", and is known by nothing else, acts nearest to it.
        ranked: Whom the pronoun that is its source may mean, with probabilities, best first.
        before: Who acts in the narration before it, the nearest first.
        behind: The same behind it.
        gender: Of "he" or "she" who acts nearest to it, before it or else behind; None where nobody does so.
        opens: Whether no other turn stands before it in its paragraph.
        closes: Whether none stands behind it.
        called: Whom its words call.
        addressed: Whom its source words say it is spoken to.
    """

    number: int
    content: TextSpans
    paragraphs: TextSpan
    first_paragraph: int
    last_paragraph: int
    speakers: tuple[EntityNumber, ...] = ()
    has_source: bool = False
    linked: tuple[EntityNumber, ...] = ()
    is_told: bool = False
    ranked: tuple[tuple[float, EntityNumber], ...] = ()
    before: tuple[EntityNumber, ...] = ()
    behind: tuple[EntityNumber, ...] = ()
    gender: Gender | None = None
    opens: bool = True
    closes: bool = True
    called: tuple[EntityNumber, ...] = ()
    addressed: tuple[EntityNumber, ...] = ()

    @property
    def is_meant(self) -> bool:
        """Whether its source is a pronoun that may mean several people."""
        return self.has_source and bool(self.ranked)

    @property
    def is_anchor(self) -> bool:
        """Whether words say who speaks, a pronoun or others."""
        return self.has_source and bool(self.speakers)


@frozen
class Conversation:
    """Turns that follow one another closely, in order.

    Attributes:
        turns: The turns.
        steps: How each but the first follows the one before.
        gaps: For each the narration before it that stands in paragraphs of its own, None where there is none.
    """

    turns: tuple[SpokenTurn, ...]
    steps: tuple[Step, ...]
    gaps: tuple[TextSpan | None, ...]

    @property
    def extent(self) -> TextSpan:
        """From the narration before its first turn to the end of its last turn's paragraph."""
        first = self.turns[0].paragraphs if self.gaps[0] is None else self.gaps[0]
        return TextSpan(first.start, max(turn.paragraphs.end for turn in self.turns))


def find_conversations(
    parsed: ParsedText, turns: Sequence[SpokenTurn], *, max_gap: int, max_turns: int, near: int
) -> Iterator[Conversation]:
    """The conversations of a text, in order; each turn is in one. Linear in the turns.

    Args:
        parsed: The text.
        turns: Its spoken turns, in order.
        max_gap: Paragraphs from a turn to the next of its conversation, at most.
        max_turns: Turns of a conversation, at most: a longer one is cut.
        near: Paragraphs between turns that count as near, and before a conversation where people are introduced.
    """
    start = 0
    for position in range(1, len(turns) + 1):
        is_last = position == len(turns)
        if is_last or _distance(turns[position - 1], turns[position]) > max_gap or position - start >= max_turns:
            own = tuple(turns[start:position])
            if own:
                steps = tuple(_step(parsed, one, other, near) for one, other in pairwise(own))
                before = turns[start - 1].last_paragraph if start else -1
                opening = max(before + 1, own[0].first_paragraph - near)
                gaps = [_gap(parsed, opening, own[0].first_paragraph)]
                gaps += [_gap(parsed, one.last_paragraph + 1, other.first_paragraph) for one, other in pairwise(own)]
                yield Conversation(own, steps, tuple(gaps))
            start = position


def _distance(one: SpokenTurn, other: SpokenTurn) -> int:
    return other.first_paragraph - one.last_paragraph


def _gap(parsed: ParsedText, first: int, end: int) -> TextSpan | None:
    """The characters of the paragraphs from `first` up to, not including, `end`."""
    return TextSpan(parsed.paragraphs[first].start, parsed.paragraphs[end - 1].end) if first < end else None


def _step(parsed: ParsedText, one: SpokenTurn, other: SpokenTurn, near: int) -> Step:
    distance = _distance(one, other)
    last, first = one.content[-1], other.content[0]
    if distance <= 0:
        between = parsed.text[last.end : first.start]
        if not between.strip():
            return Step.TOUCHING
        known = one.speakers if one.is_anchor else one.before[:1]
        others = known and other.before and other.before[0] not in known
        return Step.INTERRUPTED if others else Step.SAME_PARAGRAPH
    if distance == 1:
        # A mark may stand just outside of the content.
        if not any(mark in CLOSING_CHARACTERS for mark in parsed.text[last.end - 1 : last.end + 1]):
            return Step.OPEN
        asked = parsed.text[max(last.start, last.end - 3) : last.end].rstrip("".join(CLOSING_CHARACTERS)).endswith("?")
        return Step.ANSWER if asked else Step.NEXT_PARAGRAPH
    return Step.NEAR if distance <= near else Step.FAR
