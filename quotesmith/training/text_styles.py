"""Fits the decision whether a text is news or fiction, and says how often it is right.

    python -m quotesmith.training.text_styles --data GOLD --weights FOLDER

Reads novels and what is none, whole and in excerpts, without the pilots and without PolNeAR's dev part. Writes
`text_style.json` into the weights folder and its checksum into the folder's card. It reads no other weights. The
figures are of texts to which a fit wasn't fitted; those of one title are left out together.
"""

import json
import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import numpy as np
from attrs import astuple, fields, frozen
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold
from spacy.tokens import Doc

from quotesmith.extraction import LayoutReader
from quotesmith.extraction.settings import DEFAULT_EXTRACTION_SETTINGS
from quotesmith.extraction.text_style import (
    TEXT_STYLE_FILE,
    StyleEvidence,
    TextStyle,
    find_style_evidence,
    least_probability,
)
from quotesmith.lexicon.folding import fold
from quotesmith.marks import pair_marks
from quotesmith.parsed_text import ParsedText, TokenRange
from quotesmith.training.calibration import read_arguments, write_beside
from quotesmith.training.corpora import PILOTS, read_rows
from quotesmith.training.parser import make_parser

STYLE_EVIDENCE: Final = tuple(own.name for own in fields(StyleEvidence))
_STYLE_CORPORA: Final[Mapping[str, tuple[str, str, TextStyle]]] = {
    "pdnc/dev.jsonl.gz": ("PDNC dev without the pilots", "none stated", TextStyle.FICTION),
    "litbank/quotations_dev.jsonl.gz": ("LitBank without the pilots", "CC BY 4.0", TextStyle.FICTION),
    "polnear/train.jsonl.gz": ("PolNeAR train", "none stated", TextStyle.NEWS),
    "wikinews/articles.jsonl.gz": ("Wikinews", "CC BY 2.5", TextStyle.NEWS),
    "gum/quotes.jsonl.gz": ("GUM", "texts CC BY and CC BY-SA", TextStyle.NEWS),
}
# Words of an excerpt, and how many of that size of each text.
_EXCERPT_WORDS: Final[Mapping[int, int]] = {200: 2, 500: 2, 2_000: 2, 5_000: 2, 20_000: 1}
# PDNC has few texts, and long ones.
_NOVEL_EXCERPTS: Final = 6
_NOVEL_WORDS: Final = 10_000
_STYLE_FOLDS: Final = 5
_STYLE_COMMAND: Final = "python -m quotesmith.training.text_styles --data GOLD --weights FOLDER"


@frozen
class _StyledText:
    text: str
    novel_id: str | None = None
    doc_id: str | None = None


@frozen
class JudgedText:
    """The evidence of a text or an excerpt.

    Attributes:
        corpus: Name of its corpus.
        title: Which text it is of; the same novel of two corpora has one title.
        excerpt: Words of the excerpt, about; 0 for a whole text.
        words: Words that it has.
        evidence: What it shows.
        style: What it is.
    """

    corpus: str
    title: str
    excerpt: int
    words: int
    evidence: StyleEvidence
    style: TextStyle


def main() -> None:
    """The command line."""
    arguments = read_arguments(__doc__)
    judged = list(read_judged_texts(arguments.data))
    figures = shares_right(judged)
    write_style_decision(arguments.weights, judged, figures)
    print(json.dumps(figures, indent=2))  # noqa: T201 - the figures are what the command gives


def read_judged_texts(data: Path) -> Iterator[JudgedText]:
    """The texts of the corpora, and excerpts of them, in which no layout says who speaks."""
    parse, rng = make_parser(), random.Random(0)
    for path, (corpus, _, style) in _STYLE_CORPORA.items():
        for row in read_rows(data / path, _StyledText):
            name = row.novel_id or row.doc_id or ""
            if name not in PILOTS:
                for excerpt, doc in _iter_excerpts(parse(row.text), rng):
                    parsed = ParsedText.of(doc, pair_marks(doc.text), LayoutReader()(doc.text))
                    if parsed.layout.family is None:
                        words = parsed.count_words(TokenRange(0, len(doc)))
                        yield JudgedText(corpus, _title(name), excerpt, words, find_style_evidence(parsed), style)


