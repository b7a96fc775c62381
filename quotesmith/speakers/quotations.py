"""Which words of a text stand inside which quote."""

from collections.abc import Sequence

from attrs import frozen

from quotesmith.extraction.attributions import Attribution
from quotesmith.marks import MarkPair
from quotesmith.speakers.layout import Layout


@frozen(eq=False)
class Quotations:
    """For each token the innermost attribution around it (-1: none), and whether it says it in marks."""

    attribution: list[int]
    quoted: bytearray

    @classmethod
    def of(cls, layout: Layout, attributions: Sequence[Attribution], marks: Sequence[MarkPair]) -> "Quotations":
        """The quotations of a text; linear in its tokens, contents and marks."""
        spans = []
        for number, attribution in enumerate(attributions):
            for span in attribution.content:
                tokens = layout.tokens(span)
                spans.append((tokens.start, -tokens.stop, number))
        innermost = _innermost(sorted(spans), len(layout.starts))
        quoted = bytearray(len(layout.starts))
        for pair in marks:
            for index in layout.tokens(pair.span) if pair.depth == 0 else ():
                quoted[index] = innermost[index] >= 0
        return cls(innermost, quoted)


def _innermost(spans: list[tuple[int, int, int]], size: int) -> list[int]:
    """The number of the last opened span at each token, from (start, -end, number) in order."""
    innermost, opened, position = [-1] * size, [], 0
    for token in range(size):
        while position < len(spans) and spans[position][0] <= token:
            opened.append((-spans[position][1], spans[position][2]))
            position += 1
        while opened and opened[-1][0] <= token:
            opened.pop()
        if opened:
            innermost[token] = opened[-1][1]
    return innermost
