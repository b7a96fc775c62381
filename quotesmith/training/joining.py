"""Fits the decision whether two neighbouring pieces of speech are one quote, and says how often it is right.

    python -m quotesmith.training.joining --data GOLD --weights FOLDER

Writes `joining.json` into the weights folder and its checksum into the folder's card. It reads the encoder and nothing
that another fit writes but that, so it comes first of the four: then `calibration`, `turn_weights` and
`speaker_calibration`, in any order. Fitted to neither the pilots nor PolNeAR's dev part.
"""

import json
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import numpy as np
from attrs import field, frozen
from numpy.typing import NDArray
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.model_selection import GroupKFold
from spacy.tokens import Doc

from quotesmith.encoder import Encoder
from quotesmith.extraction import Attribution, LearnedExtractor
from quotesmith.extraction.attributions import nest
from quotesmith.extraction.join_decision import JOINING_FILE
from quotesmith.extraction.joining import is_open, is_ruled_out, rules_by_start
from quotesmith.extraction.joining_evidence import EVIDENCE, EvidenceReader
from quotesmith.extraction.passage_pairs import HABITS, Pair, SpeechPiece, SpeechPieces, measure_habits
from quotesmith.extraction.rules import find_by_rules
from quotesmith.extraction.settings import DEFAULT_EXTRACTION_SETTINGS
from quotesmith.marks import pair_marks
from quotesmith.parsed_text import ParsedText
from quotesmith.training.calibration import read_arguments, write_beside
from quotesmith.training.corpora import PILOTS, CharSpan, read_rows
from quotesmith.training.parser import make_parser

_JOIN_CORPORA: Final[Mapping[str, Mapping[str, str]]] = {
    "pdnc/dev.jsonl.gz": {"name": "PDNC dev without the pilots", "licence": "none stated"},
    "litbank/quotations_dev.jsonl.gz": {"name": "LitBank without the pilots", "licence": "CC BY 4.0"},
    "polnear/train.jsonl.gz": {"name": "PolNeAR train", "licence": "none stated"},
    "polnear/clean.jsonl.gz": {"name": "PolNeAR train, read anew", "licence": "none stated for the texts"},
    "wikinews/articles.jsonl.gz": {"name": "Wikinews", "licence": "CC BY 2.5"},
}
# How many paragraphs around a pair make a text of its own, besides the whole: short texts show little of their habits.
_EXCERPTS = (0, 1, 4)
_FOLDS = 4
# Of the pairs over a break in novels, nearly all of which are two quotes, one in so many.
_SAMPLE = 4
# A record with two people's words is worse than two records of one speaker's.
_TWO_SPEAKERS, _SAME_SPEAKER = 3.0, 0.3


@frozen
class _SpokenQuotation:
    spans: tuple[CharSpan, ...]
    speaker: str | None = None


@frozen
class _SpokenNovel:
    novel_id: str
    text: str
    quotes: tuple[_SpokenQuotation, ...]


@frozen
class _SourcedAttribution:
    content: tuple[CharSpan, ...]
    source: tuple[CharSpan, ...]


@frozen
class _SourcedArticle:
    doc_id: str
    text: str
    attributions: tuple[_SourcedAttribution, ...]


@frozen
class JoiningText:
    """A text in which it is known which words are one quote's.

    Attributes:
        corpus: The name of its corpus.
        name: Which text it is; the same text of two corpora has one name.
        text: The text.
        quotes: The spans of each quote.
        speakers: Who says each, in any form that differs for different people.
        is_novel: Whether it is of a novel.
        is_split: Whether its quotes are single spans, so that two of one speaker's may be one.
    """

    corpus: str
    name: str
    text: str
    quotes: tuple[tuple[CharSpan, ...], ...]
    speakers: tuple[str | None, ...]
    is_novel: bool
    is_split: bool = False


