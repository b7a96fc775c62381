"""CPU time of the analysis beside spaCy's own, in one run, for texts of growing length.

Run as `python -m tests.benchmarks.scaling`, with a text file as argument to take another text than the
example. The text is repeated: with its names changed from copy to copy, so that the number of people grows with it, and
then as it is, so that one person is mentioned ever more often.
"""

import re
import sys
import time
from itertools import pairwise
from pathlib import Path

from spacy.language import Language

import quotesmith
from quotesmith.extraction.learned import LearnedExtractor
from quotesmith.marks import pair_marks
from quotesmith.pipeline.bounds import join_docs, split_text
from quotesmith.pipeline.component import find_component

ROOT = Path(__file__).parents[2]
SIZES = (1_000, 5_000, 10_000, 50_000)
ONE_SIZES = (2_000, 50_000)
_NAME = re.compile(r"\b(?:Armstrong|Aldrin|Duke|Nixon|Collins)\b")


def make_text(article: str, words: int) -> str:
    """About so many words of copies of the article, each with surnames of its own."""
    copies = words // len(article.split()) + 1
    return "\n\n".join(_NAME.sub(rf"\g<0>{_letters(copy)}", article) for copy in range(copies))


def _letters(number: int) -> str:
    """A number as letters, so that it reads as part of a name."""
    return "".join(chr(ord("a") + int(digit)) for digit in str(number))


def main() -> None:
    """Print a row for each size: CPU seconds for 1,000 words, and what they are beside spaCy's."""
    article = Path(sys.argv[1] if len(sys.argv) > 1 else ROOT / "examples" / "apollo-11.txt").read_text(
        encoding="utf-8"
    )
    nlp = quotesmith.load()
    quotesmith.read(article, nlp=nlp)
    for title, sizes, make in (("ever more people", SIZES, make_text), ("the same people", ONE_SIZES, _repeat)):
        print(title)
        print("   words    spaCy  quotes  speakers      all  quotes/spaCy  speakers/spaCy  all/spaCy")
        for size in sizes:
            _measure(nlp, make(article, size))


def _repeat(article: str, words: int) -> str:
    return "\n\n".join([article] * (words // len(article.split()) + 1))


def _measure(nlp: Language, text: str) -> None:
    component = find_component(nlp)
    extract = LearnedExtractor()
    extract(nlp.make_doc("“No,” she said."), ())
    marks = pair_marks(text)
    times = [time.process_time()]
    doc = join_docs(list(nlp.pipe(split_text(text), disable=["quotesmith"])))
    times.append(time.process_time())
    extract(doc, marks)
    times.append(time.process_time())
    component.analyze(doc)
    times.append(time.process_time())
    words = len(text.split())
    spacy, quotes, whole = ((end - start) / words * 1000 for start, end in pairwise(times))
    speakers = whole - quotes
    print(
        f"{words:8,} {spacy:8.3f} {quotes:7.3f} {speakers:9.3f} {whole:8.3f} "
        f"{quotes / spacy:13.2f} {speakers / spacy:15.2f} {whole / spacy:10.2f}",
        flush=True,
    )


if __name__ == "__main__":
    main()
