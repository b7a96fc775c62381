"""How much of published talk goes to its speaker, in each layout in which talk is written.

Run as `python -m tests.benchmarks.layouts GOLD [--layout NAME] [--whole] [--time] [--dump FOLDER]`; GOLD has
`transcripts/podcasts.jsonl.gz`, whose labels are the gold. Each podcast is written in each layout, from its first 2, 4
and 12 turns and from as many turns at a random place (seeded), each turn cut to its first sentences; with `--whole`
also whole, in two layouts. A figure is the share of the characters of the turns, white space aside, whose innermost
turn has the right speaker, with the interval that holds 95 of 100 draws of podcasts. Turns are missed where no turn of
the layout holds half of them, joined where a turn holds words of two people, false where it holds no gold words.
"""

import argparse
import gzip
import json
import random
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import cycle, islice
from pathlib import Path

from attrs import frozen

import quotesmith
from quotesmith.records import Quote, QuoteDocument
from tests.benchmarks.labelled_texts import LAYOUTS, LabelledText, Layout, Turn, is_for_two, joined_turns
from tests.benchmarks.measuring import cpu_seconds_of, print_head, print_row
from tests.benchmarks.resampling import draw_again, interval

COUNTS = (2, 4, 12)
MOST_WORDS = 40
WHOLE = ("Name: on paragraphs", "NAME:")
SIZES = (1_000, 10_000)


@frozen
class TurnFigures:
    """Characters right and in all, and turns missed, joined and false."""

    right: int = 0
    total: int = 0
    missed: int = 0
    joined: int = 0
    false: int = 0

    def __add__(self, other: "TurnFigures") -> "TurnFigures":
        return TurnFigures(
            self.right + other.right,
            self.total + other.total,
            self.missed + other.missed,
            self.joined + other.joined,
            self.false + other.false,
        )


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--layout", action="append", help="one of the layouts' names; else all")
    parser.add_argument("--whole", action="store_true", help="whole podcasts, too")
    parser.add_argument("--time", action="store_true", help="CPU time of a thousand and of ten thousand turns alone")
    parser.add_argument("--dump", type=Path, help="a folder for the texts that have errors")
    arguments = parser.parse_args()
    podcasts = read_podcasts(arguments.gold)
    if arguments.time:
        print_times(podcasts)
        return
    layouts = [layout for layout in LAYOUTS if arguments.layout is None or layout.name in arguments.layout]
    lengths = (*COUNTS, 0) if arguments.whole else COUNTS
    print_head("layout", *(f"{n} turns" if n else "whole" for n in lengths), "missed", "joined", "false", "of turns")
    for layout in layouts:
        rows = [measure(layout, podcasts, count, arguments.dump) for count in lengths if count or layout.name in WHOLE]
        figures = sum((one for row in rows for one in row.values()), TurnFigures())
        cells = [cell(row) for row in rows] + ["-"] * (len(lengths) - len(rows))
        turns = sum(len(text.turns) for count in lengths[: len(rows)] for _, text in texts_of(layout, podcasts, count))
        print_row([layout.name, *cells, figures.missed, figures.joined, figures.false, turns])


