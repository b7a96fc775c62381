"""The user's own list of people, bodies and places: its entries, its files, and the contradictions that are refused."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from os import PathLike
from pathlib import Path
from typing import Any, Final, TypeAlias, TypeVar

from attrs import Attribute, evolve, field, fields, frozen

from quotesmith.errors import GazetteerError
from quotesmith.lexicon.record_files import RecordSort
from quotesmith.records import EntityKind, Gender

_CONTRADICTIONS_LISTED = 10
_ALIAS_SEPARATOR = ";"
# Combining marks are characters of their own in decomposed text; they belong to the word.
_UNIT = re.compile(r"[\w\u0300-\u036f]+|[^\w\s]")
_SIGNS = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "‐": "-", "‑": "-"})
_Choice = TypeVar("_Choice", bound=StrEnum)


@frozen
class Unit:
    """A word or a single sign in a text: its place in characters, and the form by which it is compared."""

    start: int
    end: int
    key: str


def name_units(text: str) -> Iterator[Unit]:
    """The words and signs of a text, in order.

    White space between them doesn't count, so that "J. K." and "J.K." are the same. Apostrophes and hyphens of all
    styles, and composed and decomposed letters, are compared as equal.
    """
    for match in _UNIT.finditer(text):
        yield Unit(match.start(), match.end(), _unit_key(match.group()))


def name_key(name: str) -> tuple[str, ...]:
    """The forms by which a name's words and signs are compared."""
    return tuple(map(_unit_key, _UNIT.findall(name)))


def _unit_key(written: str) -> str:
    return written if written.isascii() else unicodedata.normalize("NFC", written.translate(_SIGNS))


def _choice(choices: type[_Choice], what: str, value: object) -> _Choice:
    known = [choice.value for choice in choices]
    if value not in known:
        msg = f"{what} must be one of {', '.join(known)}, not {value!r}"
        raise GazetteerError(msg)
    return choices(value)


def _as_kind(value: object) -> EntityKind:
    return _choice(EntityKind, "kind", value)


def _as_gender(value: object) -> Gender | None:
    return None if value is None else _choice(Gender, "gender", value)


def _as_aliases(value: object) -> tuple[Any, ...]:
    if isinstance(value, str) or not isinstance(value, Iterable):
        msg = f"aliases must be a list of names, not {value!r}"
        raise GazetteerError(msg)
    return tuple(value)


def _check_name(_: object, attribute: "Attribute[Any]", value: object) -> None:
    _check_words(attribute.name, value)


def _check_aliases(_: object, __: "Attribute[Any]", value: tuple[object, ...]) -> None:
    for alias in value:
        _check_words("an alias", alias)


def _check_words(what: str, value: object) -> None:
    if not isinstance(value, str) or not any(character.isalnum() for character in value):
        msg = f"{what} must be a string with at least one word, not {value!r}"
        raise GazetteerError(msg)


def _check_identifier(_: object, __: "Attribute[Any]", value: object) -> None:
    if value is not None and (not isinstance(value, str) or not value):
        msg = f"identifier must be a string of at least one character, or left out, not {value!r}"
        raise GazetteerError(msg)


@frozen
class GazetteerEntry:
    """A person, body or place that the user knows.

    A contradiction in its fields is a `GazetteerError`.

    Attributes:
        name: The name that the entity gets.
        aliases: Other forms by which texts may name it.
        gender: "feminine" or "masculine"; without one, the words of the text decide.
        kind: What it is, a person by default.
        identifier: The user's own key, for instance a Wikidata QID.

    Examples:
        >>> GazetteerEntry("Jane Roe", ["J. R."], identifier="Q1").kind.value
        'person'
    """

    name: str = field(validator=_check_name)
    aliases: tuple[str, ...] = field(default=(), converter=_as_aliases, validator=_check_aliases)
    gender: Gender | None = field(default=None, converter=_as_gender)
    kind: EntityKind = field(default=EntityKind.PERSON, converter=_as_kind)
    identifier: str | None = field(default=None, validator=_check_identifier)

    def to_dict(self) -> dict[str, Any]:
        """Plain JSON data, which `read_gazetteer` reads; empty fields are left out."""
        plain = {
            "name": self.name,
            "aliases": list(self.aliases),
            "gender": self.gender and self.gender.value,
            "kind": self.kind.value,
            "identifier": self.identifier,
        }
        return {key: value for key, value in plain.items() if value}


