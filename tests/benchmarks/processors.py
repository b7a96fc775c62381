"""What the processor changes: the same articles read on two machines, compared quote by quote.

Run as `python -m tests.benchmarks.processors read GOLD/polnear/dev.gold.jsonl.gz HERE.jsonl` on each, with
`--documents N` for the first N only, and then as `python -m tests.benchmarks.processors compare HERE THERE`. qemu's
user mode shows a processor that isn't there: `qemu-x86_64-static -cpu Nehalem python -m ...` is one without AVX.
"""

import argparse
from itertools import islice
from pathlib import Path

import quotesmith
from quotesmith.evaluation import iter_gold
from quotesmith.export.json_files import read_jsonl, write_jsonl
from quotesmith.records import Quote, QuoteDocument
from tests.benchmarks.measuring import print_head, print_row


def read_articles(gold: Path, output: Path, most: int | None) -> None:
    """Read articles one by one and write their documents, one a line."""
    rows = islice(iter_gold(gold, key="doc_id"), most)
    write_jsonl((quotesmith.read(row["text"], id=row["doc_id"]) for row in rows), output)


def compare(here: Path, there: Path) -> None:
    """Print how many quotes of both files are the same, and the scores of the others."""
    one, other = list(read_jsonl(here)), list(read_jsonl(there))
    most = min(len(one), len(other))
    totals: dict[str, int] = {"quotes": 0, "same content": 0, "same content, cue and source": 0, "same speakers too": 0}
    lone: list[float] = []
    scores: list[float] = []
    for mine, theirs in zip(one[:most], other[:most], strict=True):
        if mine.text != theirs.text:
            msg = f"{mine.id} and {theirs.id} have different texts"
            raise SystemExit(msg)
        others = {quote.content: quote for quote in theirs.quotes}
        totals["quotes"] += len(mine.quotes)
        lone += [quote.score for quote in theirs.quotes if quote.content not in {own.content for own in mine.quotes}]
        for quote in mine.quotes:
            found = others.get(quote.content)
            if found is None:
                lone.append(quote.score)
                continue
            scores.append(abs(quote.score - found.score))
            totals["same content"] += 1
            has_words = words(mine, quote) == words(theirs, found)
            totals["same content, cue and source"] += has_words
            totals["same speakers too"] += has_words and names(mine, quote) == names(theirs, found)
    print(f"{most} articles")
    print_head("", "number", "of 100")
    for name, number in totals.items():
        print_row((name, number, f"{100 * number / totals['quotes']:.1f}"))
    print(
        f"scores of the same quotes differ by {sum(scores) / len(scores):.3f} on average, by {max(scores):.2f} at most"
    )
    print(f"{len(lone)} quotes are in one only; their scores: {' '.join(f'{score:.2f}' for score in sorted(lone))}")


def words(document: QuoteDocument, quote: Quote) -> tuple[object, object]:
    """Where its cue and its source stand."""
    return quote.cue, None if quote.source is None else document.mention(quote.source).spans


def names(document: QuoteDocument, quote: Quote) -> list[str]:
    """What its speakers are called, in order."""
    return sorted(document.entity(speaker).name for speaker in quote.speakers)


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(required=True, dest="command")
    reading = commands.add_parser("read")
    reading.add_argument("gold", type=Path)
    reading.add_argument("output", type=Path)
    reading.add_argument("--documents", type=int)
    comparing = commands.add_parser("compare")
    comparing.add_argument("here", type=Path)
    comparing.add_argument("there", type=Path)
    given = parser.parse_args()
    if given.command == "read":
        read_articles(given.gold, given.output, given.documents)
    else:
        compare(given.here, given.there)


if __name__ == "__main__":
    main()
