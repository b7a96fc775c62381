"""How much of a quote stands between quotation marks: direct, mixed or indirect."""

import re
from collections.abc import Iterable, Sequence
from typing import Final

from attrs import frozen

from quotesmith.marks import MarkPair
from quotesmith.records import QuoteKind, TextSpan

_WORD = re.compile(r"\w+")
DEEPEST: Final = 100
"""Passages that stand in so many others count as if they were not there."""


@frozen
class MarkedWords:
    """Which words of a text stand between quotation marks; made once, for all its quotes.

    Attributes:
        levels: A byte for each character: 0 where it is no word's, else 1 and the number of passages around it.
        around: A byte for each character: how many passages go on from the one before it, the last of them closed.
            Narrators' words may stand in a passage without a closing mark: around a quote it says nothing.
    """

    levels: bytes
    around: bytes


def map_words(text: str, marks: Iterable[MarkPair]) -> MarkedWords:
    """The words of `text` between its marks.

    Args:
        text: The text.
        marks: Its quotation marks, in order.

    Note:
        Linear in the text's length: the passages that count are nested no deeper than a fixed number.
    """
    passages, around = bytearray(b"\1") * len(text), bytearray(len(text))
    for pair in marks:
        start, end = pair.span.start, pair.span.end
        if pair.depth < DEEPEST:
            passages[start:end] = bytes([pair.depth + 2]) * (end - start)
            if pair.closing is not None:
                around[start + 1 : end] = bytes([pair.depth + 1]) * (end - start - 1)
    levels = bytearray(len(text))
    for word in _WORD.finditer(text):
        levels[word.start() : word.end()] = passages[word.start() : word.end()]
    return MarkedWords(bytes(levels), bytes(around))


def find_kind(words: MarkedWords, content: Sequence[TextSpan], cue: Sequence[TextSpan] = ()) -> QuoteKind:
    """Direct where all words of the content lie between marks, indirect where none does, else mixed.

    Marks around both content and cue don't count: what somebody reports within direct speech is direct only where marks
    of its own stand around it. A cue without words, a colon, tells no place.

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
