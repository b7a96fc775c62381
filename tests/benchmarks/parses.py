"""Docs with parses that no parser gives, made to be slow for the rules and for the speakers."""

from collections.abc import Callable, Mapping, Sequence
from itertools import accumulate

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


def nested_clauses(size: int) -> Doc:
    rows = []
    for k in range(0, size, 2):
        rows += [("he", "PRP", "nsubj", k + 1), ("said", "VBD", "ccomp", max(1, k - 1))]
    return parsed(rows)


def conjoined_verbs(size: int) -> Doc:
    return parsed([("said", "VBD", ("conj", "xcomp", "ccomp")[k % 3], max(0, k - 1)) for k in range(size)])


def verbs_of_one_head(size: int) -> Doc:
    return parsed([("said", "VBD", ("conj", "xcomp", "ccomp")[k % 3], 0) for k in range(size)])


def trailing_commas(size: int) -> Doc:
    verbs = [("said", "VBD", "ccomp", max(0, k - 1)) for k in range(size // 2)]
    return parsed([*verbs, *[(",", ",", "punct", size // 2 - 1)] * (size // 2)])


def passages_of_one_paragraph(size: int) -> Doc:
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


def only_marks(size: int) -> Doc:
    return parsed([("“”\"‘’'"[k % 6], "``", "dep", 0) for k in range(size)])


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
    return joined([spoke(f"Aa{n}", f"Bb{n}") for n in range(size)])


def one_family(size: int) -> Doc:
    return joined([spoke(f"Aa{n}", "Holm") if n % 2 else spoke("Holm") for n in range(size)])


def one_chain(size: int) -> Doc:
    return joined([spoke("Ann", "Holm"), *[spoke("Holm")] * size])


def common_words(size: int) -> Doc:
    words = ("Will", "May", "Mark", "Hope", "Bush")
    return joined([spoke("Ann", "May"), *[spoke(words[n % 5]) for n in range(size)]])


def pronouns(size: int) -> Doc:
    return joined([[("He", "PRP", "nsubj", 1, "O"), ("spoke", "VBD", "ROOT", 1, "O")]] * size)


def one_letter_off(size: int) -> Doc:
    return joined([spoke("Ann", "Lindqvistson"), *[spoke(f"Lindqvist{chr(97 + n % 26)}on{n}") for n in range(size)]])


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


PARSES: Mapping[Callable[[int], Doc], Callable[[Doc], float]] = {
    **dict.fromkeys(
        (
            nested_clauses,
            conjoined_verbs,
            verbs_of_one_head,
            trailing_commas,
            passages_of_one_paragraph,
            quoted_paragraphs,
            nested_marks,
            only_marks,
        ),
        rule_seconds,
    ),
    **dict.fromkeys(
        (distinct_names, one_family, one_chain, common_words, pronouns, one_letter_off, roles), resolve_seconds
    ),
}
"""Makers of Docs of so many tokens or sentences, and what measures each."""
