"""Which names of organizations, places and groups mean the same one: equal names, or a name and its acronym."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from attrs import frozen

from quotesmith.corpus.registry.people import Refusal
from quotesmith.lexicon.folding import fold
from quotesmith.lexicon.people import load_people

SHORT_ACRONYM: Final = 2
"""How many letters an acronym has that could stand for many names."""
MIN_ACRONYM_DOCUMENTS: Final = 3
"""How many documents must have such a short acronym as an alias."""
_SMALL_WORDS: Final = frozenset({"and", "for", "in", "of", "on", "the", "to"})


def is_noun(key: str) -> bool:
    """Whether a key is only a noun for a body or place, which means another one in each document.

    Nouns for what a country has one of ("senate") don't count.

    Example:
        >>> is_noun("board"), is_noun("senate"), is_noun("bank of norway")
        (True, False, False)
    """
    lexicon = load_people()
    return (key in lexicon.bodies and key not in lexicon.national_bodies) or key in lexicon.place_nouns


@frozen
class Body:
    """A name of something that is no person.

    Attributes:
        unit: Its number in the registry that is being built.
        tag: Its identifier, or its entry in the user's gazetteer; empty where it has neither.
        cut: The only document that it covers; empty where it covers all others.
        is_noun: Whether the name is only a noun.
    """

    unit: int
    tag: str = ""
    cut: str = ""
    is_noun: bool = False


@frozen
class ShortName:
    """A name with an alias that is itself a name elsewhere.

    Attributes:
        unit: The unit of the full name.
        name: The full name, folded.
        alias: The alias as written.
        short: The unit whose name the alias is.
        documents: How many documents have this alias for the name.
    """

    unit: int
    name: str
    alias: str
    short: int
    documents: int


def settle_bodies(bodies: Sequence[Body], apart: Mapping[int, frozenset[int]]) -> tuple[list[list[int]], list[Refusal]]:
    """Which units of one kind and name are the same body, and what was kept apart.

    All of them are, except bare nouns, units that the user keeps apart, and units of different tags. Where there are
    several tags, nobody knows to which of them the untagged units belong: these form a body of their own.

    Args:
        bodies: The units of one kind and name.
        apart: For each unit those that the user keeps apart from it.
    """
    tags = {body.tag for body in bodies if body.tag}
    only = next(iter(tags)) if len(tags) == 1 else ""
    groups: dict[str, list[int]] = defaultdict(list)
    refusals = []
    nouns = [[body.unit] for body in bodies if body.is_noun]
    for body in sorted((body for body in bodies if not body.is_noun), key=lambda body: (body.cut != "", body.unit)):
        own = groups[body.tag or only]
        if any(unit in apart.get(body.unit, ()) for unit in own):
            refusals.append(Refusal(body.unit, own[0], "you keep them apart"))
            groups[f"cut:{body.unit}"].append(body.unit)
        else:
            own.append(body.unit)
    made = [own for own in groups.values() if own]
    different = made if len(tags) > 1 else []
    refusals += [Refusal(own[0], different[0][0], "their identifiers differ") for own in different[1:]]
    return made + nouns, refusals


def find_acronyms(short_names: Iterable[ShortName]) -> list[tuple[int, int]]:
    """The units of a full name and of its acronym, where documents have one as an alias of the other.

    An acronym of several names is left alone: "RNC" is a committee and a convention. One of two letters ("SC") fits so
    many names that several documents must have it.

    Example:
        >>> find_acronyms([ShortName(1, "world trade fund", "WTF", short=2, documents=1)])
        [(1, 2)]
    """
    bearers: dict[int, dict[str, ShortName]] = defaultdict(dict)
    for own in short_names:
        if _is_acronym(own.alias, own.name):
            bearers[own.short].setdefault(own.name, own)
    only = [next(iter(names.values())) for names in bearers.values() if len(names) == 1]
    return [
        (own.unit, own.short)
        for own in only
        if _letters(own.alias) > SHORT_ACRONYM or own.documents >= MIN_ACRONYM_DOCUMENTS
    ]


def _letters(alias: str) -> int:
    return sum(map(str.isalpha, alias))


def _is_acronym(alias: str, name: str) -> bool:
    letters = fold("".join(filter(str.isalpha, alias)))
    words = [word for word in name.replace("-", " ").split() if word[:1].isalpha()]
    choices = words, [word for word in words if word not in _SMALL_WORDS]
    return any(letters == "".join(word[0] for word in choice) for choice in choices)
