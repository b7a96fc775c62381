from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("sklearn")

from quotesmith.extraction.scores import VALUES
from quotesmith.training.calibration import Bin, expected_error, paired, plot, reliability


def test_reliability_has_a_bin_for_each_tenth_that_has_quotes() -> None:
    scores = np.array([0.04, 0.06, 0.95, 1.0])
    right = np.array([False, True, True, True])
    low, high = reliability(scores, right)
    assert [(found.quotes, found.right) for found in (low, high)] == [(2, 0.5), (2, 1.0)]
    assert [low.score, high.score] == pytest.approx([0.05, 0.975])


def test_expected_error_weighs_each_bin_by_its_quotes() -> None:
    assert expected_error([Bin(3, 0.5, 0.5), Bin(1, 0.9, 0.5)]) == 0.1


def test_scores_that_hold_have_no_error() -> None:
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
