"""How likely each candidate speaks each line: what was learned, as it comes with the package."""

import json
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any, Final

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from quotesmith.coreference import EntityNumber
from quotesmith.encoder import SHIPPED, read_file
from quotesmith.speakers.choice.trees import DecisionForest
from quotesmith.speakers.fiction.candidates import find_candidates
from quotesmith.speakers.fiction.features import FIRST_FEATURES, FeatureFinder
from quotesmith.speakers.fiction.lines import DialogueText
from quotesmith.speakers.fiction.rounds import LATER_FEATURES, SpeakersAround

LINE_WEIGHTS_FILE: Final = "lines.json"
"""Its file in a weights folder."""
_ALL_FEATURES: Final = (*FIRST_FEATURES, *LATER_FEATURES)


@frozen(eq=False)
class LineRound:
    """One round: gradient-boosted trees over the features of candidates, one softmax for each line.

    Attributes:
        forest: The trees.
        columns: Which features they ask for, as positions among all, (columns,).
    """

    forest: DecisionForest
    columns: NDArray[np.int64]

    @classmethod
    def of(cls, written: dict[str, Any]) -> "LineRound":
        """A round of a weights file."""
        columns = np.array([_ALL_FEATURES.index(name) for name in written["features"]], dtype=np.int64)
        return cls(DecisionForest.of(written["trees"]), columns)

    def __call__(self, rows: Sequence[NDArray[np.float32]]) -> list[NDArray[np.float64]]:
        """How likely each line's candidates are, (candidates,) each; they sum up to 1."""
        sizes = [len(own) for own in rows]
        if not sum(sizes):
            return [np.zeros(0) for _ in rows]
        scores = self.forest(np.concatenate([own for own in rows if len(own)])[:, self.columns])
        cuts = np.cumsum(sizes)[:-1]
        return [softmax(own) for own in np.split(scores, cuts)]


@frozen(eq=False)
class LineModel:
    """Rounds of trees: from the second on, each line is weighed by what the round before says of the turns around it.

    After stacked sequential learning: Cohen and Carvalho, "Stacked Sequential Learning" (IJCAI 2005).

    Attributes:
        rounds: In order.
    """

    rounds: Sequence[LineRound]

    @classmethod
    def of(cls, written: dict[str, Any]) -> "LineModel":
        """The model of a weights file."""
        return cls([LineRound.of(one) for one in written["rounds"]])

    def __call__(self, text: DialogueText) -> tuple[list[list[EntityNumber]], list[NDArray[np.float64]]]:
        """For each line its candidates, and how likely each of them speaks it; about linear in the text."""
        candidates = find_candidates(text)
        first = FeatureFinder.of(text, candidates)()
        chances = self.rounds[0](first)
        for later in self.rounds[1:]:
            chances = later(add_around(first, SpeakersAround(text, candidates, chances)()))
        return candidates, chances


def add_around(
    first: Sequence[NDArray[np.float32]], around: Sequence[NDArray[np.float64]]
) -> list[NDArray[np.float32]]:
    """The features of a later round: those of the first, and what the round before says of the turns around."""
    return [np.column_stack(rows).astype(np.float32) for rows in zip(first, around, strict=True)]


def softmax(scores: NDArray[np.float64]) -> NDArray[np.float64]:
    """Chances that sum up to 1; none for no scores."""
    if not len(scores):
        return np.zeros(0)
    likely = np.exp(scores - scores.max())
    chances: NDArray[np.float64] = likely / likely.sum()
    return chances


@cache
def read_line_model(folder: Path = SHIPPED) -> LineModel:
    """The model in a weights folder, read once.

    Raises:
        WeightsError: if it is missing or damaged.
    """
    return LineModel.of(json.loads(read_file(folder, LINE_WEIGHTS_FILE)))
