"""A network and what it learns with, step by step, kept in checkpoints."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import attrs
import torch
from attrs import frozen

from quotesmith.errors import OptionError
from quotesmith.files import replace_atomically
from quotesmith.training.antecedents import AntecedentExample, antecedent_loss, collate_antecedents
from quotesmith.training.examples import Example
from quotesmith.training.losses import Batch, collate, link_loss, tag_loss
from quotesmith.training.mentions import MentionExample, collate_mentions, mention_loss
from quotesmith.training.model import Outputs, Tagger
from quotesmith.training.precision import run_fast
from quotesmith.training.processes import own_jobs, share_gradients, weight_of
from quotesmith.training.teacher import Teacher, imitation_loss

CHECKPOINT_STEPS: Final = 100
LINK_WEIGHT: Final = 0.3
ANTECEDENT_WEIGHT: Final = 0.5
MENTION_WEIGHT: Final = 1.0
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


@frozen
class Lesson:
    """What one step learns from.

    Attributes:
        windows: Windows with quotes.
        stretches: Windows with coreference.
        mentions: Windows with mentions.
    """

    windows: Sequence[Example] = ()
    stretches: Sequence[AntecedentExample] = ()
    mentions: Sequence[MentionExample] = ()

    def own_part(self) -> "Lesson":
        """What of it this process learns, of several that learn together."""
        costs = [
            *map(len, self.windows),
            *(sum(map(len, example.ids)) for example in self.stretches),
            *map(len, self.mentions),
        ]
        own = own_jobs(costs)
        # All jobs in one row: windows, then stretches, then mentions.
        first, second = len(self.windows), len(self.windows) + len(self.stretches)
        return Lesson(
            [self.windows[at] for at in own if at < first],
            [self.stretches[at - first] for at in own if first <= at < second],
            [self.mentions[at - second] for at in own if at >= second],
        )


@attrs.define
class Learner:
    """A network and what it learns with.

    Attributes:
        model: The network.
        optimizer: Changes its weights.
        scheduler: The learning rate: rises while it warms up, then falls to 0.
        made_with: The settings in words, by which a checkpoint is recognized.
        step: How many batches it has learned.
        teacher: A network whose outputs it learns to give on windows with quotes, too.
    """

    model: Tagger
    optimizer: torch.optim.Optimizer
    scheduler: torch.optim.lr_scheduler.LRScheduler
    made_with: str
    step: int = 0
    teacher: Teacher | None = None

    @classmethod
    def start(cls, model: Tagger, rates: Rates, total: int, made_with: str) -> "Learner":
        """A learner for `total` steps, none done."""
        # Held layers would add what an earlier stage left to the norm that gradients are clipped to.
        model.zero_grad(set_to_none=True)
        # An earlier stage may have held what learns now.
        model.requires_grad_(requires_grad=True)
        if rates.held is not None:
            for module in (model.bert.embeddings, model.features, *model.bert.encoder.layer[: rates.held]):
                module.requires_grad_(requires_grad=False)
        parts = (model.tags, model.links, model.mentions, model.antecedents)
        heads = [parameter for part in parts for parameter in part.parameters()]
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

    def learn(self, lesson: Lesson) -> dict[str, float]:
        """One step; gives the losses of this process's share of the lesson."""
        self.optimizer.zero_grad(set_to_none=True)
        own = lesson.own_part()
        losses: dict[str, float] = {}
        if own.windows:
            losses |= self._learn_quotes(own.windows, weight_of(len(own.windows), len(lesson.windows)))
        if own.stretches:
            weight = weight_of(len(own.stretches), len(lesson.stretches))
            losses["antecedents"] = self._learn_antecedents(own.stretches, weight)
        if own.mentions:
            losses["mentions"] = self._learn_mentions(own.mentions, weight_of(len(own.mentions), len(lesson.mentions)))
        learning = [parameter for parameter in self.model.parameters() if parameter.requires_grad]
        share_gradients(learning)
        torch.nn.utils.clip_grad_norm_(learning, 1.0)
        self.optimizer.step()
        self.scheduler.step()
        self.step += 1
        return {name: round(loss, 4) for name, loss in losses.items()}

    def _learn_quotes(self, examples: Sequence[Example], weight: float) -> dict[str, float]:
        batch = collate(examples)
        with run_fast():
            found = self.model(batch.ids, batch.features, batch.mask)
        losses = _quote_losses(found, batch) if bool((batch.allowed > 0).any()) else {}
        if self.teacher is not None:
            losses["imitation"] = imitation_loss(found, self.teacher(examples, batch), batch.mask)
        torch.autograd.backward(weight * sum(losses.values(), torch.zeros(())))
        return {name: loss.item() for name, loss in losses.items()}

    def _learn_antecedents(self, stretches: Sequence[AntecedentExample], weight: float) -> float:
        batch = collate_antecedents(stretches)
        with run_fast():
            scores, none = self.model.score_antecedents(batch)
        loss = antecedent_loss(scores, none, batch)
        torch.autograd.backward(weight * ANTECEDENT_WEIGHT * loss)
        return loss.item()

    def _learn_mentions(self, examples: Sequence[MentionExample], weight: float) -> float:
        batch = collate_mentions(examples)
        with run_fast():
            found = self.model(batch.ids, batch.features, batch.mask)
        loss = mention_loss(found.mentions, batch)
        torch.autograd.backward(weight * MENTION_WEIGHT * loss)
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


def _quote_losses(found: Outputs, batch: Batch) -> dict[str, torch.Tensor]:
    of_cues, cues = link_loss(found.links, batch.mask, batch.cues, 0)
    of_sources, sources = link_loss(found.links, batch.mask, batch.sources, 1)
    of_links = of_cues / max(cues, 1) + of_sources / max(sources, 1)
    return {"tags": tag_loss(found.tags, batch.allowed), "links": LINK_WEIGHT * of_links}


def log(out: Path, **row: float | str) -> None:
    """Appends a line to the log."""
    with (out / "log.jsonl").open("a") as lines:
        lines.write(json.dumps(row) + "\n")
