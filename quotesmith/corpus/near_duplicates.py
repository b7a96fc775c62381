"""Near-duplicate texts: the same words, some left out or changed, or a part of them."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from importlib.util import find_spec
from itertools import pairwise
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import LCSseq

from quotesmith.corpus.database import Numbers
from quotesmith.errors import MissingPackageError
from quotesmith.lexicon.folding import fold_text

MIN_WORDS: Final = 5
"""Fewer words in common are a phrase that anybody might use."""
MIN_SHARED_WORDS: Final = 0.8
"""The part of the shorter text's words that the longer one must have, in their order."""
MAX_SPREAD: Final = 1.5
"""How many times its own length the shorter text may stretch over in the longer one."""

# Three numbers a band: two texts that share a third of their pairs of words meet in some band with a chance of four in
# five; two that share a fiftieth, with a chance of one in three thousand.
_BANDS = 42
_ROWS_PER_BAND = 3
_TEXTS_AT_ONCE = 20_000
_SEED = 1

_Words: TypeAlias = tuple[str, ...]


def words_of(text: str) -> _Words:
    """The words of a text for comparing: without case, accents and punctuation."""
    # Folded first: an accent that is a character of its own would part a word.
    letters = (character if character.isalnum() or character == "'" else " " for character in fold_text(text))
    return tuple(word for word in (word.strip("'") for word in "".join(letters).split()) if word)


def are_near_duplicates(one: _Words, other: _Words) -> bool:
    """Whether two texts, given as words, are near-duplicates.

    The shorter must have `MIN_WORDS` words, and `MIN_SHARED_WORDS` of them must stand in the longer one, in the same
    order and close together.
    """
    short, long = sorted((one, other), key=len)
    if len(short) < MIN_WORDS:
        return False
    least = max(MIN_WORDS, round(MIN_SHARED_WORDS * len(short)))
    if LCSseq.similarity(short, long, score_cutoff=least) < least:
        return False
    if len(long) <= MAX_SPREAD * len(short):
        return True
    places = [
        place
        for step in LCSseq.opcodes(short, long)
        if step.tag == "equal"
        for place in range(step.dest_start, step.dest_end)
    ]
    # Enough of the words must be close together, however far away the others are.
    reach = int(MAX_SPREAD * len(short))
    return any(bisect_left(places, place + reach) - at >= least for at, place in enumerate(places))


def group_near_duplicates(texts: Iterable[str]) -> list[tuple[int, ...]]:
    """The texts that are near-duplicates of one another, as groups of their positions.

    Candidates are found by MinHash over pairs of neighbouring words (Broder 1997) and locality-sensitive hashing, and
    then aligned word by word. Two groups are merged where the longest text of one is a near-duplicate of the longest
    of the other, so a turn of phrase that two quotes share doesn't merge them. A text of fewer than `MIN_WORDS` words
    is a near-duplicate of none.

    Returns:
        The groups of two or more texts, in order of their first texts; positions ascend.

    Raises:
        MissingPackageError: if rensa isn't installed.

    Note:
        n log n in time. Memory: about 600 bytes and the words for each different text.
    """
    positions: dict[_Words, list[int]] = defaultdict(list)
    for position, text in enumerate(texts):
        words = words_of(text)
        if len(words) >= MIN_WORDS:
            positions[words].append(position)
    different = list(positions)
    # For each of the different texts the longest of its group.
    roots: Numbers = np.arange(len(different))
    for pairs in _candidates(different):
        _join(roots, pairs[roots[pairs[:, 0]] != roots[pairs[:, 1]]], different)
    groups: dict[int, list[int]] = defaultdict(list)
    for root, places in zip(roots.tolist(), positions.values(), strict=True):
        groups[root].extend(places)
    return sorted(tuple(sorted(places)) for places in groups.values() if len(places) > 1)


def _candidates(texts: Sequence[_Words]) -> Iterator[Numbers]:
    """For each band the pairs of texts that meet in it, (pairs, 2): each with the first and with its neighbour."""
    digests = _digests(texts)
    for band in range(0, _BANDS * _ROWS_PER_BAND, _ROWS_PER_BAND):
        numbers = digests[:, band : band + _ROWS_PER_BAND]
        order = np.lexsort(numbers.T)
        same = (numbers[order[1:]] == numbers[order[:-1]]).all(axis=1)
        later = np.flatnonzero(same) + 1
        starts = np.flatnonzero(np.concatenate(([True], ~same)))
        first = starts[np.searchsorted(starts, later, side="right") - 1]
        rows = np.concatenate((np.stack((first, later)), np.stack((later - 1, later))), axis=1)
        yield np.unique(order[rows].T, axis=0)


def _digests(texts: Sequence[_Words]) -> NDArray[np.uint32]:
    """The MinHash signature of each text, (texts, bands * rows)."""
    if find_spec("rensa") is None:
        msg = "to find the same quotes, rensa is needed; install it with: pip install 'quotesmith[corpus]'"
        raise MissingPackageError(msg)
    from rensa import RMinHash

    digests = np.empty((len(texts), _BANDS * _ROWS_PER_BAND), dtype=np.uint32)
    for start in range(0, len(texts), _TEXTS_AT_ONCE):
        tokens = [
            [f"{one} {other}" for one, other in pairwise(words)] for words in texts[start : start + _TEXTS_AT_ONCE]
        ]
        digests[start : start + len(tokens)] = RMinHash.digests_from_token_sets(tokens, _BANDS * _ROWS_PER_BAND, _SEED)
    return digests


def _join(roots: Numbers, pairs: Numbers, texts: Sequence[_Words]) -> None:
    """Merge the groups of each pair whose longest texts are near-duplicates."""
    for pair in pairs.tolist():
        short, long = sorted((_root(roots, place) for place in pair), key=lambda root: len(texts[root]))
        if short != long and are_near_duplicates(texts[short], texts[long]):
            roots[short] = long
    while not np.array_equal(above := roots[roots], roots):
        roots[:] = above


def _root(roots: Numbers, place: int) -> int:
    while (above := int(roots[place])) != place:
        place = above
    return place
