"""Precision, recall and F1 of quotes inside quotes, within labelled contents of news and novels.

Run as `python -m tests.benchmarks.inner_quotes GOLD [--part train|test]`. The labels are in
tests/data/inner_quotes.jsonl; the README beside them says how they were made.

An article is read whole, of a novel what stands around the content. Found are the quotes with a parent that have most
of their words in a labelled content. They are put one to one beside the labelled ones, the likest first, where the
words of their contents have a Dice of at least .5. A source is right where it holds the head of the labelled one, or
has such a Dice with it; without a labelled one, where there is none. What stands deeper than one level need not be
found.
"""

import argparse
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from attrs import frozen

import quotesmith
from quotesmith.evaluation import iter_gold
from quotesmith.records import Quote, QuoteDocument, TextSpan
from tests.benchmarks import resampling
from tests.benchmarks.measuring import Figures, print_head, print_row, read_labels
from tests.benchmarks.resampling import draw_again

CORPORA: Final = {
    "polnear": ("polnear/train.jsonl.gz", "doc_id"),
    "pdnc": ("pdnc/dev.jsonl.gz", "novel_id"),
    "litbank": ("litbank/quotations_dev.jsonl.gz", "novel_id"),
}
"""The file of each corpus, and what it calls the id of a text."""
KINDS: Final = {"news": ("polnear",), "novels": ("pdnc", "litbank"), "all": tuple(CORPORA)}
AROUND: Final = 6_000
"""How many characters of a novel are read with a content, about; cut at blank lines."""
LEAST_DICE: Final = 0.5
_WORD = re.compile(r"\w+")
_BLANK_LINE = re.compile(r"\n\s*\n")
Words = frozenset[int]
Row = dict[str, Any]


@frozen
class Inner:
    """A quote inside a quote: where the words of its parts begin."""

    content: Words
    source: Words
    head: Words


@frozen
class Outcome:
    """What was found in one labelled content."""

    corpus: str
    doc_id: str
    found: int
    labelled: int
    matched: int
    sources_right: int


def iter_outcomes(gold: Path, rows: Iterable[Row]) -> Iterator[Outcome]:
    """The outcomes of the labelled contents, text by text."""
    of_text: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in rows:
        of_text[row["corpus"], row["doc_id"]].append(row)
    for corpus, (file, key) in CORPORA.items():
        for data in iter_gold(gold / file, key=key):
            for text, start, here in _excerpts(corpus, data["text"], of_text[corpus, data[key]]):
                document = quotesmith.read(text)
                for row in here:
                    yield compare(row, data["text"], _found(document, row, data["text"], start))


def _excerpts(corpus: str, text: str, rows: Sequence[Row]) -> Iterator[tuple[str, int, Sequence[Row]]]:
    """What is read of a text, where it begins, and the contents looked at in it."""
    if not rows:
        return
    if corpus == "polnear":
        yield text, 0, rows
        return
    breaks = [0, *(match.end() for match in _BLANK_LINE.finditer(text)), len(text)]
    for row in rows:
        (first, last), spare = row["content"], AROUND // 2
        start = max(place for place in breaks if place <= max(first - spare, 0))
        end = min(place for place in breaks if place >= min(last + spare, len(text)))
        yield text[start:end], start, [row]


def _found(document: QuoteDocument, row: Row, text: str, offset: int) -> Iterator[Inner]:
    """The inner quotes found in a labelled content."""
    within = _words(text, [row["content"]])
    mentions = {mention.id: mention.spans for mention in document.mentions}
    for quote in document.quotes:
        if quote.parent is None:
            continue
        content = _words(text, _moved(quote.content, offset))
        if 2 * len(content & within) > len(content):
            yield Inner(content, _words(text, _moved(_source(quote, mentions), offset)), frozenset())


def _source(quote: Quote, mentions: dict[Any, tuple[TextSpan, ...]]) -> tuple[TextSpan, ...]:
    return mentions[quote.source] if quote.source is not None else ()


def _moved(spans: Iterable[TextSpan], offset: int) -> list[tuple[int, int]]:
    return [(span.start + offset, span.end + offset) for span in spans]


def _words(text: str, spans: Iterable[Sequence[int]]) -> Words:
    return frozenset(word.start() for start, end in spans for word in _WORD.finditer(text, start, end))


