"""Wordings of the same quotes among very many: are they found again, and how long does it take?

Run as `python -m tests.benchmarks.same_wordings GOLD/polnear/train.jsonl.gz --quotes 1000000`. The corpus's quotes, one
of those that have several wordings, are drawn again and again; each copy loses words, has neighbours swapped or is cut
short. Precision and recall count pairs of copies.
"""

import argparse
import random
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from quotesmith.corpus.near_duplicates import MIN_WORDS, group_near_duplicates, words_of
from quotesmith.evaluation import iter_gold
from tests.benchmarks.measuring import Figures, peak_megabytes

DROPPED = 0.1
SHORTEST = 0.5


def make_copy(random: random.Random, words: Sequence[str]) -> list[str]:
    """The words with up to two of: some dropped, two neighbours swapped, the end cut off. At least `MIN_WORDS` stay."""
    copy = list(words)
    for change in random.sample(("drop", "swap", "cut"), random.randint(0, 2)):
        if change == "drop":
            for _ in range(max(1, round(DROPPED * len(copy)))):
                if len(copy) > MIN_WORDS:
                    del copy[random.randrange(len(copy))]
        elif change == "swap":
            place = random.randrange(len(copy) - 1)
            copy[place : place + 2] = copy[place + 1], copy[place]
        else:
            least = max(MIN_WORDS, round(SHORTEST * len(copy)))
            copy = copy[: random.randint(least, len(copy))]
    return copy


def pairs_of(sizes: "Counter[object]") -> int:
    """How many pairs there are within groups of these sizes."""
    return sum(size * (size - 1) // 2 for size in sizes.values())


def main() -> None:
    """Print how many pairs of copies are found and how many of the pairs found are copies."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--quotes", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=0)
    asked = parser.parse_args()
    contents = [
        " ".join(row["text"][start:end] for start, end in attribution["content"])
        for row in iter_gold(asked.gold, key="doc_id")
        for attribution in row["attributions"]
    ]
    again = {place for group in group_near_duplicates(contents) for place in group[1:]}
    originals = [
        words
        for place, words in enumerate(map(words_of, contents))
        if place not in again and len(words) > MIN_WORDS + 1
    ]
    chance = random.Random(asked.seed)
    drawn = [chance.randrange(len(originals)) for _ in range(asked.quotes)]
    copies = [" ".join(make_copy(chance, originals[place])) for place in drawn]
    start, cpu = time.perf_counter(), time.process_time()
    groups = group_near_duplicates(copies)
    seconds, cpu = time.perf_counter() - start, time.process_time() - cpu
    true = pairs_of(Counter(drawn))
    found = pairs_of(Counter({number: len(group) for number, group in enumerate(groups)}))
    right = sum(pairs_of(Counter(drawn[place] for place in group)) for group in groups)
    figures = Figures(right, found, true)
    print(f"{len(originals)} quotes, {len(copies)} copies, {len(groups)} groups found")
    print(f"precision {figures.precision:.4f}, recall {figures.recall:.4f}, F1 {figures.f1:.4f}")
    print(f"{seconds:.0f} s of wall-clock time, {cpu:.0f} s of CPU time, at most {peak_megabytes():.0f} MB")


if __name__ == "__main__":
    main()
