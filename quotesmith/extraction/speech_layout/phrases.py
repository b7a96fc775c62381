"""Patterns of the lexicon's words and phrases."""

import re
from collections.abc import Iterable


def phrase_pattern(phrases: Iterable[str]) -> str:
    """A pattern of any of these, the longest first; spaces may be any, and apostrophes straight or round."""
    longest = sorted(phrases, key=lambda phrase: (-len(phrase), phrase))
    found = "|".join(re.escape(phrase).replace(r"\ ", r"\s").replace("'", "[’']") for phrase in longest)
    return rf"(?:{found})"
