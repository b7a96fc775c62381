"""The quotation marks at the edges of quoted spans."""

from quotesmith.extraction.kinds import find_kind
from quotesmith.parsed_text import ParsedText
from quotesmith.records import QuoteKind, TextSpan, TextSpans


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
