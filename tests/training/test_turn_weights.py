import numpy as np
import pytest

pytest.importorskip("sklearn")

from quotesmith.speakers.dialogue.evidence import SPEAKER_EVIDENCE, SpeakerEvidence
from quotesmith.training.turn_weights import Chain, cross_validate, fit, share_by_kind

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
