import pytest

from quotesmith.marks.singles import pair_singles
from quotesmith.marks.tokens import Fit, Mark

FITS = {
    "A": (Fit.SURE, Fit.NONE),
    "B": (Fit.FAIR, Fit.NONE),
    "C": (Fit.WEAK, Fit.NONE),
    "z": (Fit.NONE, Fit.SURE),
    "y": (Fit.NONE, Fit.FAIR),
    "x": (Fit.NONE, Fit.WEAK),
    "?": (Fit.FAIR, Fit.FAIR),
}


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
    marks = [Mark(place, "'", *FITS[sign]) for place, sign in enumerate(signs)]
    passages = pair_singles(marks)
    assert sorted((p.opening.start, p.closing.start if p.closing else None) for p in passages) == expected
