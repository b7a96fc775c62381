"""The README's picture is there, small, and of what quotesmith finds now."""

from pathlib import Path

import pytest

from quotesmith.graph import project_speakers
from quotesmith.records import QuoteDocument
from tests.picture import PICTURE, TEXT, WIDTH, draw, read_text
from tests.render.browser import launched

ROOT = Path(__file__).parents[1]
SPEAKERS = ["Jane Roe", "Jane Roe", "Paul Stein", "Paul Stein", "Ann Lee", "Ann Lee", "Bo Day", "Ann Lee"]


@pytest.fixture(scope="module")
def document(nlp: object) -> QuoteDocument:
    assert nlp
    return read_text()


def size(png: bytes) -> tuple[int, int]:
    assert png.startswith(b"\x89PNG\r\n")
    return int.from_bytes(png[16:20]), int.from_bytes(png[20:24])


@pytest.mark.model
def test_picture_shows_every_quote_with_its_speaker(document: QuoteDocument) -> None:
    assert [" & ".join(document.names(quote)) for quote in document.quotes] == SPEAKERS
    assert {quote.kind.value for quote in document.quotes} == {"direct", "mixed", "indirect"}


@pytest.mark.model
def test_everybody_in_the_picture_is_tied_to_somebody(document: QuoteDocument) -> None:
    ties = project_speakers(document.graph())
    assert len(ties) == 5
    assert min(dict(ties.degree()).values()) > 0


@pytest.mark.model
def test_it_can_be_made_anew(document: QuoteDocument) -> None:
    pytest.importorskip("matplotlib")
    with launched() as browser:
        made = draw(document, browser)
    assert size(made)[0] == 2 * WIDTH
    assert size(made)[1] > WIDTH


def test_saved_picture_is_small_and_sharp_and_in_the_readme() -> None:
    png = PICTURE.read_bytes()
    assert len(png) <= 150_000
    assert size(png)[0] == 2 * WIDTH
    shown = f"]({PICTURE.relative_to(ROOT)})"
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    alternative = readme[: readme.index(shown)].rsplit("![", 1)[1]
    assert all(name in alternative for name in {*SPEAKERS})
    assert TEXT.startswith("The old bridge")
