"""Fits the score of learned quotes to development data, and says how far it can be believed.

    python -m quotesmith.training.calibration --data GOLD --weights FOLDER [--plot SCORE_FILE.svg]

Writes `score.json` into the weights folder and its checksum into the folder's card.
"""

import argparse
import json
import random
import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

import attrs
import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold, cross_val_predict

from quotesmith.encoder import GRAPH, Encoder, read_card
from quotesmith.encoder.weights import CARD, checksum
from quotesmith.extraction.fragments import SpeechPlaces
from quotesmith.extraction.linking import find_quotes
from quotesmith.extraction.scores import SCORE_FILE, VALUES, describe
from quotesmith.extraction.settings import DEFAULT_EXTRACTION_SETTINGS
from quotesmith.files import write_atomically
from quotesmith.marks import pair_marks
from quotesmith.training.corpora import LabelledText, Scope, read_excerpts
from quotesmith.training.texts import read_readings

# Novels that nothing was trained on, for quotes without a cue, which are rare in news.
NOVELS = frozenset({"PrideAndPrejudice", "TheAgeOfInnocence", "TheSunAlsoRises", "HowardsEnd", "TheGambler"})
_OPEN_CORPORA = (
    {"name": "Wikinews read with care, tuning part", "licence": "texts CC BY 2.5"},
    {"name": "GUM read with care, tuning part", "licence": "texts CC BY and CC BY-SA"},
)
_CLOSED_CORPORA = (
    {"name": "PolNeAR train read with care, tuning part", "licence": "none stated for the texts"},
    *_OPEN_CORPORA,
    {"name": "PDNC pilot novels, 4 in 100 excerpts", "licence": "none stated"},
)
BINS = 10
# From this Dice coefficient of the contents' words on a quote is there, as in the news scorer.
_SAME = 0.5
_CALIBRATION_WORD = re.compile(r"\w+")


@attrs.frozen
class JudgedQuote:
    """A quote found, and whether the gold data has it.

    Attributes:
        text: Name of its text.
        is_measured: Whether it counts for the reliability.
        values: What its score is made of, in the order of `describe`.
        right: Whether a gold quote has about the same content.
    """

    text: str
    is_measured: bool
    values: tuple[float, ...]
    right: bool


@attrs.frozen
class Bin:
    """Quotes of about one score: how many, their mean score, the share that is right."""

    quotes: int
    score: float
    right: float


def main() -> None:
    """The command line."""
    arguments = read_arguments(__doc__)
    bins = calibrate(arguments.data, arguments.weights, open_only=False)
    if arguments.plot is not None:
        plot(bins, arguments.plot, title="Quotes of the tuning part")


def read_arguments(description: str | None) -> argparse.Namespace:
    """What the command line of a calibration says: data, weights, plot."""
    parser = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="folder of the gold corpora")
    parser.add_argument("--weights", type=Path, required=True, help="folder of the exported weights")
    parser.add_argument("--plot", type=Path, help="file of the reliability plot")
    return parser.parse_args()


def calibrate(data: Path, weights: Path, *, open_only: bool) -> list[Bin]:
    """Fits and writes the calibration; gives its reliability on the careful readings that are for tuning.

    For that, each article is scored by a fit to others.

    Args:
        data: Folder of the gold corpora.
        weights: Folder of the exported weights.
        open_only: Whether to take texts under open licences alone, and no novels.
    """
    texts = [read_readings(data, open_only=open_only)[1], [] if open_only else _read_novels(data)]
    encoder = Encoder(weights)
    judged = [
        quote
        for part, is_measured in zip(texts, (True, False), strict=True)
        for text in part
        for quote in _judge(text, encoder, is_measured=is_measured)
    ]
    values = np.array([quote.values for quote in judged])
    right = np.array([quote.right for quote in judged])
    model = LogisticRegression(max_iter=1000)
    scores = score_by_others(model, values, right, [quote.text for quote in judged])
    is_measured = np.array([quote.is_measured for quote in judged])
    bins = reliability(scores[is_measured], right[is_measured])
    model.fit(values, right)
    card = {
        "format": 1,
        "encoder": read_card(weights)["files"][GRAPH]["sha256"],
        "intercept": round(float(model.intercept_[0]), 4),
        "weights": {name: round(float(weight), 4) for name, weight in zip(VALUES, model.coef_[0], strict=True)},
        "data": _OPEN_CORPORA if open_only else _CLOSED_CORPORA,
        "quotes": [int(is_measured.sum()), int((~is_measured).sum())],
        "figures": {"expected calibration error, cross-validated, on the first": expected_error(bins)},
        "command": "python -m quotesmith.training.calibration --data GOLD --weights FOLDER",
        "date": datetime.now(UTC).date().isoformat(),
    }
    write_beside(weights, SCORE_FILE, json.dumps(card, indent=2).encode() + b"\n")
    return bins


