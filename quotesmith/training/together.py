"""Lessons of quotes, coreference and mentions together, and how a network learns from them step by step."""

import random
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Final, TypeVar

import numpy as np
from attrs import frozen
from tokenizers import Tokenizer

import quotesmith
from quotesmith.training.antecedents import AntecedentExample, make_antecedent_examples, shuffled_stretches
from quotesmith.training.clusters import ClusteredText, read_gap, read_litbank, read_ontogum
from quotesmith.training.corpora import GUM_HELD_OUT, LabelledText
from quotesmith.training.examples import Example, make_epoch, shuffled_batches
from quotesmith.training.learner import CHECKPOINT_STEPS, Learner, Lesson, log
from quotesmith.training.measure import measure_antecedents, measure_tags
from quotesmith.training.mention_texts import read_mentions
from quotesmith.training.mentions import MentionExample, make_mention_examples
from quotesmith.training.model import Tagger
from quotesmith.training.processes import is_first

_Batch = TypeVar("_Batch")


# Excerpts of LitBank that figures are measured on.
_LITBANK_MEASURED: Final = frozenset({"158_emma_brat", "1342_pride_and_prejudice_brat"})
# The share of the windows with only some mentions labelled that a round has.
_PARTLY_LABELLED: Final = 0.15
# The share of the texts without careful readings that a round has.
_OTHERS: Final = 0.2


@frozen
class LessonSizes:
    """How many windows a step has.

    Attributes:
        windows: With quotes.
        stretches: With coreference, counted in whole ones.
        mentions: With mentions.
    """

    windows: int
    stretches: int
    mentions: int


@frozen(eq=False)
class Joint:
    """What is learned beside quotes, and the texts that figures of it are measured on.

    Attributes:
        clusters: Windows with coreference to learn.
        mentions: Windows with mentions to learn.
        asked: Windows with coreference to measure, by corpus.
    """

    clusters: Sequence[AntecedentExample]
    mentions: Sequence[MentionExample]
    asked: dict[str, Sequence[AntecedentExample]]

    @classmethod
    def read(cls, tokenizer: Tokenizer, data: Path, *, open_only: bool) -> "Joint":
        """From the folder of the gold corpora, or from those of them under open licences."""
        pipeline = quotesmith.load()

        def examples(texts: Sequence[ClusteredText]) -> list[AntecedentExample]:
            return list(make_antecedent_examples(tokenizer, pipeline, texts))

        return cls(
            examples(read_clusters(data)),
            make_mention_examples(tokenizer, read_mentions(data, pipeline, open_only=open_only)),
            {name: examples(part) for name, part in read_asked(data).items()},
        )


def learn_lessons(learner: Learner, lessons: Iterable[Lesson], steps: int, out: Path, checkpoint: str) -> None:
    """Learns from the lessons behind the last checkpoint, which is kept in `out`."""
    file = out / checkpoint
    learner.resume(file)
    learner.model.train()
    for lesson in islice(lessons, learner.step, None):
        losses = learner.learn(lesson)
        if is_first() and (learner.step % CHECKPOINT_STEPS == 0 or learner.step == steps):
            learner.save(file)
            log(out, stage=checkpoint, step=learner.step, of=steps, **losses)


def measure(
    model: Tagger, tokenizer: Tokenizer, tuning: Sequence[LabelledText], asked: dict[str, Sequence[AntecedentExample]]
) -> dict[str, float]:
    """Quick figures: of tags on the careful readings that are for tuning, and of coreference."""
    return {**measure_tags(model, tokenizer, tuning), **measure_antecedents(model, asked)}


def read_clusters(data: Path) -> list[ClusteredText]:
    """The texts to learn coreference from."""
    ontogum = [text for number, text in enumerate(read_ontogum(data / "ontogum")) if number % GUM_HELD_OUT]
    litbank = [text for text in read_litbank(data / "litbank" / "coref_brat") if text.name not in _LITBANK_MEASURED]
    return [*ontogum, *litbank, *read_gap(data / "gap" / "development.jsonl.gz")]


def read_asked(data: Path) -> dict[str, list[ClusteredText]]:
    """The texts that figures of coreference are measured on, by corpus; their clusters aren't learned."""
    ontogum = [text for number, text in enumerate(read_ontogum(data / "ontogum")) if not number % GUM_HELD_OUT]
    return {"OntoGUM": ontogum, "GAP": read_gap(data / "gap" / "validation.jsonl.gz")}


def iter_lessons(
    joint: Joint, sizes: LessonSizes, seed: int, steps: int, make_windows: Callable[[random.Random], list[Example]]
) -> Iterator[Lesson]:
    """What each step learns from: all sorts of text round after round, in an order that the seed gives.

    Args:
        joint: What is learned beside quotes.
        sizes: How many windows a step has.
        seed: For the order.
        steps: How many lessons.
        make_windows: Gives the windows with quotes of one round.
    """

    def quotes(number: int) -> list[list[Example]]:
        rng = random.Random(f"{seed} {number}")
        return shuffled_batches(make_windows(rng), rng, size=sizes.windows)

    def stretches(number: int) -> list[list[AntecedentExample]]:
        return shuffled_stretches(joint.clusters, np.random.default_rng([seed, number]), windows=sizes.stretches)

    def mentions(number: int) -> list[list[MentionExample]]:
        rng = random.Random(f"{seed} {number} mentions")
        mixed = [example for example in joint.mentions if example.kinds or rng.random() < _PARTLY_LABELLED]
        rng.shuffle(mixed)
        return [mixed[at : at + sizes.mentions] for at in range(0, len(mixed), sizes.mentions)]

    rounds = zip(*map(_iter_rounds, (quotes, stretches, mentions)), strict=False)  # type: ignore[arg-type]
    return islice((Lesson(*parts) for parts in rounds), steps)


def _iter_rounds(make: Callable[[int], list[_Batch]]) -> Iterator[_Batch]:
    """The batches of round 0, then those of round 1, and so on."""
    number = 0
    while True:
        yield from make(number)
        number += 1


def windows_of_round(
    tokenizer: Tokenizer, clean: Sequence[LabelledText], others: Sequence[LabelledText], rng: random.Random
) -> list[Example]:
    """The windows of all careful readings and of a share of the other texts, varied."""
    return make_epoch(tokenizer, [*clean, *(text for text in others if rng.random() < _OTHERS)], rng)
