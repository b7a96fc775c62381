"""Odd documents through the whole default path, each result checked.

Run as `python -m tests.benchmarks.fuzz --documents N --seed S`. The documents have the seeds S to S + N - 1; one that
a finding names is read again with `--documents 1` and its own seed. Ends with status 1 if there is a finding.
"""

import argparse
import sys
import tempfile
import time
import traceback
import warnings
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import islice
from pathlib import Path
from random import Random

from attrs import define, field, frozen

import quotesmith
from quotesmith.records import QuoteDocument
from tests.invariants import PROSE, iter_faults, iter_mark_faults
from tests.odd_texts import odd_text
from tests.uses import iter_use_faults, show_pages

BATCH = 16
_EVERY = 1_000
_USED_EVERY = 20
_SHIFTED_EVERY = 50
_PAGES_EVERY = 200
_SHOWN = 300


@frozen
class Finding:
    """What is wrong with one document, known by its seed."""

    seed: int
    what: str


@define
class Tally:
    """What was counted on the way."""

    documents: int = 0
    words: int = 0
    quotes: Counter[str] = field(factory=Counter)
    used: int = 0
    findings: list[Finding] = field(factory=list)


def main() -> int:
    """Read the documents, print what is found and how fast it went; give the exit status."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.fuzz")
    parser.add_argument("--documents", type=int, default=1_000)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    # What the pipeline imports, and warns of, is not about any text.
    list(quotesmith.pipe(["“No,” said Ann Lee."]))
    warnings.simplefilter("error")
    tally, start = Tally(), time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        for batch in _batches(range(options.seed, options.seed + options.documents)):
            for finding in _findings(batch, Path(folder), tally):
                tally.findings.append(finding)
                print(f"seed {finding.seed}: {finding.what}", flush=True)
            if tally.documents // _EVERY > (tally.documents - len(batch)) // _EVERY:
                _report(tally, time.monotonic() - start)
    _report(tally, time.monotonic() - start)
    return 1 if tally.findings else 0


def _batches(seeds: Iterable[int]) -> Iterator[list[int]]:
    iterator = iter(seeds)
    while batch := list(islice(iterator, BATCH)):
        yield batch


def _findings(seeds: Sequence[int], folder: Path, tally: Tally) -> Iterator[Finding]:
    """What is wrong with the documents of some seeds, which are read as one batch."""
    texts = [odd_text(Random(seed)) for seed in seeds]
    documents, failed = _read(seeds, texts)
    yield from failed
    for seed, text, document in documents:
        tally.documents += 1
        tally.words += len(text.split())
        tally.quotes["all"] += len(document.quotes)
        checks = [partial(iter_faults, document, text), partial(iter_mark_faults, text)]
        if seed % _USED_EVERY == 0:
            tally.used += 1
            checks.append(partial(iter_use_faults, document, folder))
        if seed % _SHIFTED_EVERY == 0:
            checks.append(partial(_shift, document, tally))
        if seed % _PAGES_EVERY == 0:
            checks.append(partial(_pages, document))
        for check in checks:
            yield from (Finding(seed, what) for what in _guarded(check))


def _read(seeds: Sequence[int], texts: Sequence[str]) -> tuple[list[tuple[int, str, QuoteDocument]], list[Finding]]:
    """The documents that could be read, each with its seed and text, and why the others couldn't."""
    try:
        documents = list(quotesmith.pipe(texts, batch_size=len(texts)))
    except Exception as error:  # noqa: BLE001 - any error is a finding
        if len(texts) == 1:
            return [], [Finding(seeds[0], _told(error))]
        parts = [_read([seed], [text]) for seed, text in zip(seeds, texts, strict=True)]
        failed = [finding for _, findings in parts for finding in findings]
        together = Finding(seeds[0], f"only as one batch with the {len(seeds) - 1} behind it: {_told(error)}")
        return [row for rows, _ in parts for row in rows], failed or [together]
    return list(zip(seeds, texts, documents, strict=True)), []


def _guarded(check: Callable[[], Iterator[str]]) -> Iterator[str]:
    """The faults that a check finds, its own failure one of them."""
    try:
        yield from check()
    except Exception as error:  # noqa: BLE001 - any error is a finding
        yield _told(error)


def _told(error: Exception) -> str:
    place = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__} at {place.name}, line {place.lineno} of {place.filename}: {error!s:.{_SHOWN}}"


def _pages(document: QuoteDocument) -> Iterator[str]:
    show_pages(document)
    yield from ()


def _shift(document: QuoteDocument, tally: Tally) -> Iterator[str]:
    """Counts the quotes that prose before the text only shifts: same kind, content and cue."""
    [shifted] = quotesmith.pipe([PROSE + document.text])
    found = {(quote.kind, quote.content, quote.cue) for quote in shifted.quotes}
    for quote in document.quotes:
        content, cue = (tuple(span.shifted(len(PROSE)) for span in spans) for spans in (quote.content, quote.cue))
        tally.quotes["read behind prose"] += 1
        tally.quotes["only shifted"] += (quote.kind, content, cue) in found
    yield from ()


def _report(tally: Tally, seconds: float) -> None:
    quotes = tally.quotes
    share = quotes["only shifted"] / max(1, quotes["read behind prose"])
    print(
        f"{tally.documents:,} documents, {tally.words:,} words, {quotes['all']:,} quotes, {tally.used:,} used; "
        f"behind prose {share:.1%} of {quotes['read behind prose']:,} quotes only shift; "
        f"{len(tally.findings)} findings; {tally.documents / seconds:.1f} documents a second, {_memory():,.0f} MB",
        flush=True,
    )


def _memory() -> float:
    """Megabytes that the process has in memory now."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.split("VmRSS:")[1].split()[0]) / 1024


if __name__ == "__main__":
    sys.exit(main())
