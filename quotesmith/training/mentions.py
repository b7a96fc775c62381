"""Texts with mentions -> windows of pieces, batches of them, and what the network loses by its mentions.

After biaffine named-entity recognition (Yu et al. 2020): every stretch of up to `MENTION_WORDS` words may be a mention,
also inside another.
"""

from collections.abc import Iterable, Sequence

import numpy as np
import torch
from attrs import frozen
from tokenizers import Tokenizer
from torch import Tensor
from torch.nn.functional import log_softmax, pad, softplus

from quotesmith.encoder import (
    MENTION_FORMS,
    MENTION_KINDS,
    MENTION_LABELS,
    MENTION_OFFSET,
    MENTION_SPAN_SIZE,
    MENTION_WORDS,
    Pieces,
    Window,
    cut_pieces,
    cut_windows,
    mention_label,
)
from quotesmith.encoder.pieces import IntArray
from quotesmith.marks import pair_marks
from quotesmith.records import EntityKind
from quotesmith.training.losses import pad_windows
from quotesmith.training.mention_labels import MentionText


@frozen(eq=False)
class MentionExample:
    """One window.

    Attributes:
        ids: Numbers of its pieces, special pieces not counted.
        features: Their letter case and place.
        heads: Positions of the words' first pieces in the window.
        mentions: For each mention its first word and its last, both in `heads`, and its label, (mentions, 3).
        kinds: The kinds of which every mention is labelled.
    """

    ids: IntArray
    features: IntArray
    heads: IntArray
    mentions: IntArray
    kinds: frozenset[EntityKind]

    def __len__(self) -> int:
        return len(self.ids)


@frozen(eq=False)
class MentionBatch:
    """What windows show the network, and the mentions that it should find.

    Attributes:
        ids: Numbers of the pieces, (windows, pieces).
        features: Their letter case and place, (windows, pieces).
        mask: 1 where there is a piece, (windows, pieces).
        heads: Positions of the words' first pieces, (windows, words); 0 behind the last.
        words: How many words each window has, (windows,).
        mentions: For each mention its window, its first word, its last and its label, (mentions, 4).
        unlabelled: 1 for each label of which a window may have other mentions, (windows, MENTION_LABELS).
    """

    ids: Tensor
    features: Tensor
    mask: Tensor
    heads: Tensor
    words: Tensor
    mentions: Tensor
    unlabelled: Tensor


def make_mention_examples(tokenizer: Tokenizer, texts: Iterable[MentionText]) -> list[MentionExample]:
    """The windows of the texts, in order; those from which nothing is learned are left out."""
    found = []
    for text in texts:
        pieces = cut_pieces(tokenizer, text.text, pair_marks(text.text))
        mentions = locate_mentions(text, pieces)
        for window in cut_windows(pieces):
            example = _cut(pieces, window, mentions, text.kinds)
            if text.kinds or len(example.mentions):
                found.append(example)
    return found


def locate_mentions(text: MentionText, pieces: Pieces) -> IntArray:
    """First word, last word and label of each mention that isn't too long, (mentions, 3)."""
    rows = []
    for mention in text.mentions:
        start, end = mention.span
        first = int(np.searchsorted(pieces.ends, start, side="right"))
        last = int(np.searchsorted(pieces.starts, end, side="left")) - 1
        if first <= last and pieces.words[last] - pieces.words[first] < MENTION_WORDS:
            rows.append((pieces.words[first], pieces.words[last], mention_label(mention.form, mention.kind)))
    return np.array(sorted(set(rows)), dtype=np.int64).reshape(-1, 3)


def _cut(pieces: Pieces, window: Window, mentions: IntArray, kinds: frozenset[EntityKind]) -> MentionExample:
    """One window; a word that begins before it is none of its words."""
    heads = pieces.heads
    first, end = np.searchsorted(heads, (window.start, window.end))
    inside = (mentions[:, 0] >= first) & (mentions[:, 1] < end)
    return MentionExample(
        pieces.ids[window.start : window.end],
        pieces.features[window.start : window.end],
        heads[first:end] - window.start,
        mentions[inside] - np.array((first, first, 0)),
        kinds,
    )


