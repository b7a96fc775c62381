"""CPU time of the analysis beside spaCy's own, in one run, for texts of growing length.

Run as `python -m tests.benchmarks.scaling`, with a text file as argument to take another text than the
example. The text is repeated, with its names changed from copy to copy, so that the number of people grows with it.
"""

import re
import sys
import time
from pathlib import Path

import quotesmith
from quotesmith.pipeline.bounds import join_docs, split_text
from quotesmith.pipeline.component import find_component

ROOT = Path(__file__).parents[2]
SIZES = (1_000, 5_000, 10_000, 50_000)
_NAME = re.compile(r"\b(?:Armstrong|Aldrin|Duke|Nixon|Collins)\b")


def make_text(article: str, words: int) -> str:
    """About so many words of copies of the article, each with surnames of its own."""
    copies = words // len(article.split()) + 1
    return "\n\n".join(_NAME.sub(rf"\g<0>{_letters(copy)}", article) for copy in range(copies))


def _letters(number: int) -> str:
    """A number as letters, so that it reads as part of a name."""
    return "".join(chr(ord("a") + int(digit)) for digit in str(number))


def main() -> None:
    """Print a row for each size: words, spaCy's and our CPU seconds for 1,000 words, and their ratio."""
    article = Path(sys.argv[1] if len(sys.argv) > 1 else ROOT / "examples" / "apollo-11.txt").read_text(
        encoding="utf-8"
    )
    nlp = quotesmith.load()
    quotesmith.read(article, nlp=nlp)
    component = find_component(nlp)
    print(f"{'words':>8} {'spaCy s/1,000':>14} {'ours s/1,000':>14} {'ours/spaCy':>11}")
    for size in SIZES:
        text = make_text(article, size)
        words = len(text.split())
        start = time.process_time()
        doc = join_docs(list(nlp.pipe(split_text(text), disable=["quotesmith"])))
        middle = time.process_time()
        component.analyze(doc)
        end = time.process_time()
        theirs, ours = (middle - start) / words * 1000, (end - middle) / words * 1000
        print(f"{words:8,} {theirs:14.3f} {ours:14.3f} {ours / theirs:11.2f}", flush=True)


if __name__ == "__main__":
    main()
