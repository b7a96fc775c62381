"""The page of a document: what its script is told, its legend, and its contrasts."""

import html
import json
import re
from base64 import b64encode
from hashlib import sha256
from itertools import product
from typing import Any

import attrs
import pytest
from hypothesis import given
from jinja2 import UndefinedError
from markupsafe import Markup

from quotesmith.acting_characters import visible
from quotesmith.records import Candidate, Entity, Quote, QuoteDocument
from quotesmith.render.articles import document_to_page
from quotesmith.render.colors import NEUTRAL, PALETTE
from quotesmith.render.markup import escaped, read_asset, render_template
from quotesmith.render.pages import data_block, render_page
from tests.render.test_colors import contrast
from tests.samples import novella, summit
from tests.strategies import any_text, documents, json_values

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


def test_script_is_told_of_the_cue_the_chain_the_scores_and_people() -> None:
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
    assert told(summit())["people"][1] == {"name": "Vladimir Putin", "kind": "person", "note": "Q7747", "tone": "t1"}


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


def test_page_has_a_legend_details_once_and_landmarks() -> None:
    page = document_to_page(summit())
    boxes = re.findall(r'name="(\w+)" value="(-?\d+)".*?<span class="count">(\d+)</span>', page)
    assert [(value, count) for name, value, count in boxes if name == "kind"] == [("0", "4"), ("1", "1"), ("2", "2")]
    assert ("speaker", "0", "2") in boxes
    assert boxes[-1] == ("speaker", "-1", "1")
    assert page.count("coreference") == 1
    assert "title=" not in page
    for part in ("<main", "<header>", "<h1", "<h2", "aria-live", 'role="status"', "<legend>", 'lang="en"'):
        assert part in page


def test_chapters_are_listed_and_the_cast_has_its_words() -> None:
    page = document_to_page(novella())
    links = re.findall(r'<li><a href="#(c\d)" dir="auto">([^<]*)</a></li>', page)
    assert links == [("c1", "I. Morning"), ("c2", "II. Night")]
    assert all(f'id="{target}"' in page for target, _ in links)
    notes = re.findall(r'class="name[^>]*>([^<]*)</span><small>([^<]*)</small>', page)
    assert notes[:2] == [("Ann Lee", "6 words · chapters 1-2"), ("Bo", "4 words · chapters 1-2")]
    assert "Cast and kinds" in page
    assert not re.search("<nav|<small|Cast", document_to_page(summit()))


def test_many_chapters_are_only_counted() -> None:
    chapters = [{"title": "<b>" * 100, "start": at, "end": at + 1} for at in range(40)]
    quotes = [Quote(f"q{at}", "direct", [(at, at + 1)], "a", speakers=["e0"]) for at in range(0, 40, 2)]
    page = document_to_page(
        QuoteDocument("d", "a" * 40, "en", quotes, [Entity("e0", "Ann")], meta={"chapters": chapters})
    )
    assert "<small>20 words · 20 chapters</small>" in page
    assert "<b>" not in page
    assert page.count("&lt;b&gt;") < 40 * 2 * 41


def test_names_are_cut_where_they_are_repeated() -> None:
    document = summit()
    long = attrs.evolve(document.entities[0], name="x" * 10_000)
    assert len(document_to_page(attrs.evolve(document, entities=[long, *document.entities[1:]]))) < 40_000


@given(documents())
def test_any_document_has_a_page(document: QuoteDocument) -> None:
    page = document_to_page(document)
    page.encode()
    assert page.count("</script>") == 2
    assert len(told(document)["quotes"]) == len(document.quotes)


# Pages that fetch nothing and hold only what they are given


START = '<script type="application/json" id="data">'


def content_policy(page: str) -> dict[str, str]:
    found = re.search(r'Content-Security-Policy" content="([^"]*)"', page)
    assert found is not None
    return dict(directive.split(" ", 1) for directive in found.group(1).split("; "))


def test_policy_lets_only_the_given_scripts_and_styles_in() -> None:
    script = "let a = '“'"
    page = render_page("page", title="", styles=["a{}"], scripts=[script])
    policy = content_policy(page)
    assert policy["default-src"] == policy["base-uri"] == policy["form-action"] == "'none'"
    assert policy["script-src"] == f"'sha256-{b64encode(sha256(script.encode()).digest()).decode()}'"
    assert policy["style-src"].startswith("'sha256-")
    assert f"<style>a{{}}</style></head>\n<body><script>{script}</script></body>" in page


def test_policy_allows_no_scripts_or_more_as_asked() -> None:
    assert content_policy(render_page("page", title=""))["script-src"] == "'none'"
    page = render_page("page", title="", styles=["a{}"], policy={"img-src": "data:"})
    assert content_policy(page)["img-src"] == "data:"


def test_title_is_escaped() -> None:
    page = render_page("page", title="</title><script>\0")
    assert "<title>&lt;/title&gt;&lt;script&gt;\ufffd</title>" in page


@pytest.mark.parametrize("words", ["</script>", "<!--<script>", "]]>", "\u2028\u2029", "&lt;", "a\0\ud800"])
def test_no_string_ends_the_data(words: str) -> None:
    block = data_block("data", {"words": words})
    inside = block.removeprefix(START).removesuffix("</script>")
    assert not set(inside) & set("<>&\u2028\u2029")
    assert json.loads(inside)["words"] == words.replace("\ud800", "\ufffd")


@given(json_values())
def test_any_data_is_read_back(data: object) -> None:
    block = data_block("data", data).removeprefix(START).removesuffix("</script>")
    # Keys that differ in what can't be shown are one.
    shown = json.loads(visible(json.dumps(data, ensure_ascii=False)))
    assert json.loads(visible(block)) == shown


# Templates: what is put into them is shown and escaped


ASSETS = ["article.css", "article.js", "graph.css", "graph.js", "fragment.css", "templates/panel.html.jinja"]


def words_in_page(words: str) -> str:
    page = render_template("lines", title=words, note="")
    found = re.search(r'dir="auto">(.*)</p><p', page, re.DOTALL)
    assert found is not None
    return found.group(1)


def test_carriage_returns_survive_and_markup_is_taken_as_it_is() -> None:
    assert escaped("a\r\nb<\ud800") == words_in_page("a\r\nb<\ud800") == "a&#13;\nb&lt;\ufffd"
    assert words_in_page(Markup("<b>a</b>")) == "<b>a</b>"


@given(any_text())
def test_escaped_text_shows_its_characters_and_has_no_tag(words: str) -> None:
    assert not set(escaped(words)) & set("<>\"'\r")
    shown = words_in_page(words)
    assert not set(shown) & set("<>\"'\r")
    assert html.unescape(shown) == visible(words)


def test_template_puts_lines_into_one_and_misses_no_value() -> None:
    page = render_template("lines", title="a", note="b")
    assert page.endswith('</style><p class="qs-title" dir="auto">a</p><p class="qs-note">b</p></div>\n')
    with pytest.raises(UndefinedError, match="note"):
        render_template("lines", title="a")


@pytest.mark.parametrize("name", ASSETS)
def test_assets_fetch_nothing_and_close_no_tag(name: str) -> None:
    text = read_asset(name)
    assert not re.search(r"https?:|url\(|@import|src=|</script|</style|<!--|\r|eval|innerHTML", text)
