import pytest

from quotesmith.marks.habits import find_habits
from quotesmith.marks.scanner import iter_marks
from quotesmith.marks.tokens import Fit, Mark
from quotesmith.records.paragraphs import find_paragraphs


def scan(text: str) -> list[Mark]:
    [paragraph] = find_paragraphs(text)
    return list(iter_marks(text, paragraph, find_habits(text)))


def signs(text: str) -> list[str]:
    return [f"{'<' if mark.opens > mark.closes else '>'}{mark.glyph}" for mark in scan(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("\"'Go,' I said,\" she said.", ['<"', "<'", ">'", '>"'], id="runs"),
        pytest.param(
            "''Go,'' I said, '''you,' she said.''",
            ["<''", ">''", "<''", "<'", ">'", ">''"],
            id="opening-three",
        ),
        pytest.param("''I said, 'you,''' he said.", ["<''", "<'", ">'", ">''"], id="closing-three"),
        pytest.param("don't O'Brien’s", [], id="apostrophes"),
        pytest.param("a 6'2\" man", [], id="measure"),
        pytest.param("<a b='c'>", [], id="tag"),
        pytest.param("run `x` or `print('x')` now", [], id="code"),
        pytest.param("snake_case * _ *", [], id="emphasis-alone"),
        pytest.param('"Yes “', ['<"', ">“"], id="paragraph-end-closes"),
        pytest.param('" Yes', ['<"'], id="paragraph-start-opens"),
        pytest.param('a\t"\tb', [], id="ditto"),
    ],
)
def test_marks_open_and_close(text: str, expected: list[str]) -> None:
    assert signs(text) == expected


def test_mark_after_a_digit_closes_weakly() -> None:
    [mark] = scan('a 12" screen')
    assert (mark.opens, mark.closes) == (Fit.NONE, Fit.WEAK)


def test_marks_have_their_places_in_the_whole_text() -> None:
    text = 'One.\n\n"Two"'
    paragraph = find_paragraphs(text)[1]
    assert [mark.start for mark in iter_marks(text, paragraph, find_habits(text))] == [6, 10]
