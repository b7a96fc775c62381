"""CPU time of the rules on Docs made to be slow, at three sizes: twice the tokens should take about twice the time.

Run as `python -m tests.benchmarks.hostile`.
"""

import time
from collections.abc import Callable

from spacy.tokens import Doc

from quotesmith.extraction.rules import RuleExtractor
from quotesmith.marks import pair_marks
from tests.docs import VOCAB

SIZES = (6_000, 12_000, 24_000)


def build(rows: list[tuple[str, str, str, int]]) -> Doc:
    """A Doc of (word, tag, dep, head) rows."""
    pos = {"VBD": "VERB", "PRP": "PRON", "NN": "NOUN", "_SP": "SPACE"}
    return Doc(
        VOCAB,
        words=[word for word, *_ in rows],
        tags=[tag for _, tag, *_ in rows],
        pos=[pos.get(tag, "PUNCT") for _, tag, *_ in rows],
        deps=[dep for _, _, dep, _ in rows],
        heads=[head for *_, head in rows],
        lemmas=["say" if word == "said" else word for word, *_ in rows],
        ents=["O"] * len(rows),
    )


def nested_clauses(size: int) -> Doc:
    rows = []
    for k in range(0, size, 2):
        rows += [("he", "PRP", "nsubj", k + 1), ("said", "VBD", "ccomp", max(1, k - 1))]
    return build(rows)


def conjoined_verbs(size: int) -> Doc:
    return build([("said", "VBD", ("conj", "xcomp", "ccomp")[k % 3], max(0, k - 1)) for k in range(size)])


def verbs_of_one_head(size: int) -> Doc:
    return build([("said", "VBD", ("conj", "xcomp", "ccomp")[k % 3], 0) for k in range(size)])


def trailing_commas(size: int) -> Doc:
    verbs = [("said", "VBD", "ccomp", max(0, k - 1)) for k in range(size // 2)]
    return build([*verbs, *[(",", ",", "punct", size // 2 - 1)] * (size // 2)])


def passages_of_one_paragraph(size: int) -> Doc:
    rows = []
    for k in range(0, size, 6):
        rows += [("“", "``", "punct", k + 1), ("go", "VBD", "ccomp", k + 5), (",", ",", "punct", k + 5)]
        rows += [("”", "''", "punct", k + 5), ("he", "PRP", "nsubj", k + 5), ("said", "VBD", "ROOT", k + 5)]
    return build(rows)


def quoted_paragraphs(size: int) -> Doc:
    rows = []
    for k in range(0, size, 4):
        rows += [("“", "``", "punct", k + 1), ("go", "VBD", "ROOT", k + 1), (".", ".", "punct", k + 1)]
        rows += [("\n\n", "_SP", "dep", k + 1)]
    return build(rows)


def nested_marks(size: int) -> Doc:
    half = size // 2
    opening = [("“‘"[k % 2], "``", "punct", half) for k in range(half)]
    closing = [("”’"[k % 2], "''", "punct", half) for k in reversed(range(half))]
    return build([*opening, ("go", "VBD", "ROOT", half), *closing])


def only_marks(size: int) -> Doc:
    return build([("“”\"‘’'"[k % 6], "``", "dep", 0) for k in range(size)])


SHAPES: tuple[Callable[[int], Doc], ...] = (
    nested_clauses,
    conjoined_verbs,
    verbs_of_one_head,
    trailing_commas,
    passages_of_one_paragraph,
    quoted_paragraphs,
    nested_marks,
    only_marks,
)


def seconds(doc: Doc, extractor: RuleExtractor) -> float:
    """CPU time to find the quotes of a Doc, the pairing of its marks included."""
    start = time.process_time()
    extractor(doc, pair_marks(doc.text))
    return time.process_time() - start


def main() -> None:
    """Print a row for each shape: seconds at each size, and the ratio of the largest to half of it."""
    extractor = RuleExtractor()
    print(f"{'shape':<28}" + "".join(f"{size:>10,}" for size in SIZES) + f"{'ratio':>8}")
    for make in SHAPES:
        times = [seconds(make(size), extractor) for size in SIZES]
        print(
            f"{make.__name__:<28}" + "".join(f"{t:10.3f}" for t in times) + f"{times[-1] / times[-2]:8.1f}", flush=True
        )


if __name__ == "__main__":
    main()
