"""Records that hold two people's words, and joins over a paragraph break: how many of each are right.

    python -m tests.benchmarks.joins GOLD [CORPUS...] [--texts N]

Corpora: pdnc, litbank, train and dev (PolNeAR), clean, wikinews. For each, the outermost direct quotes that hold
words of two gold speakers, and the neighbouring pieces of one quote that are one in the gold data, within a paragraph
and over a break; in brackets the middle 95 of 100 samples of documents. Turns that a layout gives are left out, and
their number is shown: no decision joins them, and these corpora annotate what is reported inside turns, but no turns.
"""

import argparse
import gzip
import json
import random
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, pairwise
from pathlib import Path
from typing import Any

from attrs import frozen

import quotesmith
from quotesmith.marks import find_paragraphs
from quotesmith.records import Quote, QuoteDocument, QuoteKind, TextSpan
from tests.benchmarks.resampling import draw_again, interval

CORPORA = {
    "pdnc": ("pdnc/dev.jsonl.gz", None),
    "litbank": ("litbank/quotations_dev.jsonl.gz", None),
    "train": ("polnear/train.jsonl.gz", "polnear/train_speakers.jsonl"),
    "dev": ("polnear/dev.gold.jsonl.gz", "polnear/dev_speakers.jsonl"),
    "clean": ("polnear/clean.jsonl.gz", "polnear/clean_speakers.jsonl"),
    "wikinews": ("wikinews/articles.jsonl.gz", "wikinews/speakers.jsonl"),
}
_WORD = re.compile(r"\w+")
# Fewer words of a gold quote at the edge of a record are a matter of extent.
_MIN_WORDS = 2


@frozen
class GoldSpan:
    """A span of a gold quote: whose quote it is, and who speaks."""

    span: TextSpan
    quote: int
    speaker: str


def main() -> None:
    """Prints the figures of each corpus."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path, help="folder of the gold corpora")
    parser.add_argument("corpora", nargs="*", default=list(CORPORA), choices=list(CORPORA))
    parser.add_argument("--texts", type=int, help="how many texts of each corpus, by chance")
    arguments = parser.parse_args()
    for corpus in arguments.corpora:
        rows = list(read_corpus(arguments.gold, corpus))
        if arguments.texts is not None:
            rows = random.Random(1).sample(rows, min(arguments.texts, len(rows)))
        documents = quotesmith.pipe([text for text, _ in rows])
        counts = [count(document, gold) for document, (_, gold) in zip(documents, rows, strict=True)]
        print(f"{corpus}, {len(rows)} texts, {sum(one['turns'] for one in counts)} turns of layouts left out")
        print(f"  two speakers      {share(counts, 'two speakers', 'records')}")
        for place in ("paragraph", "break"):
            print(f"  joins, {place:10} {share(counts, f'{place} right', place)}")
            print(f"    of one speaker  {share(counts, f'{place} one speaker', place)}")


def read_corpus(folder: Path, corpus: str) -> Iterator[tuple[str, list[GoldSpan]]]:
    """Each text with its gold spans, in text order."""
    path, names = CORPORA[corpus]
    known: dict[tuple[str, str], str] = {}
    if names is not None:
        for line in (folder / names).read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            known[row["doc_id"], row["id"]] = " + ".join(sorted(row.get("speakers") or ()))
    with gzip.open(folder / path, "rt", encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            yield row["text"], sorted(_gold_spans(row, known), key=lambda gold: gold.span)


def _gold_spans(row: Mapping[str, Any], known: Mapping[tuple[str, str], str]) -> Iterator[GoldSpan]:
    for number, quote in enumerate(row["quotes"] if "quotes" in row else row["attributions"]):
        if "quotes" in row:
            speaker, spans = quote["speaker"], quote["spans"]
        else:
            source = " ".join(row["text"][start:end] for start, end in quote["source"])
            speaker, spans = known.get((row["doc_id"], quote["id"])) or source, quote["content"]
        for start, end in spans:
            yield GoldSpan(TextSpan(start, end), number, str(speaker))


def count(document: QuoteDocument, gold: Sequence[GoldSpan]) -> Counter[str]:
    """What counts in one document."""
    counts: Counter[str] = Counter()
    starts = [paragraph.start for paragraph in find_paragraphs(document.text)]
    longest = max((len(one.span) for one in gold), default=0)
    for quote in document.quotes:
        if quote.parent is not None or quote.kind is not QuoteKind.DIRECT:
            continue
        if quote.evidence.extraction.startswith("layout"):
            counts["turns"] += 1
        else:
            held = [_held(document.text, span, gold, longest) for span in quote.content]
            counts["records"] += any(held)
            counts["two speakers"] += len({one.speaker for one in chain(*held)}) > 1
            _count_joins(counts, quote, held, starts)
    return counts


def _count_joins(counts: Counter[str], quote: Quote, held: Sequence[Sequence[GoldSpan]], starts: Sequence[int]) -> None:
    numbers = [bisect_left(starts, span.start + 1) for span in quote.content]
    for (before, here), (after, there) in pairwise(zip(held, numbers, strict=True)):
        if before and after:
            place = "paragraph" if here == there else "break"
            counts[place] += 1
            counts[f"{place} right"] += before[-1].quote == after[0].quote
            counts[f"{place} one speaker"] += before[-1].speaker == after[0].speaker


def _held(text: str, span: TextSpan, gold: Sequence[GoldSpan], longest: int) -> list[GoldSpan]:
    """The gold spans of which a span holds words, but those that lie inside another's or around all of it."""
    first = bisect_left(gold, span.start - longest, key=lambda one: one.span.start)
    last = bisect_left(gold, span.end, key=lambda one: one.span.start)
    words = _shared(text, span, span)
    found = [
        one
        for one in gold[first:last]
        if 0 < min(_MIN_WORDS, words, _shared(text, one.span, one.span)) <= _shared(text, span, one.span)
    ]
    return [one for one in found if not any(other.span.contains(one.span) and other != one for other in found)]


def _shared(text: str, one: TextSpan, other: TextSpan) -> int:
    start, end = max(one.start, other.start), min(one.end, other.end)
    return sum(1 for _ in _WORD.finditer(text, start, end)) if start < end else 0


def share(counts: Sequence[Counter[str]], part: str, whole: str) -> str:
    """A share in percent with its interval over documents, and both numbers."""

    def percent(sample: Iterable[Counter[str]]) -> float:
        taken = list(sample)
        return 100 * sum(one[part] for one in taken) / max(1, sum(one[whole] for one in taken))

    low, high = interval(map(percent, draw_again(counts, seed=1)))
    numbers = f"{sum(one[part] for one in counts)} of {sum(one[whole] for one in counts)}"
    return f"{percent(counts):5.1f} % ({low:.1f} to {high:.1f})  {numbers}"


if __name__ == "__main__":
    main()
