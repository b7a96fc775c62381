"""Holds the figures of act and assertion on labelled attributions that docs/scores.md promises."""

from pathlib import Path

import pytest
from spacy.language import Language

from tests.benchmarks.acts import SETS, Answer, Figures, count, iter_answers


@pytest.fixture(scope="module")
def answers(nlp: Language, shared: Path) -> list[Answer]:
    return list(iter_answers(shared / "data/polnear/train.jsonl.gz", nlp))


def figures_of(answers: list[Answer], what: str, name: str) -> Figures:
    return count(getattr(answer, what) for answer in answers if SETS[name](answer))


@pytest.mark.gold
@pytest.mark.model
@pytest.mark.parametrize(
    ("what", "name", "floor"),
    [
        pytest.param("act", "random", 0.87, id="act-random"),
        pytest.param("act", "enriched", 0.88, id="act-enriched"),
        pytest.param("act", "together, odd rows", 0.84, id="act-unseen"),
        pytest.param("assertion", "random", 0.94, id="assertion-random"),
        pytest.param("assertion", "enriched", 0.88, id="assertion-enriched"),
        pytest.param("assertion", "together, odd rows", 0.92, id="assertion-unseen"),
    ],
)
def test_accuracy_holds(answers: list[Answer], what: str, name: str, floor: float) -> None:
    assert figures_of(answers, what, name).accuracy >= floor


@pytest.mark.gold
@pytest.mark.model
@pytest.mark.parametrize(
    ("what", "label", "precision", "recall"),
    [
        pytest.param("act", "speech", 0.88, 0.95, id="speech"),
        pytest.param("act", "writing", 0.65, 0.8, id="writing"),
        pytest.param("act", "thought", 0.85, 0.83, id="thought"),
        pytest.param("act", "attitude", 0.95, 0.64, id="attitude"),
        pytest.param("assertion", "asserted", 0.92, 0.94, id="asserted"),
        pytest.param("assertion", "negated", 0.9, 0.93, id="negated"),
        pytest.param("assertion", "hypothetical", 0.88, 0.8, id="hypothetical"),
    ],
)
def test_each_label_holds(answers: list[Answer], what: str, label: str, precision: float, recall: float) -> None:
    right, given, labelled = figures_of(answers, what, "together").labels[label]
    assert right / given >= precision
    assert right / labelled >= recall


def test_figures_count_what_is_right_given_and_labelled() -> None:
    figures = count([("a", "a"), ("a", "b"), ("b", "b"), ("c", "b")])
    assert figures.accuracy == 0.5
    assert figures.labels == {"a": (1, 1, 2), "b": (1, 3, 1), "c": (0, 0, 1)}
