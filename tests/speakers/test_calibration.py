import json
from pathlib import Path

import pytest

from quotesmith.encoder.weights import CARD, WEIGHTS_FORMAT, checksum
from quotesmith.errors import WeightsError
from quotesmith.speakers.calibration import (
    SPEAKER_SCORE_FILE,
    SpeakerCalibration,
    log_odds,
    read_speaker_calibration,
    speaker_score,
)

CALIBRATION = SpeakerCalibration(0.5, {"name": 2.0, "coreference": 0.0})


def test_score_rises_with_what_the_method_gives() -> None:
    scores = [CALIBRATION("coreference", raw) for raw in (0.0, 0.3, 0.5, 0.9, 1.0)]
    assert scores == sorted(scores)
    assert scores[2] == 0.5
    assert all(0 < score < 1 for score in scores)


def test_methods_differ() -> None:
    assert CALIBRATION("name", 0.5) > CALIBRATION("coreference", 0.5)


def test_odds_are_bounded() -> None:
    assert log_odds(0.0) == pytest.approx(-log_odds(1.0))


def test_calibration_of_the_package_knows_each_method() -> None:
    scores = {method: speaker_score(method, 0.9) for method in read_speaker_calibration().intercepts}
    assert set(scores) == {"name", "group", "nominal", "coreference", "first person", "turn"}
    assert all(0 < score < 1 for score in scores.values())


def test_damaged_calibration_is_refused(tmp_path: Path) -> None:
    (tmp_path / SPEAKER_SCORE_FILE).write_bytes(b"{}")
    card = {"format": WEIGHTS_FORMAT, "files": {SPEAKER_SCORE_FILE: {"sha256": checksum(b"other")}}}
    (tmp_path / CARD).write_text(json.dumps(card))
    with pytest.raises(WeightsError, match="damaged"):
        read_speaker_calibration(tmp_path)
