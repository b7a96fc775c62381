"""The page of a graph; what a browser makes of it is in test_in_browser."""

import json
import re
from html import unescape

import pytest

from quotesmith.errors import MissingPackageError, OptionError
from quotesmith.records import Entity, Quote, QuoteDocument
from quotesmith.render.graph_pages import graph_to_page
from tests.samples import summit

pytest.importorskip("bokeh")


@pytest.fixture(scope="module")
def page() -> str:
    return graph_to_page(summit().graph())


def rows(page: str, caption: str) -> list[list[str]]:
    found = re.search(rf"<caption>{caption}</caption>.*?<tbody>(.*?)</tbody>", page, re.DOTALL)
    assert found is not None
    return [[unescape(cell) for cell in re.findall(r"<td[^>]*>(.*?)</td>", row)] for row in found[1].splitlines()[1:]]


def test_page_has_tables_a_title_and_a_light_and_a_dark_form(page: str) -> None:
    assert ["Xi Jinping", "person", "2"] in rows(page, "Who speaks")
    assert ["Xi Jinping", "reporters", "1", "0", "0", "1"] in rows(page, "Who speaks of whom")
    assert "<title>Who speaks of whom: No deal</title>" in page
    forms = [re.search(rf'id="{name}">(.*?)</script>', page) for name in ("light", "dark")]
    light, dark = (json.loads(form[1])["doc"] for form in forms if form is not None)
    assert light != dark


def test_page_is_small_enough_and_holds_all_it_needs(page: str) -> None:
    assert len(page.encode()) < 2_000_000
    policy = page[: page.index("<title>")]
    assert "default-src 'none'" in policy
    assert "unsafe-eval" not in policy
    assert "http:" not in policy
    assert "<script src" not in page
    assert "<link" not in page


def test_graph_of_nobody_says_so_and_runs_nothing() -> None:
    page = graph_to_page(QuoteDocument("d", "").graph())
    assert "Nobody speaks here." in page
    assert "<script" not in page


def test_who_is_left_out_is_counted() -> None:
    quotes = [Quote(f"q{n}", "direct", [(0, 2)], "Go", speakers=[f"e{n}"]) for n in range(5)]
    document = QuoteDocument("d", "Go", quotes=quotes, entities=[Entity(f"e{n}", f"Ann {n}") for n in range(5)])
    assert "3 with less to say left out" in graph_to_page(document.graph(), most=2)


def test_wrong_number_is_an_error() -> None:
    with pytest.raises(OptionError, match="most must be a whole number from 1 on, not 0"):
        graph_to_page(summit().graph(), most=0)


def test_missing_package_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("quotesmith.render.graph_pages.find_spec", lambda _: None)
    with pytest.raises(MissingPackageError, match=r"a graph's page needs bokeh; .*pip install 'quotesmith\[plots\]'"):
        graph_to_page(summit().graph())
