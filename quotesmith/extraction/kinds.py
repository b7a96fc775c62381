"""How much of a quote stands between quotation marks, and the marks at its edges."""

from collections.abc import Iterable, Sequence

import attrs

from quotesmith.extraction.attributions import Attribution
from quotesmith.marks import MarkedWords
from quotesmith.parsed_text import ParsedText
from quotesmith.records import QuoteKind, TextSpan, TextSpans


def find_kind(words: MarkedWords, content: Sequence[TextSpan], cue: Sequence[TextSpan] = ()) -> QuoteKind:
    """Direct where all words of the content lie between marks, indirect where none does, else mixed.

    Marks around both content and cue don't count: what somebody reports within direct speech is direct only between
    marks of its own. A cue without words (a colon) has no place of its own.

    Args:
        words: What `map_words` gives for the text.
        content: The spans of the content, in order.
        cue: The spans of the cue, in order.
    """
    spans = sorted([*content, *cue]) if any(any(words.levels[span.start : span.end]) for span in cue) else []
    start, end = (spans[0].start, max(span.end for span in spans)) if spans else (0, 0)
    outside = 1 + min(words.around[start + 1 : end], default=0)
    levels = {level for span in content for level in words.levels[span.start : span.end]} - {0}
    if not any(level > outside for level in levels):
        return QuoteKind.INDIRECT
    return QuoteKind.DIRECT if min(levels) > outside else QuoteKind.MIXED


def settle_kinds(parsed: ParsedText, quotes: Iterable[Attribution]) -> list[Attribution]:
    """The attributions, each with the kind and the outer marks that its content and cue have."""
    return [
        attrs.evolve(
            quote,
            kind=find_kind(parsed.marked_words, quote.content, quote.cue),
            outer_marks=find_outer_marks(parsed, quote.content),
        )
        for quote in quotes
    ]


def find_outer_marks(parsed: ParsedText, content: TextSpans) -> TextSpans:
    """The marks at the edges of the spans that are quoted from end to end; the others keep theirs.

    Args:
        parsed: The text.
        content: The spans of one quote.
    """
    quoted = (span for span in content if find_kind(parsed.marked_words, (span,)) is QuoteKind.DIRECT)
    found = ((span, parsed.mark_edges.get(edge)) for span in quoted for edge in (span.start, span.end))
    # A mark at an edge may be the neighbour's.
    return tuple(
        TextSpan(max(mark.start, span.start), min(mark.end, span.end))
        for span, mark in found
        if mark is not None and mark.overlaps(span)
    )