def compare(row: Row, text: str, found: Iterable[Inner]) -> Outcome:
    """The outcome of one labelled content."""
    predicted = list(found)
    labelled = [
        Inner(
            _words(text, one["content"]),
            _words(text, one["source"]),
            _words(text, [one["source_head"]]) if "source_head" in one else frozenset(),
        )
        for one in row["inner"]
    ]
    deeper = {n for n, one in enumerate(labelled) if any(one.content < other.content for other in labelled)}
    pairs = align(labelled, predicted)
    counted = [(ours, theirs) for ours, theirs in pairs if ours not in deeper]
    return Outcome(
        corpus=row["corpus"],
        doc_id=row["doc_id"],
        found=len(predicted) - (len(pairs) - len(counted)),
        labelled=len(labelled) - len(deeper),
        matched=len(counted),
        sources_right=sum(_same_source(labelled[ours], predicted[theirs]) for ours, theirs in counted),
    )


def align(labelled: Sequence[Inner], predicted: Sequence[Inner]) -> list[tuple[int, int]]:
    """The pairs of a labelled and a predicted quote that are one, the likest first."""
    candidates = sorted(
        (-_dice(ours.content, theirs.content), m, n)
        for m, ours in enumerate(labelled)
        for n, theirs in enumerate(predicted)
    )
    pairs: dict[int, int] = {}
    for minus_dice, ours, theirs in candidates:
        if -minus_dice >= LEAST_DICE and ours not in pairs and theirs not in pairs.values():
            pairs[ours] = theirs
    return list(pairs.items())


def _same_source(labelled: Inner, predicted: Inner) -> bool:
    if not labelled.source:
        return not predicted.source
    has_head = bool(labelled.head) and labelled.head <= predicted.source
    return has_head or _dice(labelled.source, predicted.source) >= LEAST_DICE


def _dice(one: Words, other: Words) -> float:
    return 2 * len(one & other) / (len(one) + len(other)) if one or other else 0.0


def _detection(outcomes: Iterable[Outcome]) -> Figures:
    counts = [(one.matched, one.found, one.labelled) for one in outcomes]
    return Figures(*map(sum, zip(*counts, strict=True)))


def _with_source(outcomes: Iterable[Outcome]) -> Figures:
    counts = [(one.sources_right, one.found, one.labelled) for one in outcomes]
    return Figures(*map(sum, zip(*counts, strict=True)))


def interval(outcomes: Sequence[Outcome], figures: Callable[[Iterable[Outcome]], Figures]) -> tuple[float, float]:
    """Between which values 95% of the F1 lie when the texts are drawn again, with replacement."""
    of_text: dict[tuple[str, str], list[Outcome]] = defaultdict(list)
    for outcome in outcomes:
        of_text[outcome.corpus, outcome.doc_id].append(outcome)
    drawn = draw_again(list(of_text.values()), seed=0)
    return resampling.interval(figures(one for text in texts for one in text).f1 for texts in drawn)


def main(gold: Path, part: str | None) -> None:
    """Prints the figures by kind of text."""
    rows = [row for row in read_labels("inner_quotes") if part in (None, row["part"])]
    outcomes = list(iter_outcomes(gold, rows))
    print_head("texts", "contents", "labelled", "found", "precision", "recall", "F1", "F1 with source")
    for name, corpora in KINDS.items():
        chosen = [outcome for outcome in outcomes if outcome.corpus in corpora]
        detection = _detection(chosen)
        print_row(
            [
                name,
                len(chosen),
                detection.labelled,
                detection.given,
                f"{detection.precision:.1%}",
                f"{detection.recall:.1%}",
                _f1(chosen, _detection),
                _f1(chosen, _with_source),
            ]
        )


def _f1(outcomes: Sequence[Outcome], figures: Callable[[Iterable[Outcome]], Figures]) -> str:
    low, high = interval(outcomes, figures)
    return f"{figures(outcomes).f1:.1%} [{low:.1%}, {high:.1%}]"


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("gold", type=Path, help="folder of the gold corpora")
    parser.add_argument("--part", choices=["train", "test"])
    options = parser.parse_args()
    main(options.gold, options.part)
