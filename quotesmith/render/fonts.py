"""Words that matplotlib can draw: in fonts that have their characters, without characters that no font has."""

from collections.abc import Iterator
from functools import cache
from typing import Any

_ABSENT = "\ufffd"
_REGULAR = 400
# Draws any character as a box that names its script: matplotlib takes it by itself, and warns.
_LAST_RESORT = "Last Resort"


def drawable(words: str) -> tuple[str, list[str]]:
    """The words, and the font families to draw them with: matplotlib's own first, then installed ones for the rest.

    Characters that no installed font has become U+FFFD: matplotlib would warn of each, once the picture is drawn.
    """
    from matplotlib.font_manager import FontProperties, fontManager

    families = FontProperties().get_family()
    missing = {ord(character) for character in words} - _characters(fontManager.findfont(FontProperties()))
    fallbacks: list[str] = []
    for font in _regular_fonts() if missing else ():
        if missing & _characters(font.fname):
            fallbacks.append(font.name)
            missing -= _characters(font.fname)
    return words.translate(dict.fromkeys(missing, _ABSENT)), [*families, *fallbacks]


def _regular_fonts() -> Iterator[Any]:
    from matplotlib.font_manager import fontManager

    for font in fontManager.ttflist:
        if font.style == "normal" and font.weight == _REGULAR and not font.name.startswith(_LAST_RESORT):
            yield font


@cache
def _characters(path: str) -> frozenset[int]:
    from matplotlib.font_manager import get_font

    return frozenset(get_font(path).get_charmap())
