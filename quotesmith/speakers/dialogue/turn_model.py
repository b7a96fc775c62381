"""Who speaks each turn of a conversation: the evidence of each person weighed, and the turns before and behind."""

import json
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Final

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from quotesmith.encoder import SHIPPED, read_file
from quotesmith.speakers.dialogue.chain import Chances, find_marginals
from quotesmith.speakers.dialogue.conversations import Step
from quotesmith.speakers.dialogue.evidence import SPEAKER_EVIDENCE, SpeakerEvidence

TURN_WEIGHTS_FILE: Final = "turns.json"
"""Its file in a weights folder."""
_MOST_POINTS = 30.0


@frozen(eq=False)
class TurnModel:
    """Weights by which the evidence of a conversation is added up; each is a change of log odds.

    Attributes:
        evidence: Of each sort of evidence.
        stays: Of a speaker who goes on, by how the turn follows.
        returns: Of one who comes back after somebody else's turn, by how the turn follows.
    """

    evidence: Mapping[str, float]
    stays: Mapping[str, float]
    returns: Mapping[str, float]

    def __call__(
        self, evidence: Sequence[Sequence[SpeakerEvidence]], allowed: Sequence[Sequence[bool]], steps: Sequence[Step]
    ) -> Chances:
        """For each turn how likely each person, or at last nobody who is known, speaks it; rows sum up to 1.

        Args:
            evidence: For each turn that of each person, and of nobody.
            allowed: For each turn who may speak it; somebody may.
            steps: How each turn but the first follows the one before.
        """
        weights = np.array([self.evidence[name] for name in SPEAKER_EVIDENCE])
        values = np.array([[one.values for one in row] for row in evidence], dtype=float)
        local = local_weights(values @ weights, np.array(allowed))
        stay, back = (np.exp([by[step] for step in steps]) for by in (self.stays, self.returns))
        return find_marginals(local, list(stay), list(back)).speakers


def local_weights(scores: Chances, allowed: NDArray[np.bool_]) -> Chances:
    """The factors of each turn's people, 0 where one isn't allowed, from their points."""
    bounded = np.where(allowed, scores, -np.inf)
    # With factors far below the best one, numbers could get too small in a chain of certain turns.
    relative = np.maximum(bounded - bounded.max(axis=1, keepdims=True), -_MOST_POINTS)
    return np.where(allowed, np.exp(relative), 0.0)


@cache
def read_turn_model(folder: Path = SHIPPED) -> TurnModel:
    """The model in a weights folder, read once.

    Raises:
        WeightsError: if it is missing or damaged.
    """
    data = json.loads(read_file(folder, TURN_WEIGHTS_FILE))
    return TurnModel(data["evidence"], data["stays"], data["returns"])
