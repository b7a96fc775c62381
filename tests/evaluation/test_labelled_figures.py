"""Holds the figures of labelled places that docs/scores.md promises: acts and assertions, persons and addressees."""

from collections.abc import Callable
from pathlib import Path

import pytest
from spacy.language import Language

from tests.benchmarks import acts, persons
from tests.benchmarks.measuring import Figures, read_labels
from tests.cases import each_row


@pytest.fixture(scope="module")
def figures_of(nlp: Language, shared: Path) -> Callable[[str, str], acts.Figures]:
    """The figures of the acts or assertions of a set."""
    answers = list(acts.iter_answers(shared / "data/polnear/train.jsonl.gz", nlp))
    return lambda what, name: acts.count(getattr(answer, what) for answer in answers if acts.SETS[name](answer))


@pytest.fixture(scope="module")
def answers(nlp: Language, shared: Path) -> list[persons.Answer]:
    return list(persons.iter_answers(shared / "data/polnear/train.jsonl.gz", nlp))


@pytest.mark.gold
@pytest.mark.model
@each_row("what, name, floor", "evaluation", "accuracy")
def test_accuracy_holds(figures_of: Callable[[str, str], acts.Figures], what: str, name: str, floor: float) -> None:
    assert figures_of(what, name).accuracy >= floor


@pytest.mark.gold
@pytest.mark.model
@each_row("what, label, precision, recall", "evaluation", "labels")
def test_each_label_holds(
    figures_of: Callable[[str, str], acts.Figures], what: str, label: str, precision: float, recall: float
) -> None:
    right, given, labelled = figures_of(what, "together").labels[label]
    assert right / given >= precision
    assert right / labelled >= recall


def test_figures_of_labels_count_what_is_right_given_and_labelled() -> None:
    figures = acts.count([("a", "a"), ("a", "b"), ("b", "b"), ("c", "b")])
    assert figures.accuracy == 0.5
    assert figures.labels == {"a": (1, 1, 2), "b": (1, 3, 1), "c": (0, 0, 1)}


@pytest.mark.gold
@pytest.mark.model
@each_row("task, precision, recall", "evaluation", "persons")
def test_figures_on_unseen_rows_hold(answers: list[persons.Answer], task: str, precision: float, recall: float) -> None:
    unseen = (answer for answer in answers if answer.task == task and persons.SETS["odd rows"](answer))
    figures = persons.count(unseen)
    assert figures.precision >= precision
    assert figures.recall >= recall


def test_labels_hold_places_alone() -> None:
    rows = read_labels("persons")
    assert {row["task"] for row in rows} == set(persons.TASKS)
    allowed = {"doc_id", "task", "span", "means", "sample", "content", "cue", "source"}
    assert all(row.keys() <= allowed and row["sample"] in {"random", "enriched"} for row in rows)


def answer(*labelled: tuple[int, int], found: tuple[str, ...] = (), right: bool = False) -> persons.Answer:
    return persons.Answer(row=0, task="first", sample="random", labelled=frozenset(labelled), found=found, right=right)


def test_figures_count_what_is_right_given_and_labelled() -> None:
    rows = [answer((0, 3), found=("Roe",), right=True), answer(found=("Poe",)), answer((4, 7)), answer()]
    figures = persons.count(rows)
    assert figures == Figures(right=1, given=2, labelled=2, total=4)
    assert (figures.precision, figures.recall) == (0.5, 0.5)
    assert (persons.count([]).precision, persons.count([]).recall) == (0.0, 0.0)
