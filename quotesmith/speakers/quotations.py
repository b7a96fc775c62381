"""Which words of a text stand inside which quote."""

import re
from collections.abc import Sequence

from attrs import frozen

from quotesmith.extraction.attributions import Attribution
from quotesmith.records import QuoteKind, TextSpan
from quotesmith.speakers.layout import Layout

_QUOTED = re.compile(r"[“\"«„][^“”\"«»„]*[”\"»]?")


@frozen(eq=False)
class Quotations:
    """For each token the innermost attribution around it (-1: none), and whether marks stand around it."""

    attribution: list[int]
    quoted: bytearray

    @classmethod
    def of(cls, layout: Layout, attributions: Sequence[Attribution]) -> "Quotations":
        """The quotations of a text; linear in its tokens and contents."""
        size = len(layout.starts)
        quoted = bytearray(size)
        spans = []
        for number, attribution in enumerate(attributions):
            for span in attribution.content:
                tokens = layout.tokens(span)
                spans.append((tokens.start, -tokens.stop, number))
        for attribution in attributions:
            for span in _quoted_spans(layout.text, attribution):
                tokens = layout.tokens(span)
                quoted[tokens.start : tokens.stop] = b"\1" * len(tokens)
        return cls(_innermost(sorted(spans), size), quoted)


def _quoted_spans(text: str, attribution: Attribution) -> list[TextSpan]:
    if attribution.kind is QuoteKind.DIRECT:
        return list(attribution.content)
    found = ((span, _QUOTED.finditer(span.of(text))) for span in attribution.content)
    return [TextSpan(m.start(), m.end()).shifted(span.start) for span, matches in found for m in matches]


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
