"""The second stage: a network that finds quotes learns coreference too, and goes on with quotes so as to keep them."""

import random
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Final, TypeVar

import numpy as np
import torch
from attrs import frozen
from tokenizers import Tokenizer

import quotesmith
from quotesmith.training.antecedents import AntecedentExample, make_antecedent_examples, shuffled_stretches
from quotesmith.training.clusters import ClusteredText, read_gap, read_litbank, read_ontogum
from quotesmith.training.corpora import LabelledText
from quotesmith.training.examples import Example, make_epoch, shuffled_batches
from quotesmith.training.learner import CHECKPOINT_STEPS, Learner, Rates, log
from quotesmith.training.measure import measure_antecedents, measure_tags
from quotesmith.training.model import Tagger

_Batch = TypeVar("_Batch")

CORPORA: Final = (
    {"name": "OntoGUM, three of four texts", "licence": "CC BY 4.0; texts CC BY and CC BY-SA", "open": True},
    {"name": "LitBank coreference, 78 of 80 excerpts", "licence": "CC BY 4.0", "open": True},
    {"name": "GAP development", "licence": "Apache-2.0", "open": True},
)
CHECKPOINT: Final = "together.pt"
STATE: Final = "final.pt"
"""The network's weights at the end."""
# Of novels that figures are measured on.
_PILOTS: Final = frozenset({"158_emma_brat", "1342_pride_and_prejudice_brat"})
# Texts of OntoGUM that nothing is learned from: one of so many, in order of their names.
_HELD_OUT: Final = 4


RATES: Final = Rates(encoder=5e-5, heads=5e-4, held=2)


@frozen
class Settings:
    """How long and how fast to learn.

    Attributes:
        steps: How many steps.
        windows: How many windows with quotes a step has.
        stretches: How many windows with coreference, counted in whole ones.
        rates: The learning rates.
        seed: For the order.
    """

    steps: int = 1000
    windows: int = 6
    stretches: int = 8
    rates: Rates = RATES
    seed: int = 1


def learn_together(
    model: Tagger,
    tokenizer: Tokenizer,
    settings: Settings,
    *,
    data: Path,
    out: Path,
    texts: Sequence[LabelledText],
    dev: Sequence[LabelledText],
    started_from: str,
) -> dict[str, float]:
    """Learns, from the last checkpoint where there is one, and leaves `STATE` in `out`.

    Args:
        model: Finds quotes already.
        tokenizer: Its tokenizer.
        settings: How long and how fast.
        data: Folder of the gold corpora.
        out: For checkpoints, log and state.
        texts: The texts with quotes.
        dev: Those that figures are measured on.
        started_from: What the model was before, in words.

    Returns:
        The figures at the end, as `measure_tags` and `measure_antecedents` give them.
    """
    torch.manual_seed(settings.seed)
    pipeline = quotesmith.load()
    clusters = list(make_antecedent_examples(tokenizer, pipeline, read_clusters(data)))
    asked = {name: list(make_antecedent_examples(tokenizer, pipeline, part)) for name, part in read_asked(data).items()}
    log(out, anaphors=sum(len(example.anaphors) for example in clusters))
    learner = Learner.start(model, settings.rates, settings.steps, f"{settings}, {started_from}")
    learner.resume(out / CHECKPOINT)
    batches = iter_batches(tokenizer, texts, clusters, settings)
    model.train()
    for step, (examples, stretches) in enumerate(batches):
        if step < learner.step:
            continue
        losses = learner.learn(examples, stretches)
        if learner.step % CHECKPOINT_STEPS == 0:
            learner.save(out / CHECKPOINT)
            log(out, step=learner.step, of=settings.steps, **losses)
    torch.save(model.state_dict(), out / STATE)
    figures = {**measure_tags(model, tokenizer, dev), **measure_antecedents(model, asked)}
    log(out, **figures)
    return figures


def read_clusters(data: Path) -> list[ClusteredText]:
    """The texts to learn coreference from."""
    ontogum = [text for number, text in enumerate(read_ontogum(data / "ontogum")) if number % _HELD_OUT]
    litbank = [text for text in read_litbank(data / "litbank" / "coref_brat") if text.name not in _PILOTS]
    return [*ontogum, *litbank, *read_gap(data / "gap" / "development.jsonl.gz")]


def read_asked(data: Path) -> dict[str, list[ClusteredText]]:
    """The texts that figures of coreference are measured on, by corpus; nothing is learned from them."""
    ontogum = [text for number, text in enumerate(read_ontogum(data / "ontogum")) if not number % _HELD_OUT]
    return {"OntoGUM": ontogum, "GAP": read_gap(data / "gap" / "validation.jsonl.gz")}


def iter_batches(
    tokenizer: Tokenizer, texts: Sequence[LabelledText], clusters: Sequence[AntecedentExample], settings: Settings
) -> Iterator[tuple[list[Example], list[AntecedentExample]]]:
    """What each step learns from: both sorts of text round after round, in an order that the seed gives."""
    quotes = _iter_rounds(
        lambda number: shuffled_batches(
            make_epoch(tokenizer, texts, random.Random(f"{settings.seed} {number}")),
            random.Random(f"{settings.seed} {number} order"),
            size=settings.windows,
        )
    )
    stretches = _iter_rounds(
        lambda number: shuffled_stretches(
            clusters, np.random.default_rng([settings.seed, number]), windows=settings.stretches
        )
    )
    return zip((next(quotes) for _ in range(settings.steps)), stretches, strict=False)


def _iter_rounds(make: Callable[[int], list[_Batch]]) -> Iterator[_Batch]:
    """The batches of round 0, then those of round 1, and so on."""
    number = 0
    while True:
        yield from make(number)
        number += 1
