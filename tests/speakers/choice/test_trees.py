from typing import Any

import numpy as np

from quotesmith.speakers.choice.trees import DecisionForest

# Two trees: whether the first value is above 1, and within that whether the second is; whether the second is above 2.
WRITTEN: dict[str, list[Any]] = {
    "roots": [0, 5],
    "features": [0, -1, 1, -1, -1, 1, -1, -1],
    "bounds": [1.0, 1.0, 2.0],
    "left": [1, 3, 6],
    "values": [0.5, 0.0, 1.0, 0.5, 1.5, 0.0, -1.0, 1.0],
}


def test_each_row_goes_down_all_trees() -> None:
    rows = np.array([[1.0, 3.0], [2.0, 1.0], [2.0, 3.0]], dtype=np.float32)
    assert DecisionForest.of(WRITTEN)(rows).tolist() == [1.0, -0.5, 2.5]


def test_shares_of_the_features_add_up_to_what_the_answers_change() -> None:
    forest, row = DecisionForest.of(WRITTEN), np.array([2.0, 3.0], dtype=np.float32)
    shares = forest.shares(row)
    assert shares.tolist() == [0.5, 0.5 + 1.0]
    assert shares.sum() == forest(row[None])[0] - (0.5 + 0.0)
