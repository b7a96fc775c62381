"""CPU time over the length of a text, stage by stage, natural and made to be slow.

Run as `python -m tests.benchmarks.lengths`, with `--longest 1000000` for texts of a million characters, and names of
shapes to see only those; with `--parses`, Docs with odd parses instead, at sizes of which each is twice the one before.
Texts of up to 1,000 characters are read seven times, of which the medians are given. "ours" is all but spaCy, its part
of natural text's of the same length, and its growth from a tenth of the length, both for a character.
"""

import argparse
import time
from collections.abc import Callable
from statistics import median
from typing import TypeVar

from spacy.language import Language

import quotesmith
from quotesmith import analysis
from quotesmith.pipeline.bounds import clean_text, join_docs, split_text
from quotesmith.pipeline.component import find_component
from quotesmith.records import QuoteDocument
from quotesmith.render.articles import document_to_page
from tests.benchmarks.measuring import print_head
from tests.benchmarks.parses import PARSES
from tests.benchmarks.texts import TEXTS

LENGTHS = (100, 1_000, 10_000, 100_000, 1_000_000)
# Up to this length one time says little.
SHORT = 1_000
TIMES = 7
SIZES = (2_500, 5_000, 10_000)
_Result = TypeVar("_Result")
STAGES = ("spaCy", "bounds", "marks", "encoder", "extraction", "speakers", "records", "JSON", "graph", "page")


def measure(nlp: Language, text: str) -> dict[str, float]:
    """CPU seconds of each stage."""
    spent: dict[str, float] = {}

    def timed(stage: str, action: Callable[[], _Result]) -> _Result:
        start = time.process_time()
        result = action()
        spent[stage] = time.process_time() - start
        return result

    component = find_component(nlp)
    parts = timed("bounds", lambda: split_text(clean_text(text)))
    docs = timed("spaCy", lambda: list(nlp.pipe(parts, disable=[component.name], batch_size=4)))
    document = timed("records", lambda: component.analyze(join_docs(docs), text=text))
    inside = document.meta["timings"]
    spent |= inside
    spent["records"] -= sum(inside.values())
    timed("JSON", lambda: QuoteDocument.from_dict(document.to_dict()))
    timed("graph", document.graph)
    timed("page", lambda: document_to_page(document))
    return spent


def measure_often(nlp: Language, text: str) -> dict[str, float]:
    """CPU seconds of each stage; of a short text the median of several times."""
    times = [measure(nlp, text) for _ in range(TIMES if len(text) <= SHORT else 1)]
    return {stage: median(spent[stage] for spent in times) for stage in times[0]}


def measure_texts(shapes: list[str], longest: int) -> None:
    """Print a row for each shape and length."""
    # The stages' own watch, in CPU time.
    analysis.perf_counter = time.process_time  # type: ignore[attr-defined] # its own, for nobody else
    nlp = quotesmith.load(timings=True)
    measure(nlp, TEXTS["natural"](10_000))
    print_head("shape", "characters", *STAGES, "ours, µs a character", "of natural's", "growth")
    natural: dict[int, float] = {}
    for shape in dict.fromkeys(["natural", *shapes]):
        before = None
        for length in (length for length in LENGTHS if length <= longest):
            spent = measure_often(nlp, TEXTS[shape](length))
            ours = (sum(spent.values()) - spent["spaCy"]) / length
            part = ours / natural.setdefault(length, ours)
            row = " | ".join(f"{spent[stage]:.2f}" for stage in STAGES)
            growth = "" if before is None else f"{ours / before:.2f}"
            print(f"| {shape} | {length:,} | {row} | {ours * 1e6:.1f} | {part:.2f} | {growth} |", flush=True)
            before = ours


def measure_parses() -> None:
    """Print a row for each odd parse: seconds at each size, and the ratio of the largest to half of it."""
    print_head("shape", *(f"{size:,}" for size in SIZES), "ratio")
    for name, (make, seconds) in PARSES.items():
        times = [seconds(make(size)) for size in SIZES]
        row = " | ".join(f"{taken:.3f}" for taken in times)
        print(f"| {name} | {row} | {times[-1] / times[-2]:.1f} |", flush=True)


def main() -> None:
    """Measure what is asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("shapes", nargs="*", choices=[[], *TEXTS], metavar="SHAPE")
    parser.add_argument("--longest", type=int, default=100_000)
    parser.add_argument("--parses", action="store_true")
    asked = parser.parse_args()
    if asked.parses:
        measure_parses()
    else:
        measure_texts(asked.shapes or list(TEXTS), asked.longest)


if __name__ == "__main__":
    main()
