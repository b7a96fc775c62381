"""Words of content found in RiQuA's passages, joined to text in three ways: precision, recall and F1 in percent.

Run as `python -m tests.benchmarks.riqua GOLD/riqua/valid.jsonl.gz`.
"""

import random
import re
import sys
from pathlib import Path

import quotesmith
from quotesmith.training.corpora import read_riqua
from tests.benchmarks.measuring import Figures

_WORD = re.compile(r"\w+")


def main(path: Path) -> None:
    """Prints the figures for the whole corpus."""
    texts = read_riqua(path, random.Random(1))
    right = found = wanted = 0
    documents = quotesmith.pipe([text.text for text in texts])
    for text, document in zip(texts, documents, strict=True):
        gold = _words(text.text, [span for one in text.attributions for span in one.content])
        spans = [(span.start, span.end) for quote in document.quotes for span in quote.content]
        predicted = _words(text.text, spans)
        right += len(gold & predicted)
        found += len(predicted)
        wanted += len(gold)
    figures = Figures(right, found, wanted)
    print(f"{len(texts)} passages: precision {figures.precision:.1%}, recall {figures.recall:.1%}, F1 {figures.f1:.1%}")


def _words(text: str, spans: list[tuple[int, int]]) -> set[int]:
    return {word.start() for start, end in spans for word in _WORD.finditer(text, start, end)}


if __name__ == "__main__":
    main(Path(sys.argv[1]))
