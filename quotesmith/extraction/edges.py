"""The quotation marks at the edges of quoted spans."""

from collections.abc import Mapping

from quotesmith.extraction.kinds import find_kind
from quotesmith.marks import MarkedWords
from quotesmith.records import QuoteKind, TextSpan, TextSpans


def find_outer_marks(words: MarkedWords, edges: Mapping[int, TextSpan], content: TextSpans) -> TextSpans:
    """The marks at the edges of the spans that are quoted from end to end; the others keep theirs.

    Args:
        words: What `map_words` gives for the text.
        edges: What `mark_edges` gives for it.
        content: The spans of one quote.
    """
    quoted = (span for span in content if find_kind(words, (span,)) is QuoteKind.DIRECT)
    found = ((span, edges.get(edge)) for span in quoted for edge in (span.start, span.end))
    # A mark at an edge may be the neighbour's.
    return tuple(
        TextSpan(max(mark.start, span.start), min(mark.end, span.end))
        for span, mark in found
        if mark is not None and mark.overlaps(span)
    )
