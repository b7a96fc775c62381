from collections.abc import Iterable, Sequence

from quotesmith.marks.nesting import MarkedPassage, nest_marks
from quotesmith.marks.singles import pair_singles
from quotesmith.marks.tokens import Fit, Mark
from tests.cases import each_row

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


def places(passages: Iterable[MarkedPassage]) -> list[list[int | None]]:
    """Where each passage opens and closes."""
    return sorted([p.opening.start, p.closing.start if p.closing else None] for p in passages)


def nest(signs: str, *, glyphs: Sequence[str] = ()) -> list[list[int | None]]:
    """Places of the openings and closings; one sign of FITS for each mark."""
    glyphs = glyphs or ['"'] * len(signs)
    marks = [Mark(place, glyph, *FITS[sign]) for place, (sign, glyph) in enumerate(zip(signs, glyphs, strict=True))]
    return places(nest_marks(marks))


@each_row("signs, expected", "marks", "nested doubles")
def test_doubles_are_nested(signs: str, expected: list[list[int | None]]) -> None:
    assert nest(signs) == expected


def test_closing_mark_passes_over_what_was_opened_inside() -> None:
    assert nest("<<>", glyphs="«“»") == [[0, 2], [1, None]]


def test_families_do_not_close_each_other() -> None:
    assert nest("<>", glyphs="«”") == [[0, None]]


def test_mark_that_only_closes_takes_no_turn_to_open() -> None:
    assert nest("??>?", glyphs=['"', '"', "’’", '"']) == [[0, 1], [3, None]]


@each_row("signs, expected", "marks", "paired singles")
def test_singles_are_paired(signs: str, expected: list[list[int | None]]) -> None:
    marks = [Mark(place, "'", *SINGLE_FITS[sign]) for place, sign in enumerate(signs)]
    assert places(pair_singles(marks)) == expected
