"""Selections of quotes, corrections of their speakers, differences between two readings. Imports no spaCy."""

from quotesmith.query.casts import Cast, Character, SpeechCount, count_words, find_cast
from quotesmith.query.chapters import chapter_number, chapter_of, chapters_begun
from quotesmith.query.contexts import context_of
from quotesmith.query.corrections import correct_speaker
from quotesmith.query.differences import Change, DocumentDifference, QuoteDifference, find_differences, pair_documents
from quotesmith.query.identities import Identity, find_identities, keep_apart
from quotesmith.query.indexes import DocumentIndex
from quotesmith.query.names import find_entity
from quotesmith.query.protocols import Selection
from quotesmith.query.quotations import with_quotations_only
from quotesmith.query.selections import QuoteSelection, select, what_did

__all__ = [
    "Cast",
    "Change",
    "Character",
    "DocumentDifference",
    "DocumentIndex",
    "Identity",
    "QuoteDifference",
    "QuoteSelection",
    "Selection",
    "SpeechCount",
    "chapter_number",
    "chapter_of",
    "chapters_begun",
    "context_of",
    "correct_speaker",
    "count_words",
    "find_cast",
    "find_differences",
    "find_entity",
    "find_identities",
    "keep_apart",
    "pair_documents",
    "select",
    "what_did",
    "with_quotations_only",
]
