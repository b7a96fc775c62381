"""Learning of antecedents, alone and together with tags."""

from collections.abc import Sequence
from math import log
from pathlib import Path

import numpy as np
import pytest
from spacy.language import Language

torch = pytest.importorskip("torch")
pytest.importorskip("transformers")
pytest.importorskip("onnx")

from quotesmith.records import EntityKind, MentionForm  # noqa: E402 - skipped where there is no torch
from quotesmith.training import together  # noqa: E402
from quotesmith.training.antecedents import (  # noqa: E402
    RIGHT,
    UNKNOWN,
    WRONG,
    AntecedentExample,
    antecedent_loss,
    collate_antecedents,
    make_antecedent_examples,
    shuffled_stretches,
)
from quotesmith.training.clusters import ClusteredText, Question  # noqa: E402
from quotesmith.training.corpora import Gold, LabelledText, Scope  # noqa: E402
from quotesmith.training.examples import make_epoch  # noqa: E402
from quotesmith.training.learner import Lesson  # noqa: E402
from quotesmith.training.mention_labels import GoldMention, MentionText  # noqa: E402
from quotesmith.training.mentions import MentionExample, make_mention_examples  # noqa: E402
from tests.encoder.tiny import make_tokenizer  # noqa: E402

TEXT = "Ann met Bea on a hill. She waved."
SHE = (23, 26)
ANN, BEA = (0, 3), (8, 11)


def examples(nlp: Language, *texts: ClusteredText) -> list[AntecedentExample]:
    return list(make_antecedent_examples(make_tokenizer(), nlp, texts))


def row(labels: list[int], *, none: bool = False) -> AntecedentExample:
    """An anaphor with candidates of these labels, each mention a piece."""
    size = len(labels) + 1
    ids = np.zeros(size, dtype=np.int64)
    return AntecedentExample(
        (ids,),
        (ids,),
        np.stack([ids, np.arange(size)], axis=1),
        np.array([[place, place + 1, place] for place in range(size)]),
        np.array([size - 1]),
        np.zeros(len(labels), dtype=np.int64),
        np.arange(len(labels)),
        np.zeros((len(labels), 2), dtype=np.float32),
        np.zeros((1, 2), dtype=np.float32),
        np.array(labels),
        np.array([none]),
        np.ones(1, dtype=np.float32),
    )


@pytest.mark.model
def test_cluster_says_which_candidates_are_right_or_that_nobody_is(nlp: Language) -> None:
    [example] = examples(nlp, ClusteredText("t", TEXT, clusters=((ANN, SHE),)))
    labels = {int(mention): int(label) for mention, label in zip(example.candidates, example.labels, strict=True)}
    assert sorted(labels.values()) == [WRONG] * (len(labels) - 1) + [RIGHT]
    assert not example.none.any()
    [example] = examples(nlp, ClusteredText("t", TEXT, clusters=((ANN, BEA),)))
    assert example.none.all()
    assert RIGHT not in example.labels


@pytest.mark.model
def test_question_leaves_other_candidates_open(nlp: Language) -> None:
    before = "Mary Smith smiled. "
    spans = [(start + len(before), end + len(before)) for start, end in (SHE, ANN, BEA)]
    [example] = examples(
        nlp, ClusteredText("t", before + TEXT, questions=(Question(spans[0], (spans[1],), (spans[2],)),))
    )
    assert set(example.labels.tolist()) == {WRONG, RIGHT, UNKNOWN}


@pytest.mark.model
def test_phrase_that_begins_with_the_pronoun_is_not_asked_about(nlp: Language) -> None:
    text = "Ann Smith met Bea Roe. The hill was high. Her house stood on it."
    her = (text.index("Her"), text.index("Her") + 3)
    [example] = examples(nlp, ClusteredText("t", text, questions=(Question(her, ((0, 9),), ((14, 21),)),)))
    assert len(example.anaphors) == 1
    assert RIGHT in example.labels


