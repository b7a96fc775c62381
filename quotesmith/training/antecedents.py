"""Texts with coreference -> windows and pairs that the antecedent scorer learns from, and what it makes small."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Final

import numpy as np
import torch
from attrs import frozen
from numpy.typing import NDArray
from spacy.language import Language
from spacy.tokens import Doc
from tokenizers import Tokenizer
from torch import Tensor

from quotesmith.coreference import EntityNumber, MentionCandidates, Pairs, locate, make_pairs
from quotesmith.encoder import Pieces, Window, cut_pieces, cut_windows
from quotesmith.encoder.pieces import IntArray
from quotesmith.lexicon.people import load_people
from quotesmith.marks import pair_marks
from quotesmith.parsed_text import ParsedText
from quotesmith.records import TextSpan
from quotesmith.speakers.document_context import DocumentContext
from quotesmith.speakers.nominals import Roles
from quotesmith.speakers.pronouns.candidates import find_mention_candidates
from quotesmith.speakers.settings import DEFAULT_SPEAKER_SETTINGS
from quotesmith.training.clusters import ClusteredText, Question
from quotesmith.training.corpora import CharSpan
from quotesmith.training.losses import pad_windows

STRETCH: Final = 6
"""How many windows of a text are learned from at once."""
NOMINAL_WEIGHT: Final = 0.5
"""What a noun phrase counts beside a pronoun."""

Floats = NDArray[np.float32]
WRONG, RIGHT, UNKNOWN = 0, 1, 2


@frozen(eq=False)
class AntecedentExample:
    """Some windows of one text, and the anaphors in them.

    Attributes:
        ids: For each window the numbers of its pieces.
        features: Their letter case and place.
        owned: For each piece of the stretch its window and its position there, special piece counted, (pieces, 2).
        spans: For each mention its first piece, the one behind its last, and its head's, (mentions, 3).
        anaphors: Mentions that are asked about, (anaphors,).
        rows: For each pair its anaphor's place in `anaphors`, (pairs,).
        candidates: For each pair the mention it is with, (pairs,).
        pairs: Features of the pairs.
        own: Features of the anaphors.
        labels: For each pair WRONG, RIGHT or UNKNOWN.
        none: For each anaphor whether it takes up nothing here.
        weights: What each anaphor counts.
    """

    ids: tuple[IntArray, ...]
    features: tuple[IntArray, ...]
    owned: IntArray
    spans: IntArray
    anaphors: IntArray
    rows: IntArray
    candidates: IntArray
    pairs: Floats
    own: Floats
    labels: IntArray
    none: NDArray[np.bool_]
    weights: Floats


def make_antecedent_examples(
    tokenizer: Tokenizer, nlp: Language, texts: Sequence[ClusteredText]
) -> Iterator[AntecedentExample]:
    """The examples of the texts, in order; parts of a text where nothing is asked are left out."""
    for text, doc in zip(texts, nlp.pipe([text.text for text in texts], disable=["quotesmith"]), strict=True):
        marks = pair_marks(text.text)
        context = DocumentContext.of(ParsedText.of(doc, marks), [], load_people(), None, DEFAULT_SPEAKER_SETTINGS)
        mentions = find_mention_candidates(context, Roles.of(context))
        pairs = make_pairs(mentions)
        labelled = _label(text, doc, mentions, pairs)
        pieces = cut_pieces(tokenizer, text.text, marks)
        windows = cut_windows(pieces)
        spans = locate(pieces, mentions, doc)
        for at in range(0, len(windows), STRETCH):
            example = _cut(pieces, windows[at : at + STRETCH], spans, pairs, labelled)
            if len(example.anaphors):
                yield example


def _label(
    text: ClusteredText, doc: Doc, mentions: MentionCandidates, pairs: Pairs
) -> tuple[IntArray, NDArray[np.bool_], Floats]:
    """Labels of all pairs, whether each anaphor takes up nothing, and its weight: 0 where nobody asks."""
    weights = np.array([1.0 if mentions[a].pronoun else NOMINAL_WEIGHT for a in pairs.anaphors], dtype=np.float32)
    if text.questions:
        return _label_questions(text.questions, mentions, pairs)
    clusters = _align(text, doc, mentions)
    of_anaphor, of_candidate = clusters[pairs.anaphors][pairs.rows], clusters[pairs.candidates]
    labels = ((of_anaphor >= 0) & (of_anaphor == of_candidate)).astype(np.int64)
    found = np.zeros(len(pairs.anaphors), dtype=bool)
    np.logical_or.at(found, pairs.rows, labels == RIGHT)
    return labels, ~found, weights


def _align(text: ClusteredText, doc: Doc, mentions: MentionCandidates) -> IntArray:
    """The cluster of each mention, -1 for none: that of the gold mention with its head whose extent is nearest."""
    by_head: dict[int, list[tuple[CharSpan, int]]] = {}
    for number, cluster in enumerate(text.clusters):
        for start, end in cluster:
            span = doc.char_span(start, end, alignment_mode="expand")
            if span is not None:
                by_head.setdefault(span.root.i, []).append(((start, end), number))
    found = np.full(len(mentions), -1, dtype=np.int64)
    for place, mention in enumerate(mentions):
        gold = by_head.get(mention.head, ())
        best = min(gold, key=lambda pair: _far(pair[0], mention.span), default=None)
        if best is not None:
            found[place] = best[1]
    return found


def _far(span: CharSpan, other: TextSpan) -> int:
    return abs(span[0] - other.start) + abs(span[1] - other.end)


def _label_questions(
    questions: Sequence[Question], mentions: MentionCandidates, pairs: Pairs
) -> tuple[IntArray, NDArray[np.bool_], Floats]:
    labels = np.full(len(pairs.candidates), UNKNOWN, dtype=np.int64)
    none = np.zeros(len(pairs.anaphors), dtype=bool)
    weights = np.zeros(len(pairs.anaphors), dtype=np.float32)
    asked = {question.pronoun[0]: question for question in questions}
    for number, place in enumerate(pairs.anaphors):
        # A phrase may begin with the pronoun that is asked about: "his work".
        question = asked.get(mentions[place].span.start) if mentions[place].pronoun else None
        if question is None:
            continue
        right, wrong = _owners(mentions, question.right), _owners(mentions, question.wrong)
        rows = slice(pairs.bounds[number], pairs.bounds[number + 1])
        # A mention with another name than the right one is somebody else; one without a name may be the right one.
        wrong = wrong | {mention.owner for mention in mentions if mention.owner is not None} if right else wrong
        owners = [mentions[c].owner for c in pairs.candidates[rows]]
        labels[rows] = [RIGHT if o in right else WRONG if o in wrong else UNKNOWN for o in owners]
        none[number] = not question.right
        # The pronoun's antecedent may not be among the mentions: then nothing can be learned.
        weights[number] = float(none[number] or RIGHT in labels[rows])
    return labels, none, weights


def _owners(mentions: MentionCandidates, names: Sequence[CharSpan]) -> set[EntityNumber]:
    """The entities of the names that stand at the spans."""
    return {
        mention.owner
        for mention in mentions
        if mention.owner is not None and any(mention.span.overlaps(TextSpan(*name)) for name in names)
    }


def _cut(
    pieces: Pieces,
    windows: Sequence[Window],
    spans: IntArray,
    pairs: Pairs,
    labelled: tuple[IntArray, NDArray[np.bool_], Floats],
) -> AntecedentExample:
    """The example of some neighbouring windows; `spans` are the places of all mentions among the pieces."""
    labels, none, weights = labelled
    first, last = windows[0].owned_start, windows[-1].owned_end
    inside = (spans[:, 0] >= first) & (spans[:, 1] <= last)
    rows = inside[pairs.anaphors][pairs.rows] & inside[pairs.candidates] & (weights[pairs.rows] > 0)
    right = np.zeros(len(pairs.anaphors), dtype=bool)
    np.logical_or.at(right, pairs.rows[rows], labels[rows] == RIGHT)
    # What stands before the stretch can't be chosen in it.
    asked = np.flatnonzero(inside[pairs.anaphors] & (weights > 0) & (right | none))
    kept = rows & np.isin(pairs.rows, asked)
    used = np.unique(np.concatenate((pairs.anaphors[asked], pairs.candidates[kept])))
    owned = [
        (number, position - window.start + 1)
        for number, window in enumerate(windows)
        for position in range(window.owned_start, window.owned_end)
    ]
    return AntecedentExample(
        tuple(pieces.ids[window.start : window.end] for window in windows),
        tuple(pieces.features[window.start : window.end] for window in windows),
        np.array(owned, dtype=np.int64),
        spans[used] - first,
        np.searchsorted(used, pairs.anaphors[asked]),
        np.searchsorted(asked, pairs.rows[kept]),
        np.searchsorted(used, pairs.candidates[kept]),
        pairs.features[kept],
        pairs.own[asked],
        labels[kept],
        none[asked],
        weights[asked],
    )


def shuffled_stretches(
    examples: Iterable[AntecedentExample], rng: "np.random.Generator", *, windows: int
) -> list[list[AntecedentExample]]:
    """All examples in random order, in batches of at most `windows` windows (or one example)."""
    mixed = list(examples)
    rng.shuffle(mixed)  # type: ignore[arg-type]
    found: list[list[AntecedentExample]] = []
    room = 0.0
    for example in mixed:
        # Windows of snippets are short, so pieces are counted.
        size = sum(map(len, example.ids)) / 254
        if not found or room < size:
            found.append([])
            room = windows
        found[-1].append(example)
        room -= size
    return found


@frozen(eq=False)
class AntecedentBatch:
    """Examples side by side: their windows padded, their mentions and anaphors in one row."""

    ids: Tensor
    features: Tensor
    mask: Tensor
    owned: Tensor
    spans: Tensor
    anaphors: Tensor
    rows: Tensor
    candidates: Tensor
    pairs: Tensor
    own: Tensor
    labels: Tensor
    none: Tensor
    weights: Tensor


def collate_antecedents(examples: Sequence[AntecedentExample]) -> AntecedentBatch:
    """One batch of the examples; there must be at least one."""
    windows = list(chain.from_iterable(zip(e.ids, e.features, strict=True) for e in examples))
    padded = pad_windows(windows)
    shifts = np.cumsum(
        [(0, 0, 0, 0)] + [(len(e.ids), len(e.owned), len(e.spans), len(e.anaphors)) for e in examples], axis=0
    )

    def joined(arrays: Iterable[NDArray[np.generic]]) -> Tensor:
        return torch.from_numpy(np.concatenate(list(arrays)))

    zipped = list(zip(examples, shifts, strict=False))
    return AntecedentBatch(
        *padded,
        joined(e.owned + np.array([at[0], 0]) for e, at in zipped),
        joined(e.spans + at[1] for e, at in zipped),
        joined(e.anaphors + at[2] for e, at in zipped),
        joined(e.rows + at[3] for e, at in zipped),
        joined(e.candidates + at[2] for e, at in zipped),
        joined(e.pairs for e in examples),
        joined(e.own for e in examples),
        joined(e.labels for e in examples),
        joined(e.none for e in examples),
        joined(e.weights for e in examples),
    )


def antecedent_loss(scores: Tensor, none: Tensor, batch: AntecedentBatch) -> Tensor:
    """Mean over anaphors, weighted, of minus the log probability that one of the right candidates is taken, or nobody.

    Candidates whose label is unknown are left out of the choice.

    Args:
        scores: Of each pair, (pairs,).
        none: Of each anaphor's taking up nobody, (anaphors,).
        batch: What is right.
    """
    lowest = torch.finfo(torch.float32).min / 4
    known = torch.where(batch.labels == UNKNOWN, lowest, scores.float())
    right = torch.where(batch.labels == RIGHT, scores.float(), lowest)
    alone = none.float()
    every = _logsumexp(known, batch.rows, alone)
    chosen = _logsumexp(right, batch.rows, torch.where(batch.none, alone, lowest))
    return ((every - chosen) * batch.weights).sum() / batch.weights.sum()


def _logsumexp(scores: Tensor, rows: Tensor, alone: Tensor) -> Tensor:
    top = alone.scatter_reduce(0, rows, scores, "amax").detach()
    total = torch.exp(alone - top).scatter_add(0, rows, torch.exp(scores - top[rows]))
    return top + torch.log(total)
