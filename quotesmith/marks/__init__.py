"""Pairs the quotation marks of a raw text: every style, unclosed and continued passages. Imports no spaCy."""

from quotesmith.marks.contexts import DASHES
from quotesmith.marks.dashes import find_dashes
from quotesmith.marks.marked_words import DEEPEST, MarkedWords, map_words, mark_edges
from quotesmith.marks.pairs import STYLES, MarkPair, pair_marks
from quotesmith.marks.styles import CLOSING_CHARACTERS, OPENING_CHARACTERS, MarkStyle
from quotesmith.records.paragraphs import ends_sentence, find_paragraphs

__all__ = [
    "CLOSING_CHARACTERS",
    "DASHES",
    "DEEPEST",
    "OPENING_CHARACTERS",
    "STYLES",
    "MarkPair",
    "MarkStyle",
    "MarkedWords",
    "ends_sentence",
    "find_dashes",
    "find_paragraphs",
    "map_words",
    "mark_edges",
    "pair_marks",
]