GazetteerSource: TypeAlias = str | PathLike[str] | Iterable[GazetteerEntry | Mapping[str, Any]]
_FIELDS = tuple(attribute.name for attribute in fields(GazetteerEntry))
_ENTRY_RECORDS: Final = RecordSort(
    "a gazetteer", "entry", required=_FIELDS[:1], optional=_FIELDS[1:], error=GazetteerError
)


def read_gazetteer(source: GazetteerSource) -> tuple[GazetteerEntry, ...]:
    """The entries of a file or of records; entries of one name are merged.

    Args:
        source: The path of a `.json` file (a list of records), a `.jsonl` file (a record a line) or a `.csv` file
            (columns name, aliases, gender, kind, identifier; aliases separated by semicolons), or the records
            themselves: `GazetteerEntry` objects or mappings with these keys. Only the name is needed.

    Raises:
        GazetteerError: if the file or a record is malformed (names the line or the entry), or if entries contradict
            each other: one form or identifier for two names, one name with two genders, kinds or identifiers.
        ArgumentError: if the source is neither a path nor records.
        OSError: if the file can't be read.
    """
    is_table = isinstance(source, str | PathLike) and Path(source).suffix.lower() == ".csv"
    return _agreeing(
        [
            _as_entry(_with_aliases(record) if is_table and isinstance(record, dict) else record, where)
            for where, record in _ENTRY_RECORDS.read(source)
        ]
    )


def _with_aliases(row: dict[str, Any]) -> dict[str, Any]:
    """A row of a CSV file, its aliases as a list."""
    if "aliases" not in row:
        return row
    return {**row, "aliases": [part.strip() for part in row["aliases"].split(_ALIAS_SEPARATOR) if part.strip()]}


def _as_entry(record: object, where: str) -> GazetteerEntry:
    if isinstance(record, GazetteerEntry):
        return record
    if not isinstance(record, Mapping):
        msg = f"{where}: expected a GazetteerEntry or a mapping with a name, not {record!r}"
        raise GazetteerError(msg)
    unknown = [key for key in record if key not in _FIELDS]
    if unknown or "name" not in record:
        fault = f"has unknown keys {', '.join(map(repr, unknown))}" if unknown else "has no name"
        msg = f"{where}: the record {fault}; its keys can be {', '.join(_FIELDS)}"
        raise GazetteerError(msg)
    given = {key: value for key, value in record.items() if value is not None}
    try:
        return GazetteerEntry(**{"name": None, **given})
    except GazetteerError as error:
        msg = f"{where}: {error}"
        raise GazetteerError(msg) from error


def _agreeing(entries: Iterable[GazetteerEntry]) -> tuple[GazetteerEntry, ...]:
    """The entries, those of one name merged, if they don't contradict each other."""
    merged: dict[tuple[str, ...], GazetteerEntry] = {}
    faults: list[str] = []
    for entry in entries:
        known = merged.setdefault(name_key(entry.name), entry)
        if known is not entry:
            faults.extend(_contradictions(known, entry))
            merged[name_key(entry.name)] = evolve(
                known,
                aliases=tuple(dict.fromkeys((*known.aliases, *entry.aliases))),
                gender=known.gender or entry.gender,
                identifier=known.identifier or entry.identifier,
            )
    faults.extend(_shared(merged.values()))
    if faults:
        more = f"; and {len(faults) - _CONTRADICTIONS_LISTED} more" if len(faults) > _CONTRADICTIONS_LISTED else ""
        msg = f"the gazetteer contradicts itself: {'; '.join(faults[:_CONTRADICTIONS_LISTED])}{more}"
        raise GazetteerError(msg)
    return tuple(merged.values())


def _contradictions(one: GazetteerEntry, other: GazetteerEntry) -> Iterator[str]:
    for what in ("gender", "kind", "identifier"):
        before, after = getattr(one, what), getattr(other, what)
        if None not in (before, after) and before != after:
            yield f"{one.name!r} is there with {what} {str(before)!r} and with {str(after)!r}"


def _shared(entries: Iterable[GazetteerEntry]) -> Iterator[str]:
    """What two entries share and may not: a form of their names, or an identifier."""
    bearers: dict[tuple[str, ...], str] = {}
    identified: dict[str, str] = {}
    for entry in entries:
        for form in (entry.name, *entry.aliases):
            bearer = bearers.setdefault(name_key(form), entry.name)
            if bearer != entry.name:
                yield f"{form!r} names both {bearer!r} and {entry.name!r}"
        if entry.identifier is not None:
            bearer = identified.setdefault(entry.identifier, entry.name)
            if bearer != entry.name:
                yield f"identifier {entry.identifier!r} is given to both {bearer!r} and {entry.name!r}"
