"""What rows are as documents."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from quotesmith.corpus.reading.rows import (
    INPUT_COLUMNS,
    Fault,
    InputDocument,
    Position,
    Row,
    check_names,
    complete_columns,
    make_document,
)
from quotesmith.errors import ArgumentError, FormatError


def made(cells: dict[str, Any], columns: dict[str, str] | None = None) -> InputDocument | Fault:
    return make_document(Row(Position(), cells), complete_columns(columns), place="a.csv, line 2", key="a.csv#2")


def test_row_is_a_document_with_its_meta() -> None:
    cells = {"id": "a", "text": "Go.", "title": "T", "date": "2026-11-25", "outlet": "O", "url": "u", "other": "x"}
    meta = {"title": "T", "date": "2026-11-25", "outlet": "O", "url": "u"}
    assert made(cells) == InputDocument("a", "Go.", meta, "a.csv, line 2")


def test_columns_may_be_called_otherwise_and_more_may_be_kept() -> None:
    found = made(
        {"key": 7, "body": "Go.", "by": "Ann", "tags": ["x"]},
        {"id": "key", "text": "body", "author": "by", "t": "tags"},
    )
    assert found == InputDocument("7", "Go.", {"author": "Ann", "t": ["x"]}, "a.csv, line 2")


@pytest.mark.parametrize("id", [None, ""])
def test_without_an_id_the_place_is_it(id: str | None) -> None:
    found = made({"id": id, "text": "Go."})
    assert isinstance(found, InputDocument)
    assert found.id == "a.csv#2"


@pytest.mark.parametrize(
    ("value", "kept"),
    [
        (datetime(2026, 11, 25, 8, tzinfo=UTC), "2026-11-25T08:00:00+00:00"),
        (date(2026, 11, 25), "2026-11-25"),
        ("2026-11-25T08:00:00Z", "2026-11-25T08:00:00Z"),
    ],
)
def test_dates_are_iso_strings(value: object, kept: str) -> None:
    found = made({"text": "Go.", "date": value})
    assert isinstance(found, InputDocument)
    assert found.meta == {"date": kept}


def test_empty_cells_and_numbers_that_are_none_are_left_out() -> None:
    found = made({"text": "", "title": "", "outlet": None, "url": float("nan")})
    assert found == InputDocument("a.csv#2", "", {}, "a.csv, line 2")


@pytest.mark.parametrize(
    ("cells", "columns", "reason"),
    [
        ({"body": "Go."}, None, "there is no 'text', but body; name the column"),
        ({}, None, "there is no 'text', but nothing"),
        ({"text": None}, None, "'text' is empty"),
        ({"text": 3}, None, "'text' must be text, not 3"),
        ({"text": b"Go."}, None, "'text' must be text, not b'Go.'"),
        ({"text": "Go.", "id": 1.5}, None, "'id' must be a string or a whole number, not 1.5"),
        ({"text": "Go.", "id": True}, None, "not True"),
        ({"text": "Go.", "id": "a"}, {"id": "key"}, "there is no 'key'"),
        ({"text": "Go.", "date": "25/11/2026"}, None, "'25/11/2026' is no date as ISO 8601 has it"),
        ({"text": "Go.", "date": 1764000000}, None, "1764000000 is no date"),
        ({"text": "Go.", "title": [float("nan")]}, None, "'title' isn't JSON data"),
    ],
)
def test_bad_row_is_a_fault_with_its_place(cells: dict[str, Any], columns: dict[str, str] | None, reason: str) -> None:
    fault = made(cells, columns)
    assert isinstance(fault, Fault)
    assert str(fault).startswith("a.csv, line 2: ")
    assert reason in fault.reason


def test_surrogates_in_ids_are_replaced() -> None:
    found = made({"text": "\ud800", "id": "a\ud800"})
    assert isinstance(found, InputDocument)
    assert (found.id, found.text) == ("a\ufffd", "\ud800")


def test_table_needs_the_text_and_what_is_named() -> None:
    check_names(["text"], INPUT_COLUMNS)
    for names, columns in ((["body"], {}), (["text", "day"], {"date": "published"})):
        with pytest.raises(FormatError, match=f"there is no column '.+', but .*'{names[-1]}'"):
            check_names(names, complete_columns(columns))


@pytest.mark.parametrize("columns", ["text=body", {"text": 3}, {"text": ""}, [("text", "body")]])
def test_columns_are_a_mapping(columns: Any) -> None:
    with pytest.raises(ArgumentError, match="columns must map"):
        complete_columns(columns)
