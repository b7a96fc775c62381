"""The page of a document: what its script is told, its legend, and its contrasts."""

import json
import re
from itertools import product
from typing import Any

import attrs
import pytest
from hypothesis import given

from quotesmith.records import Candidate, QuoteDocument
from quotesmith.render.articles import document_to_page
from quotesmith.render.colors import NEUTRAL, PALETTE
from quotesmith.render.markup import read_asset
from tests.render.test_colors import contrast
from tests.samples import summit
from tests.strategies import documents

LIGHT, DARK = (
    dict(re.findall(r"--(\w+):(#\w{6}|\d+%)", block))
    for block in re.findall(r":root\{(.*?)\}", read_asset("article.css"))
)


def told(document: QuoteDocument) -> dict[str, Any]:
    found = re.search(r'id="data">(.*?)</script>', document_to_page(document))
    assert found is not None
    data: dict[str, Any] = json.loads(found.group(1))
    return data


def mixed(color: str, page: str, share: str) -> str:
    """What color-mix in sRGB makes of so much of the color, thin, over the page."""
    part = int(share.removesuffix("%")) / 100
    pairs = [(int(color[at : at + 2], 16), int(page[at : at + 2], 16)) for at in (1, 3, 5)]
    return "#" + "".join(f"{round(one * part + other * (1 - part)):02x}" for one, other in pairs)


@pytest.mark.parametrize("mode", [LIGHT, DARK], ids=["light", "dark"])
def test_words_have_the_contrast_of_wcag_aa(mode: dict[str, str]) -> None:
    for ink, paper in product(("ink", "soft", "link"), ("page", "box")):
        assert contrast(mode[ink], mode[paper]) >= 4.5
    for color, share in product((*PALETTE, NEUTRAL), ("fill", "strong")):
        assert contrast(mode["ink"], mixed(color, mode["page"], mode[share])) >= 4.5


def test_script_is_told_of_the_cue_the_chain_and_the_scores() -> None:
    quote = told(summit())["quotes"][1]
    assert quote == {
        "kind": "mixed speech",
        "says": [0],
        "cue": "added",
        "chain": [1, 0],
        "found": "clause",
        "by": "coreference",
        "sort": 1,
        "score": 0.9,
        "sure": 0.8,
    }


def test_script_is_told_of_runners_up_reasons_and_outer_quotes() -> None:
    document = summit()
    quote = document.quote("q6")
    evidence = attrs.evolve(quote.evidence, runners_up=[Candidate("e3", 0.25)])
    quotes = [*document.quotes[:6], attrs.evolve(quote, evidence=evidence)]
    data = told(attrs.evolve(document, quotes=quotes))
    assert data["quotes"][6]["others"] == [[1, 0.25]]
    assert data["quotes"][6]["reason"] == "nobody is named near it"
    assert "says" not in data["quotes"][6]
    assert data["quotes"][5]["inside"] == 4


def test_script_is_told_who_people_are() -> None:
    assert told(summit())["people"][1] == {"name": "Vladimir Putin", "kind": "person", "note": "Q7747", "tone": "t1"}


def test_legend_counts_quotes_by_kind_and_by_speaker() -> None:
    page = document_to_page(summit())
    boxes = re.findall(r'name="(\w+)" value="(-?\d+)".*?<span class="count">(\d+)</span>', page)
    assert [(value, count) for name, value, count in boxes if name == "kind"] == [("0", "4"), ("1", "1"), ("2", "2")]
    assert ("speaker", "0", "2") in boxes
    assert boxes[-1] == ("speaker", "-1", "1")


def test_details_are_told_once_whatever_the_quotes_are_cut_into() -> None:
    page = document_to_page(summit())
    assert page.count("coreference") == 1
    assert "title=" not in page


def test_names_are_cut_where_they_are_repeated() -> None:
    document = summit()
    long = attrs.evolve(document.entities[0], name="x" * 10_000)
    assert len(document_to_page(attrs.evolve(document, entities=[long, *document.entities[1:]]))) < 40_000


def test_page_has_landmarks_headings_and_live_regions() -> None:
    page = document_to_page(summit())
    for part in ("<main", "<header>", "<h1", "<h2", "aria-live", 'role="status"', "<legend>", 'lang="en"'):
        assert part in page


@given(documents())
def test_any_document_has_a_page(document: QuoteDocument) -> None:
    page = document_to_page(document)
    page.encode()
    assert page.count("</script>") == 2
    assert len(told(document)["quotes"]) == len(document.quotes)
