"""Templates: what is put into them is shown and escaped."""

import html
import re

import pytest
from hypothesis import given
from jinja2 import UndefinedError
from markupsafe import Markup

from quotesmith.render.characters import visible
from quotesmith.render.markup import escaped, read_asset, render_template
from tests.strategies import any_text

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
