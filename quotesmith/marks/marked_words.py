"""Which words of a text stand between quotation marks, and where each mark stands."""

import re
from collections.abc import Iterable, Sequence
from typing import Final

from attrs import frozen

from quotesmith.marks.pairs import MarkPair
from quotesmith.records import TextSpan

_WHOLE_WORD = re.compile(r"\w+")
DEEPEST: Final = 100
"""Passages nested deeper than this count as if they were not there."""


@frozen
class MarkedWords:
    """Which words of a text stand between quotation marks; computed once, for all its quotes.

    Attributes:
        levels: A byte for each character: 0 outside of words, else 1 plus the number of passages around it.
        around: A byte for each character: the number of passages that go on from the character before it, the innermost
            of them closed. A passage without a closing mark may hold narration: around a quote it means nothing.
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
    for word in _WHOLE_WORD.finditer(text):
        levels[word.start() : word.end()] = passages[word.start() : word.end()]
    return MarkedWords(bytes(levels), bytes(around))


def mark_edges(marks: Sequence[MarkPair]) -> dict[int, TextSpan]:
    """Each mark by its outer edge: an opening's start, a closing's end; both as one where two passages touch."""
    edges = {pair.opening.start: pair.opening for pair in marks}
    for pair in marks:
        if pair.closing is not None:
            following = edges.get(pair.closing.end, pair.closing)
            edges[pair.closing.end] = TextSpan(pair.closing.start, following.end)
    return edges