@pytest.mark.model
def test_text_without_questions_or_anaphors_gives_nothing(nlp: Language) -> None:
    assert examples(nlp, ClusteredText("t", "Ann met Bea."), ClusteredText("e", "")) == []


@pytest.mark.parametrize(
    ("example", "loss"),
    [
        pytest.param(row([WRONG, RIGHT]), log(3), id="one right of two and nobody"),
        pytest.param(row([RIGHT, RIGHT]), log(1.5), id="either"),
        pytest.param(row([UNKNOWN, RIGHT]), log(2), id="unknown is left out"),
        pytest.param(row([WRONG], none=True), log(2), id="nobody"),
    ],
)
def test_loss_of_scores_that_know_nothing(example: AntecedentExample, loss: float) -> None:
    batch = collate_antecedents([example])
    found = antecedent_loss(torch.zeros(len(batch.rows)), torch.zeros(1), batch)
    assert found.item() == pytest.approx(loss, abs=1e-5)


def test_loss_is_the_mean_over_anaphors_side_by_side() -> None:
    batch = collate_antecedents([row([RIGHT]), row([WRONG, RIGHT])])
    assert antecedent_loss(torch.zeros(3), torch.zeros(2), batch).item() == pytest.approx((log(2) + log(3)) / 2)
    assert batch.anaphors.tolist() == [1, 4]
    assert batch.candidates.tolist() == [0, 2, 3]
    assert batch.rows.tolist() == [0, 1, 1]
    assert batch.owned[:, 0].tolist() == [0, 0, 1, 1, 1]


def test_all_examples_are_in_some_batch_once() -> None:
    parts = [row([RIGHT] * size) for size in range(1, 200)]
    batches = shuffled_stretches(parts, np.random.default_rng(1), windows=1)
    assert sorted(id(example) for batch in batches for example in batch) == sorted(map(id, parts))
    assert len(batches) < len(parts)


TAGGED = [LabelledText(str(n), "ab cd ef", (Gold(((0, 2),)),), Scope.WHOLE) for n in range(5)]


def lessons_of(stretches: Sequence[AntecedentExample], mentions: Sequence[MentionExample]) -> list[Lesson]:
    joint = together.Joint(stretches, mentions, {})
    sizes = together.LessonSizes(windows=2, stretches=1, mentions=2)
    return list(together.iter_lessons(joint, sizes, 1, 20, lambda rng: make_epoch(make_tokenizer(), TAGGED, rng)))


def test_all_sorts_come_round_after_round() -> None:
    clusters = [row([RIGHT] * 150) for _ in range(3)]
    known = MentionText("m", "ab cd", (), frozenset(EntityKind))
    mentions = make_mention_examples(make_tokenizer(), [known] * 4)
    lessons = lessons_of(clusters, mentions)
    assert len(lessons) == 20
    assert all(1 <= len(lesson.windows) <= 2 and lesson.stretches and lesson.mentions for lesson in lessons)
    first_round = [id(example) for lesson in lessons[:3] for example in lesson.stretches]
    assert sorted(first_round) == sorted(map(id, clusters))
    first_round = [id(example) for lesson in lessons[:2] for example in lesson.mentions]
    assert sorted(first_round) == sorted(map(id, mentions))


def test_windows_of_which_little_is_known_come_seldom() -> None:
    name = GoldMention((0, 2), MentionForm.NAME, EntityKind.PERSON)
    known = MentionText("m", "ab cd", (), frozenset(EntityKind))
    partly = MentionText("p", "ab cd", (name,), frozenset())
    mentions = make_mention_examples(make_tokenizer(), [*[known] * 10, *[partly] * 100])
    seen = [bool(example.kinds) for lesson in lessons_of([row([RIGHT])], mentions) for example in lesson.mentions]
    assert 0.2 < sum(seen) / len(seen) < 0.7


@pytest.mark.gold
def test_nothing_is_learned_from_what_is_measured(shared: Path) -> None:
    learned = {text.name for text in together.read_clusters(shared / "data")}
    asked = {text.name for part in together.read_asked(shared / "data").values() for text in part}
    assert len(asked) > 400
    assert not learned & asked
