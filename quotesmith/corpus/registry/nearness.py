"""Finds names whose given names can be one person's, or one misspelled, without comparing each with each."""

from collections import defaultdict
from collections.abc import Iterator

from quotesmith.lexicon.people import PeopleLexicon


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
