"""A quotation mark before it is paired."""

from enum import IntEnum
from typing import TypeAlias

from attrs import frozen

from quotesmith.marks.styles import Family, family_of


class Fit(IntEnum):
    """How well a mark's place fits one of its two uses."""

    NONE = 0
    WEAK = 1
    FAIR = 2
    SURE = 3


# How well a mark opens, and how well it closes.
Fits: TypeAlias = tuple[Fit, Fit]


@frozen
class Mark:
    """A quotation mark of a text, with how well it would open and close a passage."""

    start: int
    glyph: str
    opens: Fit
    closes: Fit

    @property
    def end(self) -> int:
        """Where the mark ends: marks have one or two characters."""
        return self.start + len(self.glyph)

    @property
    def family(self) -> Family:
        """The family of marks that it may be paired with."""
        return family_of(self.glyph)
