from collections.abc import Sequence

import pytest

from quotesmith.marks.nesting import nest_marks
from quotesmith.marks.tokens import Fit, Mark

FITS = {
    "<": (Fit.SURE, Fit.NONE),
    ">": (Fit.NONE, Fit.SURE),
    "?": (Fit.FAIR, Fit.FAIR),
    "#": (Fit.NONE, Fit.WEAK),
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
