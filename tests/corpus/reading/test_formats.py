"""Files of one document, rows of many, how files are opened, and what rows are as documents."""

import csv
import gzip
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from quotesmith.corpus.reading.formats import (
    iter_csv,
    iter_html,
    iter_json_lines,
    iter_parquet,
    iter_text,
    iter_tsv,
    opened,
    readable,
)
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


def rows(tmp_path: Path, data: bytes) -> list[Row]:
    path = tmp_path / "a.csv"
    path.write_bytes(data)
    return list(iter_csv(path, Position(), INPUT_COLUMNS))


def test_cell_may_run_over_lines_and_rows_tell_their_first(tmp_path: Path) -> None:
    found = rows(tmp_path, b'\xef\xbb\xbfid,text\r\n1,"a\r\nb"\r\n\r\n2,c\r\n')
    assert [(row.at, row.cells) for row in found] == [
        (Position(12, 2), {"id": "1", "text": "a\r\nb"}),
        (Position(24, 5), {"id": "2", "text": "c"}),
    ]


def test_tabs_part_cells(tmp_path: Path) -> None:
    (tmp_path / "a.tsv").write_text("id\ttext\n1\ta, b\n")
    [row] = iter_tsv(tmp_path / "a.tsv", Position(), INPUT_COLUMNS)
    assert row.cells == {"id": "1", "text": "a, b"}


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        (b"1,a,b", "the row has 3 cells, and the header 2"),
        (b"1", "the row has 1 cells"),
        (b"1,caf\xe9", "the row is not UTF-8"),
        (b"1,a\rb", "not CSV: new-line character"),
    ],
)
def test_bad_row_spoils_no_other(tmp_path: Path, row: bytes, fault: str) -> None:
    first, bad, last = rows(tmp_path, b"id,text\n0,x\n" + row + b"\n2,y\n")
    assert (first.cells["text"], last.cells["text"]) == ("x", "y")
    assert str(bad.fault).startswith(fault)
    assert bad.at.number == 3


def test_cell_of_an_articles_length_is_read(tmp_path: Path) -> None:
    limit = csv.field_size_limit()
    [row] = rows(tmp_path, b"text\n" + b"word " * 100_000 + b"\n")
    assert len(row.cells["text"]) == 500_000
    # It is the whole process's.
    assert csv.field_size_limit() == limit


def test_mark_that_is_never_closed_is_a_fault_before_memory_is_full(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("quotesmith.corpus.reading.formats._MAX_CELL", 1000)
    found = rows(tmp_path, b'id,text\n1,"open\n' + b"2,closed\n" * 500)
    assert "field larger than field limit" in str(found[0].fault)
    assert found[-1].cells == {"id": "2", "text": "closed"}


@pytest.mark.parametrize(
    ("data", "told"),
    [(b"id,body\n1,a\n", "there is no column 'text'"), (b"text,text\n", "occur twice: text"), (b"", "but nothing")],
)
def test_bad_header_is_an_error(tmp_path: Path, data: bytes, told: str) -> None:
    with pytest.raises(FormatError, match=told):
        rows(tmp_path, data)


def json_rows(tmp_path: Path, data: bytes) -> list[Row]:
    path = tmp_path / "a.jsonl"
    path.write_bytes(data)
    return list(iter_json_lines(path, Position(), INPUT_COLUMNS))


def test_blank_lines_are_skipped_and_counted(tmp_path: Path) -> None:
    assert json_rows(tmp_path, b'\xef\xbb\xbf{"a": 1}\r\n\n{"a": 2}') == [
        Row(Position(0, 1), {"a": 1}),
        Row(Position(14, 3), {"a": 2}),
    ]


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        (b"{", "not JSON: Expecting property name enclosed in double quotes in line 2"),
        (b"[1]", "the line must be an object"),
        (b'{"a": NaN}', "not JSON that can be read: NaN"),
        (b'{"a": "\xff"}', "not UTF-8: byte 0xff in line 2"),
        (b"[" * 100_000, "not JSON that can be read"),
    ],
)
def test_bad_line_spoils_no_other(tmp_path: Path, line: bytes, fault: str) -> None:
    first, bad, last = json_rows(tmp_path, b'{"a": 1}\n' + line + b'\n{"a": 2}\n')
    assert (first.cells, last.cells) == ({"a": 1}, {"a": 2})
    assert str(bad.fault).startswith(fault)


