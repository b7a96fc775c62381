"""How likely the words of a reference mean each of its candidates: what was learned, as it comes with the package."""

import json
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any, Final

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from quotesmith.encoder import SHIPPED, read_file
from quotesmith.speakers.choice.candidates import SpeakerCandidate
from quotesmith.speakers.choice.features import FEATURES
from quotesmith.speakers.choice.head_nouns import HeadNouns
from quotesmith.speakers.choice.references import Reference
from quotesmith.speakers.choice.trees import DecisionForest

SPEAKER_CHOICE_FILE: Final = "speaker_choice.json"
"""Its file in a weights folder."""


@frozen(eq=False)
class LearnedChoice:
    """Gradient-boosted trees over the features of candidates, one softmax for each reference.

    Attributes:
        forest: The trees.
        nouns: The tables of head nouns that they know.
        columns: Which features the trees ask for, as positions among all, (columns,).
    """

    forest: DecisionForest
    nouns: HeadNouns
    columns: NDArray[np.int64]

    @classmethod
    def of(cls, written: dict[str, Any]) -> "LearnedChoice":
        """The choice of a weights file."""
        columns = np.array([FEATURES.index(name) for name in written["features"]], dtype=np.int64)
        return cls(DecisionForest.of(written["trees"]), HeadNouns(written["nouns"]), columns)

    def __call__(
        self,
        reference: Reference,  # noqa: ARG002 - the seam's signature
        candidates: Sequence[SpeakerCandidate],  # noqa: ARG002 - the seam's signature
        features: NDArray[np.float32],
        /,
    ) -> NDArray[np.float64]:
        """How likely each candidate is, (candidates,); they sum up to 1."""
        scores = self.forest(features[:, self.columns])
        likely = np.exp(scores - scores.max())
        chances: NDArray[np.float64] = likely / likely.sum()
        return chances

    def weigh(self, features: NDArray[np.float32], other: NDArray[np.float32]) -> dict[str, float]:
        """How much each feature in which they differ speaks for one candidate against another, by its name.

        Args:
            features: The features of the one, (features,).
            other: Those of the other.
        """
        shares = self.forest.shares(features[self.columns]) - self.forest.shares(other[self.columns])
        differing = self.columns[features[self.columns] != other[self.columns]]
        weights = dict(zip(self.columns.tolist(), shares.tolist(), strict=True))
        return {FEATURES[column]: weights[column] for column in differing.tolist()}


@cache
def read_speaker_choice(folder: Path = SHIPPED) -> LearnedChoice:
    """The choice in a weights folder, read once.

    Raises:
        WeightsError: if it is missing or damaged.
    """
    return LearnedChoice.of(json.loads(read_file(folder, SPEAKER_CHOICE_FILE)))
