"""Figures for `nlp.evaluate`: the quotes that a pipeline finds against those that the reference Docs carry.

Gold quotes are put on a reference Doc as a pipeline puts its own there, by
`quotesmith.pipeline.annotate(doc, document)`.
"""

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from itertools import accumulate
from typing import Any, TypeAlias

from attrs import frozen
from spacy.scorer import PRFScore
from spacy.tokens import Doc
from spacy.training import Example
from spacy.util import registry

from quotesmith.errors import InvalidRecordError
from quotesmith.lexicon.folding import fold
from quotesmith.pipeline.extensions import read_annotation
from quotesmith.records import Entity, QuoteDocument, QuoteKind, TextSpans

# Takes examples, and as keywords what the caller of nlp.evaluate adds; gives figures by name.
ExampleScorer: TypeAlias = Callable[..., dict[str, Any]]

SCORER = "quotesmith.quotes_scorer.v1"
SCORE_WEIGHTS: dict[str, float | None] = {
    "quotes_f": 0.5,
    "quotes_p": 0.0,
    "quotes_r": 0.0,
    "quotes_source_f": 0.5,
    "quotes_source_p": 0.0,
    "quotes_source_r": 0.0,
    "quotes_exact_f": 0.0,
    "quotes_exact_p": 0.0,
    "quotes_exact_r": 0.0,
    "quotes_speaker_acc": 0.0,
    "quotes_per_kind": None,
}
# Two stretches belong to one quote, or one source, if the Dice coefficient of their words is at least this.
_SAME = 0.5
_WORD_OR_MARK = re.compile(r"(\w+)|[^\w\s]")


def make_scorer() -> ExampleScorer:
    """SpaCy's registered scorer "quotesmith.quotes_scorer.v1": `score_quotes`."""
    return score_quotes


registry.scorers(SCORER, func=make_scorer)


def score_quotes(examples: Iterable[Example], **_: Any) -> dict[str, Any]:
    """How well the predicted Docs' quotes fit those of the reference Docs; figures in [0, 1] by name.

    Gold and found quotes are paired one to one by the words of their content, if the Dice coefficient of these is at
    least 0.5, the most alike first. A quote counts with all its pieces, marks and white space don't count, and quotes
    inside quotes count like others. References without annotation are left out; a figure is None where there is
    nothing to count.

        quotes_p/r/f         pairs among the found quotes, among the gold ones, and the mean of both
        quotes_source_p/r/f  pairs whose sources fit by the same measure, or that both have none
        quotes_exact_p/r/f   pairs whose content has the same words
        quotes_per_kind      p, r and f of each kind: pairs in which both are of that kind
        quotes_speaker_acc   among pairs whose gold quote has speakers, those with the same ones: each has the name or
                             alias of a gold speaker; case and accents don't count

    Raises:
        InvalidRecordError: if the two Docs of an example have different texts, white space and case aside.
    """
    figures = {name: PRFScore() for name in ("quotes", "quotes_source", "quotes_exact")}
    kinds = {kind: PRFScore() for kind in QuoteKind}
    speakers: list[bool] = []
    for example in examples:
        reference = read_annotation(example.reference)
        if reference is None:
            continue
        _check_texts(example)
        gold = _read_quotes(example.reference, reference)
        found = _read_quotes(example.predicted, read_annotation(example.predicted))
        pairs = _pair(gold, found)
        _count(figures["quotes"], len(pairs), gold, found)
        _count(figures["quotes_source"], sum(_dice(g.source, f.source) >= _SAME for g, f in pairs), gold, found)
        _count(figures["quotes_exact"], sum(g.content == f.content for g, f in pairs), gold, found)
        for kind, score in kinds.items():
            right = sum(g.kind == f.kind == kind for g, f in pairs)
            _count(score, right, [g for g in gold if g.kind == kind], [f for f in found if f.kind == kind])
        speakers.extend(_are_same(g.speakers, f.speakers) for g, f in pairs if g.speakers)
    return {
        **{f"{name}_{key}": value for name, score in figures.items() for key, value in _values(score).items()},
        "quotes_per_kind": {kind.value: score.to_dict() for kind, score in kinds.items() if len(score) > 0} or None,
        "quotes_speaker_acc": sum(speakers) / len(speakers) if speakers else None,
    }


@frozen
class _ComparedQuote:
    """What of a quote is compared: numbers of tokens, and for each speaker the forms of its name, the first its own."""

    content: frozenset[int]
    source: frozenset[int]
    kind: QuoteKind
    speakers: tuple[tuple[str, ...], ...]


