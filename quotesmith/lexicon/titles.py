"""Titles that the user adds to a lexicon of people: their records and their files."""

from collections.abc import Iterable, Mapping
from os import PathLike
from typing import Any, Final, TypeAlias

from attrs import Attribute, field, fields, frozen

from quotesmith.errors import LexiconError
from quotesmith.lexicon.folding import fold
from quotesmith.lexicon.record_files import RecordSort
from quotesmith.records import Gender

_GENDER_NAMES = tuple(gender.value for gender in Gender)


def _as_gender_shown(value: object) -> Gender | None:
    if value is not None and value not in _GENDER_NAMES:
        msg = f"gender must be one of {', '.join(_GENDER_NAMES)}, or left out, not {value!r}"
        raise LexiconError(msg)
    return None if value is None else Gender(value)


def _check_title(_: object, __: "Attribute[Any]", value: object) -> None:
    words = value.split() if isinstance(value, str) else []
    if not words or not all(any(map(str.isalnum, word)) for word in words):
        msg = f"title must be a string of words, not {value!r}"
        raise LexiconError(msg)


@frozen
class Title:
    """A title as it stands before a name.

    A contradiction in its fields is a `LexiconError`.

    Attributes:
        title: Its words ("High Priestess").
        gender: The gender that it shows: "feminine", "masculine" or None.

    Examples:
        >>> Title("High Priestess", "feminine").words
        ('High', 'Priestess')
    """

    title: str = field(validator=_check_title)
    gender: Gender | None = field(default=None, converter=_as_gender_shown)

    @property
    def words(self) -> tuple[str, ...]:
        """Its words, in order."""
        return tuple(self.title.split())

    def to_dict(self) -> dict[str, str]:
        """Plain JSON data, which `read_titles` reads; without a gender where it shows none."""
        return {"title": self.title, **({} if self.gender is None else {"gender": self.gender.value})}


TitleSource: TypeAlias = str | PathLike[str] | Iterable[Title | Mapping[str, Any]]
_COLUMNS: Final = tuple(attribute.name for attribute in fields(Title))
_TITLE_RECORDS: Final = RecordSort(
    "a list of titles", "title", required=_COLUMNS[:1], optional=_COLUMNS[1:], error=LexiconError
)


def read_titles(source: TitleSource) -> tuple[Title, ...]:
    """The titles of a file or of records, in their order.

    Args:
        source: The path of a `.json` file (a list of records), a `.jsonl` file (a record a line) or a `.csv` file
            (columns title and gender), or the records themselves: `Title` objects or mappings with these keys. Only
            the title is needed.

    Raises:
        LexiconError: if the file or a record is malformed, or one title has two genders; it names the line or record.
        ArgumentError: if the source is neither a path nor records.
        OSError: if the file can't be read.

    Examples:
        >>> [title.title for title in read_titles([{"title": "Archdruid"}])]
        ['Archdruid']
    """
    titles = []
    genders: dict[str, Gender | None] = {}
    for where, record in _TITLE_RECORDS.read(source):
        title = _as_title(record, where)
        if genders.setdefault(fold(title.words[-1]), title.gender) is not title.gender:
            msg = f"{where}: {title.words[-1]!r} is there with another gender already"
            raise LexiconError(msg)
        titles.append(title)
    return tuple(titles)


def _as_title(record: object, where: str) -> Title:
    if isinstance(record, Title):
        return record
    if not isinstance(record, Mapping):
        msg = f"{where}: expected a Title or a mapping with a title, not {record!r}"
        raise LexiconError(msg)
    unknown = [key for key in record if key not in _COLUMNS]
    if unknown:
        names = ", ".join(map(repr, unknown))
        msg = f"{where}: the record has unknown keys {names}; its keys can be {', '.join(_COLUMNS)}"
        raise LexiconError(msg)
    try:
        return Title(**{"title": None, **record})
    except LexiconError as error:
        msg = f"{where}: {error}"
        raise LexiconError(msg) from error
