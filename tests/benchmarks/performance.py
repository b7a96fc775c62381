"""Start, speed and memory beside spaCy alone and textacy, each in a process of its own, one after the other.

Run as `python -m tests.benchmarks.performance GOLD/polnear/dev.gold.jsonl.gz` (or the unpacked file) from the
repository's root. A reader that isn't installed is left out; textacy is none of our dependencies, so take an
environment that has it. Where torch is installed spaCy loads it, which adds seconds to each start.
"""

import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import quotesmith
from quotesmith.evaluation import iter_gold
from quotesmith.pipeline.loading import find_pipeline
from tests.benchmarks.measuring import cpu_seconds, peak_megabytes, print_head, print_row, run_apart

ARTICLE = Path("examples/apollo-11.txt")
STARTS = {
    "`from quotesmith.records import QuoteDocument`": ["-c", "from quotesmith.records import QuoteDocument"],
    "`import quotesmith`": ["-c", "import quotesmith"],
    "`import spacy`": ["-c", "import spacy"],
    "`quotesmith show`": ["-c", "from quotesmith.cli import main; main()", "show", str(ARTICLE)],
}
TIMES = 3
KINDS = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)


def read_with_spacy(texts: Iterable[str]) -> int:
    """Parse the texts; there are no quotes."""
    return sum(0 for _ in import_module(find_pipeline()).load().pipe(texts))


def read_with_textacy(texts: Iterable[str]) -> int:
    """The number of direct quotations that textacy finds, after the same pipeline; it refuses texts with odd marks."""
    find: Any = import_module("textacy.extract.triples").direct_quotations
    quotes = 0
    for doc in import_module(find_pipeline()).load().pipe(texts):
        with suppress(ValueError):
            quotes += sum(1 for _ in find(doc))
    return quotes


def read_with_quotesmith(texts: Iterable[str]) -> int:
    """The number of quotes."""
    return sum(len(document.quotes) for document in quotesmith.pipe(texts))


def read_in_two_processes(texts: Iterable[str]) -> int:
    """The number of quotes."""
    return sum(len(document.quotes) for document in quotesmith.pipe(texts, n_process=2))


READERS: dict[str, Callable[[Iterable[str]], int]] = {
    "spacy": read_with_spacy,
    "textacy": read_with_textacy,
    "quotesmith": read_with_quotesmith,
    "quotesmith, two processes": read_in_two_processes,
}


def main() -> None:
    """Print a table of starts and one of readers."""
    if len(sys.argv) > 2:
        _read(Path(sys.argv[1]), READERS[sys.argv[2]])
        return
    print_head("start", "seconds, best of three")
    for name, arguments in STARTS.items():
        print_row([name, f"{min(_seconds(arguments) for _ in range(TIMES)):.2f}"])
    print()
    print_head("reader", "words a second", "CPU seconds for 1,000 words", "start, seconds", "peak MB", "quotes")
    for name in READERS:
        if find_spec(name.split(",")[0]) is None:
            print_row([name, "not installed", *[""] * 4])
            continue
        row = run_apart("performance", sys.argv[1], name)
        speed, cpu = row["words"] / row["wall"], row["cpu"] / row["words"] * 1000
        print_row([name, f"{speed:.0f}", f"{cpu:.3f}", f"{row['start']:.1f}", f"{row['peak']:.0f}", row["quotes"]])


def _seconds(arguments: list[str]) -> float:
    start = time.perf_counter()
    subprocess.run([sys.executable, *arguments], check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - start


def _read(gold: Path, reader: Callable[[Iterable[str]], int]) -> None:
    """Print what reading all texts takes; what one text takes, loading included, is the start."""
    texts = [row["text"] for row in iter_gold(gold, key="doc_id")]
    begun = time.perf_counter()
    reader(texts[:1])
    loaded, cpu = time.perf_counter(), cpu_seconds(*KINDS)
    quotes = reader(texts)
    row = {
        "words": sum(len(text.split()) for text in texts),
        "start": loaded - begun,
        "wall": time.perf_counter() - loaded,
        "cpu": cpu_seconds(*KINDS) - cpu,
        "peak": peak_megabytes(*KINDS),
        "quotes": quotes,
    }
    print(json.dumps(row))


if __name__ == "__main__":
    main()
