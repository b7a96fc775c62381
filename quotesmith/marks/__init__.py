"""Pairs the quotation marks of a raw text: every style, unclosed and continued passages. Imports no spaCy."""

from quotesmith.marks.pairs import STYLES, MarkPair, pair_marks
from quotesmith.marks.styles import MarkStyle
from quotesmith.records.paragraphs import ends_sentence, find_paragraphs

__all__ = ["STYLES", "MarkPair", "MarkStyle", "ends_sentence", "find_paragraphs", "pair_marks"]
