"""Fits the choice of speakers and its scores to articles whose speakers are known, and says how often it is right.

    python -m quotesmith.training.speaker_choice --data GOLD --weights FOLDER [--plot FILE.svg]

Writes `speaker_choice.json` into the weights folder, the scores of the methods that it decides into
`speaker_score.json`, and both checksums into the folder's card. It reads the encoder, the scorer of antecedents and
the quotes that these find, so it comes behind `joining`. Needs LightGBM, a gradient-boosting library.
"""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import numpy as np
from attrs import evolve
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold
from spacy.tokens import Doc

from quotesmith.coreference import AntecedentScorer
from quotesmith.encoder import GRAPH, Encoder, read_card
from quotesmith.extraction import LearnedExtractor
from quotesmith.records import EntityKind
from quotesmith.speakers.calibration import log_odds
from quotesmith.speakers.choice.features import FEATURES
from quotesmith.speakers.choice.head_nouns import HeadNouns, NounFeatures
from quotesmith.speakers.choice.model import SPEAKER_CHOICE_FILE
from quotesmith.speakers.choice.trees import DecisionForest
from quotesmith.training.calibration import plot, read_arguments, reliability, score_by_others, write_beside
from quotesmith.training.choice_examples import (
    GAP,
    LITBANK,
    MADE,
    ChoiceArticle,
    ChoiceExample,
    ExampleReader,
    read_articles,
)
from quotesmith.training.forests import ChoiceQuestion, ForestTraining, fit_forest, with_used_features
from quotesmith.training.parser import make_parser
from quotesmith.training.speaker_calibration import JudgedSpeaker, ScoreFit, write_scores

CHOICE_METHODS: Final = ("name", "group", "nominal", "coreference")
"""The methods whose speakers it decides."""
_CHOICE_DATA: Final = (
    {"name": "PolNeAR train speakers and pronouns, 630 articles", "licence": "none stated for the texts"},
    {"name": "PolNeAR train, read anew, with speakers, 198 articles", "licence": "none stated for the texts"},
    {"name": "Wikinews with speakers", "licence": "CC BY 2.5"},
    {"name": "GUM with speakers", "licence": "annotation ours; texts CC BY and CC BY-SA"},
    {"name": "LitBank quotations without the pilots", "licence": "CC BY 4.0"},
    {"name": "GAP development", "licence": "Apache-2.0"},
    {"name": "44 articles with speakers made for this project", "licence": "that of this package"},
)
_CHOICE_COMMAND: Final = "python -m quotesmith.training.speaker_choice --data GOLD --weights FOLDER"
_CHOICE_FOLDS: Final = 5
CHOICE_TRAINING: Final = ForestTraining()
# How much a source counts. Made articles are full of what is hard; 1 to 4 differ by less than chance.
_CORPUS_WEIGHTS: Final[Mapping[str, float]] = {LITBANK: 2.0, MADE: 3.0}
_PRONOUN_WEIGHT: Final = 0.5
# Scores are for news: these corpora are like what is read, the others fill gaps.
_SCORED: Final = frozenset({"train", "clean", "wikinews", "gum"})
_LEAST_NOUNS: Final = 3
_KIND_COLUMNS: Final = [FEATURES.index(f"{kind.value}_kind") for kind in EntityKind]
_NOUN_COLUMNS: Final = [FEATURES.index(name) for name in ("noun_count", "noun_named", "noun_unnamed", "noun_kind")]
_IS_NAME, _ONLY_NAME, _IS_SET = (FEATURES.index(name) for name in ("is_name", "only_name", "is_set"))
_PRONOUN_COLUMNS: Final = [FEATURES.index(name) for name in ("he", "she", "it", "they")]
_CHOICE_DIGITS: Final = 4


def main() -> None:
    """The command line."""
    arguments = read_arguments(__doc__)
    encoder = Encoder(arguments.weights)
    reader = ExampleReader(encoder, LearnedExtractor(encoder), AntecedentScorer(arguments.weights))
    examples = read_examples(read_articles(arguments.data), reader, make_parser())
    fit = fit_choice(examples, arguments.weights)
    if arguments.plot is not None:
        plot(fit.bins, arguments.plot, title="Speakers of articles left out")