def collate_mentions(examples: Sequence[MentionExample]) -> MentionBatch:
    """The examples side by side, each between its two special pieces, padded at the right.

    Args:
        examples: At least one.

    Raises:
        FormatError: if the network doesn't know a feature.
    """
    ids, features, mask = pad_windows([(example.ids, example.features) for example in examples])
    words = torch.tensor([len(example.heads) for example in examples])
    heads = torch.zeros(len(examples), int(words.max()), dtype=torch.long)
    unlabelled = torch.zeros(len(examples), MENTION_LABELS)
    mentions = []
    for row, example in enumerate(examples):
        heads[row, : len(example.heads)] = torch.from_numpy(example.heads + 1)
        mentions.append(np.pad(example.mentions, ((0, 0), (1, 0)), constant_values=row))
        others = torch.tensor([float(kind not in example.kinds) for kind in MENTION_KINDS])
        unlabelled[row] = others.repeat(len(MENTION_FORMS))
    return MentionBatch(ids, features, mask, heads, words, torch.from_numpy(np.concatenate(mentions)), unlabelled)


def mention_loss(mentions: Tensor, batch: MentionBatch) -> Tensor:
    """Mean over words of what the stretches lose that begin there.

    A mention loses minus the log probability that it is one and has its label. Another stretch loses minus the log
    probability that it is no mention of the kinds that are labelled in its text.

    Args:
        mentions: What the network gives, (windows, pieces, MENTION_SIZE).
        batch: The windows.
    """
    vectors = mentions.float().gather(1, batch.heads.unsqueeze(-1).expand(-1, -1, mentions.shape[-1]))
    starts, ends, labels_first, labels_last = vectors.split(
        (MENTION_SPAN_SIZE, MENTION_SPAN_SIZE, MENTION_LABELS, MENTION_LABELS), dim=-1
    )
    scores = _band(starts @ ends.mT) / MENTION_SPAN_SIZE**0.5 + MENTION_OFFSET
    unsaid = _unlabelled_share(labels_first, labels_last, batch.unlabelled)
    count = batch.words.unsqueeze(-1)
    places = torch.arange(scores.shape[1], device=scores.device)
    is_stretch = places[:, None] + torch.arange(MENTION_WORDS, device=scores.device) < count.unsqueeze(-1)
    # The log of 1 + e^score over 1 + share * e^score: what is a mention of other kinds loses nothing.
    losses = softplus(scores) - softplus(scores + unsaid)
    windows, first, last, labels = batch.mentions.unbind(-1)
    width = last - first
    is_stretch[windows, first, width] = False
    of_labels = log_softmax(labels_first[windows, first] + labels_last[windows, last], dim=-1)
    of_mentions = softplus(-scores[windows, first, width]) - of_labels.gather(1, labels.unsqueeze(-1)).squeeze(-1)
    return ((losses * is_stretch).sum() + of_mentions.sum()) / batch.words.sum()


def _band(products: Tensor) -> Tensor:
    """Of what all pairs of words have, (windows, words, words), that of each word and those from it on.

    (windows, words, MENTION_WORDS); behind the last word stands anything.
    """
    words = products.shape[-1]
    # Rows that are longer by one put each word's own column under the one before.
    wide = pad(products, (0, MENTION_WORDS)).reshape(len(products), -1)
    rows = torch.arange(words, device=products.device)[:, None] * (words + MENTION_WORDS + 1)
    return wide[:, rows + torch.arange(MENTION_WORDS, device=products.device)]


_LEAST = 1e-30


def _unlabelled_share(first: Tensor, last: Tensor, unlabelled: Tensor) -> Tensor:
    """Log of the share of a stretch's labels that its text doesn't label, in the shape of `_band`."""
    powers = (first - first.amax(-1, keepdim=True)).exp(), (last - last.amax(-1, keepdim=True)).exp()
    others = _band((powers[0] * unlabelled.unsqueeze(1)) @ powers[1].mT)
    every = _band(powers[0] @ powers[1].mT)
    return (others + _LEAST).log() - (every + _LEAST).log()
