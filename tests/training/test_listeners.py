"""The fit of who is spoken to: exact sets are counted, and the written model says what the fitted one does."""

import json
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("sklearn")

from quotesmith.encoder.weights import CARD, WEIGHTS_FORMAT
from quotesmith.speakers.dialogue.listener_evidence import LISTENER_EVIDENCE, ListenerEvidence
from quotesmith.speakers.dialogue.listeners import read_listener_model
from quotesmith.training.listeners import JudgedLine, exact_shares, fit_listeners, write_listener_model


def judged(number: int) -> JudgedLine:
    """Ann or Bo is called, and is spoken to; every fifth line is to somebody who isn't there."""
    values = np.zeros((2, len(LISTENER_EVIDENCE)))
    values[number % 2, LISTENER_EVIDENCE.index("called")] = 1.0
    gold = {"Cy"} if number % 5 == 0 else {("Ann", "Bo")[number % 2]}
    return JudgedLine(f"n{number // 10}", number % 3 == 0, values, ("Ann", "Bo"), frozenset(gold))


LINES = [judged(number) for number in range(60)]


def test_shares_are_of_lines_with_just_the_gold_addressees() -> None:
    assert exact_shares(LINES) == {
        "found speakers": {"lines": 40, "exact": 0.8},
        "gold speakers": {"lines": 20, "exact": 0.8},
    }


def test_written_model_gives_the_chances_of_the_fitted_one(tmp_path: Path) -> None:
    (tmp_path / CARD).write_text(json.dumps({"format": WEIGHTS_FORMAT, "files": {}}))
    write_listener_model(tmp_path, LINES, {"right": 1.0})
    values = [[float(name == "called") for name in LISTENER_EVIDENCE]]
    found = read_listener_model(tmp_path)(ListenerEvidence(called=1.0))
    assert found == pytest.approx(fit_listeners(LINES).predict_proba(values)[0, 1], abs=1e-2)
