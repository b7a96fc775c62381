"""What inputs hold: rows, the documents made of them, and the faults of rows that are no documents."""

import math
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from types import MappingProxyType
from typing import Any

from attrs import field, frozen

from quotesmith.errors import ArgumentError, FormatError
from quotesmith.export.characters import without_surrogates
from quotesmith.export.json_data import encode_json
from quotesmith.query.dates import day_of
from quotesmith.records.checks import check_string

# What a document takes from a row, and the default column of each.
INPUT_COLUMNS: Mapping[str, str] = MappingProxyType(
    {name: name for name in ("id", "text", "title", "date", "outlet", "url")}
)
_COLUMNS_LISTED = 12


@frozen
class Position:
    """Where a row begins.

    Attributes:
        offset: In bytes (after unpacking, of a .gz file), or in rows of Parquet: where a reader starts.
        number: The line or row number, from 1, by which people find it.
    """

    offset: int = 0
    number: int = 1


@frozen
class Fault:
    """A row that is no document: where it is, and what is wrong with it."""

    place: str
    reason: str

    def __str__(self) -> str:
        return f"{self.place}: {self.reason}"


@frozen
class Row:
    """A row of an input: its cells by column, what else is known of it, its page of HTML, or what is wrong with it."""

    at: Position
    cells: Mapping[str, Any] = field(factory=dict)
    meta: Mapping[str, Any] = field(factory=dict, kw_only=True)
    markup: bytes | None = field(default=None, repr=False)
    fault: str | None = None


@frozen
class InputDocument:
    """A document before its analysis.

    Attributes:
        id: Its key, from its row or made from its place.
        text: What is to be analysed; empty where there is markup, until `readable` has taken the text from it.
        meta: What its row says about it, as JSON data: date, outlet, url, title and whatever else was asked for.
        place: The file, with the line or row.
        markup: A page of HTML as it is on disk.
    """

    id: str = field(validator=check_string)
    text: str = field(validator=check_string)
    meta: Mapping[str, Any]
    place: str
    markup: bytes | None = field(default=None, repr=False)


def complete_columns(columns: Mapping[str, str] | None) -> Mapping[str, str]:
    """The column of each thing that a document takes from a row: the defaults, changed and added to by `columns`.

    Raises:
        ArgumentError: if it isn't a mapping of strings.
    """
    named = {} if columns is None else columns
    if not isinstance(named, Mapping) or not all(
        isinstance(part, str) and part for pair in named.items() for part in pair
    ):
        msg = f"columns must map names to columns, as in {{'text': 'body', 'author': 'byline'}}, not {columns!r}"
        raise ArgumentError(msg)
    return {**INPUT_COLUMNS, **named}


def check_names(names: Sequence[str], columns: Mapping[str, str]) -> None:
    """Raise `FormatError` where a table lacks the text's column, or a column that isn't a default one."""
    needed = [column for name, column in columns.items() if name == "text" or column != name]
    missing = [column for column in needed if column not in names]
    if missing:
        listed = ", ".join(map(repr, names[:_COLUMNS_LISTED]))
        msg = (
            f"there is no column {', '.join(map(repr, missing))}, but {listed or 'nothing'}; name the columns there are"
        )
        raise FormatError(msg)


def make_document(row: Row, columns: Mapping[str, str], *, place: str, key: str) -> InputDocument | Fault:
    """The document made from a row, or what is wrong with the row.

    Args:
        row: Its cells by column.
        columns: As `complete_columns` gives them.
        place: The row's file and line, for people.
        key: The id of a document whose row has none.
    """
    try:
        return _make_document(row, columns, place, key)
    except FormatError as error:
        return Fault(place, str(error))


def _make_document(row: Row, columns: Mapping[str, str], place: str, key: str) -> InputDocument:
    if row.fault is not None:
        raise FormatError(row.fault)
    found = {name: row.cells.get(column) for name, column in columns.items()}
    plain = {name: _plain(name, value) for name, value in found.items() if name not in ("id", "text")}
    meta = {**row.meta, **{name: value for name, value in plain.items() if value is not None}}
    return InputDocument(
        id=_id(found["id"], columns["id"], row, key),
        text="" if row.markup is not None else _text(found["text"], columns["text"], row),
        meta=meta,
        place=place,
        markup=row.markup,
    )


def _text(value: object, column: str, row: Row) -> str:
    if isinstance(value, str):
        return value
    raise FormatError(_missing(column, row) if value is None else f"{column!r} must be text, not {_shown(value)}")


def _id(value: object, column: str, row: Row, key: str) -> str:
    if value is None or value == "":
        if column != INPUT_COLUMNS["id"]:
            raise FormatError(_missing(column, row))
        return key
    if isinstance(value, bool) or not isinstance(value, str | int):
        msg = f"{column!r} must be a string or a whole number, not {_shown(value)}"
        raise FormatError(msg)
    return without_surrogates(str(value))


def _missing(column: str, row: Row) -> str:
    if column in row.cells:
        return f"{column!r} is empty"
    names = ", ".join(list(row.cells)[:_COLUMNS_LISTED])
    return f"there is no {column!r}, but {names or 'nothing'}; name the column that has it"


def _plain(name: str, value: Any) -> Any:
    """The value as JSON data: a date in ISO 8601, and None for what is no value."""
    if value is None or value == "" or (isinstance(value, float) and not math.isfinite(value)):
        return None
    if isinstance(value, date | datetime):
        return value.isoformat()
    if name == "date" and day_of(value) is None:
        msg = f"{_shown(value)} is no date as ISO 8601 has it, such as '2026-11-25'"
        raise FormatError(msg)
    if isinstance(value, list | dict):
        encode_json(value, repr(name))
        return value
    return value if isinstance(value, str | int | float) else str(value)


def _shown(value: object) -> str:
    shown = repr(value)
    return shown if len(shown) <= 60 else f"{shown[:60]}…"  # noqa: PLR2004 - about a line
