"""Holds the figures of first and second person and of addressees on labelled places that docs/scores.md promises."""

import json
from pathlib import Path

import pytest
from spacy.language import Language

from tests.benchmarks.persons import LABELS, SETS, TASKS, Answer, count, iter_answers


@pytest.fixture(scope="module")
def answers(nlp: Language, shared: Path) -> list[Answer]:
    return list(iter_answers(shared / "data/polnear/train.jsonl.gz", nlp))


@pytest.mark.gold
@pytest.mark.model
@pytest.mark.parametrize(
    ("task", "precision", "recall"),
    [
        pytest.param("first", 0.82, 0.43, id="first-person"),
        pytest.param("second", 0.5, 0.1, id="second-person"),
        pytest.param("addressee", 0.78, 0.54, id="addressees"),
    ],
)
def test_figures_on_unseen_rows_hold(answers: list[Answer], task: str, precision: float, recall: float) -> None:
    figures = count(answer for answer in answers if answer.task == task and SETS["odd rows"](answer))
    assert figures.precision >= precision
    assert figures.recall >= recall


def test_labels_hold_places_alone() -> None:
    rows = [json.loads(line) for line in LABELS.read_text(encoding="utf-8").splitlines()]
    assert {row["task"] for row in rows} == set(TASKS)
    allowed = {"doc_id", "task", "span", "means", "sample", "content", "cue", "source"}
    assert all(row.keys() <= allowed and row["sample"] in {"random", "enriched"} for row in rows)


def answer(*labelled: tuple[int, int], found: tuple[str, ...] = (), right: bool = False) -> Answer:
    return Answer(row=0, task="first", sample="random", labelled=frozenset(labelled), found=found, right=right)


def test_figures_count_what_is_right_given_and_labelled() -> None:
    figures = count([answer((0, 3), found=("Roe",), right=True), answer(found=("Poe",)), answer((4, 7)), answer()])
    assert (figures.right, figures.given, figures.labelled, figures.total) == (1, 2, 2, 4)
    assert (figures.precision, figures.recall) == (0.5, 0.5)


def test_figures_of_nothing_are_zero() -> None:
    assert (count([]).precision, count([]).recall) == (0.0, 0.0)
