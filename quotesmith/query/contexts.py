"""The text around a quote."""

from bisect import bisect_left, bisect_right

from quotesmith.errors import OptionError
from quotesmith.records import Quote, QuoteDocument, TextSpan


def context_of(document: QuoteDocument, quote: Quote, *, width: int) -> TextSpan:
    """Where the quote's content, cue and source stand, with up to `width` characters on either side.

    It stays in the paragraphs of these, as `find_paragraphs` gives them, and cuts no word unless the word is longer
    than `width`.

    Raises:
        OptionError: if the width isn't a whole number of at least 0.
    """
    if type(width) is not int or width < 0:
        msg = f"width must be a whole number of at least 0, not {width!r}"
        raise OptionError(msg)
    pieces = (*quote.content, *quote.cue, *document.source_spans(quote))
    whole = TextSpan(min(piece.start for piece in pieces), max(piece.end for piece in pieces))
    around = _paragraphs_around(document, whole)
    # One character more than the width shows whether a word goes on beyond it.
    before = document.text[max(around.start, whole.start - width - 1) : whole.start]
    after = document.text[whole.end : min(around.end, whole.end + width + 1)]
    return TextSpan(whole.start - _room_before(before, width), whole.end + _room_after(after, width))


def _paragraphs_around(document: QuoteDocument, span: TextSpan) -> TextSpan:
    """The span, widened to the edges of the paragraphs in which it starts and ends; not at white space around them."""
    paragraphs = document._paragraphs
    first = bisect_right(paragraphs, span.start, key=lambda paragraph: paragraph.end)
    last = bisect_left(paragraphs, span.end, key=lambda paragraph: paragraph.start) - 1
    start = min(span.start, paragraphs[first].start) if first < len(paragraphs) else span.start
    return TextSpan(start, max(span.end, paragraphs[last].end) if last >= 0 else span.end)


def _room_before(before: str, width: int) -> int:
    """How many of the characters before the quote belong to its context."""
    if len(before) > width:
        before = before[1:] if before[0].isspace() else _after_first_word(before)
    return len(before.lstrip())


def _after_first_word(room: str) -> str:
    words = room.split(maxsplit=1)
    return words[1] if len(words) > 1 else room[1:]


def _room_after(after: str, width: int) -> int:
    """How many of the characters after the quote belong to its context."""
    if len(after) > width:
        after = after[:-1] if after[-1].isspace() else _before_last_word(after)
    return len(after.rstrip())


def _before_last_word(room: str) -> str:
    words = room.rsplit(maxsplit=1)
    return words[0] if len(words) > 1 else room[:-1]
