"""A long text as windows that the encoder can see whole."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from attrs import frozen

from quotesmith.encoder.pieces import IntArray, Pieces

SIZE = 254
"""How many pieces a window holds, its two special pieces not counted."""
OVERLAP = 64
"""How many pieces two neighbouring windows share; fewer where a paragraph starts among them."""


@frozen
class Window:
    """A stretch of a text's pieces, and the part of it that this window answers for.

    Attributes:
        start: The first piece.
        end: Behind the last piece.
        owned_start: From here on the window's outputs count: it sees more around these pieces than others do.
        owned_end: Up to here.
    """

    start: int
    end: int
    owned_start: int
    owned_end: int

    def __len__(self) -> int:
        return self.end - self.start


def cut_windows(pieces: Pieces, *, size: int = SIZE, overlap: int = OVERLAP) -> list[Window]:
    """Windows over all pieces, in order; each piece is owned by exactly one.

    A window ends with a paragraph where one ends in its second half, and starts with one where one starts in
    the overlap.

    Args:
        pieces: A text's pieces.
        size: How many pieces a window holds at most.
        overlap: How many two neighbours share at most; up to half the size.
    """
    bounds = np.append(pieces.breaks, len(pieces))
    spans = []
    start, total = 0, len(pieces)
    while start < total:
        end = _last_bound(bounds, start + size // 2, start + size)
        spans.append((start, end))
        if end == total:
            break
        start = _first_bound(bounds, end - overlap, end)
    return _with_owners(spans)


def _last_bound(bounds: IntArray, low: int, high: int) -> int:
    """The last bound above `low` and up to `high`; `high` where there is none and the text goes on."""
    position = int(np.searchsorted(bounds, high, side="right")) - 1
    found = int(bounds[position]) if position >= 0 else 0
    return found if found > low or found == int(bounds[-1]) else high


def _first_bound(bounds: IntArray, low: int, high: int) -> int:
    """The first bound from `low` on and below `high`; `low` where there is none."""
    position = int(np.searchsorted(bounds, low, side="left"))
    found = int(bounds[position])
    return found if found < high else low


def _with_owners(spans: Sequence[tuple[int, int]]) -> list[Window]:
    cuts = [0, *((after[0] + before[1]) // 2 for before, after in pairwise(spans))]
    ends = [*cuts[1:], spans[-1][1] if spans else 0]
    return [Window(*span, cut, end) for span, cut, end in zip(spans, cuts, ends, strict=False)]
