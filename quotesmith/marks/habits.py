"""Habits of a whole text's quotation marks: the direction of guillemets, doubled singles."""

import re
from collections import Counter
from collections.abc import Mapping
from typing import Final

from attrs import frozen

from quotesmith.marks.apostrophes import is_clipped_in_front
from quotesmith.marks.contexts import Context, context_of
from quotesmith.marks.styles import Family

_POINTED: Final[Mapping[Family, tuple[str, str]]] = {
    Family.GUILLEMET: ("«", "»"),
    Family.SINGLE_GUILLEMET: ("‹", "›"),
}
_STRAIGHT_PAIR: Final = re.compile(r"(?<!')'{2,3}(?!')")


@frozen
class Habits:
    """The habits of a whole text's marks.

    Attributes:
        doubled: Whether two straight singles in a row are one double mark.
        openings: Of each family of guillemets: the one that opens passages; None where either does, so that
            each mark's place decides.
    """

    doubled: bool
    openings: Mapping[Family, str | None]


def find_habits(text: str) -> Habits:
    """The habits that the marks of `text` show together."""
    openings = {family: _opening_guillemet(text, *glyphs) for family, glyphs in _POINTED.items()}
    return Habits(doubled=_has_doubled(text), openings=openings)


def _has_doubled(text: str) -> bool:
    """Whether two straight singles in a row both open and close passages, or close what backticks open."""
    opened, closed = "``" in text, False
    for match in _STRAIGHT_PAIR.finditer(text):
        context = context_of(text, match.start(), match.end())
        closed = closed or context is Context.CLOSING
        # ''Tis is a quotation mark and an apostrophe.
        opened = opened or (context is Context.OPENING and not is_clipped_in_front(text, match.end()))
        if opened and closed:
            return True
    return False


def _opening_guillemet(text: str, left: str, right: str) -> str | None:
    if left not in text or right not in text:
        return None
    seen: Counter[tuple[str, Context]] = Counter(
        (match.group(), context_of(text, match.start(), match.end())) for match in re.finditer(f"[{left}{right}]", text)
    )
    # A mark that touches the wrong word is only a slip; a direction is in use where both its ends are seen.
    if not (seen[right, Context.OPENING] and seen[left, Context.CLOSING]):
        # Where spaces on both sides hide the direction, French does so.
        return left
    return None if seen[left, Context.OPENING] and seen[right, Context.CLOSING] else right
