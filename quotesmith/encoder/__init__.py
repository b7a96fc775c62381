"""A small network that reads a text's word pieces: which are content, cue or source, and which belong together."""

from quotesmith.encoder.mentions import (
    MENTION_LABELS,
    MENTION_OFFSET,
    MENTION_SIZE,
    MENTION_SPAN_SIZE,
    MENTION_WORDS,
    MentionForm,
    MentionKind,
    mention_label,
)
from quotesmith.encoder.pieces import BREAK, FEATURE_VALUES, LetterCase, MarkPlace, Pieces, cut_pieces
from quotesmith.encoder.session import CLS, LINK_SIZE, LINKS, SEP, Encoded, Encoder, LevelScores
from quotesmith.encoder.tags import LEVELS, OUTSIDE_TAG, TAGS, Fragment, Role, begin, best_tags, find_fragments, inside
from quotesmith.encoder.weights import GRAPH, SHIPPED, Weights, expected_checksum, read_card, read_file, read_weights
from quotesmith.encoder.windows import Window, cut_windows

__all__ = [
    "BREAK",
    "CLS",
    "FEATURE_VALUES",
    "GRAPH",
    "LEVELS",
    "LINKS",
    "LINK_SIZE",
    "MENTION_LABELS",
    "MENTION_OFFSET",
    "MENTION_SIZE",
    "MENTION_SPAN_SIZE",
    "MENTION_WORDS",
    "OUTSIDE_TAG",
    "SEP",
    "SHIPPED",
    "TAGS",
    "Encoded",
    "Encoder",
    "Fragment",
    "LetterCase",
    "LevelScores",
    "MarkPlace",
    "MentionForm",
    "MentionKind",
    "Pieces",
    "Role",
    "Weights",
    "Window",
    "begin",
    "best_tags",
    "cut_pieces",
    "cut_windows",
    "expected_checksum",
    "find_fragments",
    "inside",
    "mention_label",
    "read_card",
    "read_file",
    "read_weights",
]
