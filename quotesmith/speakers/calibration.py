"""How sure it is who speaks: a method's raw score -> the share of such speakers that are right."""

import json
from collections.abc import Mapping
from functools import cache
from math import exp, log
from pathlib import Path
from typing import Final

from attrs import frozen

from quotesmith.encoder import SHIPPED, read_file

SPEAKER_SCORE_FILE: Final = "speaker_score.json"
"""Its file in a weights folder."""
# Raw scores nearer to 0 or 1 count as this near, in training too: no method is as sure as its raw score says.
_RAW_SCORE_EDGE = 0.01


@frozen
class SpeakerCalibration:
    """Logistic regressions, fitted to whether the speakers of a quote are right.

    Attributes:
        weights: Of the log odds of the raw score, by method.
        intercepts: The log odds of each method where the raw score is one half.
    """

    weights: Mapping[str, float]
    intercepts: Mapping[str, float]

    def __call__(self, method: str, raw: float) -> float:
        """The score of speakers found by a method, in (0, 1).

        Args:
            method: As in `Decision.method`.
            raw: How sure the method is, in [0, 1].
        """
        odds = self.weights[method] * log_odds(raw) + self.intercepts[method]
        return 1 / (1 + exp(-odds))


def log_odds(probability: float) -> float:
    """The log odds of a probability, bounded."""
    bounded = min(max(probability, _RAW_SCORE_EDGE), 1 - _RAW_SCORE_EDGE)
    return log(bounded / (1 - bounded))


@cache
def read_speaker_calibration(folder: Path = SHIPPED) -> SpeakerCalibration:
    """The calibration in a weights folder, read once.

    Raises:
        WeightsError: if it is missing or damaged.
    """
    data = json.loads(read_file(folder, SPEAKER_SCORE_FILE))
    return SpeakerCalibration(data["weights"], data["intercepts"])


def speaker_score(method: str, raw: float) -> float:
    """The score by the calibration that comes with the package.

    Raises:
        WeightsError: if that is missing or damaged.
    """
    return read_speaker_calibration()(method, raw)
