"""What the encoder would give for a text, made by hand from a table, or of any numbers for any text: no weights."""

import re
from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from attrs import frozen
from hypothesis import strategies as st
from numpy.typing import NDArray

from quotesmith.encoder import (
    LEVELS,
    LINK_SIZE,
    LINKS,
    OUTSIDE_TAG,
    TAGS,
    LevelScores,
    Pieces,
    Role,
    Window,
    begin,
    cut_pieces,
    cut_windows,
    inside,
)
from quotesmith.encoder.pieces import find_case
from quotesmith.extraction.fragments import Fragments, SpeechPlaces, Stretch, Tagged, clipped, pieces_between
from quotesmith.extraction.fragments import read_fragments as _read_fragments
from quotesmith.extraction.inner_quotes import find_inner_quotes as _find_inner_quotes
from quotesmith.extraction.linking import LinkChoice, Linked, Relation, choose, find_quotes
from quotesmith.extraction.linking import link as _link
from quotesmith.extraction.settings import DEFAULT_EXTRACTION_SETTINGS, ExtractionSettings
from quotesmith.marks import MarkPair, pair_marks
from quotesmith.records import TextSpan, TextSpans
from tests.docs import of_text
from tests.encoder.tiny import make_tokenizer

__all__ = ["Fragments", "LinkChoice", "Linked", "Relation", "Stretch", "Tagged", "choose", "clipped", "pieces_between"]
_TOKENIZER = make_tokenizer()
_CLOSING = re.compile(r"[,.!?:;)”’]")
_OPENING = re.compile(r"[(“‘]")
_ROLES = {role.name.lower(): role for role in Role}
_SEEKING = {Role.CONTENT: Relation.CUE_OF_CONTENT, Role.CUE: Relation.SOURCE_OF_CUE}
_CHANCE = 0.9
# Two such vectors have a product beside which all others are nothing.
_STRONG = 30


@frozen(eq=False)
class EncodedText:
    """A text, its quotation marks, and what the encoder would give for its outermost quotes and for those inside."""

    text: str
    marks: Sequence[MarkPair]
    level: LevelScores
    nested: LevelScores


def read_fragments(text: EncodedText, furniture: TextSpans = ()) -> Fragments:
    places = SpeechPlaces.outermost(text.level.pieces, text.marks, furniture)
    return _read_fragments(text.level, places, DEFAULT_EXTRACTION_SETTINGS)


def read_inside(text: EncodedText, *holders: TextSpan) -> Fragments:
    """The fragments of quotes inside quotes, where these are the contents without their outer marks."""
    places = SpeechPlaces.inside(text.nested.pieces, text.marks, holders)
    return _read_fragments(text.nested, places, DEFAULT_EXTRACTION_SETTINGS)


def passages_inside(text: str, *holders: TextSpan) -> list[str]:
    marks = pair_marks(text)
    places = SpeechPlaces.inside(cut_pieces(_TOKENIZER, text, marks), marks, holders)
    return [passage.of(text) for passage in places.passages]


def link(text: EncodedText) -> list[Linked]:
    return _link(text.level, read_fragments(text), DEFAULT_EXTRACTION_SETTINGS)


def find_outer_quotes(text: EncodedText) -> list[Linked]:
    places = SpeechPlaces.outermost(text.level.pieces, text.marks)
    return find_quotes(text.level, text.text, places, DEFAULT_EXTRACTION_SETTINGS)


def find_inner_quotes(text: EncodedText, settings: ExtractionSettings = DEFAULT_EXTRACTION_SETTINGS) -> list[Linked]:
    return _find_inner_quotes(of_text(text.text), text.nested, find_outer_quotes(text), settings)


@frozen
class _Label:
    role: Role | None = None
    is_first: bool = True
    chance: float = _CHANCE
    sought: str = "-"

    @property
    def tag(self) -> int:
        if self.role is None:
            return OUTSIDE_TAG
        return begin(self.role) if self.is_first else inside(self.role)


@frozen
class _Row:
    word: str
    labels: Sequence[_Label] = (_Label(),) * LEVELS


def make_encoded(table: str, *, windows: Sequence[Window] | None = None) -> EncodedText:
    """The text of a table with a word a line: word, tag, and where needed the word that it seeks.

    The tag is a role, which begins a fragment, "+", which goes on with the one before, or "-"; "content:0.6" has
    that chance, others 0.9. What is sought is a word, "word#2" for the second one, or "-"; a "+" without any seeks
    what the word before seeks. Behind "/" the same follows for quotes inside quotes. "fail|ed" has two
    pieces. An empty line is a break between paragraphs, and "<break> content" one with a tag. The white space follows
    from the words.
    """
    rows: list[_Row] = []
    for line in table.strip().splitlines():
        rows.append(_read_row(line.split() or ["<break>"], rows[-1] if rows else None))
    text, spans = _lay_out(rows)
    words = [number for number, row in enumerate(rows) for _ in row.word.split("|")]
    starts, ends = (np.array(edges, dtype=np.int64) for edges in zip(*spans, strict=True))
    breaks = np.array([place for place, number in enumerate(words) if rows[number].word == "<break>"], dtype=np.int64)
    places = np.arange(len(words))
    cases = np.array([find_case(rows[number].word.replace("|", "")) for number in words], dtype=np.int64)
    pieces = Pieces(places, cases, starts, ends, np.array(words), breaks)
    chosen = [Window(0, len(words), 0, len(words))] if windows is None else list(windows)
    levels = []
    for level in range(LEVELS):
        vectors = _vectors(rows, words, level)
        tags = np.array([_chances(rows[number].labels[level]) for number in words], dtype=np.float32)
        levels.append(LevelScores(pieces, chosen, tags, [shown_by(vectors, window) for window in chosen]))
    return EncodedText(text, pair_marks(text), *levels)


