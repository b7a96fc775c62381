"""Given names that are spelled wrongly, by people or by machines that took one encoding for another."""

import re
import unicodedata
from typing import Final

from rapidfuzz.distance import OSA

from quotesmith.lexicon.people import fold

LETTERS: Final = 5
"""How many letters a given name has at least that may be misspelled: shorter ones are too alike."""
# What the first byte of a letter in UTF-8 becomes in Latin-1, with what follows it.
_GARBLED: Final = re.compile("[ÂÃ][^\\x00-\\x7f]*")
_ONE_OR_TWO: Final = ".{1,2}"


def is_misspelled(wrong: str, right: str) -> bool:
    """Whether two folded names are one letter off each other, within the word: a last letter makes other names.

    Example:
        >>> is_misspelled("kristen", "kirsten"), is_misspelled("julian", "julia")
        (True, False)
    """
    if min(len(wrong), len(right)) < LETTERS or wrong[-1] != right[-1]:
        return False
    return OSA.distance(wrong, right, score_cutoff=1) == 1


def garbled_alike(wrong: str, right: str) -> bool:
    """Whether a name, of which letters with accents were garbled, can be the other, which has none of those.

    Example:
        >>> garbled_alike("FranÃ§ois Roe", "François Roe"), garbled_alike("Jane Roe", "Jane Roe")
        (True, False)
    """
    if not _GARBLED.search(wrong) or _GARBLED.search(right):
        return False
    plain = "".join(letter for letter in unicodedata.normalize("NFD", fold(right)) if not unicodedata.combining(letter))
    pieces = (re.escape(fold(piece)) for piece in _GARBLED.split(wrong))
    return re.fullmatch(_ONE_OR_TWO.join(pieces), plain) is not None
