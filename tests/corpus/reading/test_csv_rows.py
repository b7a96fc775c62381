"""CSV and tab-separated values."""

import csv
from pathlib import Path

import pytest

from quotesmith.corpus.reading.csv_rows import iter_csv, iter_tsv
from quotesmith.corpus.reading.rows import COLUMNS, Position, Row
from quotesmith.errors import FormatError


def rows(tmp_path: Path, data: bytes) -> list[Row]:
    path = tmp_path / "a.csv"
    path.write_bytes(data)
    return list(iter_csv(path, Position(), COLUMNS))


def test_cell_may_run_over_lines_and_rows_tell_their_first(tmp_path: Path) -> None:
    found = rows(tmp_path, b'\xef\xbb\xbfid,text\r\n1,"a\r\nb"\r\n\r\n2,c\r\n')
    assert [(row.at, row.cells) for row in found] == [
        (Position(12, 2), {"id": "1", "text": "a\r\nb"}),
        (Position(24, 5), {"id": "2", "text": "c"}),
    ]


def test_tabs_part_cells(tmp_path: Path) -> None:
    (tmp_path / "a.tsv").write_text("id\ttext\n1\ta, b\n")
    [row] = iter_tsv(tmp_path / "a.tsv", Position(), COLUMNS)
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
    monkeypatch.setattr("quotesmith.corpus.reading.csv_rows._MAX_CELL", 1000)
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
