"""Fits the score of speakers who say "I" or are labelled, and says how far it can be believed.

    python -m quotesmith.training.speaker_calibration --data GOLD --weights FOLDER [--plot FILE.svg]

Writes its methods into `speaker_score.json` in the weights folder, and the file's checksum into the folder's card; the
methods of other source words are written by `speaker_choice`, those of turns without source words by `turn_weights`.
Run it behind `joining`, `speaker_choice` and `turn_weights`, whose files change what is found.
"""

import json
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
from attrs import field, frozen
from sklearn.linear_model import LogisticRegression

import quotesmith
from quotesmith.analysis import Analyzer
from quotesmith.coreference import AntecedentScorer, CorefereeAdapter
from quotesmith.encoder import Encoder
from quotesmith.extraction import LearnedExtractor
from quotesmith.records import Quote, QuoteDocument
from quotesmith.speakers.calibration import SPEAKER_SCORE_FILE, log_odds
from quotesmith.training.calibration import (
    Bin,
    expected_error,
    paired,
    plot,
    read_arguments,
    reliability,
    score_by_others,
    write_beside,
)
from quotesmith.training.corpora import CharSpan, read_rows

# Where a layout labels the turns, at least this part of published talk goes to its speaker, by characters, in each
# layout (`python -m tests.benchmarks.layouts GOLD`); the raw score of the method says the same, so it stays.
_LABEL = "label"
_LABEL_CORPORA = ({"name": "published talk in twenty layouts", "licence": "as its corpora"},)
METHODS = ("first person",)
"""Those by words that no scorer weighs; `speaker_choice` fits those by other source words, `turn_weights` the rest."""
_SPEAKER_CORPORA = ({"name": "PolNeAR dev speakers, 42 articles", "licence": "none stated for the texts"},)
_SPEAKER_COMMAND = "python -m quotesmith.training.speaker_calibration --data GOLD --weights FOLDER"
_SPEAKER_WORD = re.compile(r"\w+")


@frozen
class JudgedSpeaker:
    """A speaker given: by which method, how sure, and whether it is the right one."""

    text: str
    method: str
    raw: float
    right: bool


def main() -> None:
    """The command line."""
    arguments = read_arguments(__doc__)
    bins = calibrate_speakers(arguments.data, arguments.weights)
    if arguments.plot is not None:
        plot(bins, arguments.plot, title="Speakers of PolNeAR dev")


def calibrate_speakers(data: Path, weights: Path) -> list[Bin]:
    """Fits and writes the calibration; gives its reliability, each article scored by a fit to others.

    Args:
        data: Folder of the gold corpora.
        weights: Folder of the exported weights, whose extractor and scorer find the speakers.
    """
    judged = [one for one in judge_all(data, weights) if one.method in METHODS]
    fit = fit_scores(judged, METHODS)
    write_scores(weights, fit, _SPEAKER_CORPORA, _SPEAKER_COMMAND)
    write_scores(
        weights, ScoreFit({_LABEL: 1.0}, {_LABEL: 0.0}), _LABEL_CORPORA, "python -m tests.benchmarks.layouts GOLD"
    )
    return fit.bins


@frozen
class ScoreFit:
    """Fitted scores of some methods.

    Attributes:
        weights: Of the log odds of the raw score, by method.
        intercepts: By method.
        speakers: How many speakers they were fitted to; none where the raw scores are taken as they are.
        bins: Their reliability, each text scored by a fit to others.
    """

    weights: Mapping[str, float]
    intercepts: Mapping[str, float]
    speakers: int = 0
    bins: list[Bin] = field(factory=list)


def fit_scores(judged: Sequence[JudgedSpeaker], methods: Sequence[str]) -> ScoreFit:
    """Fits the scores of these methods, with one weight of the raw score for all of them."""
    values = np.array([[log_odds(j.raw), *(j.method == method for method in methods)] for j in judged], dtype=float)
    right = np.array([j.right for j in judged])
    model = LogisticRegression(fit_intercept=False, max_iter=1000)
    bins = reliability(score_by_others(model, values, right, [j.text for j in judged]), right)
    weight, *intercepts = (round(float(value), 4) for value in model.fit(values, right).coef_[0])
    return ScoreFit(dict.fromkeys(methods, weight), dict(zip(methods, intercepts, strict=True)), len(judged), bins)


