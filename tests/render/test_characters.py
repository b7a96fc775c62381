"""Characters that could do something to a screen."""

import unicodedata

import pytest
from hypothesis import given

from quotesmith.records import QuoteDocument
from quotesmith.render.characters import counted, in_lines, on_one_line, shortened, title_of, visible
from tests.strategies import any_text


@pytest.mark.parametrize(
    "character", ["\0", "\x07", "\x1b", "\x7f", "\x9b", "\ud800", "\u202e", "\u2067", "\u206a", "\ufff9"]
)
def test_acting_character_is_replaced(character: str) -> None:
    assert visible(f"a{character}b") == "a\ufffdb"


def test_ordinary_text_stays() -> None:
    text = "“Übung”,\tshe said\r\n— 你好 👋 שלום \u200f[bold]"
    assert visible(text) == text


def test_lines_are_ended_by_line_feeds_alone() -> None:
    assert in_lines("a\r\nb\rc\fd\ve\x1b\n") == "a\nb\nc\nd\ufffde\ufffd\n"


@given(any_text())
def test_visible_text_is_as_long(text: str) -> None:
    assert len(visible(text)) == len(text)


@given(any_text())
def test_line_has_no_control_and_no_surrogate(text: str) -> None:
    assert {unicodedata.category(character) for character in on_one_line(text)}.isdisjoint({"Cc", "Cs"})


def test_white_space_becomes_single_spaces() -> None:
    assert on_one_line(" a\r\n b\x85c\u2028d\t") == "a b c d"


@pytest.mark.parametrize(
    ("meta", "title"),
    [
        pytest.param({"title": "No\ndeal"}, "No deal", id="title"),
        pytest.param({"title": " "}, "d", id="blank"),
        pytest.param({"title": 3}, "d", id="no-string"),
        pytest.param({}, "d", id="none"),
    ],
)
def test_title_is_the_metas_or_else_the_id(meta: dict[str, object], title: str) -> None:
    assert title_of(QuoteDocument("d", "", meta=meta)) == title


@pytest.mark.parametrize(("number", "words"), [(0, "0 quotes"), (1, "1 quote"), (2000, "2,000 quotes")])
def test_number_has_its_noun(number: int, words: str) -> None:
    assert counted(number, "quote") == words


@pytest.mark.parametrize(("words", "width", "cut"), [("Ann\nLee", 7, "Ann Lee"), ("Ann Lee", 5, "Ann…"), ("", 1, "")])
def test_long_words_are_cut(words: str, width: int, cut: str) -> None:
    assert shortened(words, width) == cut