def score_by_others(
    model: LogisticRegression, values: NDArray[np.float64], right: NDArray[np.bool_], texts: Sequence[str]
) -> NDArray[np.float64]:
    """The score of each row by a fit to the other texts, in five parts."""
    cut = GroupKFold(5)
    scores: NDArray[np.float64] = cross_val_predict(model, values, right, groups=texts, cv=cut, method="predict_proba")
    return scores[:, 1]


def reliability(scores: NDArray[np.float64], right: NDArray[np.bool_]) -> list[Bin]:
    """Bins of equal width over [0, 1], without empty ones."""
    numbers = np.minimum((scores * BINS).astype(int), BINS - 1)
    return [
        Bin(int(inside.sum()), float(scores[inside].mean()), float(right[inside].mean()))
        for number in range(BINS)
        if (inside := numbers == number).any()
    ]


def expected_error(bins: Sequence[Bin]) -> float:
    """Expected calibration error (Guo et al. 2017): mean distance of score and share, weighted by the bins' sizes."""
    total = sum(found.quotes for found in bins)
    return round(sum(found.quotes * abs(found.score - found.right) for found in bins) / total, 4)


def plot(bins: Sequence[Bin], file: Path, *, title: str) -> None:
    """Draws the share of what is right over its score."""
    from matplotlib import pyplot

    figure, axes = pyplot.subplots(figsize=(4.5, 4.5))
    axes.plot([0, 1], [0, 1], color="0.7", linewidth=1)
    sizes = [20 + found.quotes / 2 for found in bins]
    axes.plot([found.score for found in bins], [found.right for found in bins], color="tab:blue", linewidth=1)
    axes.scatter([found.score for found in bins], [found.right for found in bins], s=sizes, color="tab:blue")
    axes.set(xlim=(0, 1), ylim=(0, 1), xlabel="score", ylabel="share that is right", title=title)
    figure.savefig(file, bbox_inches="tight", metadata={"Date": None})


def _read_novels(data: Path) -> list[LabelledText]:
    """Excerpts of novels."""
    path = data / "pdnc" / "dev.jsonl.gz"
    excerpts = read_excerpts(path, random.Random(1), size=4000, share=0.04, skip=frozenset())
    return [text for text in excerpts if text.name.partition("-")[0] in NOVELS]


def _judge(text: LabelledText, encoder: Encoder, *, is_measured: bool) -> Iterator[JudgedQuote]:
    marks = pair_marks(text.text)
    level = encoder(text.text, marks).levels[0]
    places = SpeechPlaces.outermost(level.pieces, marks)
    quotes = find_quotes(level, text.text, places, DEFAULT_EXTRACTION_SETTINGS)
    if text.scope is Scope.QUOTED:
        # The gold data has only what stands between marks.
        quotes = [quote for quote in quotes if all(part.is_quoted for part in quote.contents)]
    words = [frozenset(_words(text.text, [(p.span.start, p.span.end) for p in quote.contents])) for quote in quotes]
    gold = [frozenset(_words(text.text, quote.content)) for quote in text.attributions if quote.level == 0]
    right = paired(words, gold)
    for number, quote in enumerate(quotes):
        yield JudgedQuote(text.name, is_measured, tuple(describe(quote).values()), number in right)


def _words(text: str, spans: Sequence[tuple[int, int]]) -> Iterator[int]:
    for start, end in spans:
        yield from (word.start() for word in _CALIBRATION_WORD.finditer(text, start, end))


def paired(found: Sequence[frozenset[int]], gold: Sequence[frozenset[int]]) -> dict[int, int]:
    """The gold quote that each found quote is paired with, if any; each gold quote once, the most alike pairs first."""
    pairs = sorted(
        (-2 * len(f & g) / (len(f) + len(g)), i, j) for i, f in enumerate(found) for j, g in enumerate(gold) if f & g
    )
    taken: set[int] = set()
    partner: dict[int, int] = {}
    for dice, i, j in pairs:
        if -dice >= _SAME and i not in partner and j not in taken:
            partner[i] = j
            taken.add(j)
    return partner


def write_beside(weights: Path, name: str, content: bytes) -> None:
    """Writes a file into a weights folder, and its checksum into the folder's card."""
    write_atomically(weights / name, content)
    card = read_card(weights)
    files = {**card["files"], name: {"sha256": checksum(content), "bytes": len(content)}}
    write_atomically(weights / CARD, json.dumps({**card, "files": files}, indent=2).encode() + b"\n")


if __name__ == "__main__":
    main()
