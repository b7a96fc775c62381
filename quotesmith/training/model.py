"""The network: a small BERT with the letter case and the quotation marks as further input, and its heads."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final, NamedTuple

import torch
from torch import Tensor, nn
from torch.nn.functional import gelu
from transformers import BertModel

from quotesmith.coreference import PAIR_FEATURES
from quotesmith.encoder import FEATURE_VALUES, LEVELS, LINK_SIZE, LINKS, MENTION_SIZE, TAGS
from quotesmith.training.antecedents import AntecedentBatch

DROPOUT: Final = 0.1
"""The share of channels that are dropped while learning."""
HEAD_DROPOUT: Final = 0.2
"""The same in the antecedent head."""
ANTECEDENT_SIZE: Final = 256
PAIR_SIZE: Final = 128


class SharedDropout(nn.Module):
    """Dropout of the same channels at all pieces of a window (Gal and Ghahramani 2016).

    On CPU the random numbers of plain dropout take longer than all else in a step.

    Attributes:
        share: How many channels are dropped, in [0, 1).
    """

    def __init__(self, share: float) -> None:
        super().__init__()
        self.share = share

    def forward(self, hidden: Tensor) -> Tensor:
        """Takes and gives (windows, pieces, channels); outside of training, unchanged."""
        if not self.training:
            return hidden
        kept = torch.rand(hidden.shape[0], 1, hidden.shape[2]) >= self.share
        return hidden * (kept / (1 - self.share)).to(hidden.dtype)


class AntecedentHead(nn.Module):
    """Scores which mention an anaphor takes up, from the hidden states of both and what else is known of the pair.

    After the mention pairs of Lee et al. (2017), one anaphor against its candidates and against nobody.
    """

    def __init__(self, width: int) -> None:
        super().__init__()
        self.mention = nn.Linear(3 * width, ANTECEDENT_SIZE)
        self.nobody = nn.Parameter(torch.zeros(1, ANTECEDENT_SIZE))
        self.anaphor = nn.Linear(ANTECEDENT_SIZE, PAIR_SIZE)
        self.candidate = nn.Linear(ANTECEDENT_SIZE, PAIR_SIZE, bias=False)
        self.product = nn.Linear(ANTECEDENT_SIZE, PAIR_SIZE, bias=False)
        self.features = nn.Linear(PAIR_FEATURES, PAIR_SIZE, bias=False)
        self.score = nn.Linear(PAIR_SIZE, 1)
        self.dropout = nn.Dropout(HEAD_DROPOUT)

    def forward(self, states: Tensor, first: Tensor, second: Tensor, features: Tensor) -> Tensor:
        """Scores of pairs, (pairs,).

        Args:
            states: For each mention the states of its first piece, its head's, and the mean, (mentions, 3 * width).
            first: Each pair's anaphor, (pairs,).
            second: Its candidate; `len(states)` means nobody, (pairs,).
            features: What is known of the pair, (pairs, PAIR_FEATURES).
        """
        mentions = self.dropout(gelu(self.mention(states)))
        mentions = torch.cat((mentions, self.nobody.to(mentions.dtype)))
        product = mentions[first] * mentions[second]
        seen = self.anaphor(mentions)[first] + self.candidate(mentions)[second] + self.product(product)
        scores: Tensor = self.score(self.dropout(gelu(seen + self.features(features))))[:, 0]
        return scores


def mention_states(hidden: Tensor, spans: Tensor) -> Tensor:
    """For each mention the states of its first piece, of its head's first, and the mean of all: (mentions, 3 * width).

    Args:
        hidden: Of the pieces of a text, (pieces, width).
        spans: First piece, the one behind the last, the head's, (mentions, 3).
    """
    sums = torch.cat((hidden.new_zeros(1, hidden.shape[1]), hidden.cumsum(0)))
    mean = (sums[spans[:, 1]] - sums[spans[:, 0]]) / (spans[:, 1] - spans[:, 0])[:, None]
    return torch.cat((hidden[spans[:, 0]], hidden[spans[:, 2]], mean), dim=1)


class Outputs(NamedTuple):
    """What the network gives, each (windows, pieces, ...).

    Attributes:
        hidden: The last hidden states, width.
        tags: Scores of the tags, one level after the other, LEVELS * TAGS.
        links: Link vectors, in the same way, LEVELS * LINKS * LINK_SIZE.
        mentions: What `find_mentions` reads, MENTION_SIZE.
    """

    hidden: Tensor
    tags: Tensor
    links: Tensor
    mentions: Tensor


def count_layers(state: Mapping[str, object]) -> int:
    """How many layers the network has whose state_dict this is."""
    return 1 + max(int(name.split(".")[3]) for name in state if name.startswith("bert.encoder.layer."))


class Tagger(nn.Module):
    """Hidden states, tag scores and link vectors of both levels, and mentions of each piece.

    It starts from the weights of a BERT in a folder (config.json, model.safetensors), with new heads, and features that
    change nothing before they are learned.

    Args:
        folder: The BERT's.
        layers: How many of its layers, from the lowest on; None for all.
    """

    def __init__(self, folder: Path, layers: int | None = None) -> None:
        super().__init__()
        self.bert = BertModel.from_pretrained(
            folder, add_pooling_layer=False, attn_implementation="sdpa", attention_probs_dropout_prob=0.0
        )
        for module in list(self.bert.modules()):
            for name, child in module.named_children():
                if isinstance(child, nn.Dropout) and child.p:
                    setattr(module, name, SharedDropout(DROPOUT))
        self.keep_layers(range(self.layers if layers is None else layers))
        width = self.bert.config.hidden_size
        self.features = nn.Embedding(FEATURE_VALUES, width)
        nn.init.zeros_(self.features.weight)
        self.dropout = SharedDropout(DROPOUT)
        self.tags = nn.Linear(width, LEVELS * TAGS)
        self.links = nn.Linear(width, LEVELS * LINKS * LINK_SIZE)
        self.mentions = nn.Linear(width, MENTION_SIZE)
        self.antecedents = AntecedentHead(width)

    def forward(self, ids: Tensor, features: Tensor, mask: Tensor) -> Outputs:
        """What it gives for windows.

        Args:
            ids: Numbers of the pieces, (windows, pieces).
            features: Their letter cases and places, the same.
            mask: 1 where there is a piece, 0 where there is padding, the same.
        """
        embedded = self.bert.embeddings.word_embeddings(ids) + self.features(features)
        hidden = self.bert(inputs_embeds=embedded, attention_mask=mask).last_hidden_state
        dropped = self.dropout(hidden)
        return Outputs(hidden, self.tags(dropped), self.links(dropped), self.mentions(dropped))

    @property
    def layers(self) -> int:
        """How many layers of attention it has."""
        return len(self.bert.encoder.layer)

    def keep_layers(self, kept: Sequence[int]) -> None:
        """Leaves out all layers but some, given by number in their new order."""
        self.bert.encoder.layer = nn.ModuleList([self.bert.encoder.layer[number] for number in kept])
        self.bert.config.num_hidden_layers = len(kept)

    def score_antecedents(self, batch: AntecedentBatch) -> tuple[Tensor, Tensor]:
        """Scores of the batch's pairs, and of each anaphor's taking up nobody."""
        hidden = self(batch.ids, batch.features, batch.mask).hidden
        states = mention_states(hidden.float()[batch.owned[:, 0], batch.owned[:, 1]], batch.spans)
        nobody = torch.full_like(batch.anaphors, len(states))
        scores: Tensor = self.antecedents(
            states,
            torch.cat((batch.anaphors[batch.rows], batch.anaphors)),
            torch.cat((batch.candidates, nobody)),
            torch.cat((batch.pairs, batch.own)),
        )
        return scores[: len(batch.rows)], scores[len(batch.rows) :]
