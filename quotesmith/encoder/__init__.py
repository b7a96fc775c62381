"""A small network that reads a text's word pieces: which are content, cue or source, and which belong together."""

from quotesmith.encoder.pieces import BREAK, FEATURES, LetterCase, Pieces, Place, cut_pieces
from quotesmith.encoder.session import CLS, LINK_SIZE, LINKS, SEP, Encoded, Encoder
from quotesmith.encoder.tags import OUTSIDE, TAGS, Fragment, Role, begin, best_tags, find_fragments, inside
from quotesmith.encoder.weights import GRAPH, SHIPPED, Weights, expected_checksum, read_card, read_file, read_weights
from quotesmith.encoder.windows import Window, cut_windows

__all__ = [
    "BREAK",
    "CLS",
    "FEATURES",
    "GRAPH",
    "LINKS",
    "LINK_SIZE",
    "OUTSIDE",
    "SEP",
    "SHIPPED",
    "TAGS",
    "Encoded",
    "Encoder",
    "Fragment",
    "LetterCase",
    "Pieces",
    "Place",
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
    "read_card",
    "read_file",
    "read_weights",
]
