"""Distinguishes single quotation marks from apostrophes by what stands beside them."""

import re
from typing import Final

from quotesmith.marks.tokens import Fit

# English words that are written with an apostrophe for what they lost in front.
_CLIPPED_IN_FRONT: Final = re.compile(
    r"(?:'?\d\ds?"
    r"|[Tt]is(?:n['’]?t)?|[Tt]was(?:n['’]?t)?|[Tt]were|[Tt]will|[Tt]would|[Tt]wixt|[Tt]ween|[Tt]ill?"
    r"|[Ee]m|[Cc]ause|[Cc]os|[Cc]oz|[Cc]uz|[Bb]out|[Rr]ound|[Nn]uff|[Nn]eath|[Gg]ainst"
    r"|n|e|er|ere|im|is|ad|as|ave|ow|e['’]s|e['’]ll|fore|nother|mongst|mid|gin)\b"
)
# The ends of words that lost what followed, goin', an', th', o', of plural possessives, and of measures.
_CLIPPED_BEHIND: Final = re.compile(r"(?:[sSzZx\d]|in|IN|\b(?:an|th|wi|ol|mo|fo|po|li|de|[a-zA-Z]))\Z")
_BEFORE_SPEECH: Final = ",.:;!?…—―–-([{\"“”‘’'„«»‹›/"


def is_clipped_in_front(text: str, start: int) -> bool:
    """Whether the word at `start` is one that has lost letters in front: 'tis, '90s."""
    return _CLIPPED_IN_FRONT.match(text, start) is not None


def opening_fit(text: str, start: int, end: int, floor: int) -> Fit:
    """How well a single mark before words opens a passage.

    Args:
        text: The whole text.
        start: The run of marks that the mark belongs to starts here.
        end: The mark ends here.
        floor: Its paragraph starts here.
    """
    if is_clipped_in_front(text, end):
        return Fit.WEAK
    if text[end - 1] in "‘‚‛":
        return Fit.SURE
    before = text[max(floor, start - 2) : start].rstrip()
    return Fit.SURE if not before or before[-1] in _BEFORE_SPEECH else Fit.FAIR


def closing_fit(text: str, start: int) -> Fit:
    """How well a single mark after words, whose run of marks starts at `start`, closes a passage."""
    before = text[max(0, start - 3) : start]
    if not before[-1:].isalnum():
        return Fit.SURE
    return Fit.WEAK if _CLIPPED_BEHIND.search(before) else Fit.FAIR
