"""CPU time over the length of a text, natural and made to be slow: ours a character, beside spaCy's.

Run as `python -m tests.benchmarks.lengths`, with `--longest 1000000` for texts of a million characters, and names of shapes
to see only those. Growth is how many times as long a character takes as in the natural text of the same length.
"""

import argparse
import time
from collections.abc import Callable, Mapping
from itertools import count, cycle, islice
from pathlib import Path

from spacy.language import Language

import quotesmith
from quotesmith.pipeline.bounds import clean_text, join_docs, split_text
from quotesmith.pipeline.component import find_component
from tests.benchmarks.scaling import make_text

ROOT = Path(__file__).parents[2]
LENGTHS = (100, 1_000, 10_000, 100_000, 1_000_000)


def natural(length: int) -> str:
    """The example article again and again, each time with other surnames."""
    article = (ROOT / "examples" / "apollo-11.txt").read_text(encoding="utf-8")
    return make_text(article, length // 5 + len(article.split()))[:length]


def repeated(piece: str) -> Callable[[int], str]:
    """A shape of one piece again and again."""
    return lambda length: "".join(islice(cycle(piece), length))


def numbered(piece: Callable[[str], str]) -> Callable[[int], str]:
    """A shape of one piece with ever new names in it."""

    def make(length: int) -> str:
        made: list[str] = []
        size = 0
        for number in count():
            made.append(piece(name(number)))
            size += len(made[-1])
            if size >= length:
                return "".join(made)[:length]
        raise AssertionError

    return make


def name(number: int) -> str:
    """A surname of its own for each number."""
    letters = ""
    while True:
        number, digit = divmod(number, 20)
        letters += "bcdfghjklmnprstvwxyz"[digit] + "aeiou"[digit % 5]
        if number == 0:
            return letters.capitalize() + "n"


def nested(length: int) -> str:
    """Marks in marks in marks, all closed again."""
    half = length // 2
    return "".join(islice(cycle("“‘"), half)) + "".join(islice(cycle("”’" if half % 2 == 0 else "”’"), half))


SHAPES: Mapping[str, Callable[[int], str]] = {
    "natural": natural,
    "one sentence": repeated("the man who saw the house that stood near the river and "),
    "one sentence of reports": repeated("he said that she thought that "),
    "ever new names": numbered(lambda own: f"Ann {own} met Bo {own}. "),
    "a list of names": numbered(lambda own: f"Ann {own}, "),
    "names joined by and": numbered(lambda own: f"{own} and "),
    "one family": numbered(lambda own: f"{own} Roe spoke. Roe left. "),
    "one name": repeated("Ann Roe "),
    "one pronoun": repeated("he "),
    "he said": repeated("He said no. "),
    "they told": repeated("“No,” she told him. "),
    "one person, many quotes": repeated("“We go,” Ann Roe said. “It is late,” she added. "),
    "transcript": numbered(lambda own: f"{own.upper()}: We go.\n\n"),
    "questions and answers": repeated("Q: Why?\nA: Who knows.\n"),
    "datelines": numbered(lambda own: f"{own.upper()} (AP) — It rained.\n\n"),
    "titles": repeated("President Senator Mr. Dr. "),
    "roles": repeated("the spokesman, the minister, "),
    "groups": repeated("both men and the two leaders said so. "),
    "nested marks": nested,
    "opening marks": repeated("“"),
    "closing marks": repeated("”"),
    "straight marks": repeated('"'),
    "marks with spaces": repeated("“ "),
    "single marks": repeated("'"),
    "apostrophes": repeated("the boys' 'n' it's "),
    "mixed marks": repeated("“\"‘'«»„‹›”’ "),
    "unclosed paragraphs": repeated("“We go on and on.\n\n"),
    "dashes": repeated("— No. "),
    "long dashes": repeated("—"),
    "hyphens": repeated("-"),
    "underscores": repeated("_"),
    "asterisks": repeated("*"),
    "backticks": repeated("`"),
    "ellipses": repeated("…"),
    "slashes": repeated("/"),
    "commas": repeated(", "),
    "full stops": repeated(". "),
    "colons": repeated(": "),
    "brackets": repeated("("),
    "angles": repeated("<"),
    "unclosed tags": repeated("<a "),
    "tags": repeated("<p>x</p>"),
    "entities": repeated("&amp;"),
    "spaces": repeated(" "),
    "line ends": repeated("\n"),
    "paragraphs of a letter": repeated("a\n\n"),
    "one run": repeated("a"),
    "runs of 1,000": repeated("a" * 1_000 + " "),
    "runs of 1,001": repeated("a" * 1_001 + " "),
    "capitals": repeated("THE MAN SAID NO "),
    "capitalised": repeated("The Man Said No "),
    "digits": repeated("1 2 "),
    "long number": repeated("1,000.00,"),
    "addresses": repeated("http://a.b/c?d=e&f "),
    "emoji": repeated("👩‍👩‍👧 "),
    "combining marks": repeated("e\u0301\u0301\u0301\u0301"),
    "surrogates": repeated("\ud800 "),
    "right to left": repeated("אמר הוא \u202e"),
    "without spaces": repeated("他说我们走吧。"),
}


def measure(nlp: Language, text: str) -> tuple[float, float]:
    """CPU seconds of spaCy, and of all that is ours: bounds, analysis, records and their JSON data."""
    component = find_component(nlp)
    start = time.process_time()
    parts = split_text(clean_text(text))
    split = time.process_time()
    docs = list(nlp.pipe(parts, disable=[component.name], batch_size=4))
    parsed = time.process_time()
    component.analyze(join_docs(docs), text=text).to_dict()
    return parsed - split, time.process_time() - parsed + split - start


def main() -> None:
    """Print a row for each shape and length."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("shapes", nargs="*", choices=[[], *SHAPES], metavar="SHAPE")
    parser.add_argument("--longest", type=int, default=100_000)
    asked = parser.parse_args()
    nlp = quotesmith.load()
    measure(nlp, natural(10_000))
    print("| shape | characters | spaCy, s | ours, s | ours, µs a character | of natural's |")
    print("| --- | --- | --- | --- | --- | --- |")
    base: dict[int, float] = {}
    for shape in dict.fromkeys(["natural", *(asked.shapes or SHAPES)]):
        for length in LENGTHS:
            if length > asked.longest:
                break
            spacy, ours = measure(nlp, SHAPES[shape](length))
            base.setdefault(length, ours)
            row = f"{spacy:.2f} | {ours:.2f} | {ours / length * 1e6:.1f} | {ours / base[length]:.2f}"
            print(f"| {shape} | {length:,} | {row} |", flush=True)


if __name__ == "__main__":
    main()
