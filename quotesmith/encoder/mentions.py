"""The mentions of people, bodies, places, groups and things that the encoder's outputs show.

After biaffine named-entity recognition (Yu et al. 2020): any stretch of words may be a mention, also inside another.
"""

from collections.abc import Iterator
from typing import Final

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from quotesmith.encoder.pieces import IntArray, Pieces
from quotesmith.records import EntityKind, MentionForm, TextSpan

MENTION_FORMS: Final = (MentionForm.NAME, MentionForm.NOMINAL, MentionForm.PRONOUN)
"""How a mention may refer, in the order of its labels."""
MENTION_KINDS: Final = (
    EntityKind.PERSON,
    EntityKind.ORGANIZATION,
    EntityKind.PLACE,
    EntityKind.GROUP,
    EntityKind.OTHER,
)
"""What it may refer to, in the same order; a group is several people without a name of a body."""
MENTION_LABELS: Final = len(MENTION_FORMS) * len(MENTION_KINDS)
"""How many labels a mention may have: its form's place times the number of kinds, plus its kind's."""
MENTION_SPAN_SIZE: Final = 48
"""Length of the vectors whose products score whether two words are the first and the last of a mention."""
MENTION_SIZE: Final = 2 * (MENTION_SPAN_SIZE + MENTION_LABELS)
"""What the encoder gives a piece: its vector as a first word, as a last word, and its labels' scores as each."""
MENTION_WORDS: Final = 30
"""How many words a mention has at most: of gold mentions, 3 in 1,000 have more."""
MENTION_OFFSET: Final = -4.0
"""Added to each product: before anything is learned, few stretches are mentions."""
MENTION_THRESHOLD: Final = 0.5
"""How likely a stretch is a mention that counts as one, in (0, 1)."""
# How many words are looked at as first ones at once.
_PART: Final = 512


@frozen
class EncodedMention:
    """A mention as the encoder sees it.

    Attributes:
        start: Its first piece.
        end: The piece behind its last word.
        form: How it refers.
        kind: What it refers to.
        score: How likely it is a mention, in (0, 1).
    """

    start: int
    end: int
    form: MentionForm
    kind: EntityKind
    score: float


def mention_label(form: MentionForm, kind: EntityKind) -> int:
    """The number of a label."""
    return MENTION_FORMS.index(form) * len(MENTION_KINDS) + MENTION_KINDS.index(kind)


def find_mentions(
    pieces: Pieces, outputs: NDArray[np.floating], *, threshold: float = MENTION_THRESHOLD
) -> list[EncodedMention]:
    """The mentions in a text, by first piece, the longer before those inside them.

    One may lie inside another, but no two cross: the likelier counts.

    Args:
        pieces: The text's pieces.
        outputs: What the encoder gives them, (pieces, MENTION_SIZE).
        threshold: How likely a mention is at least.
    """
    heads = pieces.heads
    bounds = np.append(heads, len(pieces))
    sizes = np.cumsum((MENTION_SPAN_SIZE, MENTION_SPAN_SIZE, MENTION_LABELS))
    starts, ends, first_labels, last_labels = np.split(outputs[heads].astype(np.float32), sizes, axis=1)
    first, last, scores = _find_likely(starts, ends, threshold)
    kept = _keep_nested(first, last, scores)
    first, last, scores = first[kept], last[kept], scores[kept]
    labels = np.argmax(first_labels[first] + last_labels[last], axis=1)
    order = np.lexsort((-last, first))
    return [
        EncodedMention(
            int(bounds[first[row]]),
            int(bounds[last[row] + 1]),
            MENTION_FORMS[labels[row] // len(MENTION_KINDS)],
            MENTION_KINDS[labels[row] % len(MENTION_KINDS)],
            float(scores[row]),
        )
        for row in order
    ]


def find_name_kinds(pieces: Pieces, outputs: NDArray[np.floating]) -> dict[TextSpan, EntityKind]:
    """What each likely name in a text names; by start, the longer before those inside them.

    Args:
        pieces: The text's pieces.
        outputs: What the encoder gives them, (pieces, MENTION_SIZE).
    """
    return {
        TextSpan(int(pieces.starts[mention.start]), int(pieces.ends[mention.end - 1])): mention.kind
        for mention in find_mentions(pieces, outputs)
        if mention.form is MentionForm.NAME
    }


def _find_likely(
    starts: NDArray[np.float32], ends: NDArray[np.float32], threshold: float
) -> tuple[IntArray, IntArray, NDArray[np.float32]]:
    """First and last word, and probability, of each stretch that is likely a mention."""
    found = list(_iter_likely(starts, ends, threshold))
    if not found:
        return np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int64), np.empty(0, dtype=np.float32)
    first, last, scores = (np.concatenate(column) for column in zip(*found, strict=True))
    return first, last, scores


def _iter_likely(
    starts: NDArray[np.float32], ends: NDArray[np.float32], threshold: float
) -> Iterator[tuple[IntArray, IntArray, NDArray[np.float32]]]:
    """The same, for some first words after the other."""
    least = np.log(threshold / (1 - threshold))
    for at in range(0, len(starts), _PART):
        here, reached = starts[at : at + _PART], ends[at : at + _PART + MENTION_WORDS - 1]
        scores = here @ reached.T / np.float32(MENTION_SPAN_SIZE**0.5) + np.float32(MENTION_OFFSET)
        first, last = np.nonzero(scores > least)
        is_stretch = (first <= last) & (last < first + MENTION_WORDS)
        first, last = first[is_stretch], last[is_stretch]
        yield first + at, last + at, np.reciprocal(1 + np.exp(-scores[first, last]))


def _keep_nested(first: IntArray, last: IntArray, scores: NDArray[np.float32]) -> IntArray:
    """Places of the stretches that cross none that is likelier (Lee et al. 2017)."""
    kept: list[int] = []
    longest: dict[int, int] = {}
    earliest: dict[int, int] = {}
    bounds = list(zip(first.tolist(), last.tolist(), strict=True))
    for place in np.argsort(-scores, kind="stable").tolist():
        start, end = bounds[place]
        is_crossed = any(longest.get(word, end) > end for word in range(start + 1, end + 1)) or any(
            earliest.get(word, start) < start for word in range(start, end)
        )
        if not is_crossed:
            kept.append(place)
            longest[start] = max(longest.get(start, end), end)
            earliest[end] = min(earliest.get(end, start), start)
    return np.array(kept, dtype=np.int64)
