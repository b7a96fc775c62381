"""How much memory grows while many short documents are read whose names, words and numbers keep changing.

Run as `python -m tests.benchmarks.memory --documents 100000` from the repository's root, on Linux. `--pipeline caller`
reads with a pipeline of the caller's, in which spaCy keeps each word for good.
"""

import argparse
import gc
import random
import re
import time
from collections.abc import Iterator
from itertools import count, islice
from pathlib import Path

import quotesmith
from tests.benchmarks.measuring import print_head

ARTICLE = Path("examples/apollo-11.txt")
WORDS = 50
FIRST = 1_000
STEP = 10_000
SEED = 11
SYLLABLES = ("ba", "den", "fo", "gri", "hal", "ke", "lin", "mor", "ne", "pas", "ro", "sti", "tu", "vel", "wi", "zan")
# Of the draws up to N, about N ** 0.8 differ: so new names and rare words turn up in news.
TAIL = 0.25
MOST = 10**7
# A name within a sentence, a number, or a long word in small letters, of which one in four changes.
CHANGES = re.compile(r"(?:(?<=[a-z,] )|(?<=Mr\. ))[A-Z][a-z]{3,}\b|\b[0-9]+\b|\b[a-z]{7,}\b")
KEPT = 3 / 4


def main() -> None:
    """Print the memory after 1,000 documents, 10,000, and each 10,000 more, and the growth from 10,000 on."""
    parser = argparse.ArgumentParser(description="memory while many short documents are read")
    parser.add_argument("--documents", type=int, default=2 * STEP)
    parser.add_argument("--pipeline", choices=["own", "caller"], default="own")
    arguments = parser.parse_args()
    nlp = quotesmith.load() if arguments.pipeline == "caller" else None
    seen: set[str] = set()
    at: dict[int, float] = {}
    quotes = 0
    start = time.perf_counter()
    print_head("documents", "MB", "quotes", "words a second")
    for number, document in enumerate(quotesmith.pipe(islice(texts(), arguments.documents), nlp=nlp), start=1):
        quotes += len(document.quotes)
        if number == FIRST or number % STEP == 0 or number == arguments.documents:
            at[number] = resident()
            speed = number * WORDS / (time.perf_counter() - start)
            print(f"| {number:,} | {at[number]:.1f} | {quotes:,} | {speed:.0f} |", flush=True)
    for text in islice(texts(), arguments.documents):
        seen.update(text.split())
    print(f"different words: {len(seen):,}")
    if STEP in at:
        print(f"growth from {STEP:,} to {arguments.documents:,} documents: {at[arguments.documents] - at[STEP]:.1f} MB")


def texts() -> Iterator[str]:
    """Endless documents of 50 words, always the same ones: stretches of the article with other names and numbers."""
    rng = random.Random(SEED)
    sentences = re.split(r"(?<=[.?!”])\s+", ARTICLE.read_text(encoding="utf-8"))
    for _ in count():
        start = rng.randrange(len(sentences))
        words = " ".join(sentences[start:] + sentences).split()[:WORDS]
        yield changed(" ".join(words), rng)


def changed(text: str, rng: random.Random) -> str:
    """The text with other names and numbers and some other words, the same for the same."""
    instead: dict[str, str] = {}

    def change(match: "re.Match[str]") -> str:
        old = match.group()
        if old not in instead:
            instead[old] = old if old.islower() and rng.random() < KEPT else like(old, rng)
        return instead[old]

    return CHANGES.sub(change, text)


def like(old: str, rng: random.Random) -> str:
    """A made-up name, word or number, seldom one that was there before."""
    rank = int(rng.paretovariate(TAIL)) % MOST
    if old.isdigit():
        return str(rank)
    word = ""
    while rank or not word:
        rank, syllable = divmod(rank, len(SYLLABLES))
        word += SYLLABLES[syllable]
    return word.capitalize() if old[0].isupper() else word


def resident() -> float:
    """Megabytes of this process that are in memory now, rubbish collected."""
    gc.collect()
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * 4096 / 1_000_000


if __name__ == "__main__":
    main()
