"""Names of people as a registry takes them: what is one name however it is spelled, and which names are near."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any, Final, TypeAlias

import numpy as np
from attrs import evolve, frozen
from rapidfuzz.distance import OSA

from quotesmith.lexicon.names import PersonName, parse_words
from quotesmith.lexicon.people import PeopleLexicon, fold, load_people
from quotesmith.records import Gender

Numbers: TypeAlias = "np.ndarray[Any, np.dtype[np.int64]]"
_INITIALS_TOGETHER: Final = {2, 3}


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
    parts = parse_words(_unaccented(name).split(), lexicon)
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


def _unaccented(name: str) -> str:
    letters = unicodedata.normalize("NFD", name)
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def _initials(words: Iterable[str]) -> Iterator[str]:
    """The words; "H.W." and "HW" are two of them."""
    for word in words:
        letters = word.replace(".", "")
        if letters.isupper() and len(letters) in _INITIALS_TOGETHER:
            yield from letters
        else:
            yield word


MIN_MISSPELLED_LETTERS: Final = 5
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
    if min(len(wrong), len(right)) < MIN_MISSPELLED_LETTERS or wrong[-1] != right[-1]:
        return False
    return OSA.distance(wrong, right, score_cutoff=1) == 1


def is_garbled(name: str) -> bool:
    """Whether letters with accents may have been garbled in a name.

    Example:
        >>> is_garbled("FranÃ§ois"), is_garbled("François")
        (True, False)
    """
    return not name.isascii() and _GARBLED.search(unicodedata.normalize("NFC", fold(name))) is not None


def garbled_alike(wrong: str, right: str) -> bool:
    """Whether a given name, of which letters with accents were garbled, can be the other one.

    Example:
        >>> garbled_alike("FranÃ§ois", "François"), garbled_alike("Jane", "Jane")
        (True, False)
    """
    garbled, plain = (unicodedata.normalize("NFC", fold(name)) for name in (wrong, right))
    letters = "".join(letter for letter in unicodedata.normalize("NFD", plain) if not unicodedata.combining(letter))
    pattern, end = "", 0
    for found in _GARBLED.finditer(garbled):
        pattern += re.escape(garbled[end : found.start()]) + (f".{found[1]}?" if found[1] else ".")
        end = found.end()
    return end > 0 and re.fullmatch(pattern + re.escape(garbled[end:]), letters) is not None


class GivenNames:
    """Numbers under folded given names, found by all given names that may be the same person's.

    Example:
        >>> from quotesmith.lexicon.people import load_people
        >>> names = GivenNames(load_people())
        >>> for number, name in enumerate(["william", "ann", "w"]):
        ...     names.add(number, name)
        >>> names.near("bill"), names.near("will"), names.near("a")
        ([0], [0, 2], [1])
    """

    def __init__(self, lexicon: PeopleLexicon) -> None:
        self._lexicon = lexicon
        self._by_name: dict[str, set[int]] = defaultdict(set)
        self._by_letter: dict[str, set[int]] = defaultdict(set)
        self._initials: dict[str, set[int]] = defaultdict(set)

    def add(self, number: int, given: str) -> None:
        """Put a number under a given name, beside those that it is under."""
        for name in self._full_names(given):
            self._by_name[name].add(number)
        self._by_letter[given[:1]].add(number)
        if len(given) == 1:
            self._initials[given].add(number)

    def near(self, given: str) -> list[int]:
        """The numbers, ascending, of all names of which `lexicon.same_given` may say that they are the same."""
        if len(given) == 1:
            return sorted(self._by_letter[given])
        found = set(self._initials[given[:1]])
        for name in self._full_names(given):
            found |= self._by_name[name]
        return sorted(found)

    def _full_names(self, given: str) -> Iterator[str]:
        yield given
        yield from self._lexicon.nicknames.get(given, ())


class Spellings:
    """Numbers under folded given names, found by all that are one letter off.

    Example:
        >>> names = Spellings()
        >>> for number, name in enumerate(["kirsten", "carla"]):
        ...     names.add(number, name)
        >>> names.near("kristen")
        [0]
    """

    def __init__(self) -> None:
        self._by_rest: dict[str, set[int]] = defaultdict(set)

    def add(self, number: int, given: str) -> None:
        """Put a number under a given name."""
        for rest in _rests(given):
            self._by_rest[rest].add(number)

    def near(self, given: str) -> list[int]:
        """The numbers, ascending, of all names that may be one letter off, and of some that are two."""
        return sorted({number for rest in _rests(given) for number in self._by_rest.get(rest, ())})


def _rests(given: str) -> set[str]:
    """The name and what is left of it without one letter; names that are one letter off have one of these in common."""
    return {given, *(given[:at] + given[at + 1 :] for at in range(len(given)))}
