import pytest

from quotesmith.marks.styles import CLOSING_MARKS, FAMILIES, OPENING_MARKS, Family, MarkStyle, family_of


def test_every_style_has_a_family_and_every_mark_style_an_opening() -> None:
    assert set(FAMILIES) == set(MarkStyle)
    assert set(OPENING_MARKS.values()) == set(MarkStyle) - {MarkStyle.DASH}


def test_every_passage_can_be_closed() -> None:
    assert set(CLOSING_MARKS.values()) == set(Family) - {Family.DASH}


@pytest.mark.parametrize("glyph", sorted(OPENING_MARKS.keys() & CLOSING_MARKS.keys()))
def test_mark_that_opens_and_closes_has_one_family(glyph: str) -> None:
    assert FAMILIES[OPENING_MARKS[glyph]] is CLOSING_MARKS[glyph]


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
