"""Pairs the quotation marks of a raw text: every style, unclosed and continued passages. Imports no spaCy."""

from quotesmith.marks.marked_words import DEEPEST, MarkedWords, map_words, mark_edges
from quotesmith.marks.pairs import STYLES, MarkPair, pair_marks
from quotesmith.marks.styles import MarkStyle
from quotesmith.records.paragraphs import ends_sentence, find_paragraphs

__all__ = [
    "DEEPEST",
    "STYLES",
    "MarkPair",
    "MarkStyle",
    "MarkedWords",
    "ends_sentence",
    "find_paragraphs",
    "map_words",
    "mark_edges",
    "pair_marks",
]
