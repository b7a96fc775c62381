"""Selections of a document's quotes: by whom, about what, to whom, of what kind; corrections. Imports no spaCy."""

from quotesmith.query.corrections import correct_speaker
from quotesmith.query.names import find_entity
from quotesmith.query.selections import QuoteSelection

__all__ = ["QuoteSelection", "correct_speaker", "find_entity"]
