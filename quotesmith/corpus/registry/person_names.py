"""People's names in a registry: when differently spelled names are equal, misspelled or similar."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Final

from attrs import evolve, frozen
from rapidfuzz.distance import OSA

from quotesmith.corpus.database import Numbers
from quotesmith.lexicon.folding import fold, unaccented
from quotesmith.lexicon.names import PersonName, parse_words
from quotesmith.lexicon.people import PeopleLexicon, load_people
from quotesmith.records import Gender

MIN_MISSPELLED_LETTERS: Final = 5
"""The shortest given name, in letters, that counts as misspelled: shorter ones are too similar to each other."""
_INITIALS_TOGETHER: Final = {2, 3}
# A letter's first byte in UTF-8 as Latin-1 reads it, and what follows. The second byte of "ú" becomes "º", which later
# steps turn into "o"; "ª" likewise.
_GARBLED: Final = re.compile("[âã][^\\x00-\\x7f]*([ao]?)")


@frozen(eq=False)
class Form:
    """A name of a person, for all documents in which it surely means the same.

    Attributes:
        unit: Its number in the registry that is being built.
        name: As most documents write it.
        core: The name for comparing, as `person_key` gives it.
        parts: The parts of the name.
        documents: The numbers of the documents that have it, ascending.
        gender: The gender in most of them, or None.
        tag: Its identifier, or its entry in the user's gazetteer; empty where it has neither.
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
    """The parts of a name without accents; initials that are written together are separate parts."""
    parts = parse_words(unaccented(name).split(), lexicon)
    if parts.middle and fold(parts.given) == fold(parts.family):
        # Of a heading and the name below it: "What went wrong for Roe / Ann Roe spoke".
        parts = evolve(parts, given=parts.middle[0], middle=parts.middle[1:])
    return evolve(parts, middle=tuple(_initials(parts.middle)))


def person_key(name: str) -> tuple[str, str]:
    """The family name and the whole name for comparing, without titles, case and accents.

    Both are empty where nothing is left of the name.

    Example:
        >>> person_key("Sen. José P. Roe")
        ('roe', 'jose p roe')
    """
    parts = parse_person(name, load_people())
    return fold(parts.family), " ".join(filter(None, map(fold, parts.core)))


def _initials(words: Iterable[str]) -> Iterator[str]:
    """The words, with each initial of "H.W." and "HW" as a word."""
    for word in words:
        letters = word.replace(".", "")
        if letters.isupper() and len(letters) in _INITIALS_TOGETHER:
            yield from letters
        else:
            yield word


def is_misspelled(wrong: str, right: str) -> bool:
    """Whether two folded names differ by one letter, but not the last one: that makes another name.

    Example:
        >>> is_misspelled("kristen", "kirsten"), is_misspelled("julian", "julia")
        (True, False)
    """
    if min(len(wrong), len(right)) < MIN_MISSPELLED_LETTERS or wrong[-1] != right[-1]:
        return False
    return OSA.distance(wrong, right, score_cutoff=1) == 1


def is_garbled(name: str) -> bool:
    """Whether accented letters may have been garbled in a name.

    Example:
        >>> is_garbled("FranÃ§ois"), is_garbled("François")
        (True, False)
    """
    return not name.isascii() and _GARBLED.search(_accented(name)) is not None


def garbled_alike(wrong: str, right: str) -> bool:
    """Whether a given name with garbled letters can be the other one.

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
    """The name without case and full stops: garbled letters show in its accents, which folding would drop."""
    return unicodedata.normalize("NFC", name.casefold().replace(".", ""))


class GivenNames:
    """Numbers by folded given names, found by every given name that may belong to the same person.

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
        """Add a number under a given name."""
        for name in self._full_names(given):
            self._by_name[name].add(number)
        self._by_letter[given[:1]].add(number)
        if len(given) == 1:
            self._initials[given].add(number)

    def near(self, given: str) -> list[int]:
        """The numbers, ascending, of all names that `lexicon.same_given` may take for the same."""
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
    """Numbers by folded given names, found by all names that differ by one letter.

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
        """Add a number under a given name."""
        for rest in _rests(given):
            self._by_rest[rest].add(number)

    def near(self, given: str) -> list[int]:
        """The numbers, ascending, of all names that differ by one letter, and of some that differ by two."""
        return sorted({number for rest in _rests(given) for number in self._by_rest.get(rest, ())})


def _rests(given: str) -> set[str]:
    """The name, and the name without each of its letters; names that differ by one letter share one of these."""
    return {given, *(given[:at] + given[at + 1 :] for at in range(len(given)))}