def shown_by(vectors: NDArray[np.float16], window: Window) -> NDArray[np.float16]:
    """The link vectors of a window; the first of all is the special piece's."""
    return np.concatenate((vectors[:1], vectors[window.start + 1 : window.end + 1]))


def _read_row(fields: Sequence[str], before: _Row | None) -> _Row:
    word, outer, inner = fields[0], list(fields[1:]), list[str]()
    if "/" in outer:
        outer, inner = outer[: outer.index("/")], outer[outer.index("/") + 1 :]
    known = _Row("").labels if before is None else before.labels
    return _Row(word, [_read_label(own, last) for own, last in zip((outer, inner), known, strict=True)])


def _read_label(fields: Sequence[str], before: _Label) -> _Label:
    if not fields or fields[0] == "-":
        return _Label()
    name, _, chance = fields[0].partition(":")
    sought = list(fields[1:])
    if name != "+":
        return _Label(_ROLES[name], chance=float(chance or _CHANCE), sought=sought[0] if sought else "-")
    if before.role is None:
        msg = f"{fields} goes on with no fragment"
        raise ValueError(msg)
    return _Label(before.role, False, float(chance or _CHANCE), sought[0] if sought else before.sought)


def _lay_out(rows: Sequence[_Row]) -> tuple[str, list[tuple[int, int]]]:
    """The text and where each piece stands in it."""
    text = ""
    spans = []
    for number, row in enumerate(rows):
        before = rows[number - 1].word if number else "<break>"
        if row.word == "<break>":
            text += "\n\n"
            spans.append((len(text), len(text)))
            continue
        is_apart = before != "<break>" and not _OPENING.fullmatch(before) and not _CLOSING.fullmatch(row.word)
        text += " " if is_apart else ""
        for piece in row.word.split("|"):
            spans.append((len(text), len(text) + len(piece)))
            text += piece
    return text, spans


def _chances(label: _Label) -> NDArray[np.float64]:
    chances = np.full(TAGS, (1 - label.chance) / (TAGS - 1))
    chances[label.tag] = label.chance
    logarithms: NDArray[np.float64] = np.log(chances)
    return logarithms


def _vectors(rows: Sequence[_Row], words: Sequence[int], level: int) -> NDArray[np.float16]:
    """A level's link vectors of the special piece and of each piece: each word is sought in a direction of its own."""
    vectors = np.zeros((len(words) + 1, LINKS, LINK_SIZE), dtype=np.float16)
    vectors[0, 1::2, 0] = _STRONG
    for place, number in enumerate(words, start=1):
        vectors[place, 1::2, number + 1] = _STRONG
        label = rows[number].labels[level]
        if label.role in _SEEKING:
            vectors[place, 2 * _SEEKING[label.role], _find(rows, label.sought) + 1] = _STRONG
    return vectors.reshape(len(words) + 1, -1)


def _find(rows: Sequence[_Row], sought: str) -> int:
    """The number of the row that is sought; -1 for none."""
    if sought == "-":
        return -1
    word, _, count = sought.partition("#")
    return [number for number, row in enumerate(rows) if row.word == word][int(count or 1) - 1]


_PARTS = [
    "“Go.”",
    "“Stay",
    "‘No’",
    "he said",
    "Ann",
    ", ",
    " ",
    "\n\n",
    "\n",
    "— ",
    *"“”‘’\"'«»(.!",
    "ｘ́",
    "각中😀\u200d",
]


def texts(*, most: int = 12) -> st.SearchStrategy[str]:
    """Texts of words, marks and paragraphs in any order, and of any characters that the encoder takes."""
    parts = st.sampled_from(_PARTS) | st.text(st.characters(codec="utf-8"), max_size=4)
    return st.lists(parts, max_size=most).map("".join)


@st.composite
def encoded_texts(draw: st.DrawFn) -> EncodedText:
    """Any text with any tags and links, in windows so small that they cut fragments."""
    text = draw(texts())
    marks = pair_marks(text)
    pieces = cut_pieces(_TOKENIZER, text, marks)
    windows = cut_windows(pieces, size=draw(st.integers(4, 30)), overlap=2)
    numbers = np.random.default_rng(draw(st.integers(0, 2**32)))
    levels = []
    for _ in range(LEVELS):
        # From nearly even chances to such as leave nothing to all tags but one.
        scores = numbers.standard_normal((len(pieces), TAGS)) * draw(st.sampled_from([0.1, 3, 1000]))
        vectors = numbers.standard_normal((len(pieces) + 1, LINKS * LINK_SIZE)) * draw(st.sampled_from([0, 1, 30]))
        tags = (scores - np.logaddexp.reduce(scores, axis=1, keepdims=True)).astype(np.float32)
        links = [shown_by(vectors.astype(np.float16), window) for window in windows]
        levels.append(LevelScores(pieces, windows, tags, links))
    return EncodedText(text, marks, *levels)


@st.composite
def cut_differently(draw: st.DrawFn, size: int) -> list[Window]:
    """Windows that all show all pieces, and own them in any parts."""
    cuts = draw(st.sets(st.integers(1, size - 1))) if size > 1 else set[int]()
    return [Window(0, size, start, end) for start, end in pairwise([0, *sorted(cuts), size])]
