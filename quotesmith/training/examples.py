"""Labelled texts -> windows of pieces with the labels that the encoder learns from, in batches."""

import random
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

import attrs
import numpy as np
from attrs import frozen
from tokenizers import Tokenizer

from quotesmith.encoder import OUTSIDE_TAG, TAGS, Pieces, Role, Window, begin, cut_pieces, cut_windows, inside
from quotesmith.encoder.pieces import IntArray
from quotesmith.marks import MarkPair, pair_marks
from quotesmith.training.corpora import CharSpan, LabelledText, Scope

ANY: Final = (1 << TAGS) - 1
"""All tags as bits: a word that the corpus says nothing about."""
NOT_CONTENT: Final = ANY & ~(1 << begin(Role.CONTENT)) & ~(1 << inside(Role.CONTENT))
"""All tags but content's: a word between quotation marks that isn't content by the corpus."""
NOWHERE: Final = (0, 0)
"""The target of a link whose other end is in no window with this one: the special piece before the window."""


@frozen
class Link:
    """Two stretches of a window's pieces that belong together: from each piece of one to some piece of the other.

    Attributes:
        at: Where the link starts: pieces, half open. Piece 0 is the special one before the window.
        to: Where it leads, in the same way; NOWHERE if the other stretch is not in this window.
    """

    at: tuple[int, int]
    to: tuple[int, int]


@frozen(eq=False)
class Example:
    """One window; its arrays have one row for each of its pieces, special pieces not counted.

    Attributes:
        ids: Numbers of its pieces.
        features: Their letter case and place.
        allowed: For each piece the tags, as bits, that its word may have; 0 where it is not its word's first.
        cues: From each content fragment to its cue.
        sources: From each cue to its source.
    """

    ids: IntArray
    features: IntArray
    allowed: IntArray
    cues: tuple[Link, ...]
    sources: tuple[Link, ...]

    def __len__(self) -> int:
        return len(self.ids)


def make_examples(tokenizer: Tokenizer, text: LabelledText) -> Iterator[Example]:
    """The windows of one text, in order.

    A window of a QUOTED text is left out where each of its pieces is a word that may have any tag. One word of two
    pieces is enough to keep it.
    """
    marks = pair_marks(text.text)
    pieces = cut_pieces(tokenizer, text.text, marks)
    if not len(pieces):
        return
    allowed = _allow(text, pieces, marks)
    for window in cut_windows(pieces):
        stretch = slice(window.start, window.end)
        if text.scope is Scope.QUOTED and (allowed[stretch] == ANY).all():
            continue
        cues, sources = _link(text, pieces, window)
        yield Example(pieces.ids[stretch], pieces.features[stretch], allowed[stretch], cues, sources)


def _allow(text: LabelledText, pieces: Pieces, marks: Sequence[MarkPair]) -> IntArray:
    """`Example.allowed` for all pieces; what is annotated later, and content, wins where roles overlap."""
    heads = np.zeros(len(pieces), dtype=np.int64)
    if text.scope is Scope.QUOTED:
        heads[:] = ANY
        for pair in marks:
            start, end = _range(pieces, (pair.opening.start, pair.end))
            heads[start:end] = NOT_CONTENT
    else:
        heads[:] = 1 << OUTSIDE_TAG
    for gold in text.attributions:
        for role, spans in ((Role.SOURCE, gold.source), (Role.CUE, gold.cue), (Role.CONTENT, gold.content)):
            for span in spans:
                start, end = _range(pieces, span)
                if start < end:
                    heads[start:end] = 1 << inside(role)
                    heads[start] = 1 << begin(role)
    allowed = np.zeros(len(pieces), dtype=np.int64)
    allowed[pieces.heads] = heads[pieces.heads]
    return allowed


def _range(pieces: Pieces, span: CharSpan) -> tuple[int, int]:
    """The pieces of the words that share a character with `span`; start equals end where there are none."""
    start = int(np.searchsorted(pieces.ends, span[0], side="right"))
    end = int(np.searchsorted(pieces.starts, span[1], side="left"))
    while 0 < start < len(pieces) and pieces.words[start] == pieces.words[start - 1]:
        start -= 1
    while 0 < end < len(pieces) and pieces.words[end] == pieces.words[end - 1]:
        end += 1
    return start, max(start, end)