def read_examples(
    articles: Iterable[ChoiceArticle], reader: ExampleReader, parse: Callable[[str], Doc]
) -> list[ChoiceExample]:
    """The examples of all articles."""
    return [example for article in articles for example in reader(article, parse(article.text))]


def fit_choice(
    examples: Sequence[ChoiceExample], weights: Path, training: ForestTraining = CHOICE_TRAINING
) -> ScoreFit:
    """Fits and writes choice and scores; gives the scores, each article's by a fit to others.

    Args:
        examples: The sources of articles whose speakers are known.
        weights: The weights folder.
        training: How the trees are fitted.
    """
    chances = cross_validate(examples, training)
    judged = judge(examples, chances)
    scores = fit_method_scores(judged)
    nouns = count_nouns(examples)
    forest = fit_trees(_with_others_nouns(examples), training)
    card = {
        "format": 1,
        **with_used_features(forest, FEATURES),
        "nouns": nouns.counts,
        "encoder": read_card(weights)["files"][GRAPH]["sha256"],
        "data": _CHOICE_DATA,
        "sources": len(examples),
        "articles": len({example.doc_id for example in examples}),
        "figures": measure(examples, chances),
        "command": _CHOICE_COMMAND,
        "date": datetime.now(UTC).date().isoformat(),
    }
    write_beside(weights, SPEAKER_CHOICE_FILE, json.dumps(card, separators=(",", ":")).encode() + b"\n")
    write_scores(weights, scores, _CHOICE_DATA, _CHOICE_COMMAND)
    print(json.dumps(card["figures"], indent=2))  # noqa: T201 - the figures are what the command gives
    return scores


# Head nouns


def count_nouns(examples: Iterable[ChoiceExample]) -> HeadNouns:
    """The tables of head nouns of some sources."""
    told = ((one.noun, not one.gold.unresolvable, EntityKind(one.gold.kind)) for one in examples if _tells_noun(one))
    return HeadNouns.count(told, _LEAST_NOUNS)


def _tells_noun(example: ChoiceExample) -> bool:
    is_told = example.corpus not in {LITBANK, GAP} and example.gold.kind in set(EntityKind)
    return bool(example.noun) and not example.is_part and is_told


def with_nouns(examples: Sequence[ChoiceExample], nouns: HeadNouns) -> list[ChoiceExample]:
    """The examples with the features that these tables give."""
    found = []
    for example in examples:
        features = example.features.copy()
        kinds = [list(EntityKind)[place] for place in features[:, _KIND_COLUMNS].argmax(axis=1)]
        described = nouns.describe(example.noun, zip(example.named.tolist(), kinds, strict=True))
        features[:, _NOUN_COLUMNS] = [_noun_values(one) for one in described]
        found.append(evolve(example, features=features))
    return found


def _noun_values(noun: NounFeatures) -> tuple[float, ...]:
    return noun.noun_count, noun.noun_named, noun.noun_unnamed, noun.noun_kind


def _with_others_nouns(examples: Sequence[ChoiceExample]) -> list[ChoiceExample]:
    """The examples, each with tables of articles of other folds: of its own it would know too much."""
    found: list[ChoiceExample] = list(examples)
    for fitted, others in _folds(examples):
        nouns = count_nouns(examples[number] for number in fitted)
        for number, example in zip(others, with_nouns([examples[n] for n in others], nouns), strict=True):
            found[number] = example
    return found


def _folds(examples: Sequence[ChoiceExample]) -> list[tuple[list[int], list[int]]]:
    groups = [example.doc_id for example in examples]
    cuts = GroupKFold(_CHOICE_FOLDS).split(np.zeros(len(examples)), groups=groups)
    return [(fitted.tolist(), others.tolist()) for fitted, others in cuts]


# Trees


def fit_trees(examples: Sequence[ChoiceExample], training: ForestTraining) -> dict[str, list[Any]]:
    """Trees that make right candidates likely."""
    asked = [
        ChoiceQuestion(example.features, example.right, _weight(example)) for example in examples if example.right.any()
    ]
    return fit_forest(asked, training)


def _weight(example: ChoiceExample) -> float:
    return _CORPUS_WEIGHTS.get(example.corpus, 1.0) * (1.0 if example.is_source else _PRONOUN_WEIGHT)


