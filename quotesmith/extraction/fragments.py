"""The encoder's tags -> fragments of content, cue and source, their edges at words and at quotation marks."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Protocol

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from quotesmith.encoder import Encoded, Pieces, Role, best_tags, find_fragments
from quotesmith.extraction.settings import ExtractionSettings
from quotesmith.marks import MarkPair
from quotesmith.records import TextSpan, TextSpans


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


class MarkedText(Protocol):
    """A text, its quotation marks and its paragraphs: the whole text, or what stands inside quotes."""

    @property
    def text(self) -> str:
        """The text."""

    @property
    def marks(self) -> Sequence[MarkPair]:
        """Its quotation marks, in order."""

    @property
    def paragraph_starts(self) -> Sequence[int]:
        """The first character of each paragraph, in order."""

    @property
    def furniture(self) -> TextSpans:
        """What nobody says in it, in order."""


_NO_PASSAGES: Mapping[Stretch, TextSpan] = MappingProxyType({})


@frozen
class Tagged:
    """A fragment of one role.

    Attributes:
        stretch: Its pieces.
        span: Where it stands in the text.
        score: The mean probability of its words' tags, in [0, 1].
        is_quoted: Whether it is just what stands between two quotation marks, with the marks.
    """

    stretch: Stretch
    span: TextSpan
    score: float
    is_quoted: bool


@frozen
class Fragments:
    """The fragments of a text by role, each in text order and none overlapping another of any role."""

    contents: Sequence[Tagged]
    cues: Sequence[Tagged]
    sources: Sequence[Tagged]


def read_fragments(
    encoded: Encoded, marks: Sequence[MarkPair], settings: ExtractionSettings, furniture: TextSpans = ()
) -> Fragments:
    """The fragments that the tags show, content grown over the outermost passages that are mostly content.

    A cue or source that shares words with content is left out, and furniture is cut out of all. Linear in the text and
    the marks.

    Args:
        encoded: What the encoder gives for a text.
        marks: The text's quotation marks.
        settings: The thresholds.
        furniture: What nobody says in it, in order.
    """
    pieces = encoded.pieces
    heads = pieces.heads
    tags = best_tags(encoded.tags[heads])
    probabilities = np.exp(encoded.tags[heads, tags].astype(np.float64))
    bounds = [*heads.tolist(), len(pieces)]
    found: dict[Role, list[Stretch]] = {role: [] for role in Role}
    for fragment in find_fragments(tags):
        stretch = _without_breaks(pieces, bounds[fragment.start], bounds[fragment.end])
        if stretch is not None:
            found[fragment.role].append(stretch)
    passages = _spoken(pieces, found[Role.CONTENT], marks, settings.spoken_share)
    silent = [Stretch(*pieces_between(pieces, span.start, span.end)) for span in furniture]
    contents = _cut(pieces, _merged([*found[Role.CONTENT], *passages]), silent)
    cues, sources = (_cut(pieces, _outside(found[role], contents), silent) for role in (Role.CUE, Role.SOURCE))
    return Fragments(
        contents=[_tagged(pieces, probabilities, stretch, passages) for stretch in contents],
        cues=[_tagged(pieces, probabilities, stretch) for stretch in cues],
        sources=[_tagged(pieces, probabilities, stretch) for stretch in sources],
    )


def _without_breaks(pieces: Pieces, start: int, end: int) -> Stretch | None:
    """The pieces without breaks at their edges, which cover no text."""
    covering = np.flatnonzero(pieces.ends[start:end] > pieces.starts[start:end])
    return Stretch(start + int(covering[0]), start + int(covering[-1]) + 1) if len(covering) else None


def _spoken(
    pieces: Pieces, contents: Sequence[Stretch], marks: Sequence[MarkPair], share: float
) -> dict[Stretch, TextSpan]:
    """The outermost passages of which more than a share is content: their pieces, and the text from mark to mark.

    The marks know the edges of content better than the tags.
    """
    is_content = np.zeros(len(pieces) + 1, dtype=np.int64)
    for stretch in contents:
        is_content[stretch.start + 1 : stretch.end + 1] = 1
    before = np.cumsum(is_content)
    continued = {pair.continues for pair in marks}
    spoken = {}
    for number, pair in enumerate(marks):
        if pair.depth == 0 and (pair.closing is not None or number in continued):
            start, end = pieces_between(pieces, pair.span.start, pair.span.end)
            if before[end] - before[start] > share * (end - start):
                spoken[Stretch(start, end)] = pair.span
    return spoken


def _merged(stretches: Iterable[Stretch]) -> list[Stretch]:
    """Those that overlap as one; those that only touch stay apart."""
    merged: list[Stretch] = []
    for stretch in sorted(stretches):
        if merged and stretch.start < merged[-1].end:
            merged[-1] = Stretch(merged[-1].start, max(merged[-1].end, stretch.end))
        else:
            merged.append(stretch)
    return merged


def _outside(stretches: Iterable[Stretch], contents: Sequence[Stretch]) -> list[Stretch]:
    """Those that share no piece with content."""
    return [stretch for stretch in stretches if not clipped(contents, stretch.start, stretch.end)]


def _cut(pieces: Pieces, stretches: Sequence[Stretch], silent: Sequence[Stretch]) -> list[Stretch]:
    """What is left of the stretches outside of what nobody says; both in order, none overlapping another of its own."""
    if not silent:
        return list(stretches)
    parts = []
    for stretch in stretches:
        start = stretch.start
        for hole in clipped(silent, stretch.start, stretch.end).values():
            parts.append(Stretch(start, hole.start))
            start = hole.end
        parts.append(Stretch(start, stretch.end))
    # Between two lines that nobody says there may be a break alone.
    kept = (_without_breaks(pieces, part.start, part.end) for part in parts)
    return [part for part in kept if part is not None]


def _tagged(
    pieces: Pieces,
    probabilities: NDArray[np.float64],
    stretch: Stretch,
    passages: Mapping[Stretch, TextSpan] = _NO_PASSAGES,
) -> Tagged:
    first, last = pieces.words[stretch.start], pieces.words[stretch.end - 1]
    span = TextSpan(int(pieces.starts[stretch.start]), int(pieces.ends[stretch.end - 1]))
    return Tagged(
        stretch=stretch,
        span=span,
        score=float(probabilities[first : last + 1].mean()),
        # A passage may end in characters that have no piece.
        is_quoted=passages.get(stretch) == span,
    )
