"""Texts of any length, natural and made to be slow."""

import json
import re
from collections.abc import Callable, Mapping
from itertools import count, cycle, islice
from pathlib import Path

ARTICLE = Path(__file__).parents[2] / "examples" / "apollo-11.txt"
_NAME = re.compile(r"\b(?:Armstrong|Aldrin|Duke|Nixon|Collins)\b")


def natural(length: int) -> str:
    """The example article again and again, each time with other surnames."""
    article = ARTICLE.read_text(encoding="utf-8")
    copies = (_NAME.sub(rf"\g<0>{_letters(copy)}", article) for copy in range(length // len(article) + 1))
    return "\n\n".join(copies)[:length]


def same_people(length: int) -> str:
    """The article again and again as it is."""
    article = ARTICLE.read_text(encoding="utf-8")
    return "\n\n".join([article] * (length // len(article) + 1))[:length]


def _letters(number: int) -> str:
    """A number as letters, so that it reads as part of a name."""
    return "".join(chr(ord("a") + int(digit)) for digit in str(number))


def repeated(piece: str) -> Callable[[int], str]:
    """A shape of one piece again and again."""
    return lambda length: "".join(islice(cycle(piece), length))


def numbered(piece: str) -> Callable[[int], str]:
    """A shape of one piece with ever new names in it, for `{name}`, or in capitals for `{NAME}`."""

    def make(length: int) -> str:
        made: list[str] = []
        size = 0
        for own in map(name, count()):
            made.append(piece.format(name=own, NAME=own.upper()))
            size += len(made[-1])
            if size >= length:
                break
        return "".join(made)[:length]

    return make


def name(number: int) -> str:
    """A surname of its own for each number."""
    letters = ""
    while True:
        number, digit = divmod(number, 20)
        letters += "bcdfghjklmnprstvwxyz"[digit] + "aeiou"[digit % 5]
        if number == 0:
            return letters.capitalize() + "n"


def nested(length: int) -> str:
    """Marks in marks in marks, all closed again."""
    half = length // 2
    return "".join(islice(cycle("“‘"), half)) + "".join(islice(cycle("”’" if half % 2 else "’”"), half))


_PIECES: dict[str, str] = json.loads(
    Path(__file__).parents[1].joinpath("data", "slow_texts.json").read_text(encoding="utf-8")
)
TEXTS: Mapping[str, Callable[[int], str]] = {
    "natural": natural,
    "natural, the same people": same_people,
    **{shape: numbered(piece) if "{" in piece else repeated(piece) for shape, piece in _PIECES.items()},
    "a list, then they": lambda length: (
        numbered("Ann {name} and ")(length // 2) + repeated("Bo Roe met. They said no. ")(length - length // 2)
    ),
    "nested marks": nested,
    "runs of 1,000": repeated("a" * 1_000 + " "),
    "runs of 1,001": repeated("a" * 1_001 + " "),
}
