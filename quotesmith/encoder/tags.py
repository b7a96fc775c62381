"""The tags that the encoder scores for each word."""

from enum import IntEnum
from math import inf
from typing import Final

import attrs
import numpy as np
from numpy.typing import NDArray

from quotesmith.encoder.pieces import IntArray


class Role(IntEnum):
    """What a word is in a quote."""

    CONTENT = 0
    CUE = 1
    SOURCE = 2


@attrs.frozen
class Fragment:
    """A row of words, half open, with one role."""

    role: Role
    start: int
    end: int


LEVELS: Final = 2
"""How deep the network reads: the outermost quotes are of level 0, those right inside them of level 1."""
OUTSIDE_TAG: Final = 0
"""The tag of a word that has no role."""
TAGS: Final = 1 + 2 * len(Role)
"""How many tags there are: outside, and two for each role: its first word and the others."""


def begin(role: Role) -> int:
    """The tag of the first word of a fragment."""
    return 1 + 2 * role


def inside(role: Role) -> int:
    """The tag of a fragment's other words."""
    return 2 + 2 * role


def best_tags(scores: NDArray[np.floating]) -> IntArray:
    """The likeliest tags of a row of words in which a fragment's later words follow its first (Viterbi).

    Args:
        scores: For each word the log probability of each tag, (words, TAGS).

    Returns:
        One tag a word.
    """
    if not len(scores):
        return np.empty(0, dtype=np.int64)
    likeliest: IntArray = scores.argmax(axis=1)
    before = np.concatenate(([OUTSIDE_TAG], likeliest[:-1]))
    is_later = (likeliest != OUTSIDE_TAG) & (likeliest % 2 == 0)
    if not (is_later & (before != likeliest) & (before != likeliest - 1)).any():
        return likeliest
    rows = scores.tolist()
    # A fragment's later words have even tags, and follow only the tag before theirs or their own.
    best = [-inf if tag and tag % 2 == 0 else score for tag, score in enumerate(rows[0])]
    steps: list[list[int]] = []
    for row in rows[1:]:
        top = best.index(max(best))
        step = [top]
        for first in range(1, TAGS, 2):
            step += (top, first if best[first] >= best[first + 1] else first + 1)
        best = [score + best[before] for score, before in zip(row, step, strict=True)]
        steps.append(step)
    tags = [best.index(max(best))]
    for step in reversed(steps):
        tags.append(step[tags[-1]])
    return np.array(tags[::-1], dtype=np.int64)


def find_fragments(tags: IntArray) -> list[Fragment]:
    """The fragments that the tags of a row of words mark, in order."""
    found: list[Fragment] = []
    for position, tag in enumerate(tags.tolist()):
        if tag == OUTSIDE_TAG:
            continue
        if tag % 2:
            found.append(Fragment(Role((tag - 1) // 2), position, position + 1))
        else:
            found[-1] = attrs.evolve(found[-1], end=position + 1)
    return found
