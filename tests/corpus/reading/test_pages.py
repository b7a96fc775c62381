"""The text of pages."""

import pytest

from quotesmith.corpus.reading.pages import readable
from quotesmith.corpus.reading.rows import Fault, InputDocument
from quotesmith.errors import MissingPackageError

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
