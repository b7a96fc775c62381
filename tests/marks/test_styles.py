import pytest

from quotesmith.marks.habits import find_habits
from quotesmith.marks.styles import CLOSING_FAMILIES, FAMILIES, OPENING_STYLES, Family, MarkStyle, family_of
from quotesmith.marks.tokens import Fit, Mark
from tests.cases import each_row


def test_every_style_has_a_family_and_every_mark_style_an_opening() -> None:
    assert set(FAMILIES) == set(MarkStyle)
    assert set(OPENING_STYLES.values()) == set(MarkStyle) - {MarkStyle.DASH}


def test_every_passage_can_be_closed() -> None:
    assert set(CLOSING_FAMILIES.values()) == set(Family) - {Family.DASH}


@pytest.mark.parametrize("glyph", sorted(OPENING_STYLES.keys() & CLOSING_FAMILIES.keys()))
def test_mark_that_opens_and_closes_has_one_family(glyph: str) -> None:
    assert FAMILIES[OPENING_STYLES[glyph]] is CLOSING_FAMILIES[glyph]


@pytest.mark.parametrize(
    ("glyph", "family"),
    [
        pytest.param("`", Family.SINGLE, id="opens-only"),
        pytest.param("’", Family.SINGLE, id="closes-only"),
        pytest.param('"', Family.DOUBLE, id="both"),
    ],
)
def test_family_of_a_mark(glyph: str, family: Family) -> None:
    assert family_of(glyph) is family


def test_mark_ends_after_its_glyph() -> None:
    mark = Mark(3, "``", Fit.SURE, Fit.NONE)
    assert (mark.end, mark.family) == (5, Family.DOUBLE)


def test_fits_are_ordered_by_sureness() -> None:
    assert Fit.NONE < Fit.WEAK < Fit.FAIR < Fit.SURE
    assert not Fit.NONE


@each_row("text, opening", "marks", "directions of guillemets")
def test_direction_of_guillemets_is_found(text: str, opening: str | None) -> None:
    assert find_habits(text).openings[Family.GUILLEMET] == opening


@each_row("text, doubled", "marks", "doubled singles")
def test_doubled_singles_are_found(text: str, doubled: object) -> None:
    assert find_habits(text).doubled is doubled
