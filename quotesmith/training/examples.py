"""Labelled texts -> windows of pieces with the labels that the encoder learns from, in batches."""

import random
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

import numpy as np
from attrs import frozen
from tokenizers import Tokenizer

from quotesmith.encoder import LEVELS, OUTSIDE_TAG, TAGS, Pieces, Role, Window, begin, cut_pieces, cut_windows, inside
from quotesmith.encoder.pieces import IntArray
from quotesmith.marks import MarkPair, pair_marks
from quotesmith.training.corpora import CharSpan, Gold, LabelledText, Scope
from quotesmith.training.variants import vary

ANY: Final = (1 << TAGS) - 1
"""All tags as bits: a word that the corpus says nothing about."""
_CONTENT: Final = 1 << begin(Role.CONTENT) | 1 << inside(Role.CONTENT)
NOT_CONTENT: Final = ANY & ~_CONTENT
"""All tags but content's: a word between quotation marks that isn't content by the corpus."""
NOWHERE: Final = (0, 0)
"""The target of a link whose other end is in no window with this one: the special piece before the window."""


_LINKED_SCOPES: Final = frozenset({Scope.NESTED, Scope.INNER, Scope.WHOLE})


@frozen
class Link:
    """Two stretches of a window's pieces that belong together: from each piece of one to some piece of the other.

    Attributes:
        at: Where the link starts: pieces, half open. Piece 0 is the special one before the window.
        to: Where it leads, in the same way; NOWHERE if the other stretch is not in this window.
        level: Of the quote that it is a link of.
    """

    at: tuple[int, int]
    to: tuple[int, int]
    level: int = 0


@frozen(eq=False)
class Example:
    """One window; its arrays have a place for each of its pieces, special pieces not counted.

    Attributes:
        ids: Numbers of its pieces.
        features: Their letter case and place.
        allowed: For each level and piece the tags, as bits, that its word may have; 0 where it is not its word's
            first. (LEVELS, pieces)
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
        if text.scope is Scope.QUOTED and (allowed[0, stretch] == ANY).all():
            continue
        cues, sources = _link(text, pieces, window)
        yield Example(pieces.ids[stretch], pieces.features[stretch], allowed[:, stretch], cues, sources)


def _allow(text: LabelledText, pieces: Pieces, marks: Sequence[MarkPair]) -> IntArray:
    """`Example.allowed` for all pieces; what is annotated later, and content, wins where roles overlap."""
    words = np.full((LEVELS, len(pieces)), 1 << OUTSIDE_TAG, dtype=np.int64)
    if text.scope is Scope.UNLABELLED:
        return np.zeros_like(words)
    if text.scope in (Scope.QUOTED, Scope.INNER):
        words[0] = ANY
    if text.scope is Scope.QUOTED:
        for pair in marks:
            start, end = _range(pieces, (pair.opening.start, pair.end))
            words[0, start:end] = NOT_CONTENT
    for gold in text.attributions:
        if gold.level < LEVELS:
            _mark(words[gold.level], pieces, gold)
    if text.scope not in (Scope.NESTED, Scope.INNER):
        # What is said may report something; what isn't, holds no inner quote.
        words[1:, words[0] & _CONTENT > 0] = ANY
    allowed = np.zeros_like(words)
    allowed[:, pieces.heads] = words[:, pieces.heads]
    return allowed


def _mark(words: IntArray, pieces: Pieces, gold: Gold) -> None:
    """Gives the words of one attribution their tags."""
    for role, spans in ((Role.SOURCE, gold.source), (Role.CUE, gold.cue), (Role.CONTENT, gold.content)):
        for span in spans:
            start, end = _range(pieces, span)
            if start < end:
                words[start:end] = 1 << inside(role)
                words[start] = 1 << begin(role)


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
    if text.scope not in _LINKED_SCOPES:
        return (), ()
    cues: list[Link] = []
    sources: list[Link] = []
    for gold in text.attributions:
        if gold.level >= LEVELS:
            continue
        cue = _within(window, pieces, gold.cue)
        source = _within(window, pieces, gold.source)
        stretches = (_within(window, pieces, (span,)) for span in gold.content)
        cues.extend(Link(at, cue or NOWHERE, gold.level) for at in stretches if at)
        if cue:
            sources.append(Link(cue, source or NOWHERE, gold.level))
    return tuple(cues), tuple(sources)


def _within(window: Window, pieces: Pieces, spans: Sequence[CharSpan]) -> tuple[int, int] | None:
    """The pieces of the first span that the window shows, counted from its special piece on."""
    for span in spans[:1]:
        start, end = _range(pieces, span)
        start, end = max(start, window.start), min(end, window.end)
        if start < end:
            return start - window.start + 1, end - window.start + 1
    return None


def make_epoch(tokenizer: Tokenizer, texts: Iterable[LabelledText], rng: random.Random) -> list[Example]:
    """The windows of all texts, some of them written otherwise than last time."""
    return [example for text in texts for example in make_examples(tokenizer, vary(text, rng))]


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
