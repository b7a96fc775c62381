"""The score of speakers: what is fitted, and that each fit writes its own methods and leaves the others."""

import json
from pathlib import Path

import pytest

pytest.importorskip("sklearn")

from quotesmith.encoder.weights import CARD, WEIGHTS_FORMAT
from quotesmith.speakers.calibration import SPEAKER_SCORE_FILE, read_speaker_calibration
from quotesmith.training.speaker_calibration import JudgedSpeaker, ScoreFit, fit_scores, write_scores


def judged(method: str, right: int, wrong: int) -> list[JudgedSpeaker]:
    hits = [True] * right + [False] * wrong
    return [JudgedSpeaker(f"text {number % 7}", method, 0.8, hit) for number, hit in enumerate(hits)]


def test_score_is_the_share_of_a_method_that_is_right() -> None:
    fit = fit_scores([*judged("name", 190, 10), *judged("turn", 100, 100)], ("name", "turn"))
    assert fit.speakers == 400
    assert fit.weights["name"] == fit.weights["turn"]
    assert fit.intercepts["name"] > fit.intercepts["turn"]
    assert max(abs(found.score - found.right) for found in fit.bins) < 0.1


def test_each_fit_writes_its_own_methods(tmp_path: Path) -> None:
    (tmp_path / CARD).write_text(json.dumps({"format": WEIGHTS_FORMAT, "files": {}}))
    first, second = ({"name": "News", "licence": "none"},), ({"name": "Novels", "licence": "none"},)
    write_scores(tmp_path, ScoreFit({"name": 1.0}, {"name": 2.0}), first, "one")
    write_scores(tmp_path, ScoreFit({"turn": 0.5}, {"turn": 0.1}), second, "other")
    write_scores(tmp_path, ScoreFit({"name": 1.5}, {"name": 0.0}), first, "one again")
    found = read_speaker_calibration(tmp_path)
    assert (found.weights, found.intercepts) == ({"name": 1.5, "turn": 0.5}, {"name": 0.0, "turn": 0.1})
    fits = json.loads((tmp_path / SPEAKER_SCORE_FILE).read_text())["fits"]
    assert [(fit["methods"], fit["command"]) for fit in fits] == [(["name"], "one again"), (["turn"], "other")]