def _title(name: str) -> str:
    """A novel's name in PDNC ("DaisyMiller") and in LitBank ("208_daisy_miller_a_study"), cut to what both have."""
    return re.sub(r"[\d_]+", "", fold(name))[:12] if re.match(r"[A-Z\d]", name) and "GUM" not in name else name


def _iter_excerpts(doc: Doc, rng: random.Random) -> Iterator[tuple[int, Doc]]:
    """The whole text, and excerpts of some paragraphs, each with its words, about."""
    yield 0, doc
    paragraphs = ParsedText.of(doc, ()).paragraph_tokens
    all_words = sum(token.is_alpha for token in doc)
    for words, number in _EXCERPT_WORDS.items():
        last = 1 - 1.1 * words / max(1, all_words)
        starts = [tokens.start for tokens in paragraphs if tokens.start < last * len(doc)]
        for _ in range(_NOVEL_EXCERPTS if all_words > _NOVEL_WORDS else number) if starts else ():
            start = rng.choice(starts)
            found, end = 0, start
            while end < len(doc) and not (found >= words and doc[end].is_sent_start):
                found += doc[end].is_alpha
                end += 1
            yield words, doc[start:end].as_doc()


# Fitting


def fit_style(judged: Sequence[JudgedText]) -> LogisticRegression:
    """The logistic decision; both styles count alike, and a corpus as the root of how many texts it has."""
    model = LogisticRegression(C=10.0, max_iter=2_000)
    return model.fit(_values(judged), [one.style is TextStyle.FICTION for one in judged], _counts(judged))


def _values(judged: Sequence[JudgedText]) -> NDArray[np.float64]:
    return np.array([astuple(one.evidence) for one in judged])


def _counts(judged: Sequence[JudgedText]) -> NDArray[np.float64]:
    """How much each text counts; on average 1."""
    size = Counter(one.corpus for one in judged)
    counts = np.array([size[one.corpus] ** -0.5 for one in judged])
    is_fiction = np.array([one.style is TextStyle.FICTION for one in judged])
    counts /= np.where(is_fiction, counts[is_fiction].sum(), counts[~is_fiction].sum())
    return counts * len(judged) / 2


def shares_right(judged: Sequence[JudgedText]) -> dict[str, dict[str, dict[str, float]]]:
    """By corpus and by words how many texts there are, and the share decided rightly by fits to other titles."""
    right: defaultdict[tuple[str, str], list[bool]] = defaultdict(list)
    titles = [one.title for one in judged]
    for others, left_out in GroupKFold(_STYLE_FOLDS, shuffle=True, random_state=0).split(judged, groups=titles):
        model = fit_style([judged[n] for n in others])
        texts = [judged[n] for n in left_out]
        for one, chance in zip(texts, model.predict_proba(_values(texts))[:, 1], strict=True):
            size = f"{one.excerpt} words" if one.excerpt else "whole"
            is_fiction = bool(chance >= least_probability(one.words, DEFAULT_EXTRACTION_SETTINGS))
            right[one.corpus, size].append(is_fiction == (one.style is TextStyle.FICTION))
    figures: dict[str, dict[str, dict[str, float]]] = {}
    for (corpus, size), found in sorted(right.items()):
        figures.setdefault(corpus, {})[size] = {"texts": len(found), "right": round(sum(found) / len(found), 4)}
    return figures


def write_style_decision(folder: Path, judged: Sequence[JudgedText], figures: Mapping[str, object]) -> None:
    """Fits to all of the texts and writes the decision into a weights folder."""
    model = fit_style(judged)
    weights = (round(float(value), 3) for value in model.coef_[0])
    card = {
        "format": 1,
        "intercept": round(float(model.intercept_[0]), 3),
        "weights": dict(zip(STYLE_EVIDENCE, weights, strict=True)),
        "data": [{"name": name, "licence": licence} for name, licence, _ in _STYLE_CORPORA.values()],
        "figures": figures,
        "command": _STYLE_COMMAND,
        "date": datetime.now(UTC).date().isoformat(),
    }
    write_beside(folder, TEXT_STYLE_FILE, json.dumps(card, indent=2).encode() + b"\n")


if __name__ == "__main__":
    main()