@frozen
class JudgedPair:
    """The evidence about a pair of pieces, and what the gold data says.

    Attributes:
        corpus: Name of its corpus.
        text: Name of its text.
        evidence: In the order of `EVIDENCE`.
        excerpts: The habits of excerpts around it, in the order of `HABITS`.
        is_one: Whether both are one quote.
        is_one_speaker: Whether one speaker says both.
        is_novel: Whether its text is of a novel.
        is_break: Whether a paragraph begins between them.
        is_linked: Whether the tags made one quote of them.
        weight: How much it counts in the fit.
    """

    corpus: str
    text: str
    evidence: tuple[float, ...]
    excerpts: tuple[tuple[float, ...], ...] = field(repr=False)
    is_one: bool
    is_one_speaker: bool
    is_novel: bool
    is_break: bool
    is_linked: bool
    weight: float


def main() -> None:
    """The command line."""
    arguments = read_arguments(__doc__)
    figures = fit_joining(list(read_joining_texts(arguments.data)), arguments.weights, make_parser())
    print(json.dumps(figures, indent=2))  # noqa: T201 - the figures are what the command gives


def read_joining_texts(data: Path) -> Iterator[JoiningText]:
    """The texts of all corpora that say which words are one quote's, without the pilots."""
    for path, is_split in (("pdnc/dev.jsonl.gz", False), ("litbank/quotations_dev.jsonl.gz", True)):
        for novel in (row for row in read_rows(data / path, _SpokenNovel) if row.novel_id not in PILOTS):
            quotes = [quote for quote in novel.quotes if quote.spans]
            spans, speakers = tuple(quote.spans for quote in quotes), tuple(quote.speaker for quote in quotes)
            corpus = _JOIN_CORPORA[path]["name"]
            yield JoiningText(corpus, novel.novel_id, novel.text, spans, speakers, is_novel=True, is_split=is_split)
    for path in ("polnear/train.jsonl.gz", "polnear/clean.jsonl.gz", "wikinews/articles.jsonl.gz"):
        for article in read_rows(data / path, _SourcedArticle):
            found = [found for found in article.attributions if found.content]
            sources = tuple(" ".join(article.text[s:e] for s, e in quote.source) for quote in found)
            contents = tuple(quote.content for quote in found)
            corpus = _JOIN_CORPORA[path]["name"]
            yield JoiningText(corpus, article.doc_id, article.text, contents, sources, is_novel=False)


# Pairs


def judge_pairs(gold: JoiningText, doc: Doc, extractor: LearnedExtractor) -> list[JudgedPair]:
    """The pairs of a text whose pieces both lie in gold quotes, as the tags find them and as the rules do."""
    marks = pair_marks(gold.text)
    parsed = ParsedText.of(doc, marks)
    rules = nest(parsed, find_by_rules(parsed, extractor.lexicon, extractor.settings))
    encoded = extractor.encoder(gold.text, marks)
    tags = extractor.find_candidates(parsed, encoded)
    outer = [rule for rule in rules if rule.parent is None]
    return [pair for found in (tags, outer) for pair in _judge_found(gold, parsed, found, rules, extractor)]


def _judge_found(
    gold: JoiningText,
    parsed: ParsedText,
    found: Sequence[Attribution],
    rules: Sequence[Attribution],
    extractor: LearnedExtractor,
) -> Iterator[JudgedPair]:
    pieces = SpeechPieces.of(parsed, found)
    read = EvidenceReader(pieces, rules_by_start(rules), extractor.lexicon)
    quote_of = _match(pieces.found, gold.quotes)
    habits = measure_habits(found, pieces.found)
    firsts = [piece.first for piece in pieces.found]
    for number, pair in enumerate(pieces.pairs()):
        before, after = (quote_of.get(piece) for piece in (pair.before, pair.after))
        if before is None or after is None or not is_open(pair) or pieces.goes_on(pair):
            continue
        is_one_speaker = gold.speakers[before] == gold.speakers[after]
        if (gold.is_novel and pair.breaks and number % _SAMPLE) or (gold.is_split and is_one_speaker):
            continue
        yield JudgedPair(
            corpus=gold.corpus,
            text=gold.name,
            evidence=tuple(read(pair, habits).values()),
            excerpts=tuple(
                tuple(measure_habits(found, _around(pieces.found, firsts, pair, size)).values()) for size in _EXCERPTS
            ),
            is_one=before == after,
            is_one_speaker=is_one_speaker,
            is_novel=gold.is_novel,
            is_break=pair.breaks > 0,
            is_linked=pair.before.quote == pair.after.quote,
            weight=_weigh(gold, pair, is_one=before == after, is_one_speaker=is_one_speaker),
        )


