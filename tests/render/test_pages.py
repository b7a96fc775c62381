"""Pages that fetch nothing and hold only what they are given."""

import html
import json
import re
from base64 import b64encode
from hashlib import sha256

import pytest
from hypothesis import given
from jinja2 import UndefinedError
from markupsafe import Markup

from quotesmith.render.characters import visible
from quotesmith.render.markup import escaped, read_asset, render_template
from quotesmith.render.pages import data_block, render_page
from tests.strategies import any_text, json_values

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


def test_page_without_scripts_allows_none() -> None:
    assert content_policy(render_page("page", title=""))["script-src"] == "'none'"


def test_policy_can_be_widened() -> None:
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
    assert visible(json.dumps(json.loads(block), ensure_ascii=False)) == visible(json.dumps(data, ensure_ascii=False))


# Templates: what is put into them is shown and escaped


ASSETS = ["article.css", "article.js", "graph.css", "graph.js", "fragment.css", "templates/panel.html.jinja"]


def words_in_page(words: str) -> str:
    page = render_template("lines", title=words, note="")
    found = re.search(r'dir="auto">(.*)</p><p', page, re.DOTALL)
    assert found is not None
    return found.group(1)


def test_carriage_returns_survive_the_browser() -> None:
    assert escaped("a\r\nb<\ud800") == words_in_page("a\r\nb<\ud800") == "a&#13;\nb&lt;\ufffd"


@given(any_text())
def test_escaped_text_has_no_tag(words: str) -> None:
    assert not set(escaped(words)) & set("<>\"'\r")


@given(any_text())
def test_value_in_a_template_shows_its_characters_and_has_no_tag(words: str) -> None:
    shown = words_in_page(words)
    assert not set(shown) & set("<>\"'\r")
    assert html.unescape(shown) == visible(words)


def test_markup_is_taken_as_it_is() -> None:
    assert words_in_page(Markup("<b>a</b>")) == "<b>a</b>"


def test_missing_value_is_an_error() -> None:
    with pytest.raises(UndefinedError, match="note"):
        render_template("lines", title="a")


def test_indented_lines_of_a_template_are_one_line_of_the_page() -> None:
    page = render_template("lines", title="a", note="b")
    assert page.endswith('</style><p class="qs-title" dir="auto">a</p><p class="qs-note">b</p></div>\n')


@pytest.mark.parametrize("name", ASSETS)
def test_assets_fetch_nothing_and_close_no_tag(name: str) -> None:
    text = read_asset(name)
    assert not re.search(r"https?:|url\(|@import|src=|</script|</style|<!--|\r|eval|innerHTML", text)
