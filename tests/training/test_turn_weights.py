import json
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("sklearn")

from quotesmith.encoder.weights import CARD, WEIGHTS_FORMAT
from quotesmith.speakers.dialogue.evidence import SPEAKER_EVIDENCE, SpeakerEvidence
from quotesmith.speakers.dialogue.turn_model import read_turn_model
from quotesmith.training.turn_weights import Chain, cross_validate, fit, share_by_kind, write_weights

NAMES = list(SPEAKER_EVIDENCE)


def chain(novel: str, speaker: int) -> Chain:
    """Two turns of two people: the second is said by the one whom the first calls."""
    rows = [[SpeakerEvidence(), SpeakerEvidence(), SpeakerEvidence(nobody=1.0)] for _ in range(2)]
    rows[1][speaker] = SpeakerEvidence(called_before=1.0)
    allowed = np.array([[speaker == 1, speaker == 0, False], [True, True, True]])
    gold = allowed.copy()
    gold[1] = [speaker == 0, speaker == 1, False]
    values = np.array([[one.values for one in row] for row in rows], dtype=float)
    return Chain(novel, values, allowed, gold, np.array([False, True]), np.array([False, False]), [4])


def test_weights_follow_what_gold_speakers_have() -> None:
    chains = [chain(f"n{number}", number % 2) for number in range(20)]
    weights = dict(zip(NAMES, fit(chains), strict=False))
    assert weights["called_before"] > 0.3 > weights["nobody"]
    judged = cross_validate(chains)
    assert share_by_kind(judged) == {"anaphoric": {"turns": 0, "right": 0.0}, "implicit": {"turns": 20, "right": 1.0}}


def test_written_weights_are_read_as_the_model(tmp_path: Path) -> None:
    (tmp_path / CARD).write_text(json.dumps({"format": WEIGHTS_FORMAT, "files": {}}))
    weights = fit([chain(f"n{number}", number % 2) for number in range(4)])
    write_weights(tmp_path, weights, [{"name": "Novels", "licence": "none"}], 8, {"right": 1.0})
    model = read_turn_model(tmp_path)
    found = [*model.evidence.values(), *model.stays.values(), *model.returns.values()]
    assert found == pytest.approx(list(weights), abs=1e-3)


def test_beats_are_drawn_to_newer_fiction() -> None:
    chains = [chain(f"n{number}", number % 2) for number in range(4)]
    drawn, free = (dict(zip(NAMES, fit(chains, drawn=drawn), strict=False)) for drawn in (True, False))
    assert drawn["opens_paragraph"] > 2 > free["opens_paragraph"]
