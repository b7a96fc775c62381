"""A network and what it learns with, step by step, kept in checkpoints."""

import json
import time
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Final

import attrs
import torch
from attrs import frozen

from quotesmith.errors import OptionError
from quotesmith.files import replace_atomically
from quotesmith.training.antecedents import AntecedentExample, antecedent_loss, collate_antecedents
from quotesmith.training.examples import Example
from quotesmith.training.losses import collate, link_loss, tag_loss
from quotesmith.training.model import Tagger

CHECKPOINT_STEPS: Final = 100
LINK_WEIGHT: Final = 0.3
ANTECEDENT_WEIGHT: Final = 0.5
_LEARNER_PARTS = ("model", "optimizer", "scheduler")


@frozen(kw_only=True)
class Rates:
    """How fast to learn.

    Attributes:
        encoder: The highest learning rate of the network that all heads share.
        heads: That of the heads.
        warm_up: The share of steps until the rates are highest; then they fall to 0.
        held: How many of the lowest layers, with the embeddings below them, stay as they are; None to train all.
    """

    encoder: float
    heads: float
    warm_up: float = 0.06
    held: int | None = None


@attrs.define
class Learner:
    """A network and what it learns with.

    Attributes:
        model: The network.
        optimizer: Changes its weights.
        scheduler: The learning rate: rises while it warms up, then falls to 0.
        made_with: The settings in words, by which a checkpoint is recognized.
        step: How many batches it has learned.
    """

    model: Tagger
    optimizer: torch.optim.Optimizer
    scheduler: torch.optim.lr_scheduler.LRScheduler
    made_with: str
    step: int = 0

    @classmethod
    def start(cls, model: Tagger, rates: Rates, total: int, made_with: str) -> "Learner":
        """A learner for `total` steps, none done."""
        # Held layers would add what an earlier stage left to the norm that gradients are clipped to.
        model.zero_grad(set_to_none=True)
        if rates.held is not None:
            for module in (model.bert.embeddings, model.features, *model.bert.encoder.layer[: rates.held]):
                module.requires_grad_(requires_grad=False)
        heads = [*model.tags.parameters(), *model.links.parameters(), *model.antecedents.parameters()]
        groups = [
            {"params": [p for p in model.bert.parameters() if p.requires_grad], "lr": rates.encoder},
            {"params": heads, "lr": rates.heads},
            {"params": model.features.parameters(), "lr": rates.heads, "weight_decay": 0.0},
        ]
        optimizer = torch.optim.AdamW(groups, weight_decay=0.01, fused=True)
        scheduler = torch.optim.lr_scheduler.LambdaLR(
            optimizer, lambda step: min((step + 1) / (rates.warm_up * total), (total - step) / total)
        )
        return cls(model, optimizer, scheduler, made_with)

    def learn(self, examples: Sequence[Example], stretches: Sequence[AntecedentExample]) -> dict[str, float]:
        """One step on windows with tags and stretches with antecedents, each possibly none; gives the losses."""
        self.optimizer.zero_grad(set_to_none=True)
        losses = self._learn_tags(examples) if examples else {}
        if stretches:
            losses["antecedents"] = self._learn_antecedents(stretches)
        torch.nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
        self.optimizer.step()
        self.scheduler.step()
        self.step += 1
        return {name: round(loss, 4) for name, loss in losses.items()}

    def _learn_tags(self, examples: Sequence[Example]) -> dict[str, float]:
        batch = collate(examples)
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=is_bfloat_fast()):
            _, tags, links = self.model(batch.ids, batch.features, batch.mask)
        of_tags = tag_loss(tags, batch.allowed)
        of_cues, cues = link_loss(links, batch.mask, batch.cues, 0)
        of_sources, sources = link_loss(links, batch.mask, batch.sources, 1)
        of_links = of_cues / max(cues, 1) + of_sources / max(sources, 1)
        torch.autograd.backward(of_tags + LINK_WEIGHT * of_links)
        return {"tags": of_tags.item(), "links": of_links.item()}

    def _learn_antecedents(self, stretches: Sequence[AntecedentExample]) -> float:
        batch = collate_antecedents(stretches)
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=is_bfloat_fast()):
            scores, none = self.model.score_antecedents(batch)
        loss = antecedent_loss(scores, none, batch)
        torch.autograd.backward(ANTECEDENT_WEIGHT * loss)
        return loss.item()

    def save(self, file: Path) -> None:
        """Writes a checkpoint whole or not at all."""
        parts = {name: getattr(self, name).state_dict() for name in _LEARNER_PARTS}
        state = {**parts, "step": self.step, "random": torch.get_rng_state(), "made_with": self.made_with}
        with replace_atomically(file) as part:
            torch.save(state, part)

    def resume(self, file: Path) -> None:
        """Takes up a checkpoint, if there is one.

        Raises:
            OptionError: if it was made with other settings.
        """
        if file.exists():
            state = torch.load(file, weights_only=True)
            if state["made_with"] != self.made_with:
                msg = f"{file} was made with {state['made_with']}, not {self.made_with}: choose another folder"
                raise OptionError(msg)
            for name in _LEARNER_PARTS:
                getattr(self, name).load_state_dict(state[name])
            self.step = state["step"]
            torch.set_rng_state(state["random"])


def log(out: Path, **row: float) -> None:
    """Appends a line to the log."""
    with (out / "log.jsonl").open("a") as lines:
        lines.write(json.dumps(row) + "\n")


@cache
def is_bfloat_fast() -> bool:
    """Whether this processor multiplies bfloat16 faster than float32; without instructions for it, it is far slower."""
    bfloat, single = (_time_product(kind) for kind in (torch.bfloat16, torch.float32))
    return bfloat < single


def _time_product(kind: torch.dtype) -> float:
    """The least time that a product of two matrices takes, so that other load doesn't count."""
    matrix = torch.ones(512, 512, dtype=kind)
    times = []
    for _ in range(7):
        start = time.perf_counter()
        torch.mm(matrix, matrix)
        times.append(time.perf_counter() - start)
    return min(times)
