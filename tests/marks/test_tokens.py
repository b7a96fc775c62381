from quotesmith.marks.styles import Family
from quotesmith.marks.tokens import Fit, Mark


def test_mark_ends_after_its_glyph() -> None:
    mark = Mark(3, "``", Fit.SURE, Fit.NONE)
    assert (mark.end, mark.family) == (5, Family.DOUBLE)


def test_fits_are_ordered_by_sureness() -> None:
    assert Fit.NONE < Fit.WEAK < Fit.FAIR < Fit.SURE
    assert not Fit.NONE