@frozen
class _Tokens:
    """The words and marks of a text, in order, each with the number of characters before it.

    White space isn't counted: a gold text may be spaced otherwise, and a token has the same number in both.
    """

    starts: Sequence[int]
    ends: Sequence[int]
    numbers: Sequence[int]
    are_words: Sequence[bool]

    def covered(self, spans: TextSpans) -> frozenset[int]:
        """The numbers of the words that the spans touch; of the marks where they touch no word."""
        touched = [
            index
            for span in spans
            for index in range(bisect_right(self.ends, span.start), bisect_left(self.starts, span.end))
        ]
        words = frozenset(self.numbers[index] for index in touched if self.are_words[index])
        return words or frozenset(self.numbers[index] for index in touched)


def _read_tokens(text: str) -> _Tokens:
    matches = list(_WORD_OR_MARK.finditer(text))
    return _Tokens(
        starts=[match.start() for match in matches],
        ends=[match.end() for match in matches],
        numbers=list(accumulate((len(match[0]) for match in matches), initial=0)),
        are_words=[match[1] is not None for match in matches],
    )


def _read_quotes(doc: Doc, document: QuoteDocument | None) -> list[_ComparedQuote]:
    """The document's quotes; without those whose content is white space, which nothing can be compared with."""
    if document is None:
        return []
    tokens = _read_tokens(doc.text)
    compared = [
        _ComparedQuote(
            content=tokens.covered(quote.content),
            source=tokens.covered(document.source_spans(quote)),
            kind=quote.kind,
            speakers=tuple(_forms(document.entity(speaker)) for speaker in quote.speakers),
        )
        for quote in document.quotes
    ]
    return [quote for quote in compared if quote.content]


def _forms(entity: Entity) -> tuple[str, ...]:
    return tuple(fold(name) for name in (entity.name, *entity.aliases))


def _pair(
    gold: Sequence[_ComparedQuote], found: Sequence[_ComparedQuote]
) -> list[tuple[_ComparedQuote, _ComparedQuote]]:
    """Gold and found quotes of about the same content, each in one pair at most, the most alike first.

    Of pairs that are equally alike, those with the more similar sources come first, then the earlier in the text.
    """
    holders: dict[int, list[int]] = defaultdict(list)
    for i, quote in enumerate(gold):
        for token in quote.content:
            holders[token].append(i)
    touching = {(i, j) for j, quote in enumerate(found) for token in quote.content for i in holders.get(token, ())}
    alike = [(-_dice(gold[i].content, found[j].content), i, j) for i, j in touching]
    ranked = sorted((rank, -_dice(gold[i].source, found[j].source), i, j) for rank, i, j in alike if -rank >= _SAME)
    pairs = []
    free_gold, free_found = set(range(len(gold))), set(range(len(found)))
    for *_, i, j in ranked:
        if i in free_gold and j in free_found:
            free_gold.remove(i)
            free_found.remove(j)
            pairs.append((gold[i], found[j]))
    return pairs


def _dice(left: frozenset[int], right: frozenset[int]) -> float:
    """How alike two sets are, in [0, 1]; two empty ones are the same."""
    return 2 * len(left & right) / (len(left) + len(right)) if left or right else 1.0


def _are_same(gold: Sequence[tuple[str, ...]], found: Sequence[tuple[str, ...]]) -> bool:
    """Whether each found speaker's name is a form of a gold one's, and each gold speaker is among them."""
    names = [forms[0] for forms in found]
    return (
        len(gold) == len(found)
        and all(any(name in forms for forms in gold) for name in names)
        and all(any(name in forms for name in names) for forms in gold)
    )


def _count(score: PRFScore, right: int, gold: Sequence[_ComparedQuote], found: Sequence[_ComparedQuote]) -> None:
    score.tp += right
    score.fp += len(found) - right
    score.fn += len(gold) - right


def _values(score: PRFScore) -> dict[str, float | None]:
    return dict(score.to_dict()) if len(score) > 0 else {"p": None, "r": None, "f": None}


def _check_texts(example: Example) -> None:
    reference, predicted = ("".join(doc.text.split()).lower() for doc in (example.reference, example.predicted))
    if reference != predicted:
        msg = (
            f"the two Docs of an example must have one text, but the reference begins {example.reference.text[:40]!r} "
            f"and the prediction {example.predicted.text[:40]!r}"
        )
        raise InvalidRecordError(msg)
