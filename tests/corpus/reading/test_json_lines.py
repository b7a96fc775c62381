"""JSON Lines."""

from pathlib import Path

import pytest

from quotesmith.corpus.reading.json_lines import iter_json_lines
from quotesmith.corpus.reading.rows import COLUMNS, Position, Row


def rows(tmp_path: Path, data: bytes) -> list[Row]:
    path = tmp_path / "a.jsonl"
    path.write_bytes(data)
    return list(iter_json_lines(path, Position(), COLUMNS))


def test_blank_lines_are_skipped_and_counted(tmp_path: Path) -> None:
    assert rows(tmp_path, b'\xef\xbb\xbf{"a": 1}\r\n\n{"a": 2}') == [
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
    first, bad, last = rows(tmp_path, b'{"a": 1}\n' + line + b'\n{"a": 2}\n')
    assert (first.cells, last.cells) == ({"a": 1}, {"a": 2})
    assert str(bad.fault).startswith(fault)
