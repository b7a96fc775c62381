"""The network: a small BERT with the letter case and the quotation marks as further input, and two heads."""

from pathlib import Path
from typing import Final

import torch
from torch import Tensor, nn
from transformers import BertModel

from quotesmith.encoder import FEATURES, LINK_SIZE, LINKS, TAGS

DROPOUT: Final = 0.1
"""The share of channels that are dropped while learning."""


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
        """Takes and gives (windows, pieces, channels); other than in training, what it takes."""
        if not self.training:
            return hidden
        kept = torch.rand(hidden.shape[0], 1, hidden.shape[2]) >= self.share
        return hidden * (kept / (1 - self.share)).to(hidden.dtype)


class Tagger(nn.Module):
    """Hidden states, tag scores and link vectors of each piece.

    It starts from the weights of a BERT in a folder (config.json, model.safetensors), with new heads, and features that
    change nothing before they are learned.
    """

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.bert = BertModel.from_pretrained(
            folder, add_pooling_layer=False, attn_implementation="sdpa", attention_probs_dropout_prob=0.0
        )
        for module in list(self.bert.modules()):
            for name, child in module.named_children():
                if isinstance(child, nn.Dropout) and child.p:
                    setattr(module, name, SharedDropout(DROPOUT))
        width = self.bert.config.hidden_size
        self.features = nn.Embedding(FEATURES, width)
        nn.init.zeros_(self.features.weight)
        self.dropout = SharedDropout(DROPOUT)
        self.tags = nn.Linear(width, TAGS)
        self.links = nn.Linear(width, LINKS * LINK_SIZE)

    def forward(self, ids: Tensor, features: Tensor, mask: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Hidden states (windows, pieces, width), tag scores (..., TAGS) and link vectors (..., LINKS * LINK_SIZE).

        Args:
            ids: Numbers of the pieces, (windows, pieces).
            features: Their letter cases and places, the same.
            mask: 1 where there is a piece, 0 where there is padding, the same.
        """
        embedded = self.bert.embeddings.word_embeddings(ids) + self.features(features)
        hidden = self.bert(inputs_embeds=embedded, attention_mask=mask).last_hidden_state
        dropped = self.dropout(hidden)
        return hidden, self.tags(dropped), self.links(dropped)
