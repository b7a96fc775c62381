"""Precision and recall of act and assertion, with gold cues and contents, on 200 attributions of PolNeAR train.

Run as `python -m tests.benchmarks.acts GOLD/polnear/train.jsonl.gz`. The labels are in tests/data/acts.jsonl; the
README beside them says how they were made.
"""

import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from attrs import frozen
from spacy.language import Language

import quotesmith
from quotesmith.evaluation import iter_gold
from quotesmith.extraction.acts import find_act, find_assertion
from quotesmith.lexicon.reporting import load_reporting
from quotesmith.records import TextSpan, TextSpans
from tests.benchmarks.measuring import print_head, print_row, read_labels
from tests.docs import parsed_text


@frozen
class Answer:
    """What is labelled and what was found for one attribution."""

    row: int
    sample: str
    act: tuple[str, str]
    assertion: tuple[str, str]


@frozen
class Figures:
    """Right answers, and of each label how many were given right, given, and labelled."""

    right: int
    total: int
    labels: dict[str, tuple[int, int, int]]

    @property
    def accuracy(self) -> float:
        """The part of the answers that is right."""
        return self.right / self.total


def iter_answers(gold: Path, nlp: Language) -> Iterator[Answer]:
    """The answers for all labelled rows, in order; reads the paragraph of each cue and those beside it."""
    rows = read_labels("acts")
    texts = {data["doc_id"]: data["text"] for data in iter_gold(gold, key="doc_id")}
    windows = [_window(texts[row["doc_id"]], row) for row in rows]
    docs = nlp.pipe(
        (texts[row["doc_id"]][window.start : window.end] for row, window in zip(rows, windows, strict=True)),
        disable=["quotesmith"],
    )
    lexicon = load_reporting()
    for number, (row, window, doc) in enumerate(zip(rows, windows, docs, strict=True)):
        parsed = parsed_text(doc)
        cue, content = _shifted(row["cue"], window), _shifted(row["content"], window)
        yield Answer(
            row=number,
            sample=row["sample"],
            act=(row["act"], find_act(parsed, cue, lexicon).value),
            assertion=(row["assertion"], find_assertion(parsed, cue, content, lexicon).value),
        )


def _window(text: str, row: dict[str, Any]) -> TextSpan:
    start, end = row["cue"][0][0], row["cue"][-1][1]
    start = text.rfind("\n\n", 0, max(0, text.rfind("\n\n", 0, start)))
    first = text.find("\n\n", end)
    last = -1 if first < 0 else text.find("\n\n", first + 2)
    return TextSpan(start + 2 if start >= 0 else 0, last if last >= 0 else len(text))


def _shifted(spans: Iterable[tuple[int, int]], window: TextSpan) -> TextSpans:
    inside = ((max(start, window.start), min(end, window.end)) for start, end in spans)
    return tuple(TextSpan(start - window.start, end - window.start) for start, end in inside if start < end)


def count(pairs: Iterable[tuple[str, str]]) -> Figures:
    """The figures of pairs of labels: the right one and the one found."""
    counts = Counter(pairs)
    labels = sorted({label for pair in counts for label in pair})
    return Figures(
        right=sum(counts[label, label] for label in labels),
        total=counts.total(),
        labels={
            label: (
                counts[label, label],
                sum(n for (_, found), n in counts.items() if found == label),
                sum(n for (right, _), n in counts.items() if right == label),
            )
            for label in labels
        },
    )


SETS: dict[str, Callable[[Answer], bool]] = {
    "random": lambda answer: answer.sample == "random",
    "enriched": lambda answer: answer.sample == "enriched",
    "together": lambda _: True,
    "together, even rows": lambda answer: answer.row % 2 == 0,
    "together, odd rows": lambda answer: answer.row % 2 == 1,
}


def main() -> None:
    """Print accuracy, precision and recall of each set and label."""
    answers = list(iter_answers(Path(sys.argv[1]), quotesmith.load()))
    for what in ("act", "assertion"):
        print()
        print_head(what, "rows", "accuracy", "label: precision / recall (labelled)")
        for name, holds in SETS.items():
            figures = count(getattr(answer, what) for answer in answers if holds(answer))
            by_label = ", ".join(
                f"{label} {_percent(right, given)} / {_percent(right, labelled)} ({labelled})"
                for label, (right, given, labelled) in figures.labels.items()
            )
            print_row([name, figures.total, f"{100 * figures.accuracy:.1f}", by_label])


def _percent(part: int, whole: int) -> str:
    return f"{100 * part / whole:.0f}" if whole else "-"


if __name__ == "__main__":
    main()