# Figures


def cross_validate(examples: Sequence[ChoiceExample], training: ForestTraining) -> list[NDArray[np.float64]]:
    """The chances of each example's candidates by a fit to other articles."""
    found: list[NDArray[np.float64]] = [np.zeros(0)] * len(examples)
    for fitted, others in _folds(examples):
        own = [examples[number] for number in fitted]
        forest = DecisionForest.of(fit_trees(_with_others_nouns(own), training))
        held = with_nouns([examples[number] for number in others], count_nouns(own))
        for number, example in zip(others, held, strict=True):
            scores = np.exp(_centred(forest(example.features))) * ~_is_other_name(example)
            found[number] = scores / scores.sum()
    return found


def _is_other_name(example: ChoiceExample) -> NDArray[np.bool_]:
    """Which candidates are named, but not those of a bare name; where there is none that is, none."""
    is_only = example.features[:, _ONLY_NAME] > 0
    others: NDArray[np.bool_] = example.named & is_only & (example.features[:, _IS_NAME] == 0)
    return others & ~others.all()


def _centred(scores: NDArray[np.float64]) -> NDArray[np.float64]:
    centred: NDArray[np.float64] = scores - scores.max()
    return centred


def judge(examples: Sequence[ChoiceExample], chances: Sequence[NDArray[np.float64]]) -> list[JudgedSpeaker]:
    """The likeliest candidate of each source in news, with its chance, and whether it is right."""
    found = []
    for example, own in zip(examples, chances, strict=True):
        best = int(own.argmax())
        if example.corpus in _SCORED and example.is_source and not example.is_part:
            chance = float(own[best] if example.named[best] else own[~example.named].sum())
            found.append(JudgedSpeaker(example.doc_id, _method(example, best), chance, _is_right(example, best)))
    return found


def _is_right(example: ChoiceExample, best: int) -> bool:
    """Whether a candidate is right; whichever has no name is, where the article names nobody."""
    return bool(example.right[best] if example.named[best] else example.right[~example.named].any())


def _method(example: ChoiceExample, best: int) -> str:
    if example.features[best, _IS_SET]:
        return "group"
    if example.features[best, _PRONOUN_COLUMNS].any():
        return "coreference"
    return "name" if example.features[best, _IS_NAME] else "nominal"


def fit_method_scores(judged: Sequence[JudgedSpeaker]) -> ScoreFit:
    """A logistic fit of each method's chances; groups, of which there are few, count with descriptions."""
    weights, intercepts = {}, {}
    right = np.array([one.right for one in judged])
    scores = np.zeros(len(judged))
    for methods in (("name",), ("group", "nominal"), ("coreference",)):
        own = np.array([one.method in methods for one in judged])
        values = np.array([[log_odds(one.raw)] for one in judged if one.method in methods])
        model = LogisticRegression(max_iter=1000)
        texts = [one.text for one in judged if one.method in methods]
        scores[own] = score_by_others(model, values, right[own], texts)
        model.fit(values, right[own])
        weights.update(dict.fromkeys(methods, round(float(model.coef_[0][0]), _CHOICE_DIGITS)))
        intercepts.update(dict.fromkeys(methods, round(float(model.intercept_[0]), _CHOICE_DIGITS)))
    return ScoreFit(weights, intercepts, len(judged), reliability(scores, right))


def measure(examples: Sequence[ChoiceExample], chances: Sequence[NDArray[np.float64]]) -> dict[str, Any]:
    """How many of the sources found are right in articles left out, by corpus, form and whether they have a name."""
    hits: dict[str, list[bool]] = {}
    for example, own in zip(examples, chances, strict=True):
        if example.is_part:
            continue
        sort = "named nowhere" if example.gold.unresolvable else example.gold.form
        name = f"{example.corpus}, {sort}" if example.is_source else f"{example.corpus}, other pronouns, {sort}"
        hits.setdefault(name, []).append(_is_right(example, int(own.argmax())))
    return {name: {"found": len(own), "right": round(sum(own) / len(own), 4)} for name, own in sorted(hits.items())}


if __name__ == "__main__":
    main()
