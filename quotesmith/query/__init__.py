"""Selections of a document's quotes: by whom, about what, to whom, of what kind. Imports no spaCy."""

from quotesmith.query.names import find_entity
from quotesmith.query.selections import QuoteSelection

__all__ = ["QuoteSelection", "find_entity"]
