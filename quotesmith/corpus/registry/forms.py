"""Names of people as a registry takes them: what is one name however it is spelled, and where it is written."""

from collections.abc import Iterable, Iterator
from typing import Any, Final, TypeAlias

import numpy as np
from attrs import evolve, frozen

from quotesmith.lexicon.folding import fold, unaccented
from quotesmith.lexicon.names import PersonName, parse_words
from quotesmith.lexicon.people import PeopleLexicon, load_people
from quotesmith.records import Gender

Numbers: TypeAlias = "np.ndarray[Any, np.dtype[np.int64]]"
_CAPITALS: Final = {2, 3}


@frozen(eq=False)
class Form:
    """One name of a person, wherever it is written, with as many sightings as are sure to be decided alike.

    Attributes:
        unit: Its number in the registry that is being made.
        name: As most documents write it.
        core: The name for comparing, as of `person_key`.
        parts: The parts of the name.
        documents: The numbers of the documents that have it, ascending.
        gender: What most of them tell.
        tag: The identifier that it has, or whose entry of the user's it is; empty where there is neither.
    """

    unit: int
    name: str
    core: str
    parts: PersonName
    documents: Numbers
    gender: Gender | None = None
    tag: str = ""

    @property
    def given(self) -> str:
        """The first name for comparing; empty where there is none."""
        return fold(self.parts.given)


def parse_person(name: str, lexicon: PeopleLexicon) -> PersonName:
    """The parts of a name without accents; of initials that are written together each is one."""
    parts = parse_words(unaccented(name).split(), lexicon)
    if parts.middle and fold(parts.given) == fold(parts.family):
        # Of a heading and the name below it: "What went wrong for Roe / Ann Roe spoke".
        parts = evolve(parts, given=parts.middle[0], middle=parts.middle[1:])
    return evolve(parts, middle=tuple(_initials(parts.middle)))


def person_key(name: str) -> tuple[str, str]:
    """The family name and the whole name for comparing, without titles, case and accents.

    Both are empty where no name is left.

    Example:
        >>> person_key("Sen. José P. Roe")
        ('roe', 'jose p roe')
    """
    parts = parse_person(name, load_people())
    return fold(parts.family), " ".join(filter(None, map(fold, parts.core)))


def _initials(words: Iterable[str]) -> Iterator[str]:
    """The words; "H.W." and "HW" are two of them."""
    for word in words:
        letters = word.replace(".", "")
        if letters.isupper() and len(letters) in _CAPITALS:
            yield from letters
        else:
            yield word
