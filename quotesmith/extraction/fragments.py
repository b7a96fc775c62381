"""The encoder's tags -> fragments of content, cue and source, their edges at words and at quotation marks."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from quotesmith.encoder import LevelScores, Pieces, Role, best_tags, find_fragments
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


@frozen
class SpeechPlaces:
    """Where the quotes of one level may stand.

    Attributes:
        stretches: The pieces of each place, in order, none overlapping another. No fragment leaves its place.
        passages: The quoted passages, in order and apart, that content grows over where it fills most of one.
    """

    stretches: Sequence[Stretch]
    passages: TextSpans

    @classmethod
    def outermost(cls, pieces: Pieces, marks: Sequence[MarkPair], furniture: TextSpans = ()) -> "SpeechPlaces":
        """Those of the outermost quotes: all that somebody may say.

        Args:
            pieces: The text's pieces.
            marks: Its quotation marks, in order.
            furniture: What nobody says in it, in order and apart.
        """
        silent = [Stretch(*pieces_between(pieces, span.start, span.end)) for span in furniture]
        starts, ends = [0, *(hole.end for hole in silent)], [*(hole.start for hole in silent), len(pieces)]
        continued = {pair.continues for pair in marks}
        passages = (
            pair.span
            for number, pair in enumerate(marks)
            if pair.depth == 0 and (pair.closing is not None or number in continued)
        )
        return cls(_nonempty(starts, ends), tuple(passages))

    @classmethod
    def inside(cls, pieces: Pieces, marks: Sequence[MarkPair], holders: Sequence[TextSpan]) -> "SpeechPlaces":
        """Those of the quotes that lie in holders; the outermost passages that are closed in one are its passages.

        Marks that nothing closes, and those that go on with them in the next paragraph, are passed over: a content of
        several paragraphs has them inside.

        Args:
            pieces: The text's pieces.
            marks: Its quotation marks, in order.
            holders: What may hold a quote: contents of others without their outer marks, in order and apart.
        """
        starts = np.searchsorted(pieces.starts, [holder.start for holder in holders], side="left").tolist()
        ends = np.searchsorted(pieces.ends, [holder.end for holder in holders], side="right").tolist()
        openings = [holder.start for holder in holders]
        passages = []
        # Where the passage around the next one ends.
        end = 0
        for pair in marks:
            position = bisect_right(openings, pair.span.start) - 1
            is_whole = pair.closing is not None and pair.continues is None
            if is_whole and position >= 0 and end <= pair.span.start and pair.span.end <= holders[position].end:
                end = pair.span.end
                passages.append(pair.span)
        return cls(_nonempty(starts, ends), tuple(passages))


def _nonempty(starts: Iterable[int], ends: Iterable[int]) -> list[Stretch]:
    return [Stretch(start, end) for start, end in zip(starts, ends, strict=True) if start < end]


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


def read_fragments(level: LevelScores, places: SpeechPlaces, settings: ExtractionSettings) -> Fragments:
    """The fragments that the tags of one level show, content grown over the passages that are mostly content.

    A cue or source that shares words with content is left out, and all are cut to their places. Linear in the text and
    the passages.

    Args:
        level: What the encoder gives for the quotes of one level.
        places: Where these may stand.
        settings: The thresholds.
    """
    pieces = level.pieces
    heads = pieces.heads
    tags = best_tags(level.tags[heads])
    probabilities = np.exp(level.tags[heads, tags].astype(np.float64))
    bounds = [*heads.tolist(), len(pieces)]
    found: dict[Role, list[Stretch]] = {role: [] for role in Role}
    for fragment in find_fragments(tags):
        stretch = _without_breaks(pieces, bounds[fragment.start], bounds[fragment.end])
        if stretch is not None:
            found[fragment.role].append(stretch)
    passages = _spoken(pieces, found[Role.CONTENT], places.passages, settings.spoken_share)
    contents = _cut(pieces, _merged([*found[Role.CONTENT], *passages]), places.stretches)
    cues, sources = (
        _cut(pieces, _outside(found[role], contents), places.stretches) for role in (Role.CUE, Role.SOURCE)
    )
    return Fragments(
        contents=[_tagged(pieces, probabilities, stretch, passages) for stretch in contents],
        cues=[_tagged(pieces, probabilities, stretch) for stretch in cues],
        sources=[_tagged(pieces, probabilities, stretch) for stretch in sources],
    )


def _without_breaks(pieces: Pieces, start: int, end: int) -> Stretch | None:
    """The pieces without breaks at their edges, which cover no text."""
    covering = np.flatnonzero(pieces.ends[start:end] > pieces.starts[start:end])
    return Stretch(start + int(covering[0]), start + int(covering[-1]) + 1) if len(covering) else None


def _spoken(pieces: Pieces, contents: Sequence[Stretch], passages: TextSpans, share: float) -> dict[Stretch, TextSpan]:
    """The passages of which more than a share is content: their pieces, and the text from mark to mark.

    The marks know the edges of content better than the tags, which may leave them out: “No” is all content.
    """
    is_content = np.zeros(len(pieces) + 1, dtype=np.int64)
    for stretch in contents:
        is_content[stretch.start + 1 : stretch.end + 1] = 1
    before = np.cumsum(is_content)
    spoken = {}
    for passage in passages:
        start, end = pieces_between(pieces, passage.start, passage.end)
        inner, behind = pieces_between(pieces, passage.start + 1, max(passage.start + 1, passage.end - 1))
        if any(
            before[last] - before[first] > share * (last - first) for first, last in ((start, end), (inner, behind))
        ):
            spoken[Stretch(start, end)] = passage
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


def _cut(pieces: Pieces, stretches: Sequence[Stretch], places: Sequence[Stretch]) -> list[Stretch]:
    """The parts of the stretches that lie in the places; both in order, none overlapping another of its own."""
    parts = (part for stretch in stretches for part in clipped(places, stretch.start, stretch.end).values())
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
