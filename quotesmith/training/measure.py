"""Quick figures of a network while it learns; the scorers' figures come later, from the whole pipeline."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer

from quotesmith.encoder import OUTSIDE_TAG, TAGS, Role, best_tags, find_fragments
from quotesmith.encoder.pieces import IntArray
from quotesmith.errors import OptionError
from quotesmith.training.antecedents import RIGHT, UNKNOWN, AntecedentExample, collate_antecedents
from quotesmith.training.corpora import LabelledText, Scope
from quotesmith.training.examples import ANY, batches_by_length, make_examples
from quotesmith.training.losses import collate, link_loss
from quotesmith.training.model import Tagger

_MEASURE_BATCH: Final = 16


@torch.no_grad()
def measure_tags(model: Tagger, tokenizer: Tokenizer, texts: Iterable[LabelledText]) -> dict[str, float]:
    """F1 in percent of the words and the whole fragments of each role, window by window, and the mean loss of a link.

    Inner quotes are measured apart, where the texts have them. What two windows share counts twice. The model is left
    as it is for use, not for training.

    Raises:
        OptionError: if a corpus says nothing of some words of a text.
    """
    model.eval()
    counts: Counter[str] = Counter()
    # One row for each relation: the sum of the losses of its links, and their number.
    losses = np.zeros((2, 2))
    examples = [example for text in texts for example in make_examples(tokenizer, _check_scope(text))]
    for group in batches_by_length(examples, size=_MEASURE_BATCH):
        batch = collate(group)
        found = model(batch.ids, batch.features, batch.mask)
        of_cues, cues = link_loss(found.links, batch.mask, batch.cues, 0)
        of_sources, sources = link_loss(found.links, batch.mask, batch.sources, 1)
        losses += [[float(of_cues), cues], [float(of_sources), sources]]
        for level, scores in enumerate(found.tags.split(TAGS, dim=-1)):
            chances = torch.log_softmax(scores, dim=-1).numpy()
            for example, row in zip(group, chances, strict=True):
                _count(counts, example.allowed[level], row[1 : len(example) + 1], _LEVEL_NAMES[level])
    figures = {
        key: _f1(counts, key)
        for name in _LEVEL_NAMES
        for role in Role
        for unit in ("words", "whole")
        if (key := f"{name}{role.name.lower()} {unit}") + " given" in counts
    }
    cue_loss, source_loss = (round(float(total / max(number, 1)), 3) for total, number in losses)
    return {**figures, "cue loss": cue_loss, "source loss": source_loss}


@torch.no_grad()
def measure_antecedents(model: Tagger, corpora: Mapping[str, Sequence[AntecedentExample]]) -> dict[str, float]:
    """For each corpus the share of its pronouns, and of its noun phrases, whose best candidate is right, in percent.

    Nobody is a candidate too; in corpora that ask about single pronouns, all others are left out.
    The model is left as it is for use, not for training.
    """
    model.eval()
    counts: Counter[str] = Counter()
    for corpus, examples in corpora.items():
        for example in examples:
            batch = collate_antecedents([example])
            scores, none = (tensor.numpy() for tensor in model.score_antecedents(batch))
            scores = np.where(example.labels == UNKNOWN, -np.inf, scores)
            for number in range(len(example.anaphors)):
                at = np.flatnonzero(example.rows == number)
                best = at[scores[at].argmax()] if len(at) else -1
                nobody = best < 0 or none[number] > scores[best]
                right = example.none[number] if nobody else example.labels[best] == RIGHT
                kind = _ANAPHORS[int(example.own[number, 1:6].argmax())]
                counts[f"{corpus} {kind}"] += 1
                counts[f"{corpus} {kind} right"] += bool(right)
    return {
        key: round(100 * counts[f"{key} right"] / total, 1)
        for key, total in counts.items()
        if not key.endswith(" right")
    }


_ANAPHORS: Final = ("he", "she", "it", "they", "phrase")


def _check_scope(text: LabelledText) -> LabelledText:
    if text.scope is Scope.QUOTED:
        msg = f"{text.name} has labels between quotation marks alone; measure texts with all tags"
        raise OptionError(msg)
    return text


_LEVEL_NAMES: Final = ("", "inner ")


def _count(counts: Counter[str], allowed: IntArray, scores: NDArray[np.float32], level: str) -> None:
    """Adds to `counts` what is right, and what both sides give, of a window's pieces at one level."""
    heads = np.flatnonzero(allowed)
    if (allowed[heads] == ANY).any():
        return
    tags = np.log2(allowed[heads]).astype(np.int64)
    # A window may start within a fragment.
    tags[:1] -= (tags[:1] > OUTSIDE_TAG) & (tags[:1] % 2 == 0)
    gold = find_fragments(tags)
    found = find_fragments(best_tags(scores[heads]))
    for role in Role:
        sides = [{f for f in side if f.role is role} for side in (gold, found)]
        words = [{word for f in side for word in range(f.start, f.end)} for side in sides]
        for unit, (a, b) in (("whole", sides), ("words", words)):
            counts[f"{level}{role.name.lower()} {unit} right"] += len(a & b)
            counts[f"{level}{role.name.lower()} {unit} given"] += len(a) + len(b)


def _f1(counts: Counter[str], key: str) -> float:
    return round(200 * counts[f"{key} right"] / max(counts[f"{key} given"], 1), 1)
