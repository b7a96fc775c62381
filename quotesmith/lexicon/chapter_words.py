"""The words that head the chapters of a book, and the numbers that count them."""

from collections.abc import Mapping
from functools import cache

from attrs import frozen

from quotesmith.lexicon import read_words


@frozen(eq=False)
class ChapterWords:
    """Words of headings, in small letters.

    Attributes:
        parts: What holds several chapters and is counted ("volume").
        chapters: What a text is divided into and is counted ("chapter").
        named: Chapters without a number ("prologue").
        articles: What may stand before an ordinal or a name ("the").
        last: What stands for the number of the last one ("last").
        numbers: The value of each number, cardinal and ordinal ("one", "twenty-first").
        contents: Pages of a book that are no chapter ("table of contents").
    """

    parts: frozenset[str]
    chapters: frozenset[str]
    named: frozenset[str]
    articles: frozenset[str]
    last: frozenset[str]
    numbers: Mapping[str, int]
    contents: frozenset[str]


@cache
def load_chapter_words(language: str = "en") -> ChapterWords:
    """The words of a language.

    Raises:
        LanguageError: if there is no lexicon for the language.
    """
    data: Mapping[str, str] = read_words(language, "chapters")
    words = {name: frozenset(data[name].split("|" if "|" in data[name] else None)) for name in data}
    return ChapterWords(
        parts=words["parts"],
        chapters=words["chapters"],
        named=words["named"],
        articles=words["articles"],
        last=words["last"],
        numbers=_numbers(data["units"].split("|"), data["tens"].split("|")),
        contents=words["contents"],
    )


def _numbers(units: list[str], tens: list[str]) -> dict[str, int]:
    found = {word: value for value, words in enumerate(units, 1) for word in words.split()}
    small = {word: value for word, value in found.items() if value < 10}  # noqa: PLR2004 - what follows "twenty"
    for value, words in enumerate(tens, 2):
        cardinal = words.split()[0]
        found |= dict.fromkeys(words.split(), 10 * value)
        found |= {f"{cardinal}-{word}": 10 * value + unit for word, unit in small.items()}
    return found
