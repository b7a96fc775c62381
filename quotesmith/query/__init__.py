"""Selections of a document's quotes, corrections of their speakers, differences of two readings. Imports no spaCy."""

from quotesmith.query.corrections import correct_speaker
from quotesmith.query.differences import Change, DocumentDifference, QuoteDifference, find_differences, pair_documents
from quotesmith.query.names import find_entity
from quotesmith.query.selections import QuoteSelection

__all__ = [
    "Change",
    "DocumentDifference",
    "QuoteDifference",
    "QuoteSelection",
    "correct_speaker",
    "find_differences",
    "find_entity",
    "pair_documents",
]
