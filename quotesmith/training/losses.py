"""Turns examples into tensors, and gives the losses that the network is trained on."""

from collections.abc import Sequence
from typing import Final, Literal

import torch
from attrs import frozen
from torch import Tensor
from torch.nn.functional import log_softmax

from quotesmith.encoder import CLS, FEATURE_VALUES, LEVELS, LINK_SIZE, LINKS, SEP, TAGS
from quotesmith.encoder.pieces import IntArray
from quotesmith.errors import FormatError
from quotesmith.training.examples import Example, Link

LEVEL_WEIGHTS: Final = (1.0, 3.0)
"""What the words of each level count: most are outside of any quote inside another, and easy."""


@frozen(eq=False)
class Batch:
    """Windows of one padded length, with their special pieces; tensors are (windows, pieces), of int64.

    Attributes:
        ids: Numbers of the pieces.
        features: Their letter cases and places.
        mask: 1 where there is a piece, 0 where there is padding.
        allowed: For each level and piece the tags, as bits, that its word may have; 0 where no tag is asked for.
            (LEVELS, windows, pieces)
        cues: For each window, from its content fragments to their cues.
        sources: For each window, from its cues to their sources.
    """

    ids: Tensor
    features: Tensor
    mask: Tensor
    allowed: Tensor
    cues: tuple[tuple[Link, ...], ...]
    sources: tuple[tuple[Link, ...], ...]


def collate(examples: Sequence[Example]) -> Batch:
    """The examples side by side, each between its two special pieces, padded at the right.

    Args:
        examples: At least one.

    Raises:
        FormatError: if the network doesn't know a feature.
    """
    ids, features, mask = pad_windows([(example.ids, example.features) for example in examples])
    allowed = ids.new_zeros(LEVELS, *ids.shape)
    for row, example in enumerate(examples):
        allowed[:, row, 1 : len(example) + 1] = torch.from_numpy(example.allowed)
    return Batch(ids, features, mask, allowed, tuple(e.cues for e in examples), tuple(e.sources for e in examples))


def pad_windows(windows: Sequence[tuple[IntArray, IntArray]]) -> tuple[Tensor, Tensor, Tensor]:
    """Ids, features and mask of windows between their special pieces, padded at the right, each (windows, pieces).

    Args:
        windows: For each the numbers of its pieces and their features; at least one.

    Raises:
        FormatError: if a feature is none that the network knows.
    """
    length = max(len(ids) for ids, _ in windows) + 2
    tensors = torch.zeros(3, len(windows), length, dtype=torch.long)
    for row, (ids, features) in enumerate(windows):
        end = len(ids) + 1
        tensors[0, row, 0], tensors[0, row, end] = CLS, SEP
        tensors[0, row, 1:end] = torch.from_numpy(ids)
        tensors[1, row, 1:end] = torch.from_numpy(features)
        tensors[2, row, : end + 1] = 1
    if int(tensors[1].max()) >= FEATURE_VALUES:
        msg = f"features go up to {FEATURE_VALUES - 1}, found {int(tensors[1].max())}; cut the texts into pieces again"
        raise FormatError(msg)
    return tensors[0], tensors[1], tensors[2]


def tag_loss(scores: Tensor, allowed: Tensor) -> Tensor:
    """Mean over words, weighted by level, of minus the log probability that the tag is one of those allowed.

    A word that may have any tag adds nothing to the sum, and counts.

    Args:
        scores: Of each tag, one level after the other, (windows, pieces, LEVELS * TAGS).
        allowed: Tags as bits, (LEVELS, windows, pieces); 0 where no tag is asked for, above 0 at least once.
    """
    scores = torch.stack(scores.split(TAGS, dim=-1))
    asked = allowed > 0
    bits = (allowed[asked].unsqueeze(-1) >> torch.arange(TAGS)) & 1
    chances = log_softmax(scores[asked].float(), dim=-1).masked_fill(bits == 0, float("-inf"))
    weights = torch.tensor(LEVEL_WEIGHTS)[:, None, None].expand(asked.shape)[asked]
    return -(weights * chances.logsumexp(dim=-1)).sum() / (len(weights) / LEVELS)


def link_loss(
    vectors: Tensor, mask: Tensor, links: Sequence[Sequence[Link]], relation: Literal[0, 1]
) -> tuple[Tensor, int]:
    """Sum over links of minus the log probability that a piece of one end is led to the other; and their number.

    Each piece of a link's start points to one piece of its window (scaled dot products, softmax); where the link leads
    to several, any of them is right. The pieces of a start share the link's weight of 1.

    Args:
        vectors: Link vectors, one level after the other, (windows, pieces, LEVELS * LINKS * LINK_SIZE).
        mask: 1 where there is a piece, (windows, pieces).
        links: The links of each window.
        relation: 0 for content to cue, 1 for cue to source.
    """
    levels: list[int] = []
    windows: list[int] = []
    positions: list[int] = []
    weights: list[float] = []
    targets: list[tuple[int, int]] = []
    for window, row in enumerate(links):
        for link in row:
            size = link.at[1] - link.at[0]
            levels.extend([link.level] * size)
            windows.extend([window] * size)
            positions.extend(range(*link.at))
            weights.extend([1 / size] * size)
            targets.extend([(link.to[0], max(link.to[1], link.to[0] + 1))] * size)
    if not windows:
        return vectors.sum() * 0, 0
    rows, of_level = torch.tensor(windows), torch.tensor(levels)
    shaped = vectors.float().unflatten(-1, (LEVELS, LINKS, LINK_SIZE))
    seeking = shaped[rows, torch.tensor(positions), of_level, 2 * relation]
    sought = shaped[:, :, :, 2 * relation + 1].transpose(1, 2)
    scores = torch.einsum("rd,rtd->rt", seeking, sought[rows, of_level]) / LINK_SIZE**0.5
    scores = scores.masked_fill(mask[rows] == 0, float("-inf"))
    bounds = torch.tensor(targets)
    steps = torch.arange(scores.shape[1])
    right = (steps >= bounds[:, :1]) & (steps < bounds[:, 1:])
    chances = log_softmax(scores, dim=-1).masked_fill(~right, float("-inf")).logsumexp(dim=-1)
    return -(chances * torch.tensor(weights)).sum(), sum(map(len, links))
