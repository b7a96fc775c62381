"""CPU time to resolve speakers in texts made to be slow, at three sizes: twice the names, about twice the time.

Run as `python -m tests.benchmarks.crowds`.
"""

import time
from collections.abc import Callable

import numpy as np
from spacy.tokens import Doc

from quotesmith.coreference import Links, Pairs, Referrings, no_clusters
from quotesmith.extraction import Attribution
from quotesmith.records import Act, Assertion, QuoteKind, TextSpan
from quotesmith.speakers import resolve_speakers
from tests.docs import VOCAB

SIZES = (2_500, 5_000, 10_000)
Row = tuple[str, str, str, int, str]


def build(sentences: list[list[Row]]) -> Doc:
    """A Doc of sentences of (word, tag, dep, head within the sentence, entity) rows."""
    rows: list[Row] = []
    heads: list[int] = []
    for sentence in sentences:
        heads += [len(rows) + row[3] for row in sentence]
        rows += sentence
    pos = {"VBD": "VERB", "PRP": "PRON", "NN": "NOUN", "NNP": "PROPN", "DT": "DET"}
    return Doc(
        VOCAB,
        words=[row[0] for row in rows],
        tags=[row[1] for row in rows],
        pos=[pos.get(row[1], "PUNCT") for row in rows],
        deps=[row[2] for row in rows],
        heads=heads,
        lemmas=[row[0].lower() for row in rows],
        ents=[row[4] for row in rows],
    )


def spoke(*names: str) -> list[Row]:
    """ "Ann Holm spoke." """
    last = len(names)
    rows: list[Row] = [
        (
            name,
            "NNP",
            "compound" if n < last - 1 else "nsubj",
            last - 1 if n < last - 1 else last,
            f"{'BI'[n > 0]}-PERSON",
        )
        for n, name in enumerate(names)
    ]
    return [*rows, ("spoke", "VBD", "ROOT", last, "O"), (".", ".", "punct", last, "O")]


def distinct_names(size: int) -> Doc:
    return build([spoke(f"Aa{n}", f"Bb{n}") for n in range(size)])


def one_family(size: int) -> Doc:
    return build([spoke(f"Aa{n}", "Holm") if n % 2 else spoke("Holm") for n in range(size)])


def one_chain(size: int) -> Doc:
    return build([spoke("Ann", "Holm"), *[spoke("Holm")] * size])


def common_words(size: int) -> Doc:
    words = ("Will", "May", "Mark", "Hope", "Bush")
    return build([spoke("Ann", "May"), *[spoke(words[n % 5]) for n in range(size)]])


def pronouns(size: int) -> Doc:
    return build([[("He", "PRP", "nsubj", 1, "O"), ("spoke", "VBD", "ROOT", 1, "O")]] * size)


def one_letter_off(size: int) -> Doc:
    return build([spoke("Ann", "Lindqvistson"), *[spoke(f"Lindqvist{chr(97 + n % 26)}on{n}") for n in range(size)]])


def roles(size: int) -> Doc:
    nominee = ("nominee", "NN", "compound", 2, "O")
    role: list[Row] = [
        ("The", "DT", "det", 1, "O"),
        ("candidate", "NN", "nsubj", 2, "O"),
        ("spoke", "VBD", "ROOT", 2, "O"),
    ]
    named = [[nominee, *((w, t, d, h + 1, e) for w, t, d, h, e in spoke(f"Aa{n}", "Holm"))] for n in range(size)]
    return build([part for sentence in named for part in (sentence, role)])


SHAPES: tuple[Callable[[int], Doc], ...] = (
    distinct_names,
    one_family,
    one_chain,
    common_words,
    pronouns,
    one_letter_off,
    roles,
)


def quotes(doc: Doc) -> list[Attribution]:
    """A quote for each "The candidate spoke", whose speaker is to be found."""
    return [
        Attribution(
            content=(TextSpan(token.nbor(2).idx, token.nbor(2).idx + len(token.nbor(2))),),
            source=(TextSpan(token.idx, token.nbor().idx + len(token.nbor())),),
            kind=QuoteKind.INDIRECT,
            act=Act.SPEECH,
            assertion=Assertion.ASSERTED,
            score=1.0,
            rule="benchmark",
        )
        for token in doc
        if token.text == "The"
    ]


def no_links(_: Referrings, pairs: Pairs) -> Links:
    """Every candidate as likely as nobody: what the scorer takes isn't measured here."""
    return Links.of(np.zeros(len(pairs.candidates)), np.zeros(len(pairs.anaphors)), pairs)


def seconds(doc: Doc) -> float:
    """CPU time to find the entities of a Doc and the speakers of its quotes."""
    attributions = quotes(doc)
    start = time.process_time()
    resolve_speakers(doc, attributions, [], coreference=no_clusters, link=no_links)
    return time.process_time() - start


def main() -> None:
    """Print a row for each shape: seconds at each size, and the ratio of the largest to half of it."""
    print(f"{'shape':<28}" + "".join(f"{size:>10,}" for size in SIZES) + f"{'ratio':>8}")
    for make in SHAPES:
        times = [seconds(make(size)) for size in SIZES]
        print(
            f"{make.__name__:<28}" + "".join(f"{t:10.3f}" for t in times) + f"{times[-1] / times[-2]:8.1f}", flush=True
        )


if __name__ == "__main__":
    main()
