"""Immutable records of a text's quotes, and their JSON form. Imports no spaCy."""

from quotesmith.records.chapters import CHAPTERS_KEY, Chapter, chapters_data
from quotesmith.records.documents import QuoteDocument, pieces_text
from quotesmith.records.paragraphs import ends_sentence, find_line_groups, find_paragraphs
from quotesmith.records.segments import Segment, Segments
from quotesmith.records.spans import TextSpan, TextSpans
from quotesmith.records.types import (
    Act,
    Assertion,
    Candidate,
    Entity,
    EntityId,
    EntityKind,
    Evidence,
    Gender,
    Mention,
    MentionForm,
    MentionId,
    Quote,
    QuoteId,
    QuoteKind,
)

__all__ = [
    "CHAPTERS_KEY",
    "Act",
    "Assertion",
    "Candidate",
    "Chapter",
    "Entity",
    "EntityId",
    "EntityKind",
    "Evidence",
    "Gender",
    "Mention",
    "MentionForm",
    "MentionId",
    "Quote",
    "QuoteDocument",
    "QuoteId",
    "QuoteKind",
    "Segment",
    "Segments",
    "TextSpan",
    "TextSpans",
    "chapters_data",
    "ends_sentence",
    "find_line_groups",
    "find_paragraphs",
    "pieces_text",
]
