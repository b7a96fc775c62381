"""The third stage: the antecedent head learns on, over the states that the rounded graph gives.

    python -m quotesmith.training.antecedent_head --data GOLD --weights FOLDER

Writes `antecedents.onnx` into the weights folder, and what it was made of into its card. The graph itself stays
as it is, and with it all that finds quotes. Minutes on two cores.
"""

import argparse
from collections.abc import Iterable, Iterator, Sequence
from copy import deepcopy
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import attrs
import numpy as np
import torch
from attrs import frozen
from tokenizers import Tokenizer
from torch import Tensor

import quotesmith
from quotesmith.coreference.learned import FILE
from quotesmith.encoder import Encoder, expected_checksum
from quotesmith.encoder.weights import TOKENIZER
from quotesmith.marks import pair_marks
from quotesmith.training import together
from quotesmith.training.antecedents import (
    AntecedentExample,
    antecedent_loss,
    collate_antecedents,
    make_antecedent_examples,
    shuffled_stretches,
)
from quotesmith.training.calibration import write_beside
from quotesmith.training.clusters import ClusteredText
from quotesmith.training.export import export_antecedents
from quotesmith.training.learner import warm_up
from quotesmith.training.measure import measure_antecedents
from quotesmith.training.model import AntecedentHead, mention_states
from quotesmith.training.restore import restore_head
from quotesmith.training.together import read_asked, read_clusters

STATE_DROPOUT: Final = 0.1
"""The share of the states' channels that are dropped while learning, the same ones for all mentions of a step."""
WARM_UP: Final = 0.06


@frozen
class Settings:
    """How long and how fast to learn.

    Attributes:
        rounds: How often each text is seen.
        stretches: How many windows a step has, counted in whole ones.
        rate: The highest learning rate; it rises while it warms up, then falls to 0.
        decay: How strongly weights are pulled to 0.
        seeds: For the order and what is dropped: a head learns with each, and their weights are averaged.
    """

    rounds: int = 5
    stretches: int = 8
    rate: float = 3e-4
    decay: float = 0.05
    seeds: tuple[int, ...] = (1, 2, 3, 4)


@frozen(eq=False)
class StatedExample(AntecedentExample):
    """A stretch of a text with what the rounded graph says of its mentions.

    Attributes:
        states: Of the mentions, (mentions, 3 * width).
    """

    states: Tensor


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="folder of the gold corpora")
    parser.add_argument("--weights", type=Path, required=True, help="folder of the exported weights")
    arguments = parser.parse_args()
    learn_head(arguments.data, arguments.weights)


def learn_head(data: Path, weights: Path, settings: Settings | None = None) -> dict[str, float]:
    """Goes on from the head in the weights folder, and writes it there again.

    Args:
        data: Folder of the gold corpora.
        weights: Folder of the exported weights, whose graph gives the states.
        settings: How long and how fast.

    Returns:
        The figures, as `measure_antecedents` gives them.
    """
    settings = settings or Settings()
    examples = list(make_stated_examples(weights, read_clusters(data)))
    asked = {name: list(make_stated_examples(weights, part)) for name, part in read_asked(data).items()}
    head = restore_head(weights)
    train_heads(head, examples, settings)
    figures = measure_antecedents(lambda example: score(head, [example]), asked)
    told = {
        "command": "python -m quotesmith.training.antecedent_head --data GOLD --weights FOLDER",
        "date": datetime.now(UTC).date().isoformat(),
        "data": together.CORPORA,
        "started_from": expected_checksum(weights, FILE),
        "training": attrs.asdict(settings),
        "figures": figures,
    }
    write_beside(weights, FILE, export_antecedents(head, weights), antecedents=told)
    return figures


def make_stated_examples(weights: Path, texts: Iterable[ClusteredText]) -> Iterator[StatedExample]:
    """The examples of the texts, with the states that the graph in the weights folder gives."""
    encoder = Encoder(weights)
    tokenizer = Tokenizer.from_file(str(weights / TOKENIZER))
    pipeline = quotesmith.load()
    for text in texts:
        hidden = torch.from_numpy(encoder(text.text, pair_marks(text.text)).hidden.astype(np.float32))
        for example in make_antecedent_examples(tokenizer, pipeline, [text]):
            states = mention_states(hidden[example.start :], torch.from_numpy(example.spans))
            yield StatedExample(**attrs.asdict(example, recurse=False), states=states)


def train_heads(head: AntecedentHead, examples: Sequence[StatedExample], settings: Settings) -> None:
    """Makes the head the average of those that have learned from the examples, each with its seed.

    They start from one head, so that their average does about what all asked together do (Wortsman et al. 2022).
    """
    learned = []
    for seed in settings.seeds:
        one = deepcopy(head)
        _train(one, examples, settings, seed)
        learned.append(one.state_dict())
    head.load_state_dict({name: torch.stack([state[name] for state in learned]).mean(0) for name in learned[0]})
    head.eval()


def _train(head: AntecedentHead, examples: Sequence[StatedExample], settings: Settings, seed: int) -> None:
    torch.manual_seed(seed)
    optimizer = torch.optim.AdamW(head.parameters(), lr=settings.rate, weight_decay=settings.decay)
    rounds = [
        shuffled_stretches(examples, np.random.default_rng([seed, number]), windows=settings.stretches)
        for number in range(settings.rounds)
    ]
    batches = [batch for batches in rounds for batch in batches]
    scheduler = warm_up(optimizer, len(batches), WARM_UP)
    head.train()
    for batch in batches:
        optimizer.zero_grad(set_to_none=True)
        scores, none = score(head, batch)
        torch.autograd.backward(antecedent_loss(scores, none, collate_antecedents(batch)))
        torch.nn.utils.clip_grad_norm_(head.parameters(), 1.0)
        optimizer.step()
        scheduler.step()


def score(head: AntecedentHead, examples: Sequence[StatedExample]) -> tuple[Tensor, Tensor]:
    """Scores of the examples' pairs, and of each anaphor's taking up nobody; drops channels while the head learns."""
    states = torch.cat([example.states for example in examples])
    if head.training:
        kept = torch.rand(states.shape[1] // 3) >= STATE_DROPOUT
        states = states * (kept / (1 - STATE_DROPOUT)).repeat(3)
    return head.score_batch(states, collate_antecedents(examples))


if __name__ == "__main__":
    main()
