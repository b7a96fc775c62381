"""Stretches of word pieces, the unit that fragments, passages and windows are compared in."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

import numpy as np
from attrs import frozen

from quotesmith.encoder import Pieces


@frozen(order=True)
class Stretch:
    """Pieces of a text, half open, never empty."""

    start: int
    end: int

    def __len__(self) -> int:
        return self.end - self.start


def clipped(stretches: Sequence[Stretch], start: int, end: int) -> dict[int, Stretch]:
    """Those of `stretches` that share pieces with the range, by their position, cut to it.

    Args:
        stretches: In text order, none overlapping another.
        start: The range's first piece.
        end: Behind its last piece.
    """
    if start >= end:
        return {}
    first = bisect_right(stretches, start, key=lambda stretch: stretch.end)
    last = bisect_left(stretches, end, key=lambda stretch: stretch.start)
    return {
        position: Stretch(max(stretches[position].start, start), min(stretches[position].end, end))
        for position in range(first, last)
    }


def pieces_between(pieces: Pieces, start: int, end: int) -> tuple[int, int]:
    """The pieces, half open, that share a character with the text from `start` to `end`, and the breaks there."""
    first = int(np.searchsorted(pieces.ends, start, side="right"))
    return first, max(first, int(np.searchsorted(pieces.starts, end, side="left")))
