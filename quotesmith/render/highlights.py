"""A text cut wherever a highlight starts or ends, so that highlights may nest and overlap."""

from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Protocol, TypeVar

from attrs import frozen

from quotesmith.records import TextSpan
from quotesmith.render.colors import Tone


class Spanned(Protocol):
    """Anything that has a place in the text."""

    @property
    def span(self) -> TextSpan:
        """The place."""


_Spanned = TypeVar("_Spanned", bound=Spanned)
# A longer tooltip would be no help, and without a bound n nested quotes would take n * n words.
_DEPTH = 4


@frozen
class Highlight:
    """A stretch of text to set off: how, and what to say of it."""

    span: TextSpan
    tone: Tone
    style: str
    label: str


def iter_pieces(
    highlights: Sequence[_Spanned], length: int, *, cuts: Iterable[int] = ()
) -> Iterator[tuple[int, int, tuple[_Spanned, ...]]]:
    """Start, end and highlights of each piece of a text of that length: in order, none empty, nothing left out.

    The text is cut at the offsets of `cuts`, too. A piece's highlights stand outermost first: by where they
    start, and of those that start together, the longest first. Of more than four, the innermost four are given. Takes
    n log n steps for n highlights where few overlap in one place.
    """
    opening: defaultdict[int, list[tuple[int, int, int]]] = defaultdict(list)
    closing: defaultdict[int, list[tuple[int, int, int]]] = defaultdict(list)
    for number, highlight in enumerate(highlights):
        key = (highlight.span.start, -highlight.span.end, number)
        opening[highlight.span.start].append(key)
        closing[highlight.span.end].append(key)
    active: list[tuple[int, int, int]] = []
    for start, end in pairwise(sorted({0, length, *cuts, *opening, *closing})):
        for key in closing[start]:
            del active[bisect_left(active, key)]
        for key in opening[start]:
            insort(active, key)
        yield start, end, tuple(highlights[number] for *_, number in active[-_DEPTH:])
