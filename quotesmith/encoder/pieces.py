"""Word pieces of a text: their places, and the letter case and marks that an uncased vocabulary loses."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from enum import IntEnum
from typing import TypeAlias

import numpy as np
from attrs import frozen
from numpy.typing import NDArray
from tokenizers import Encoding, Tokenizer

from quotesmith.errors import OptionError
from quotesmith.marks import MarkPair, find_paragraphs

IntArray: TypeAlias = NDArray[np.int64]

# The vocabulary has unused pieces; ours stands between two paragraphs.
BREAK = "[unused0]"


class LetterCase(IntEnum):
    """How a word is written, which the uncased vocabulary loses."""

    NONE = 0
    LOWER = 1
    CAPITALISED = 2
    UPPER = 3
    MIXED = 4
    DIGITS = 5


class MarkPlace(IntEnum):
    """Where a piece stands among the quotation marks."""

    OUTSIDE = 0
    INSIDE = 1
    NESTED = 2
    OPENING = 3
    CLOSING = 4


FEATURE_VALUES = len(LetterCase) * len(MarkPlace)
"""How many values `Pieces.features` takes: one for each pair of letter case and place."""


@frozen(eq=False)
class Pieces:
    """The word pieces of a text: arrays of one length, in text order.

    A break stands between two paragraphs; it is a word of its own and covers no character (start equals end).

    Attributes:
        ids: The vocabulary's number of each piece.
        features: Its word's letter case plus, times the number of cases, its place among the quotation marks.
        starts: Where it starts in the text (code points).
        ends: Where it ends.
        words: Which word it belongs to, from 0 on; each punctuation mark is a word.
        breaks: Positions of the breaks.
    """

    ids: IntArray
    features: IntArray
    starts: IntArray
    ends: IntArray
    words: IntArray
    breaks: IntArray

    def __len__(self) -> int:
        return len(self.ids)

    @property
    def heads(self) -> IntArray:
        """Positions of each word's first piece."""
        return np.flatnonzero(np.diff(self.words, prepend=-1))


def cut_pieces(tokenizer: Tokenizer, text: str, marks: Sequence[MarkPair]) -> Pieces:
    """The pieces of `text`; control characters and white space have none.

    Args:
        tokenizer: An uncased WordPiece tokenizer whose offsets count code points.
        text: Any text that can be encoded (no lone surrogates).
        marks: Its quotation marks.

    Raises:
        OptionError: if the tokenizer's vocabulary has no piece for breaks.
    """
    encoding = tokenizer.encode(text, add_special_tokens=False)
    places = _map_places(text, marks)
    bounds = [paragraph.start for paragraph in find_paragraphs(text)]
    break_id = _number_of_break(tokenizer)
    rows: list[tuple[int, int, int, int, int]] = []
    breaks: list[int] = []
    paragraph = 0
    word = -1
    for (start, end), case, piece, is_head in _iter_encoded(text, encoding):
        now = bisect_right(bounds, start)
        # The tokenizer drops a form feed, which ends a paragraph, and joins the words around it.
        if is_head or now != paragraph:
            if rows and now != paragraph:
                word += 1
                breaks.append(len(rows))
                rows.append((break_id, 0, start, start, word))
            paragraph = now
            word += 1
        rows.append((piece, case + len(LetterCase) * places[start], start, end, word))
    table = np.array(rows, dtype=np.int64).reshape(-1, 5)
    ids, features, starts, ends, words = (np.ascontiguousarray(column) for column in table.T)
    return Pieces(ids, features, starts, ends, words, np.array(breaks, dtype=np.int64))


def _number_of_break(tokenizer: Tokenizer) -> int:
    number: int | None = tokenizer.token_to_id(BREAK)
    if number is None:
        msg = f"the tokenizer's vocabulary lacks {BREAK}; take an uncased BERT's"
        raise OptionError(msg)
    return number


def _iter_encoded(text: str, encoding: Encoding) -> Iterator[tuple[tuple[int, int], LetterCase, int, bool]]:
    """Offsets, letter case and number of each piece, and whether it is the first of its word."""
    words = encoding.word_ids
    offsets = encoding.offsets
    last = None
    case = LetterCase.NONE
    for position, (word, span, piece) in enumerate(zip(words, offsets, encoding.ids, strict=True)):
        is_head = word != last
        if is_head:
            end = position
            while end + 1 < len(words) and words[end + 1] == word:
                end += 1
            case = find_case(text[span[0] : offsets[end][1]])
        last = word
        yield span, case, piece, is_head


def find_case(word: str) -> LetterCase:
    """The letter case of a word."""
    if word.islower():
        return LetterCase.LOWER
    if word.isupper():
        return LetterCase.UPPER if len(word) > 1 else LetterCase.CAPITALISED
    if word[:1].isupper() and word[1:].islower():
        return LetterCase.CAPITALISED
    if word.isdigit():
        return LetterCase.DIGITS
    return LetterCase.MIXED if any(map(str.isalpha, word)) else LetterCase.NONE


def _map_places(text: str, marks: Sequence[MarkPair]) -> bytes:
    """A `MarkPlace` for each character."""
    places = bytearray(len(text))
    # Deeper passages lie inside one of depth 1; passages of one sort never overlap.
    for depth, place in enumerate((MarkPlace.INSIDE, MarkPlace.NESTED)):
        for pair in marks:
            if pair.depth == depth:
                places[pair.opening.end : pair.end] = bytes([place]) * (pair.end - pair.opening.end)
    for pair in marks:
        places[pair.opening.start : pair.opening.end] = bytes([MarkPlace.OPENING]) * len(pair.opening)
        if pair.closing is not None:
            places[pair.closing.start : pair.closing.end] = bytes([MarkPlace.CLOSING]) * len(pair.closing)
    return bytes(places)