def _weigh(gold: JoiningText, pair: Pair, *, is_one: bool, is_one_speaker: bool) -> float:
    weight = _SAMPLE if gold.is_novel and pair.breaks else 1.0
    if is_one:
        return weight
    if gold.is_novel and is_one_speaker and not pair.breaks:
        return weight * _SAME_SPEAKER
    return weight * (1.0 if is_one_speaker else _TWO_SPEAKERS)


def _around(pieces: Sequence[SpeechPiece], firsts: Sequence[int], pair: Pair, size: int) -> Sequence[SpeechPiece]:
    """The pieces in the paragraphs of a pair and so many on either side."""
    start = bisect_left(firsts, pair.before.first - size)
    return pieces[start : bisect_left(firsts, pair.after.last + size + 1)]


def _match(pieces: Iterable[SpeechPiece], quotes: Sequence[Sequence[CharSpan]]) -> dict[SpeechPiece, int]:
    """The gold quote of each piece: that which shares most with it, if more than half of it."""
    spans = sorted((start, end, number) for number, quote in enumerate(quotes) for start, end in quote)
    longest = max((end - start for start, end, _ in spans), default=0)
    found = {}
    for piece in pieces:
        first = bisect_left(spans, (piece.span.start - longest,))
        shared = [
            (min(end, piece.span.end) - max(start, piece.span.start), start - end, number)
            for start, end, number in spans[first : bisect_left(spans, (piece.span.end,))]
        ]
        # Of two around it, the smaller one has it.
        best = max(shared, default=(0, 0, 0))
        if 2 * best[0] >= len(piece.span):
            found[piece] = best[2]
    return found


# The fit


def fit_joining(texts: Sequence[JoiningText], weights: Path, parse: Callable[[str], Doc]) -> dict[str, Any]:
    """Fits and writes the decision; gives its figures on texts that it wasn't fitted to.

    Args:
        texts: The gold texts.
        weights: Folder of the exported weights.
        parse: Gives the Doc of a text.
    """
    extractor = LearnedExtractor(Encoder(weights))
    pairs = [pair for gold in texts for pair in judge_pairs(gold, parse(gold.text), extractor)]
    figures = _cross_validate(pairs)
    card = {
        "format": 1,
        **export_trees(fit_trees(pairs)),
        "data": [
            {**corpus, "texts": sum(gold.corpus == corpus["name"] for gold in texts)}
            for corpus in _JOIN_CORPORA.values()
        ],
        "pairs": len(pairs),
        "figures": figures,
        "command": "python -m quotesmith.training.joining --data GOLD --weights FOLDER",
        "date": datetime.now(UTC).date().isoformat(),
    }
    write_beside(weights, JOINING_FILE, json.dumps(card).encode() + b"\n")
    return figures


def fit_trees(pairs: Sequence[JudgedPair]) -> HistGradientBoostingClassifier:
    """Trees fitted to the pairs in their whole text, and in an excerpt of it; novels and news count alike."""
    rng = np.random.default_rng(1)
    whole = np.array([pair.evidence for pair in pairs])
    short = whole.copy()
    for row, pair in zip(short, pairs, strict=True):
        row[-len(HABITS) :] = pair.excerpts[rng.integers(len(_EXCERPTS))]
    weight = np.array([pair.weight for pair in pairs])
    is_novel = np.array([pair.is_novel for pair in pairs])
    for part in (is_novel, ~is_novel):
        weight[part] *= len(pairs) / max(1.0, weight[part].sum())
    model = HistGradientBoostingClassifier(
        max_iter=80, learning_rate=0.1, max_leaf_nodes=10, min_samples_leaf=20, l2_regularization=1.0, random_state=1
    )
    is_one = np.array([pair.is_one for pair in pairs])
    return model.fit(np.concatenate([whole, short]), np.tile(is_one, 2), sample_weight=np.tile(weight, 2) / 2)


