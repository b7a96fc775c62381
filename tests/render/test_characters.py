"""Characters that could do something to a screen."""

import unicodedata

import pytest
from hypothesis import given

from quotesmith.acting_characters import visible
from quotesmith.errors import NameNotFoundError, QuotesmithWarning
from quotesmith.records import QuoteDocument
from quotesmith.render.characters import counted, in_lines, on_one_line, shortened, title_of
from tests.cases import each_row
from tests.strategies import any_text


@pytest.mark.parametrize(
    "character", ["\0", "\x07", "\x1b", "\x7f", "\x9b", "\ud800", "\u202e", "\u2067", "\u206a", "\ufff9"]
)
def test_acting_character_is_replaced(character: str) -> None:
    assert visible(f"a{character}b") == "a\ufffdb"


def test_text_stays_and_white_space_is_made_one() -> None:
    text = "“Übung”,\tshe said\r\n— 你好 👋 שלום \u200f[bold]"
    assert visible(text) == text
    assert in_lines("a\r\nb\rc\fd\ve\x1b\n") == "a\nb\nc\nd\ufffde\ufffd\n"
    assert on_one_line(" a\r\n b\x85c\u2028d\t") == "a b c d"


@pytest.mark.parametrize("character", ["\u061c", "\u200e", "\u200f", "\x1b", "\u202e"])
def test_marks_of_direction_stay_in_a_text_and_not_on_a_line(character: str) -> None:
    text = f"a{character}b"
    assert in_lines(text) == on_one_line(text) == "a\ufffdb"
    assert str(NameNotFoundError(f"nobody is called {text}")) == "nobody is called a\ufffdb"
    assert str(QuotesmithWarning(f"{text} is left out")) == "a\ufffdb is left out"
    assert NameNotFoundError(text).args == (text,)


def test_joiners_stay_everywhere() -> None:
    text = "می\u200cخواهم 👨\u200d👩"
    assert visible(text) == in_lines(text) == on_one_line(text) == text


@given(any_text())
def test_visible_text_is_as_long_and_a_line_has_no_control(text: str) -> None:
    assert len(visible(text)) == len(text)
    assert {unicodedata.category(character) for character in on_one_line(text)}.isdisjoint({"Cc", "Cs"})


@each_row("meta, title", "render", "titles")
def test_title_is_the_metas_or_else_the_id(meta: dict[str, object], title: str) -> None:
    assert title_of(QuoteDocument("d", "", meta=meta)) == title


@pytest.mark.parametrize(("number", "words"), [(0, "0 quotes"), (1, "1 quote"), (2000, "2,000 quotes")])
def test_number_has_its_noun(number: int, words: str) -> None:
    assert counted(number, "quote") == words


@pytest.mark.parametrize(("words", "width", "cut"), [("Ann\nLee", 7, "Ann Lee"), ("Ann Lee", 5, "Ann…"), ("", 1, "")])
def test_long_words_are_cut(words: str, width: int, cut: str) -> None:
    assert shortened(words, width) == cut
