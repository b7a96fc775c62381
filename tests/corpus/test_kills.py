"""A process that is killed, or whose disk is full, leaves nothing that another can't finish."""

import random
from pathlib import Path

import pytest

from tests.benchmarks.kills import damaged_outputs, disturb, outcome, prepare, work


@pytest.mark.parametrize("seed", [3, 5], ids=["killed", "full-disk"])
def test_work_that_was_disturbed_is_finished_by_another(seed: int, tmp_path: Path) -> None:
    prepare(tmp_path / "whole")
    work(tmp_path / "whole")
    prepare(tmp_path / "disturbed")
    how = disturb(tmp_path / "disturbed", random.Random(seed), usual=3.0)
    assert how == {3: "SIGKILL", 5: "full disk"}[seed]
    assert damaged_outputs(tmp_path / "disturbed") == []
    work(tmp_path / "disturbed")
    assert outcome(tmp_path / "disturbed") == outcome(tmp_path / "whole")
