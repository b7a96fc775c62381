"""The second stage: a network that finds quotes learns coreference, and quotes too so as not to lose them."""

import random
from collections.abc import Callable, Iterable, Iterator, Sequence
from copy import deepcopy
from itertools import islice
from pathlib import Path
from typing import Final, TypeAlias, TypeVar

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
Batches: TypeAlias = tuple[list[Example], list[AntecedentExample]]

JOINT_CORPORA: Final = (
    {"name": "OntoGUM, three of four texts", "licence": "CC BY 4.0; texts CC BY and CC BY-SA", "open": True},
    {"name": "LitBank coreference, 78 of 80 excerpts", "licence": "CC BY 4.0", "open": True},
    {"name": "GAP development", "licence": "Apache-2.0", "open": True},
)
JOINT_CHECKPOINT: Final = "together{}.pt"
"""A seed's state so far."""
FINAL_STATE: Final = "final.pt"
"""The network's weights at the end."""
# Novels that figures are measured on.
_PILOTS: Final = frozenset({"158_emma_brat", "1342_pride_and_prejudice_brat"})
# One text in this many of OntoGUM, in order of their names, is kept out of training.
_HELD_OUT: Final = 4


JOINT_RATES: Final = Rates(encoder=5e-5, heads=5e-4, held=2)


@frozen
class JointSettings:
    """How long and how fast to learn.

    Attributes:
        steps: How many steps.
        windows: How many windows with quotes a step has.
        stretches: How many windows with coreference, counted in whole ones.
        rates: The learning rates.
        seeds: For order and dropout: the network is trained with each, and the results are averaged.
    """

    steps: int = 1000
    windows: int = 6
    stretches: int = 8
    rates: Rates = JOINT_RATES
    seeds: tuple[int, ...] = (1, 2)


def learn_together(
    model: Tagger,
    tokenizer: Tokenizer,
    settings: JointSettings,
    *,
    data: Path,
    out: Path,
    texts: Sequence[LabelledText],
    dev: Sequence[LabelledText],
    started_from: str,
) -> dict[str, float]:
    """Learns, from the last checkpoint where there is one, and leaves `FINAL_STATE` in `out`.

    All seeds start from the same weights, so that the average of what they learn is better than each (Wortsman et al.
    2022).

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
    pipeline = quotesmith.load()
    clusters = list(make_antecedent_examples(tokenizer, pipeline, read_clusters(data)))
    asked = {name: list(make_antecedent_examples(tokenizer, pipeline, part)) for name, part in read_asked(data).items()}
    log(out, anaphors=sum(len(example.anaphors) for example in clusters))
    start, learned = deepcopy(model.state_dict()), []
    for seed in settings.seeds:
        model.load_state_dict(start)
        torch.manual_seed(seed)
        learner = Learner.start(model, settings.rates, settings.steps, f"{settings}, seed {seed}, {started_from}")
        _learn(learner, iter_batches(tokenizer, texts, clusters, settings, seed), settings.steps, out, seed)
        learned.append(deepcopy(model.state_dict()))
    model.load_state_dict(average(learned))
    torch.save(model.state_dict(), out / FINAL_STATE)
    figures = {**measure_tags(model, tokenizer, dev), **measure_antecedents(model, asked)}
    log(out, **figures)
    return figures


def _learn(learner: Learner, batches: Iterable[Batches], steps: int, out: Path, seed: int) -> None:
    """Learns from the batches behind the last checkpoint."""
    file = out / JOINT_CHECKPOINT.format(seed)
    learner.resume(file)
    learner.model.train()
    for examples, stretches in islice(batches, learner.step, None):
        losses = learner.learn(examples, stretches)
        if learner.step % CHECKPOINT_STEPS == 0 or learner.step == steps:
            learner.save(file)
            log(out, seed=seed, step=learner.step, of=steps, **losses)


def average(states: Sequence[dict[str, torch.Tensor]]) -> dict[str, torch.Tensor]:
    """The mean of each tensor of networks of one shape."""
    return {name: torch.stack([state[name] for state in states]).mean(0) for name in states[0]}


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
    tokenizer: Tokenizer,
    texts: Sequence[LabelledText],
    clusters: Sequence[AntecedentExample],
    settings: JointSettings,
    seed: int,
) -> Iterator[Batches]:
    """What each step learns from: both sorts of text round after round, in an order that the seed gives."""
    quotes = _iter_rounds(
        lambda number: shuffled_batches(
            make_epoch(tokenizer, texts, random.Random(f"{seed} {number}")),
            random.Random(f"{seed} {number} order"),
            size=settings.windows,
        )
    )
    stretches = _iter_rounds(
        lambda number: shuffled_stretches(clusters, np.random.default_rng([seed, number]), windows=settings.stretches)
    )
    return zip((next(quotes) for _ in range(settings.steps)), stretches, strict=False)


def _iter_rounds(make: Callable[[int], list[_Batch]]) -> Iterator[_Batch]:
    """The batches of round 0, then those of round 1, and so on."""
    number = 0
    while True:
        yield from make(number)
        number += 1
