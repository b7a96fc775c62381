import pytest

from quotesmith.marks.apostrophes import closing_fit, is_clipped_in_front, opening_fit
from quotesmith.marks.contexts import Context, context_of
from quotesmith.marks.habits import find_habits
from quotesmith.marks.scanner import iter_marks
from quotesmith.marks.tokens import Fit, Mark
from quotesmith.records.paragraphs import find_paragraphs
from tests.cases import each_row


def scan(text: str) -> list[Mark]:
    [paragraph] = find_paragraphs(text)
    return list(iter_marks(text, paragraph, find_habits(text)))


def signs(text: str) -> list[str]:
    return [f"{'<' if mark.opens > mark.closes else '>'}{mark.glyph}" for mark in scan(text)]


@each_row("text, expected", "marks", "opening and closing")
def test_marks_open_and_close(text: str, expected: list[str]) -> None:
    assert signs(text) == expected


def test_mark_after_a_digit_closes_weakly() -> None:
    [mark] = scan('a 12" screen')
    assert (mark.opens, mark.closes) == (Fit.NONE, Fit.WEAK)


def test_marks_have_their_places_in_the_whole_text() -> None:
    text = 'One.\n\n"Two"'
    paragraph = find_paragraphs(text)[1]
    assert [mark.start for mark in iter_marks(text, paragraph, find_habits(text))] == [6, 10]


@each_row("text, expected", "marks", "contexts")
def test_neighbours_tell_the_context(text: str, expected: str) -> None:
    place = text.index('"')
    assert context_of(text, place, place + 1) is Context[expected]


@pytest.mark.parametrize("word", ["em", "Em", "tis", "Twas", "90s", "16", "n", "cause", "til", "till"])
def test_word_that_lost_its_front_is_known(word: str) -> None:
    assert is_clipped_in_front(f"'{word} now", 1)


@pytest.mark.parametrize("word", ["Go", "embers", "tissue", "nobody", "1990", "Er", "9"])
def test_whole_word_is_not_clipped(word: str) -> None:
    assert not is_clipped_in_front(f"'{word} now", 1)


@each_row("text, expected", "marks", "opening fits")
def test_opening_fit_weighs_what_stands_around(text: str, expected: str) -> None:
    place = next(place for place, sign in enumerate(text) if sign in "'‘")
    assert opening_fit(text, place, place + 1, 0) is Fit[expected]


def test_opening_fit_looks_no_further_than_its_paragraph() -> None:
    assert opening_fit("the\n'best", 4, 5, 4) is Fit.SURE


@each_row("before, expected", "marks", "closing fits")
def test_closing_fit_weighs_the_word_before(before: str, expected: str) -> None:
    assert closing_fit(f"{before}' and", len(before)) is Fit[expected]
