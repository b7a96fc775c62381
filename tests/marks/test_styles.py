import pytest

from quotesmith.marks.styles import CLOSING_FAMILIES, FAMILIES, OPENING_STYLES, Family, MarkStyle, family_of


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
