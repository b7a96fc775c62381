"""What the characters beside a quotation mark say about it."""

from enum import Enum, auto
from typing import Final

DASHES: Final = "—―–-"
_BEFORE_WORDS: Final = "([{<¿¡"
_AFTER_WORDS: Final = ",.;:!?)]}>、。，！？；："


class Context(Enum):
    """Where a mark stands: before words, after words, or neither is plain."""

    OPENING = auto()
    CLOSING = auto()
    UNCLEAR = auto()


class _Side(Enum):
    GAP = auto()
    DASH = auto()
    POINT = auto()
    WORD = auto()


def context_of(text: str, start: int, end: int) -> Context:
    """The context of the marks `text[start:end]`, from one character on the left and two on the right."""
    left, right = _left_side(text[start - 1 : start] if start else ""), _right_side(text[end : end + 2])
    if left is _Side.WORD:
        return Context.UNCLEAR if right is _Side.WORD else Context.CLOSING
    if right is _Side.WORD or (left is _Side.GAP and right is _Side.DASH):
        return Context.OPENING
    if left is _Side.DASH and right is not _Side.DASH:
        return Context.CLOSING
    return Context.UNCLEAR


def _left_side(before: str) -> _Side:
    if not before or before.isspace() or before in _BEFORE_WORDS:
        return _Side.GAP
    return _Side.DASH if before in DASHES or before == "/" else _Side.WORD


def _right_side(after: str) -> _Side:
    if not after or after[0].isspace():
        return _Side.GAP
    if after[0] in DASHES or after[0] in "/([{":
        return _Side.DASH
    # Points of omission may begin a passage.
    return _Side.POINT if after[0] in _AFTER_WORDS and after != ".." else _Side.WORD
