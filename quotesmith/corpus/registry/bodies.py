"""Which names of organizations, places and groups are one's: the same name, or a name and its acronym."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from attrs import frozen

from quotesmith.corpus.registry.people import Refusal
from quotesmith.lexicon.folding import fold
from quotesmith.lexicon.people import load_people
from quotesmith.query.names import name_words

SHORT: Final = 2
"""How many letters an acronym has that many names could have."""
SOME: Final = 3
"""How many documents have to have it as an alias then."""
_SMALL_WORDS: Final = frozenset({"and", "for", "in", "of", "on", "the", "to"})


def body_key(name: str) -> str:
    """The name for comparing: folded, without a leading article; as it is where nothing is left of it.

    Example:
        >>> body_key("the F.B.I."), body_key("St. Louis")
        ('fbi', 'st louis')
    """
    return " ".join(name_words(name)) or name


def is_noun(key: str) -> bool:
    """Whether a key is a noun for a body or place alone, by which each document means another one.

    What a country has one of ("senate") doesn't count.

    Example:
        >>> is_noun("board"), is_noun("senate"), is_noun("bank of norway")
        (True, False, False)
    """
    lexicon = load_people()
    return (key in lexicon.bodies and key not in lexicon.national_bodies) or key in lexicon.place_nouns


@frozen
class Body:
    """One name of something that is no person.

    Attributes:
        unit: Its number in the registry that is being made.
        tag: The identifier that it has, or whose entry of the user's it is; empty where there is neither.
        cut: The only document whose entities it is; empty where it is all the others'.
        is_noun: Whether the name is a noun alone.
    """

    unit: int
    tag: str = ""
    cut: str = ""
    is_noun: bool = False


@frozen
class ShortName:
    """A name with an alias that is a name elsewhere.

    Attributes:
        unit: The full name's.
        name: The full name, folded.
        alias: As written.
        short: The unit of which the alias is the name.
        documents: How many documents have the alias for the name.
    """

    unit: int
    name: str
    alias: str
    short: int
    documents: int


def settle_bodies(bodies: Sequence[Body], apart: Mapping[int, frozenset[int]]) -> tuple[list[list[int]], list[Refusal]]:
    """Which units of one kind and name are one, and what was kept apart.

    All are, but for nouns alone, those that the user keeps apart and those of different tags. Where several have a tag,
    nobody knows whose the others are: they are one by themselves.

    Args:
        bodies: Those of one kind and name.
        apart: Which units the user keeps apart from a unit.
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
    """The units of a full name and of its acronym, where documents have the one as an alias of the other.

    An acronym of several names is nobody's: "RNC" is a committee's and a convention's. One of two letters ("SC") may be
    of so many that some documents have to have it.

    Example:
        >>> find_acronyms([ShortName(1, "world trade fund", "WTF", short=2, documents=1)])
        [(1, 2)]
    """
    bearers: dict[int, dict[str, ShortName]] = defaultdict(dict)
    for own in short_names:
        if _is_acronym(own.alias, own.name):
            bearers[own.short].setdefault(own.name, own)
    only = [next(iter(names.values())) for names in bearers.values() if len(names) == 1]
    return [(own.unit, own.short) for own in only if _letters(own.alias) > SHORT or own.documents >= SOME]


def _letters(alias: str) -> int:
    return sum(map(str.isalpha, alias))


def _is_acronym(alias: str, name: str) -> bool:
    letters = fold("".join(filter(str.isalpha, alias)))
    words = [word for word in name.replace("-", " ").split() if word[:1].isalpha()]
    choices = words, [word for word in words if word not in _SMALL_WORDS]
    return any(letters == "".join(word[0] for word in choice) for choice in choices)