def _link(text: LabelledText, pieces: Pieces, window: Window) -> tuple[tuple[Link, ...], tuple[Link, ...]]:
    """`Example.cues` and `Example.sources`, in the order of the attributions."""
    if text.scope is not Scope.WHOLE:
        return (), ()
    cues: list[Link] = []
    sources: list[Link] = []
    for gold in text.attributions:
        cue = _within(window, pieces, gold.cue)
        source = _within(window, pieces, gold.source)
        cues.extend(Link(at, cue or NOWHERE) for span in gold.content if (at := _within(window, pieces, (span,))))
        if cue:
            sources.append(Link(cue, source or NOWHERE))
    return tuple(cues), tuple(sources)


def _within(window: Window, pieces: Pieces, spans: Sequence[CharSpan]) -> tuple[int, int] | None:
    """The pieces of the first span that the window shows, counted from its special piece on."""
    for span in spans[:1]:
        start, end = _range(pieces, span)
        start, end = max(start, window.start), min(end, window.end)
        if start < end:
            return start - window.start + 1, end - window.start + 1
    return None


# Quotation marks of one character, in the order that random choices count on: British, French, German, plain and
# American; None means a text that has lost its marks.
_DRAWN_MARKS: Final = (("‘", "’"), ("«", "»"), ("„", "“"), ('"', '"'), ("“", "”"), None)
_LOST: Final = (" ", " ")
# How many texts lose closing marks, and how many of its closing marks such a text loses.
_CARELESS_TEXTS: Final = 0.3
_CARELESS_MARKS: Final = 0.3


def restyle(text: LabelledText, rng: random.Random) -> LabelledText:
    """The text with other outer quotation marks, or with some or all of them lost; no character moves.

    Contents are trimmed of white space, which a lost mark leaves at their ends; one that was nothing but a mark is
    left out.
    """
    characters = list(text.text)
    style = rng.choice(_DRAWN_MARKS)
    is_careless = rng.random() < _CARELESS_TEXTS
    opening, closing = style or _LOST
    for pair in pair_marks(text.text):
        if pair.depth or len(pair.opening) != 1:
            continue
        characters[pair.opening.start] = opening
        if pair.closing is not None and len(pair.closing) == 1:
            loses = is_careless and rng.random() < _CARELESS_MARKS
            characters[pair.closing.start] = " " if loses else closing
    changed = "".join(characters)
    golds = tuple(attrs.evolve(gold, content=_trim(changed, gold.content)) for gold in text.attributions)
    return attrs.evolve(text, text=changed, attributions=golds)


def _trim(text: str, spans: Iterable[CharSpan]) -> tuple[CharSpan, ...]:
    """The spans without the white space at their ends; none where there is nothing else."""
    found = []
    for start, end in spans:
        words = text[start:end].lstrip()
        if words:
            found.append((end - len(words), end - len(words) + len(words.rstrip())))
    return tuple(found)


# How many texts are shown with other quotation marks than their own.
_RESTYLED: Final = 0.15


def make_epoch(tokenizer: Tokenizer, texts: Iterable[LabelledText], rng: random.Random) -> list[Example]:
    """The windows of all texts, some of them with other quotation marks than last time."""
    return [
        example
        for text in texts
        for example in make_examples(tokenizer, restyle(text, rng) if rng.random() < _RESTYLED else text)
    ]


# Lengths in pieces that differ by less count as equal: the padding costs less than smaller batches would.
_LENGTH_STEP: Final = 16


def batches_by_length(examples: Iterable[Example], *, size: int) -> list[list[Example]]:
    """All examples, shortest first, in batches of `size`."""
    order = sorted(examples, key=len)
    return [order[at : at + size] for at in range(0, len(order), size)]


def shuffled_batches(examples: Iterable[Example], rng: random.Random, *, size: int) -> list[list[Example]]:
    """All examples in batches of `size` windows of about one length, whose neighbours and order are random."""
    mixed = list(examples)
    rng.shuffle(mixed)
    mixed.sort(key=lambda example: len(example) // _LENGTH_STEP)
    found = [mixed[at : at + size] for at in range(0, len(mixed), size)]
    rng.shuffle(found)
    return found
