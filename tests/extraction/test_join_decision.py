import json
import shutil
from pathlib import Path

import pytest

from quotesmith.encoder import SHIPPED
from quotesmith.errors import WeightsError
from quotesmith.extraction.join_decision import JOINING_FILE, DecisionTree, JoinDecision, read_join_decision
from quotesmith.extraction.joining_evidence import EVIDENCE

TREE = DecisionTree(
    ("breaks", "", "answers", "", ""), (0.5, 0, 0.5, 0, 0), (1, 0, 3, 0, 0), (2, 0, 4, 0, 0), (0, 2, 0, -1, -3)
)


@pytest.mark.parametrize(
    ("breaks", "answers", "odds"),
    [
        pytest.param(0, 1, 2, id="left"),
        pytest.param(0.5, 0, 2, id="a-bound-is-the-left-node-s"),
        pytest.param(1, 0, -1, id="right-then-left"),
        pytest.param(1, 1, -3, id="right-then-right"),
    ],
)
def test_tree_adds_what_the_leaf_of_the_evidence_says(breaks: float, answers: float, odds: float) -> None:
    assert TREE({"breaks": breaks, "answers": answers}) == odds


def test_trees_add_up_to_log_odds() -> None:
    evidence = {"breaks": 0.0, "answers": 0.0}
    assert JoinDecision(-4, (TREE, TREE))(evidence) == 0.5
    assert JoinDecision(-2, (TREE, TREE))(evidence) == pytest.approx(0.8808, abs=1e-4)


def test_shipped_decision_asks_for_known_evidence_alone() -> None:
    asked = {name for tree in read_join_decision().trees for name in tree.evidence if name}
    assert asked <= set(EVIDENCE)


def test_file_that_is_not_the_cards_is_refused(tmp_path: Path) -> None:
    for name in ("card.json", JOINING_FILE):
        shutil.copy(SHIPPED / name, tmp_path)
    data = json.loads((tmp_path / JOINING_FILE).read_text())
    (tmp_path / JOINING_FILE).write_text(json.dumps({**data, "intercept": 9}))
    with pytest.raises(WeightsError, match=JOINING_FILE):
        read_join_decision(tmp_path)
