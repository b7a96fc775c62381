"""Titles that the user adds to a lexicon of people."""

from collections.abc import Iterable, Mapping
from typing import Any

from attrs import frozen

from quotesmith.errors import ArgumentError, LexiconError
from quotesmith.lexicon.folding import fold
from quotesmith.records import Gender

_KEYS = ("title", "gender")
_GENDER_NAMES = tuple(gender.value for gender in Gender)


@frozen
class Title:
    """A title as it stands before a name: its words, and the gender that it shows."""

    words: tuple[str, ...]
    gender: Gender | None = None


def read_titles(records: Iterable[Mapping[str, Any]]) -> tuple[Title, ...]:
    """The titles of records, in their order.

    Args:
        records: Mappings with a `title`, and where it shows one a `gender`, "feminine" or "masculine".

    Raises:
        ArgumentError: if these are no records.
        LexiconError: if a record is malformed, or one title has two genders; it names the record.
    """
    if isinstance(records, str | bytes | Mapping) or not isinstance(records, Iterable):
        msg = f"titles must be a sequence of records, not {type(records).__name__}"
        raise ArgumentError(msg)
    titles = tuple(_read_title(record, f"title {number}") for number, record in enumerate(records, start=1))
    genders: dict[str, Gender | None] = {}
    for number, title in enumerate(titles, start=1):
        if genders.setdefault(fold(title.words[-1]), title.gender) is not title.gender:
            msg = f"title {number}: {title.words[-1]!r} is there with another gender already"
            raise LexiconError(msg)
    return titles


def _read_title(record: object, where: str) -> Title:
    if not isinstance(record, Mapping):
        msg = f"{where}: expected a mapping with a title, not {record!r}"
        raise LexiconError(msg)
    unknown = [key for key in record if key not in _KEYS]
    if unknown:
        msg = (
            f"{where}: the record has unknown keys {', '.join(map(repr, unknown))}; its keys can be {', '.join(_KEYS)}"
        )
        raise LexiconError(msg)
    title, gender = record.get("title"), record.get("gender")
    words = tuple(title.split()) if isinstance(title, str) else ()
    if not words or not all(any(map(str.isalnum, word)) for word in words):
        msg = f"{where}: title must be a string of words, not {title!r}"
        raise LexiconError(msg)
    if gender is not None and gender not in _GENDER_NAMES:
        msg = f"{where}: gender must be one of {', '.join(_GENDER_NAMES)}, or left out, not {gender!r}"
        raise LexiconError(msg)
    return Title(words, None if gender is None else Gender(gender))
