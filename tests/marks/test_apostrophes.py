import pytest

from quotesmith.marks.apostrophes import closing_fit, is_clipped_in_front, opening_fit
from quotesmith.marks.tokens import Fit


@pytest.mark.parametrize("word", ["em", "Em", "tis", "Twas", "90s", "16", "n", "cause", "til", "till"])
def test_word_that_lost_its_front_is_known(word: str) -> None:
    assert is_clipped_in_front(f"'{word} now", 1)


@pytest.mark.parametrize("word", ["Go", "embers", "tissue", "nobody", "1990", "Er", "9"])
def test_whole_word_is_not_clipped(word: str) -> None:
    assert not is_clipped_in_front(f"'{word} now", 1)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("'Go", Fit.SURE, id="start"),
        pytest.param("said, 'Go", Fit.SURE, id="after-comma"),
        pytest.param("the 'best", Fit.FAIR, id="after-word"),
        pytest.param("the ‘best", Fit.SURE, id="curly"),
        pytest.param("get 'em", Fit.WEAK, id="clipped"),
    ],
)
def test_opening_fit_weighs_what_stands_around(text: str, expected: Fit) -> None:
    place = next(place for place, sign in enumerate(text) if sign in "'‘")
    assert opening_fit(text, place, place + 1, 0) is expected


def test_opening_fit_looks_no_further_than_its_paragraph() -> None:
    assert opening_fit("the\n'best", 4, 5, 4) is Fit.SURE


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        pytest.param("go,", Fit.SURE, id="after-comma"),
        pytest.param("go", Fit.FAIR, id="after-word"),
        pytest.param("the players", Fit.WEAK, id="possessive"),
        pytest.param("goin", Fit.WEAK, id="dropped-g"),
        pytest.param("an", Fit.WEAK, id="dropped-d"),
        pytest.param("man", Fit.FAIR, id="not-dropped"),
        pytest.param("will-o", Fit.WEAK, id="of"),
        pytest.param("6", Fit.WEAK, id="feet"),
    ],
)
def test_closing_fit_weighs_the_word_before(before: str, expected: Fit) -> None:
    assert closing_fit(f"{before}' and", len(before)) is expected
