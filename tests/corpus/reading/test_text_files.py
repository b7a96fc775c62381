"""Files that are one document."""

from pathlib import Path

from quotesmith.corpus.reading.rows import COLUMNS, Position, Row
from quotesmith.corpus.reading.text_files import iter_html, iter_text


def test_text_keeps_its_line_ends_and_loses_its_byte_order_mark(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes("\ufeff“Go,”\r\nhe said.".encode())
    assert list(iter_text(tmp_path / "a.txt", Position(), COLUMNS)) == [Row(Position(), {"text": "“Go,”\r\nhe said."})]


def test_text_that_is_not_utf8_is_a_fault(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"caf\xe9")
    [row] = iter_text(tmp_path / "a.txt", Position(), COLUMNS)
    assert row.fault == "not UTF-8: byte 0xe9 in line 1"


def test_page_is_kept_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_bytes(b"<p>caf\xe9")
    assert list(iter_html(tmp_path / "a.html", Position(), COLUMNS)) == [Row(Position(), markup=b"<p>caf\xe9")]