def test_only_the_columns_that_count_are_read(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    pq.write_table(pa.table({"body": ["Go."], "id": [1], "vector": [[0.5] * 3]}), path)
    [row] = iter_parquet(path, Position(), complete_columns({"text": "body"}))
    assert row.cells == {"body": "Go.", "id": 1}


def test_position_in_a_later_row_group(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    pq.write_table(pa.table({"text": [str(number) for number in range(500)]}), path, row_group_size=150)
    rows = list(iter_parquet(path, Position(371, 372), INPUT_COLUMNS))
    assert [row.cells["text"] for row in rows] == [str(number) for number in range(371, 500)]
    assert rows[0].at == Position(371, 372)
    assert list(iter_parquet(path, Position(500, 501), INPUT_COLUMNS)) == []


def test_table_without_the_texts_column_is_an_error(tmp_path: Path) -> None:
    pq.write_table(pa.table({"body": ["Go."]}), tmp_path / "a.parquet")
    with pytest.raises(FormatError, match="there is no column 'text', but 'body'"):
        list(iter_parquet(tmp_path / "a.parquet", Position(), INPUT_COLUMNS))


def test_other_file_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "a.parquet").write_bytes(b"PAR1 no")
    with pytest.raises(FormatError, match="not Parquet that can be read"):
        list(iter_parquet(tmp_path / "a.parquet", Position(), INPUT_COLUMNS))


@pytest.mark.parametrize(
    "cut", [pytest.param(slice(5), id="header"), pytest.param(slice(-20), id="end"), slice(10, 50)]
)
def test_broken_packed_file_is_an_error(tmp_path: Path, cut: slice) -> None:
    path = tmp_path / "a.txt.gz"
    path.write_bytes(gzip.compress(bytes(range(256)) * 100)[cut])
    with pytest.raises(FormatError, match="can't be unpacked"), opened(path) as file:
        file.read()


def test_plain_file_is_given_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"\x1f\x8b")
    with opened(tmp_path / "a") as file:
        assert file.read() == b"\x1f\x8b"


def test_text_keeps_its_line_ends_and_loses_its_byte_order_mark(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes("\ufeff“Go,”\r\nhe said.".encode())
    assert list(iter_text(tmp_path / "a.txt", Position(), INPUT_COLUMNS)) == [
        Row(Position(), {"text": "“Go,”\r\nhe said."})
    ]


def test_text_that_is_not_utf8_is_a_fault(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"caf\xe9")
    [row] = iter_text(tmp_path / "a.txt", Position(), INPUT_COLUMNS)
    assert row.fault == "not UTF-8: byte 0xe9 in line 1"


def test_page_is_kept_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_bytes(b"<p>caf\xe9")
    assert list(iter_html(tmp_path / "a.html", Position(), INPUT_COLUMNS)) == [Row(Position(), markup=b"<p>caf\xe9")]


PAGE = """<html><head><title>The bridge</title><meta property="og:site_name" content="Daily">
<meta property="article:published_time" content="2026-11-24T10:00:00Z">
<link rel="canonical" href="https://daily.example/bridge"></head><body><nav>Home</nav><article><h1>The bridge</h1>
<p>“The bridge is closed,” said Mayor Jane Roe on Monday, after a long night of heavy rain in the whole county.</p>
<p>She blamed the flood for the damage that it had done to the old stone piers.</p></article></body></html>
""".encode()


def test_text_is_what_the_page_says_in_paragraphs() -> None:
    pytest.importorskip("trafilatura")
    found = readable(InputDocument("a", "", {"outlet": "The Daily"}, "a.html", PAGE))
    assert isinstance(found, InputDocument)
    assert found.text.endswith(
        "in the whole county.\n\nShe blamed the flood for the damage that it had done to the old stone piers."
    )
    assert "Home" not in found.text
    assert found.markup is None
    assert found.meta == {
        "title": "The bridge",
        "date": "2026-11-24",
        "outlet": "The Daily",
        "url": "https://daily.example/bridge",
    }


@pytest.mark.parametrize("markup", [b"", b"<html></html>", b"\x00\xff"])
def test_page_without_text_is_a_fault(markup: bytes) -> None:
    pytest.importorskip("trafilatura")
    assert readable(InputDocument("a", "", {}, "a.html", markup)) == Fault("a.html", "no text is found in the page")


def test_plain_text_is_left_as_it_is() -> None:
    document = InputDocument("a", "<p>Go.", {}, "a.txt")
    assert readable(document) is document


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