def write_scores(folder: Path, fit: ScoreFit, data: Sequence[Mapping[str, Any]], command: str) -> None:
    """Writes the scores of some methods beside those that `speaker_score.json` has of others."""
    path = folder / SPEAKER_SCORE_FILE
    card = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    methods = list(fit.weights)
    own: dict[str, Any] = {
        "methods": methods,
        "data": data,
        "command": command,
        "date": datetime.now(UTC).date().isoformat(),
    }
    if fit.bins:
        figures = {"expected calibration error, cross-validated": expected_error(fit.bins)}
        own.update(speakers=fit.speakers, figures=figures)
    others = [other for other in card.get("fits", ()) if other["methods"] != methods]
    written = {
        "format": 2,
        "weights": {**card.get("weights", {}), **fit.weights},
        "intercepts": {**card.get("intercepts", {}), **fit.intercepts},
        "fits": sorted([*others, own], key=lambda one: str(one["methods"])),
    }
    write_beside(folder, SPEAKER_SCORE_FILE, json.dumps(written, indent=2).encode() + b"\n")


@frozen
class _SpeakerAttribution:
    id: str
    content: tuple[CharSpan, ...]


@frozen
class _SpeakerArticle:
    doc_id: str
    text: str
    attributions: tuple[_SpeakerAttribution, ...]


def judge_all(data: Path, weights: Path) -> Iterator[JudgedSpeaker]:
    """The speakers given in the articles whose speakers are known, judged by their names."""
    gold: dict[str, dict[str, Any]] = defaultdict(dict)
    lines = (data / "polnear" / "dev_speakers.jsonl").read_text(encoding="utf-8").splitlines()
    for row in map(json.loads, lines):
        gold[row["doc_id"]][row["id"]] = row
    articles = [a for a in read_rows(data / "polnear" / "dev.gold.jsonl.gz", _SpeakerArticle) if a.doc_id in gold]
    encoder = Encoder(weights)
    # The scores that are fitted are those before any fit.
    analyze = Analyzer(
        LearnedExtractor(encoder),
        CorefereeAdapter(),
        encoder=encoder,
        scorer=AntecedentScorer(weights),
        speaker_score=_as_it_is,
    )
    docs = quotesmith.load().pipe([article.text for article in articles], disable=["quotesmith"])
    for article, doc in zip(articles, docs, strict=True):
        yield from _judge(article, analyze(doc), gold[article.doc_id])


def _as_it_is(_: str, raw: float) -> float:
    return raw


def _judge(article: _SpeakerArticle, document: QuoteDocument, gold: Mapping[str, Any]) -> Iterator[JudgedSpeaker]:
    rows = [attribution for attribution in article.attributions if attribution.id in gold]
    quotes = [quote for quote in document.quotes if quote.parent is None]
    found = [_words(article.text, [(s.start, s.end) for s in quote.content]) for quote in quotes]
    wanted = [_words(article.text, attribution.content) for attribution in rows]
    for number, partner in paired(found, wanted).items():
        quote = quotes[number]
        if quote.speakers:
            row = gold[rows[partner].id]
            right = is_right(document, quote, row["speakers"], named=not row["unresolvable"])
            yield JudgedSpeaker(document.id, quote.evidence.method, quote.speaker_score, right)


def _words(text: str, spans: Sequence[tuple[int, int]]) -> frozenset[int]:
    return frozenset(word.start() for start, end in spans for word in _SPEAKER_WORD.finditer(text, start, end))


def is_right(document: QuoteDocument, quote: Quote, names: Sequence[str], *, named: bool) -> bool:
    """Whether the speakers are those of the names; where the text names nobody, whether none is a named entity."""
    groups = [document.entity(speaker) for speaker in quote.speakers]
    speakers = [document.entity(member) for group in groups for member in (group.members or (group.id,))]
    if not named:
        return not any(speaker.named for speaker in speakers)
    given = [{speaker.name, *speaker.aliases} for speaker in speakers]
    return len(given) == len(names) and all(
        any(_is_same(one, name) for forms in given for one in forms) for name in names
    )


def _is_same(one: str, other: str) -> bool:
    """Whether one name is the other, or its end."""
    a, b = (_SPEAKER_WORD.findall(name.casefold()) for name in (one, other))
    size = min(len(a), len(b))
    return size > 0 and a[-size:] == b[-size:]


if __name__ == "__main__":
    main()
