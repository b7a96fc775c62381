from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("sklearn")
pytest.importorskip("torch")

from quotesmith.extraction.scores import VALUES
from quotesmith.records import QuoteDocument
from quotesmith.training.calibration import Bin, expected_error, paired, plot, reliability
from quotesmith.training.speaker_calibration import is_right
from tests.cases import each_row
from tests.samples import summit


def test_reliability_has_a_bin_for_each_tenth_that_has_quotes() -> None:
    scores = np.array([0.04, 0.06, 0.95, 1.0])
    right = np.array([False, True, True, True])
    low, high = reliability(scores, right)
    assert [(found.quotes, found.right) for found in (low, high)] == [(2, 0.5), (2, 1.0)]
    assert [low.score, high.score] == pytest.approx([0.05, 0.975])


def test_expected_error_weighs_each_bin_by_its_quotes() -> None:
    assert expected_error([Bin(3, 0.5, 0.5), Bin(1, 0.9, 0.5)]) == 0.1
    assert expected_error([Bin(10, 0.2, 0.2), Bin(5, 0.8, 0.8)]) == 0


@pytest.mark.parametrize(
    ("found", "gold", "right"),
    [
        pytest.param([{1, 2, 3}], [{1, 2, 3}], {0}, id="same words"),
        pytest.param([{1, 2, 3, 4}], [{1, 2, 9, 10}], {0}, id="half of them"),
        pytest.param([{1, 2, 3, 4, 5}], [{1, 7, 8, 9, 10}], set(), id="a fifth of them"),
        pytest.param([{1, 2, 3}, {1, 2}], [{1, 2}], {1}, id="the more alike of two"),
        pytest.param([set()], [{1}], set(), id="no words"),
    ],
)
def test_quote_is_right_if_a_gold_one_has_about_its_words(
    found: list[set[int]], gold: list[set[int]], right: set[int]
) -> None:
    assert set(paired([frozenset(f) for f in found], [frozenset(g) for g in gold])) == right


def test_plot_is_a_picture(tmp_path: Path) -> None:
    pytest.importorskip("matplotlib")
    plot([Bin(10, 0.2, 0.3), Bin(90, 0.9, 0.85)], tmp_path / "plot.svg", title="Quotes")
    assert "<svg" in (tmp_path / "plot.svg").read_text(encoding="utf-8")


def test_each_value_of_a_score_is_named_once() -> None:
    assert len(set(VALUES)) == len(VALUES)


DOCUMENT: QuoteDocument = summit()


@each_row("number, names, right", "training", "names of speakers")
def test_speakers_are_right_by_their_names(number: int, names: list[str], right: object) -> None:
    assert is_right(DOCUMENT, DOCUMENT.quotes[number], names, named=True) is right


def test_where_nobody_is_named_no_name_is_right() -> None:
    by_xi, by_a_source = DOCUMENT.quotes[0], next(q for q in DOCUMENT.quotes if q.speakers == ("e5",))
    assert not is_right(DOCUMENT, by_xi, ["sources"], named=False)
    assert is_right(DOCUMENT, by_a_source, ["sources"], named=False)
