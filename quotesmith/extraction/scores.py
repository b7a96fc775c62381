"""How sure a learned quote is: probabilities of its tags and links -> the share of such quotes that are right."""

import json
from math import exp, log
from operator import mul
from pathlib import Path
from typing import Final

from attrs import frozen

from quotesmith.encoder import GRAPH, expected_checksum, read_file
from quotesmith.errors import WeightsError
from quotesmith.extraction.linking import Linked

SCORE_FILE: Final = "score.json"
"""Its file in a weights folder."""
VALUES: Final = ("content", "cue", "link", "uncued", "words", "pieces", "sourced", "quoted")
"""The names of what a score is made of."""
# Part of the fit: probabilities nearer to 0 or 1 than this count as this.
_MIN_PROBABILITY = 1e-3


def describe(quote: Linked) -> dict[str, float]:
    """What the score is made of, by name; probabilities as log odds.

    content  the mean probability of its content's tags, of the least sure fragment
    cue      the same of its cue; 0 without one
    link     how sure the contents are of their cue
    uncued   1 where it has no cue
    words    the logarithm of how many pieces of content it has
    pieces   how many fragments of content it has more than one
    sourced  1 where it has a source
    quoted   1 where some of its content lies between marks
    """
    values = (
        _log_odds(min(part.score for part in quote.contents)),
        0.0 if quote.cue is None else _log_odds(quote.cue.score),
        _log_odds(quote.cue_probability),
        float(quote.cue is None),
        log(sum(len(part.stretch) for part in quote.contents)),
        len(quote.contents) - 1.0,
        float(quote.source is not None),
        float(any(part.is_quoted for part in quote.contents)),
    )
    return dict(zip(VALUES, values, strict=True))


def _log_odds(probability: float) -> float:
    bounded = min(max(probability, _MIN_PROBABILITY), 1 - _MIN_PROBABILITY)
    return log(bounded / (1 - bounded))


@frozen
class Calibration:
    """A logistic regression, fitted on development data to whether a quote is there with about its extent.

    Attributes:
        intercept: The log odds where all that `describe` gives is 0.
        weights: In the order of `VALUES`.
    """

    intercept: float
    weights: tuple[float, ...]

    def __call__(self, quote: Linked) -> float:
        """The score, in (0, 1)."""
        odds = self.intercept + sum(map(mul, self.weights, describe(quote).values()))
        return 1 / (1 + exp(-odds))


def read_calibration(folder: Path) -> Calibration:
    """The calibration in a weights folder.

    Raises:
        WeightsError: if it is missing or damaged, or was fitted to a network other than the folder's.
    """
    data = json.loads(read_file(folder, SCORE_FILE))
    expected = expected_checksum(folder, GRAPH)
    if data["encoder"] != expected:
        path = folder / SCORE_FILE
        msg = f"{path} is for the network with SHA-256 {data['encoder']}, but the folder's card names {expected}"
        raise WeightsError(msg)
    return Calibration(data["intercept"], tuple(data["weights"][name] for name in VALUES))
