"""CPU time of the analysis beside spaCy's own, in one run, for texts of growing length.

Run as `python -m tests.benchmarks.scaling`, with a text file as argument to take another text than the
example. The text is repeated, with its names changed from copy to copy, so that the number of people grows with it.
"""

import re
import sys
import time
from itertools import pairwise
from pathlib import Path

import quotesmith
from quotesmith.extraction.learned import LearnedExtractor
from quotesmith.marks import pair_marks
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
    """Print a row for each size: CPU seconds for 1,000 words, and extraction's and the whole analysis' to spaCy's."""
    article = Path(sys.argv[1] if len(sys.argv) > 1 else ROOT / "examples" / "apollo-11.txt").read_text(
        encoding="utf-8"
    )
    nlp = quotesmith.load()
    quotesmith.read(article, nlp=nlp)
    component = find_component(nlp)
    extract = LearnedExtractor()
    extract(nlp("“No,” she said."), ())
    print(f"{'words':>8} {'spaCy':>8} {'extraction':>10} {'all':>8} {'extraction/spaCy':>17} {'all/spaCy':>10}")
    for size in SIZES:
        text = make_text(article, size)
        words = len(text.split())
        times = [time.process_time()]
        doc = join_docs(list(nlp.pipe(split_text(text), disable=["quotesmith"])))
        times.append(time.process_time())
        extract(doc, pair_marks(text))
        times.append(time.process_time())
        component.analyze(doc)
        times.append(time.process_time())
        spacy, extraction, whole = ((end - start) / words * 1000 for start, end in pairwise(times))
        ratios = f"{extraction / spacy:17.2f} {whole / spacy:10.2f}"
        print(f"{words:8,} {spacy:8.3f} {extraction:10.3f} {whole:8.3f} {ratios}", flush=True)


if __name__ == "__main__":
    main()
