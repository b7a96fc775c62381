"""The contents of quotes as a text of their own, to look for quotes inside quotes."""

from bisect import bisect_right
from collections.abc import Sequence
from functools import cached_property

import attrs
from attrs import frozen

from quotesmith.extraction.fragments import MarkedText
from quotesmith.marks import MarkPair, find_paragraphs
from quotesmith.records import TextSpan

_BETWEEN = "\n\n"


@frozen
class InnerText:
    """Stretches of a text one below the other, each a paragraph or more.

    Attributes:
        text: The stretches with blank lines between them.
        marks: The quotation marks that lie whole in one of them, as they stand in `text`: the outermost have depth 0
            again, and none continues another.
        stretches: Where each stands in the outer text.
        starts: Where each starts in `text`.
    """

    text: str
    marks: Sequence[MarkPair]
    stretches: Sequence[TextSpan]
    starts: Sequence[int]

    @cached_property
    def paragraph_starts(self) -> Sequence[int]:
        """The first character of each paragraph."""
        return [paragraph.start for paragraph in find_paragraphs(self.text)]

    def stretch_at(self, span: TextSpan) -> int:
        """Position of the stretch that the span starts in."""
        return bisect_right(self.starts, span.start) - 1

    def outer(self, span: TextSpan) -> TextSpan:
        """Where a span of `text` stands in the outer text, as far as the stretch goes that it starts in."""
        position = self.stretch_at(span)
        moved = span.shifted(self.stretches[position].start - self.starts[position])
        return TextSpan(moved.start, min(moved.end, self.stretches[position].end))


def take_out(outer: MarkedText, stretches: Sequence[TextSpan]) -> InnerText:
    """The inner text of `stretches`; linear in it and in the marks.

    Args:
        outer: The outer text.
        stretches: In text order, none overlapping another.
    """
    starts: list[int] = []
    length = 0
    for stretch in stretches:
        starts.append(length)
        length += len(stretch) + len(_BETWEEN)
    openings = [stretch.start for stretch in stretches]
    inside: list[MarkPair] = []
    # Where the passages around the next one end.
    ends: list[int] = []
    for pair in outer.marks:
        position = bisect_right(openings, pair.span.start) - 1
        if position >= 0 and pair.span.end <= stretches[position].end:
            offset = starts[position] - openings[position]
            while ends and ends[-1] <= pair.span.start:
                ends.pop()
            inside.append(_moved(pair, offset, len(ends)))
            ends.append(pair.span.end)
    return InnerText(_BETWEEN.join(stretch.of(outer.text) for stretch in stretches), inside, stretches, starts)


def _moved(pair: MarkPair, offset: int, depth: int) -> MarkPair:
    return attrs.evolve(
        pair,
        opening=pair.opening.shifted(offset),
        closing=None if pair.closing is None else pair.closing.shifted(offset),
        end=pair.end + offset,
        depth=depth,
        continues=None,
    )