def read_podcasts(gold: Path) -> dict[str, list[list[str]]]:
    """The turns of each podcast with at least two speakers."""
    with gzip.open(gold / "transcripts" / "podcasts.jsonl.gz", "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    return {row["id"]: row["turns"] for row in rows if len({person for person, _ in row["turns"]}) > 1}


def texts_of(layout: Layout, podcasts: dict[str, list[list[str]]], count: int) -> Iterator[tuple[str, LabelledText]]:
    """The podcast and the text of each excerpt of `count` turns, or of each whole podcast if that is 0."""
    for name, raw in podcasts.items():
        turns = joined_turns(raw, MOST_WORDS if count else None)
        random_start = random.Random(f"{name} {count}").randrange(max(1, len(turns) - count))
        for start in (0, random_start) if count else (0,):
            chosen = turns[start : start + count] if count else turns
            people = len({person for person, _ in chosen})
            if people == 2 or (people > 2 and not is_for_two(layout)):
                yield name, layout.write(chosen)


def measure(
    layout: Layout, podcasts: dict[str, list[list[str]]], count: int, dump: Path | None
) -> dict[str, TurnFigures]:
    """The figures of each podcast."""
    texts = list(texts_of(layout, podcasts, count))
    figures: dict[str, TurnFigures] = defaultdict(TurnFigures)
    documents = quotesmith.pipe([text.text for _, text in texts])
    for number, ((name, text), document) in enumerate(zip(texts, documents, strict=True)):
        found = judge(text, document)
        figures[name] += found
        if dump is not None and (found.right < found.total or found.false):
            dump.mkdir(parents=True, exist_ok=True)
            slug = "".join(c if c.isalnum() else "_" for c in f"{layout.name}-{count}-{name}-{number}")
            (dump / f"{slug}.txt").write_text(text.text, encoding="utf-8")
    return figures


def judge(text: LabelledText, document: QuoteDocument) -> TurnFigures:
    """The figures of one text."""
    quotes = [quote for quote in document.quotes if quote.evidence.extraction.startswith("layout")]
    holder: dict[int, Quote] = {}
    for quote in sorted(quotes, key=lambda quote: quote.content[0].start - quote.content[-1].end):
        holder.update((place, quote) for span in quote.content for place in range(span.start, span.end))
    people = _people(text, holder)
    right = total = missed = 0
    held: dict[str, set[str]] = defaultdict(set)
    for turn in text.turns:
        places = [p for span in turn.spans for p in range(span.start, span.end) if not text.text[p].isspace()]
        found = [holder[p] for p in places if p in holder]
        missed += 2 * len(found) < len(places)
        total += len(places)
        for quote in found:
            held[quote.id].add(turn.person)
            right += any(
                people[speaker] == turn.person and not turn.called.isdisjoint(_forms(document, speaker))
                for speaker in quote.speakers
            )
    joined = sum(len(persons) > 1 for persons in held.values())
    return TurnFigures(right, total, missed, joined, sum(quote.id not in held for quote in quotes))


def _people(text: LabelledText, holder: dict[int, Quote]) -> dict[str, str]:
    """The person whose words an entity has most: one entity isn't two people."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for turn in text.turns:
        for place in (place for span in turn.spans for place in range(span.start, span.end) if place in holder):
            counts.update({s: counts[s] + Counter([turn.person]) for s in holder[place].speakers})
    return {entity: found.most_common(1)[0][0] for entity, found in counts.items()}


def _forms(document: QuoteDocument, speaker: str) -> set[str]:
    entity = document.entity(speaker)
    return {form.casefold() for form in (entity.name, *entity.aliases)}


def cell(row: dict[str, TurnFigures]) -> str:
    """The share in percent, with its interval."""
    each = list(row.values())
    if not each:
        return "-"
    low, high = interval(map(_share, draw_again(each, seed=0)))
    return f"{_share(each):.1f} ({low:.1f} to {high:.1f})"


def _share(figures: Sequence[TurnFigures]) -> float:
    total = sum(one.total for one in figures)
    return 100 * sum(one.right for one in figures) / total if total else 0.0


def print_times(podcasts: dict[str, list[list[str]]]) -> None:
    """CPU seconds for texts of many short turns, as lines and as names in capitals."""
    turns: list[Turn] = [turn for raw in podcasts.values() for turn in joined_turns(raw, 1)]
    print_head("layout", *(f"{size} turns, s" for size in SIZES))
    for layout in (layout for layout in LAYOUTS if layout.name in WHOLE):
        texts = [layout.write(list(islice(cycle(turns), size))).text for size in SIZES]
        print_row([layout.name, *(f"{cpu_seconds_of(quotesmith.read, text):.1f}" for text in texts)])


if __name__ == "__main__":
    main()
