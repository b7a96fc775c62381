from collections.abc import Sequence

import pytest

from quotesmith.marks.nesting import nest_marks
from quotesmith.marks.singles import pair_singles
from quotesmith.marks.tokens import Fit, Mark

FITS = {"<": (Fit.SURE, Fit.NONE), ">": (Fit.NONE, Fit.SURE), "?": (Fit.FAIR, Fit.FAIR), "#": (Fit.NONE, Fit.WEAK)}
SINGLE_FITS = {
    "A": (Fit.SURE, Fit.NONE),
    "B": (Fit.FAIR, Fit.NONE),
    "C": (Fit.WEAK, Fit.NONE),
    "z": (Fit.NONE, Fit.SURE),
    "y": (Fit.NONE, Fit.FAIR),
    "x": (Fit.NONE, Fit.WEAK),
    "?": (Fit.FAIR, Fit.FAIR),
}


def nest(signs: str, *, glyphs: Sequence[str] = ()) -> list[tuple[int, int | None]]:
    """Places of the openings and closings; one sign of FITS for each mark."""
    glyphs = glyphs or ['"'] * len(signs)
    marks = [Mark(place, glyph, *FITS[sign]) for place, (sign, glyph) in enumerate(zip(signs, glyphs, strict=True))]
    passages = nest_marks(marks)
    return sorted((p.opening.start, p.closing.start if p.closing else None) for p in passages)


@pytest.mark.parametrize(
    ("signs", "expected"),
    [
        pytest.param("<><>", [(0, 1), (2, 3)], id="in-a-row"),
        pytest.param("<<>>", [(0, 3), (1, 2)], id="nested"),
        pytest.param("????", [(0, 1), (2, 3)], id="unclear-take-turns"),
        pytest.param("<<><", [(0, None), (1, 2), (3, None)], id="missing-closings"),
        pytest.param("<>><>", [(0, 1), (3, 4)], id="missing-opening"),
        pytest.param("<<<>", [(0, 1), (2, 3)], id="closing-that-looks-like-an-opening"),
        pytest.param("<#>", [(0, 2)], id="inch-inside"),
        pytest.param("<#<#", [(0, 1), (2, 3)], id="number-at-the-end"),
        pytest.param("#<>", [(1, 2)], id="inch-outside"),
        pytest.param("#<<<", [(1, 2), (3, None)], id="inch-takes-no-turn"),
        pytest.param("<>#<<", [(0, 1), (3, 4)], id="inch-between-passages"),
        pytest.param("<#?#", [(0, 1), (2, 3)], id="number-after-an-unclear-opening"),
        pytest.param("<<>#", [(0, 3), (1, 2)], id="number-after-a-nested-passage"),
    ],
)
def test_doubles_are_nested(signs: str, expected: list[tuple[int, int | None]]) -> None:
    assert nest(signs) == expected


def test_closing_mark_passes_over_what_was_opened_inside() -> None:
    assert nest("<<>", glyphs="«“»") == [(0, 2), (1, None)]


def test_families_do_not_close_each_other() -> None:
    assert nest("<>", glyphs="«”") == [(0, None)]


def test_mark_that_only_closes_takes_no_turn_to_open() -> None:
    assert nest("??>?", glyphs=['"', '"', "’’", '"']) == [(0, 1), (3, None)]


@pytest.mark.parametrize(
    ("signs", "expected"),
    [
        pytest.param("AzAz", [(0, 1), (2, 3)], id="in-a-row"),
        pytest.param("Axz", [(0, 2)], id="possessive-inside"),
        pytest.param("AxAz", [(0, 1), (2, 3)], id="possessive-at-the-end"),
        pytest.param("Ayy", [(0, 1)], id="first-among-equals"),
        pytest.param("ACz", [(0, 2)], id="clipped-word-inside"),
        pytest.param("AyBz", [(0, 1), (2, 3)], id="words-in-a-row"),
        pytest.param("Cx", [], id="apostrophes-only"),
        pytest.param("BAz", [(1, 2)], id="dropped-h-before-a-passage"),
        pytest.param("z", [], id="stray"),
        pytest.param("A", [(0, None)], id="unclosed"),
        pytest.param("AAzz", [(0, 3), (1, 2)], id="nested"),
        pytest.param("AAz", [(0, None), (1, 2)], id="unclosed-before-a-passage"),
        pytest.param("????", [(0, 1), (2, 3)], id="unclear-take-turns"),
    ],
)
def test_singles_are_paired(signs: str, expected: list[tuple[int, int | None]]) -> None:
    marks = [Mark(place, "'", *SINGLE_FITS[sign]) for place, sign in enumerate(signs)]
    passages = pair_singles(marks)
    assert sorted((p.opening.start, p.closing.start if p.closing else None) for p in passages) == expected