def export_trees(model: HistGradientBoostingClassifier) -> dict[str, Any]:
    """Intercept and trees of a fitted model, as `read_join_decision` reads them."""
    return {
        "intercept": round(float(np.ravel(model._baseline_prediction)[0]), 4),
        "trees": [_export_tree(of_class[0]) for of_class in model._predictors],
    }


def _export_tree(tree: Any) -> dict[str, Any]:
    """The nodes of one of sklearn's trees as `DecisionTree` has them."""
    nodes = tree.nodes
    return {
        "evidence": ["" if node["is_leaf"] else EVIDENCE[node["feature_idx"]] for node in nodes],
        "bounds": [0.0 if node["is_leaf"] else round(float(node["num_threshold"]), 5) for node in nodes],
        "left": [int(node["left"]) for node in nodes],
        "right": [int(node["right"]) for node in nodes],
        "odds": [round(float(node["value"]), 5) if node["is_leaf"] else 0.0 for node in nodes],
    }


def _cross_validate(pairs: Sequence[JudgedPair]) -> dict[str, Any]:
    """How right joins are in texts that the decision wasn't fitted to, beside what the tags join."""
    probabilities = np.zeros(len(pairs))
    groups = [pair.text for pair in pairs]
    evidence = np.array([pair.evidence for pair in pairs])
    for fitted, others in GroupKFold(_FOLDS).split(evidence, groups=groups):
        model = fit_trees([pairs[number] for number in fitted])
        probabilities[others] = model.predict_proba(evidence[others])[:, 1]
    joined = np.array([_joins(pair, value) for pair, value in zip(pairs, probabilities, strict=True)])
    linked = np.array([pair.is_linked for pair in pairs])
    parts: dict[str, list[bool]] = {}
    for place, over in (("within a paragraph", False), ("over a break", True)):
        for kind, is_novel in (("novels", True), ("news", False)):
            parts[f"{kind}, {place}"] = [pair.is_novel is is_novel and pair.is_break is over for pair in pairs]
        for corpus in dict.fromkeys(pair.corpus for pair in pairs):
            parts[f"{corpus}, {place}"] = [pair.corpus == corpus and pair.is_break is over for pair in pairs]
    return {
        name: {"decision": _measure(pairs, joined & part, part), "tags": _measure(pairs, linked & part, part)}
        for name, part in ((name, np.array(part)) for name, part in parts.items())
        if part.any()
    }


def _joins(pair: JudgedPair, probability: float) -> bool:
    """Whether two pieces with this probability are joined."""
    settings = DEFAULT_EXTRACTION_SETTINGS
    least = settings.min_break_join_probability if pair.is_break else settings.min_join_probability
    return probability >= least and not is_ruled_out(dict(zip(EVIDENCE, pair.evidence, strict=True)))


def _measure(pairs: Sequence[JudgedPair], joined: NDArray[np.bool_], part: NDArray[np.bool_]) -> dict[str, float]:
    """Joins, the share of them that is right, the share of one quote's that is joined, and joins of two speakers."""
    is_one = np.array([pair.is_one for pair in pairs])
    two = np.array([not pair.is_one_speaker and not pair.is_one for pair in pairs])
    right = int((joined & is_one).sum())
    return {
        "joins": int(joined.sum()),
        "precision": round(right / max(1, int(joined.sum())), 4),
        "recall": round(right / max(1, int((part & is_one).sum())), 4),
        "of two speakers": int((joined & two).sum()),
    }


if __name__ == "__main__":
    main()
