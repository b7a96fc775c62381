"""What the characters beside a quotation mark say about it."""

import re
from enum import Enum, auto
from typing import Final

DASHES: Final = "—―–-"
_BEFORE_WORDS: Final = "([{<¿¡"
_AFTER_WORDS: Final = ",.;:!?)]}>、。，！？；："
# Text of web pages may write spaces and dashes by name or by number.
_ENTITY: Final = re.compile(
    r"&(?:(?P<space>nbsp|ensp|emsp|thinsp|#0?160|#[xX]0{0,2}[aA]0)|mdash|ndash|horbar|#821[123]|#[xX]201[345]);"
)
_ENTITY_LENGTH: Final = 10


class Context(Enum):
    """Where a mark stands: before words, after words, or unclear."""

    OPENING = auto()
    CLOSING = auto()
    UNCLEAR = auto()


class _Side(Enum):
    GAP = auto()
    DASH = auto()
    POINT = auto()
    WORD = auto()
    TAG = auto()


def context_of(text: str, start: int, end: int) -> Context:
    """The context of the marks `text[start:end]`, from what touches them: a character, a tag, an entity."""
    left, right = _left_side(text, start), _right_side(text, end)
    if left is _Side.TAG:
        left, right = _inside_tags(text, end, right)
    elif right is _Side.TAG:
        right = _Side.POINT if left is _Side.WORD else _Side.WORD
    if left is _Side.WORD:
        return Context.UNCLEAR if right is _Side.WORD else Context.CLOSING
    if right is _Side.WORD or (left is _Side.GAP and right is _Side.DASH):
        return Context.OPENING
    if left is _Side.DASH and right is not _Side.DASH:
        return Context.CLOSING
    return Context.UNCLEAR


def _inside_tags(text: str, end: int, right: _Side) -> tuple[_Side, _Side]:
    """What a tag before the marks counts as: nothing where words follow, else the words inside it."""
    if right is _Side.TAG:
        # Between two tags only an end tag is evidence: <em>so</em>"</p>.
        return _Side.WORD, _Side.POINT if text.startswith("/", end + 1) else _Side.WORD
    return _Side.GAP if right is _Side.WORD else _Side.WORD, right


def _left_side(text: str, start: int) -> _Side:
    before = text[start - 1] if start else ""
    if before == ">":
        return _Side.TAG
    if before == ";":
        entity = _ENTITY.search(text, max(0, start - _ENTITY_LENGTH), start)
        return _entity_side(entity) if entity is not None and entity.end() == start else _Side.WORD
    if not before or before.isspace() or before in _BEFORE_WORDS:
        return _Side.GAP
    return _Side.DASH if before in DASHES or before == "/" else _Side.WORD


def _right_side(text: str, end: int) -> _Side:
    after = text[end : end + 2]
    if not after or after[0].isspace():
        return _Side.GAP
    if after[0] == "<":
        return _Side.TAG
    entity = _ENTITY.match(text, end)
    if entity is not None:
        return _entity_side(entity)
    if after[0] in DASHES or after[0] in "/([{":
        return _Side.DASH
    # Points of omission may begin a passage.
    return _Side.POINT if after[0] in _AFTER_WORDS and after != ".." else _Side.WORD


def _entity_side(entity: re.Match[str]) -> _Side:
    return _Side.GAP if entity["space"] else _Side.DASH
