"""A text cut wherever a mark starts or ends, so that marks may nest and overlap."""

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
# A tooltip of more would be no help, and without a bound n nested quotes would take n * n words.
_DEPTH = 4


@frozen
class Mark:
    """A stretch of text to set off: how, and what to say of it."""

    span: TextSpan
    tone: Tone
    style: str
    label: str


def iter_segments(
    marks: Sequence[_Spanned], length: int, *, cuts: Iterable[int] = ()
) -> Iterator[tuple[int, int, tuple[_Spanned, ...]]]:
    """Start, end and marks of each piece of a text of that length: in order, none empty, nothing left out.

    The text is cut at the offsets of `cuts`, too. A piece's marks stand outermost first (the one that starts first, of
    these the one that ends last); of more than four, the innermost four. Takes n log n steps for n marks where few
    overlap in one place.
    """
    opening: defaultdict[int, list[tuple[int, int, int]]] = defaultdict(list)
    closing: defaultdict[int, list[tuple[int, int, int]]] = defaultdict(list)
    for number, mark in enumerate(marks):
        key = (mark.span.start, -mark.span.end, number)
        opening[mark.span.start].append(key)
        closing[mark.span.end].append(key)
    active: list[tuple[int, int, int]] = []
    for start, end in pairwise(sorted({0, length, *cuts, *opening, *closing})):
        for key in closing[start]:
            del active[bisect_left(active, key)]
        for key in opening[start]:
            insort(active, key)
        yield start, end, tuple(marks[number] for *_, number in active[-_DEPTH:])
