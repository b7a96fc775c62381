"""The styles of quotation marks and the characters that each is written with."""

from enum import Enum, StrEnum, auto
from typing import Final


class MarkStyle(StrEnum):
    """How a quoted passage is marked; named after its opening mark."""

    STRAIGHT_DOUBLE = "straight-double"
    CURLY_DOUBLE = "curly-double"
    LOW_DOUBLE = "low-double"
    BACKTICKS = "backticks"
    DOUBLED_SINGLE = "doubled-single"
    STRAIGHT_SINGLE = "straight-single"
    CURLY_SINGLE = "curly-single"
    LOW_SINGLE = "low-single"
    BACKTICK = "backtick"
    GUILLEMETS = "guillemets"
    GUILLEMETS_INWARD = "guillemets-inward"
    SINGLE_GUILLEMETS = "single-guillemets"
    SINGLE_GUILLEMETS_INWARD = "single-guillemets-inward"
    CORNER = "corner"
    WHITE_CORNER = "white-corner"
    DOUBLE_PRIME = "double-prime"
    DASH = "dash"


class Family(Enum):
    """Marks that may open and close the same passage: typists and converters mix those of one family."""

    DOUBLE = auto()
    SINGLE = auto()
    GUILLEMET = auto()
    SINGLE_GUILLEMET = auto()
    CORNER = auto()
    WHITE_CORNER = auto()
    PRIME = auto()
    DASH = auto()


FAMILIES: Final[dict[MarkStyle, Family]] = {
    MarkStyle.STRAIGHT_DOUBLE: Family.DOUBLE,
    MarkStyle.CURLY_DOUBLE: Family.DOUBLE,
    MarkStyle.LOW_DOUBLE: Family.DOUBLE,
    MarkStyle.BACKTICKS: Family.DOUBLE,
    MarkStyle.DOUBLED_SINGLE: Family.DOUBLE,
    MarkStyle.STRAIGHT_SINGLE: Family.SINGLE,
    MarkStyle.CURLY_SINGLE: Family.SINGLE,
    MarkStyle.LOW_SINGLE: Family.SINGLE,
    MarkStyle.BACKTICK: Family.SINGLE,
    MarkStyle.GUILLEMETS: Family.GUILLEMET,
    MarkStyle.GUILLEMETS_INWARD: Family.GUILLEMET,
    MarkStyle.SINGLE_GUILLEMETS: Family.SINGLE_GUILLEMET,
    MarkStyle.SINGLE_GUILLEMETS_INWARD: Family.SINGLE_GUILLEMET,
    MarkStyle.CORNER: Family.CORNER,
    MarkStyle.WHITE_CORNER: Family.WHITE_CORNER,
    MarkStyle.DOUBLE_PRIME: Family.PRIME,
    MarkStyle.DASH: Family.DASH,
}

# A closing curly mark opens where bad typography, or Swedish, has the same mark at both ends.
OPENING_STYLES: Final[dict[str, MarkStyle]] = {
    '"': MarkStyle.STRAIGHT_DOUBLE,
    "＂": MarkStyle.STRAIGHT_DOUBLE,
    "“": MarkStyle.CURLY_DOUBLE,
    "”": MarkStyle.CURLY_DOUBLE,
    "‟": MarkStyle.CURLY_DOUBLE,
    "„": MarkStyle.LOW_DOUBLE,
    "``": MarkStyle.BACKTICKS,
    "''": MarkStyle.DOUBLED_SINGLE,
    "‘‘": MarkStyle.DOUBLED_SINGLE,
    "'": MarkStyle.STRAIGHT_SINGLE,
    "‘": MarkStyle.CURLY_SINGLE,
    "‛": MarkStyle.CURLY_SINGLE,
    "‚": MarkStyle.LOW_SINGLE,
    "`": MarkStyle.BACKTICK,
    "«": MarkStyle.GUILLEMETS,
    "»": MarkStyle.GUILLEMETS_INWARD,
    "‹": MarkStyle.SINGLE_GUILLEMETS,
    "›": MarkStyle.SINGLE_GUILLEMETS_INWARD,
    "「": MarkStyle.CORNER,
    "｢": MarkStyle.CORNER,
    "﹁": MarkStyle.CORNER,
    "『": MarkStyle.WHITE_CORNER,
    "﹃": MarkStyle.WHITE_CORNER,
    "〝": MarkStyle.DOUBLE_PRIME,
}

CLOSING_FAMILIES: Final[dict[str, Family]] = {
    '"': Family.DOUBLE,
    "＂": Family.DOUBLE,
    "“": Family.DOUBLE,
    "”": Family.DOUBLE,
    "‟": Family.DOUBLE,
    "''": Family.DOUBLE,
    "’’": Family.DOUBLE,
    "'": Family.SINGLE,
    "’": Family.SINGLE,
    "‘": Family.SINGLE,
    "«": Family.GUILLEMET,
    "»": Family.GUILLEMET,
    "‹": Family.SINGLE_GUILLEMET,
    "›": Family.SINGLE_GUILLEMET,
    "」": Family.CORNER,
    "｣": Family.CORNER,
    "﹂": Family.CORNER,
    "』": Family.WHITE_CORNER,
    "﹄": Family.WHITE_CORNER,
    "〞": Family.PRIME,
    "〟": Family.PRIME,
}

OPENING_CHARACTERS: Final = frozenset(character for glyph in OPENING_STYLES for character in glyph)
"""The characters of all marks that may open a passage."""
CLOSING_CHARACTERS: Final = frozenset(character for glyph in CLOSING_FAMILIES for character in glyph)
"""The characters of all marks that may close one."""


def family_of(glyph: str) -> Family:
    """The family of a mark, whether it opens or closes."""
    return CLOSING_FAMILIES[glyph] if glyph in CLOSING_FAMILIES else FAMILIES[OPENING_STYLES[glyph]]
