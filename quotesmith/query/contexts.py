"""The text around a quote."""

import re

from quotesmith.errors import OptionError
from quotesmith.records import Quote, QuoteDocument, TextSpan

_LINE_ENDS = r"\n\x0b\x0c\x85\u2028\u2029"
# A line end, then nothing but white space up to the next; what was taken is never given back, or runs would take long.
_PARAGRAPH_END = re.compile(rf"(?:\r\n?+|[{_LINE_ENDS}])[^\S\r{_LINE_ENDS}]*+[\r{_LINE_ENDS}]|\u2029")


def context_of(document: QuoteDocument, quote: Quote, *, width: int) -> TextSpan:
    """Where the quote's content, cue and source stand, with up to `width` characters on either side.

    It stays in the paragraphs of these, which end at a blank line, and cuts no word unless the word is longer
    than `width`.

    Raises:
        OptionError: if the width isn't a whole number of at least 0.
    """
    if type(width) is not int or width < 0:
        msg = f"width must be a whole number of at least 0, not {width!r}"
        raise OptionError(msg)
    pieces = (*quote.content, *quote.cue, *document.source_spans(quote))
    start, end = min(piece.start for piece in pieces), max(piece.end for piece in pieces)
    return TextSpan(start - _room_before(document.text, start, width), end + _room_after(document.text, end, width))


def _room_before(text: str, start: int, width: int) -> int:
    """How many characters of the paragraph before the offset belong to the context."""
    before = text[max(start - width - 1, 0) : start]
    ends = [match.end() for match in _PARAGRAPH_END.finditer(before)]
    room = before[ends[-1] :] if ends else before
    if len(room) > width:
        room = room[1:] if room[0].isspace() else _after_first_word(room)
    return len(room.lstrip())


def _after_first_word(room: str) -> str:
    words = room.split(maxsplit=1)
    return words[1] if len(words) > 1 else room[1:]


def _room_after(text: str, end: int, width: int) -> int:
    """How many characters of the paragraph after the offset belong to the context."""
    after = text[end : end + width + 1]
    paragraph_end = _PARAGRAPH_END.search(after)
    room = after[: paragraph_end.start()] if paragraph_end else after
    if len(room) > width:
        room = room[:-1] if room[-1].isspace() else _before_last_word(room)
    return len(room.rstrip())


def _before_last_word(room: str) -> str:
    words = room.rsplit(maxsplit=1)
    return words[0] if len(words) > 1 else room[:-1]
