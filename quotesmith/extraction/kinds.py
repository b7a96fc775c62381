"""How much of a quote stands between quotation marks: direct, mixed or indirect."""

import re
from collections.abc import Iterable, Sequence

from quotesmith.marks import MarkPair
from quotesmith.records import QuoteKind, TextSpan

_WORD = re.compile(r"\w+")
_INSIDE, _OUTSIDE = b"i", b"o"


def map_words(text: str, marks: Iterable[MarkPair], *, depth: int = 0) -> bytes:
    """A byte for each character of `text`: whether a word's, and that inside or outside of quotation marks.

    Made once a text, for `find_kind` of all its quotes. With `depth` 1 only marks inside other marks count: what
    somebody reports within direct speech is direct only where marks of its own stand around it.
    """
    words = bytearray(len(text))
    for word in _WORD.finditer(text):
        words[word.start() : word.end()] = _OUTSIDE * len(word.group())
    for pair in marks:
        if pair.depth == depth:
            start, end = pair.span.start, pair.span.end
            words[start:end] = words[start:end].replace(_OUTSIDE, _INSIDE)
    return bytes(words)


def find_kind(words: bytes, content: Sequence[TextSpan]) -> QuoteKind:
    """Direct where all words of the content lie between marks, indirect where none does, else mixed.

    Args:
        words: What `map_words` gives for the text.
        content: The spans of the content.
    """
    inside = any(words.find(_INSIDE, span.start, span.end) >= 0 for span in content)
    outside = any(words.find(_OUTSIDE, span.start, span.end) >= 0 for span in content)
    if inside and not outside:
        return QuoteKind.DIRECT
    return QuoteKind.MIXED if inside else QuoteKind.INDIRECT
