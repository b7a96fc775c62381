"""Texts of any length, natural and made to be slow."""

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


def numbered(piece: Callable[[str], str]) -> Callable[[int], str]:
    """A shape of one piece with ever new names in it."""

    def make(length: int) -> str:
        made: list[str] = []
        size = 0
        for number in count():
            made.append(piece(name(number)))
            size += len(made[-1])
            if size >= length:
                return "".join(made)[:length]
        raise AssertionError

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


TEXTS: Mapping[str, Callable[[int], str]] = {
    "natural": natural,
    "natural, the same people": same_people,
    "one sentence": repeated("the man who saw the house that stood near the river and "),
    "one sentence of reports": repeated("he said that she thought that "),
    "ever new names": numbered(lambda own: f"Ann {own} met Bo {own}. "),
    "a list of names": numbered(lambda own: f"Ann {own}, "),
    "names joined by and": numbered(lambda own: f"{own} and "),
    "a list, then they": lambda length: (
        numbered(lambda own: f"Ann {own} and ")(length // 2)
        + repeated("Bo Roe met. They said no. ")(length - length // 2)
    ),
    "presidents": numbered(lambda own: f"“Yes, Mr. President,” said President {own}. "),
    "one family": numbered(lambda own: f"{own} Roe spoke. Roe left. "),
    "one name": repeated("Ann Roe "),
    "one pronoun": repeated("he "),
    "he said": repeated("He said no. "),
    "they told": repeated("“No,” she told him. "),
    "one person, many quotes": repeated("“We go,” Ann Roe said. “It is late,” she added. "),
    "transcript": numbered(lambda own: f"{own.upper()}: We go.\n\n"),
    "questions and answers": repeated("Q: Why?\nA: Who knows.\n"),
    "datelines": numbered(lambda own: f"{own.upper()} (AP) — It rained.\n\n"),
    "titles": repeated("President Senator Mr. Dr. "),
    "roles": repeated("the spokesman, the minister, "),
    "groups": repeated("both men and the two leaders said so. "),
    "nested marks": nested,
    "opening marks": repeated("“"),
    "closing marks": repeated("”"),
    "straight marks": repeated('"'),
    "marks with spaces": repeated("“ "),
    "single marks": repeated("'"),
    "apostrophes": repeated("the boys' 'n' it's "),
    "mixed marks": repeated("“\"‘'«»„‹›”’ "),
    "unclosed paragraphs": repeated("“We go on and on.\n\n"),
    "dashes": repeated("— No. "),
    "long dashes": repeated("—"),
    "hyphens": repeated("-"),
    "underscores": repeated("_"),
    "asterisks": repeated("*"),
    "backticks": repeated("`"),
    "ellipses": repeated("…"),
    "slashes": repeated("/"),
    "commas": repeated(", "),
    "full stops": repeated(". "),
    "colons": repeated(": "),
    "brackets": repeated("("),
    "angles": repeated("<"),
    "unclosed tags": repeated("<a "),
    "tags": repeated("<p>x</p>"),
    "entities": repeated("&amp;"),
    "spaces": repeated(" "),
    "line ends": repeated("\n"),
    "paragraphs of a letter": repeated("a\n\n"),
    "one run": repeated("a"),
    "runs of 1,000": repeated("a" * 1_000 + " "),
    "runs of 1,001": repeated("a" * 1_001 + " "),
    "capitals": repeated("THE MAN SAID NO "),
    "capitalised": repeated("The Man Said No "),
    "digits": repeated("1 2 "),
    "long number": repeated("1,000.00,"),
    "addresses": repeated("http://a.b/c?d=e&f "),
    "emoji": repeated("👩‍👩‍👧 "),
    "combining marks": repeated("e\u0301\u0301\u0301\u0301"),
    "one paragraph of quotes": repeated("“We go,” he said. "),
    "surrogates": repeated("\ud800 "),
    "right to left": repeated("אמר הוא \u202e"),
    "without spaces": repeated("他说我们走吧。"),
}
