"""Given names that are spelled wrongly, by people or by machines that took one encoding for another."""

import re
import unicodedata
from typing import Final

from rapidfuzz.distance import OSA

from quotesmith.lexicon.folding import unaccented

LETTERS: Final = 5
"""How many letters a given name has at least that may be misspelled: shorter ones are too alike."""
# What the first byte of a letter in UTF-8 becomes in Latin-1, with what follows it. Of "ú" the second byte becomes "º",
# of which further steps make an "o"; so with "ª".
_GARBLED: Final = re.compile("[âã][^\\x00-\\x7f]*([ao]?)")


def is_misspelled(wrong: str, right: str) -> bool:
    """Whether two folded names are one letter off each other, within the word: a last letter makes other names.

    Example:
        >>> is_misspelled("kristen", "kirsten"), is_misspelled("julian", "julia")
        (True, False)
    """
    if min(len(wrong), len(right)) < LETTERS or wrong[-1] != right[-1]:
        return False
    return OSA.distance(wrong, right, score_cutoff=1) == 1


def is_garbled(name: str) -> bool:
    """Whether letters with accents may have been garbled in a name.

    Example:
        >>> is_garbled("FranÃ§ois"), is_garbled("François")
        (True, False)
    """
    return not name.isascii() and _GARBLED.search(_accented(name)) is not None


def garbled_alike(wrong: str, right: str) -> bool:
    """Whether a given name, of which letters with accents were garbled, can be the other one.

    Example:
        >>> garbled_alike("FranÃ§ois", "François"), garbled_alike("Jane", "Jane")
        (True, False)
    """
    garbled, plain = (_accented(name) for name in (wrong, right))
    letters = unaccented(plain)
    pattern, end = "", 0
    for found in _GARBLED.finditer(garbled):
        pattern += re.escape(garbled[end : found.start()]) + (f".{found[1]}?" if found[1] else ".")
        end = found.end()
    return end > 0 and re.fullmatch(pattern + re.escape(garbled[end:]), letters) is not None


def _accented(name: str) -> str:
    """The name without case and full stops: what was garbled shows in its accents, which folding would drop."""
    return unicodedata.normalize("NFC", name.casefold().replace(".", ""))
