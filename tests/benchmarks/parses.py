"""Docs with parses that no parser gives, made to be slow for the rules and for the speakers."""

from collections.abc import Callable, Mapping, Sequence
from itertools import accumulate, chain

import numpy as np
from spacy.tokens import Doc

from quotesmith.coreference import Links, MentionCandidates, Pairs, no_clusters
from quotesmith.extraction import Attribution, RuleExtractor
from quotesmith.marks import pair_marks
from quotesmith.parsed_text import ParsedText
from quotesmith.records import Act, Assertion, QuoteKind, TextSpan
from quotesmith.speakers import resolve_speakers
from tests.benchmarks.measuring import cpu_seconds_of
from tests.docs import VOCAB, parsed_text

Row = tuple[str, str, str, int, str]
COMMON = ("Will", "May", "Mark", "Hope", "Bush")


def parsed(rows: Sequence[tuple[str, str, str, int] | Row]) -> Doc:
    """A Doc of (word, tag, dep, head) rows, where needed with an entity tag."""
    pos = {"VBD": "VERB", "PRP": "PRON", "NN": "NOUN", "NNP": "PROPN", "DT": "DET", "_SP": "SPACE"}
    return Doc(
        VOCAB,
        words=[row[0] for row in rows],
        tags=[row[1] for row in rows],
        pos=[pos.get(row[1], "PUNCT") for row in rows],
        deps=[row[2] for row in rows],
        heads=[row[3] for row in rows],
        lemmas=["say" if row[0] == "said" else row[0].lower() for row in rows],
        ents=["".join(row[4:]) or "O" for row in rows],
    )


def clauses(size: int) -> Doc:
    rows = ([("he", "PRP", "nsubj", k + 1), ("said", "VBD", "ccomp", max(1, k - 1))] for k in range(0, size, 2))
    return parsed([*chain.from_iterable(rows)])


def verbs(size: int, head: Callable[[int], int]) -> Doc:
    """Only "said", each with its head by its place."""
    return parsed([("said", "VBD", ("conj", "xcomp", "ccomp")[k % 3], head(k)) for k in range(size)])


def trailing_commas(size: int) -> Doc:
    verbs = [("said", "VBD", "ccomp", max(0, k - 1)) for k in range(size // 2)]
    return parsed([*verbs, *[(",", ",", "punct", size // 2 - 1)] * (size // 2)])


def passages(size: int) -> Doc:
    """One paragraph of passages."""
    rows = []
    for k in range(0, size, 6):
        rows += [("“", "``", "punct", k + 1), ("go", "VBD", "ccomp", k + 5), (",", ",", "punct", k + 5)]
        rows += [("”", "''", "punct", k + 5), ("he", "PRP", "nsubj", k + 5), ("said", "VBD", "ROOT", k + 5)]
    return parsed(rows)


def quoted_paragraphs(size: int) -> Doc:
    rows = []
    for k in range(0, size, 4):
        rows += [("“", "``", "punct", k + 1), ("go", "VBD", "ROOT", k + 1), (".", ".", "punct", k + 1)]
        rows += [("\n\n", "_SP", "dep", k + 1)]
    return parsed(rows)


def nested_marks(size: int) -> Doc:
    half = size // 2
    opening = [("“‘"[k % 2], "``", "punct", half) for k in range(half)]
    closing = [("”’"[k % 2], "''", "punct", half) for k in reversed(range(half))]
    return parsed([*opening, ("go", "VBD", "ROOT", half), *closing])


def joined(sentences: list[list[Row]]) -> Doc:
    """A Doc of sentences of (word, tag, dep, head within the sentence, entity tag) rows."""
    starts = accumulate(map(len, sentences), initial=0)
    return parsed(
        [
            (*row[:3], start + row[3], row[4])
            for start, sentence in zip(starts, sentences, strict=False)
            for row in sentence
        ]
    )


def spoke(*names: str) -> list[Row]:
    """ "Ann Holm spoke." """
    last = len(names)
    rows: list[Row] = [(name, "NNP", "compound", last - 1, f"{'BI'[n > 0]}-PERSON") for n, name in enumerate(names)]
    rows[-1] = (names[-1], "NNP", "nsubj", last, rows[-1][4])
    return [*rows, ("spoke", "VBD", "ROOT", last, "O"), (".", ".", "punct", last, "O")]


def roles(size: int) -> Doc:
    nominee = ("nominee", "NN", "compound", 2, "O")
    role: list[Row] = [
        ("The", "DT", "det", 1, "O"),
        ("candidate", "NN", "nsubj", 2, "O"),
        ("spoke", "VBD", "ROOT", 2, "O"),
    ]
    named = [[nominee, *((w, t, d, h + 1, e) for w, t, d, h, e in spoke(f"Aa{n}", "Holm"))] for n in range(size)]
    return joined([part for sentence in named for part in (sentence, role)])


def rule_seconds(doc: Doc) -> float:
    """CPU time to find the quotes of a Doc, the pairing of its marks included."""
    extractor = RuleExtractor()
    return cpu_seconds_of(lambda: extractor(ParsedText.of(doc, pair_marks(doc.text))))


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


def no_links(_: MentionCandidates, pairs: Pairs) -> Links:
    """Every candidate as likely as nobody: what the scorer takes isn't measured here."""
    return Links.of(np.zeros(len(pairs.candidates)), np.zeros(len(pairs.anaphors)), pairs)


def resolve_seconds(doc: Doc) -> float:
    """CPU time to find the entities of a Doc and the speakers of its quotes."""
    attributions = quotes(doc)
    return cpu_seconds_of(
        lambda: resolve_speakers(parsed_text(doc), attributions, coreference=no_clusters, link=no_links)
    )


HE_SPOKE: list[Row] = [("He", "PRP", "nsubj", 1, "O"), ("spoke", "VBD", "ROOT", 1, "O")]
OF_RULES: Mapping[str, Callable[[int], Doc]] = {
    "nested clauses": clauses,
    "conjoined verbs": lambda size: verbs(size, lambda k: max(0, k - 1)),
    "verbs of one head": lambda size: verbs(size, lambda _: 0),
    "trailing commas": trailing_commas,
    "passages of one paragraph": passages,
    "quoted paragraphs": quoted_paragraphs,
    "nested marks": nested_marks,
    "only marks": lambda size: parsed([("“”\"‘’'"[k % 6], "``", "dep", 0) for k in range(size)]),
}
OF_SPEAKERS: Mapping[str, Callable[[int], Doc]] = {
    "distinct names": lambda size: joined([spoke(f"Aa{n}", f"Bb{n}") for n in range(size)]),
    "one family": lambda size: joined([spoke(f"Aa{n}", "Holm") if n % 2 else spoke("Holm") for n in range(size)]),
    "one chain": lambda size: joined([spoke("Ann", "Holm"), *[spoke("Holm")] * size]),
    "common words": lambda size: joined([spoke("Ann", "May"), *[spoke(COMMON[n % 5]) for n in range(size)]]),
    "pronouns": lambda size: joined([HE_SPOKE] * size),
    "one letter off": lambda size: joined(
        [spoke("Ann", "Lindqvistson"), *[spoke(f"Lindqvist{chr(97 + n % 26)}on{n}") for n in range(size)]]
    ),
    "roles": roles,
}
PARSES = {
    **{name: (make, rule_seconds) for name, make in OF_RULES.items()},
    **{name: (make, resolve_seconds) for name, make in OF_SPEAKERS.items()},
}
"""Makers of Docs of so many tokens or sentences, and what measures each."""
