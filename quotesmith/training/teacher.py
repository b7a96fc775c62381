"""A larger network whose outputs a smaller one learns to give (Hinton et al. 2015; Jiao et al. 2020)."""

from collections.abc import Sequence
from typing import Final

import attrs
import torch
from torch import Tensor
from torch.nn.functional import kl_div, log_softmax

from quotesmith.encoder import TAGS
from quotesmith.training.examples import Example
from quotesmith.training.losses import Batch
from quotesmith.training.model import Outputs, Tagger
from quotesmith.training.precision import run_fast

TAG_WEIGHT: Final = 2.0
VECTOR_WEIGHT: Final = 0.5


@attrs.frozen(eq=False)
class Teacher:
    """Gives its outputs for windows, and keeps its hidden states of those that it has seen.

    Attributes:
        model: The network; it doesn't learn.
    """

    model: Tagger
    _seen: dict[int, tuple[Example, Tensor]] = attrs.field(factory=dict, init=False)

    @torch.no_grad()
    def __call__(self, examples: Sequence[Example], batch: Batch) -> Outputs:
        """The outputs for a batch of the examples; what padding gets means nothing."""
        self.model.eval()
        new = [row for row, example in enumerate(examples) if id(example) not in self._seen]
        if new:
            with run_fast():
                read = self.model(batch.ids[new], batch.features[new], batch.mask[new]).hidden.half()
            for row, states in zip(new, read, strict=True):
                # The example is kept beside its states so that no other can have its number.
                self._seen[id(examples[row])] = examples[row], states[: len(examples[row]) + 2].clone()
        hidden = torch.zeros(*batch.ids.shape, self.model.bert.config.hidden_size)
        for row, example in enumerate(examples):
            hidden[row, : len(example) + 2] = self._seen[id(example)][1]
        return Outputs(hidden, self.model.tags(hidden), self.model.links(hidden), self.model.mentions(hidden))


def imitation_loss(found: Outputs, wanted: Outputs, mask: Tensor) -> Tensor:
    """How far outputs are from a teacher's.

    The squared distances of hidden states, link vectors and mentions, each over the teacher's variance, and the
    Kullback-Leibler divergence of the tags, mean over pieces, summed over levels.
    """
    shown = mask.bool()
    own, taught = (Outputs(*(part[shown].float() for part in outputs)) for outputs in (found, wanted))
    tags = sum(
        (
            kl_div(log_softmax(a, -1), log_softmax(b, -1), log_target=True, reduction="none").sum(-1).mean()
            for a, b in zip(own.tags.split(TAGS, -1), taught.tags.split(TAGS, -1), strict=True)
        ),
        torch.zeros(()),
    )
    vectors = _far(own.links, taught.links) + _far(own.mentions, taught.mentions)
    return _far(own.hidden, taught.hidden) + VECTOR_WEIGHT * vectors + TAG_WEIGHT * tags


def _far(found: Tensor, wanted: Tensor) -> Tensor:
    return ((found - wanted) ** 2).mean() / wanted.var()
