"""Files of one document, and how files are opened."""

import gzip
from pathlib import Path

import pytest

from quotesmith.corpus.reading.pages import iter_html, iter_text, opened, readable
from quotesmith.corpus.reading.rows import INPUT_COLUMNS, Fault, InputDocument, Position, Row
from quotesmith.errors import FormatError, MissingPackageError


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


def test_missing_trafilatura_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("quotesmith.corpus.reading.pages.find_spec", lambda _: None)
    with pytest.raises(MissingPackageError, match=r"quotesmith\[html\]"):
        readable(InputDocument("a", "", {}, "a.html", PAGE))
