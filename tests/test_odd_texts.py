"""What holds for any text, from the raw string to files and pictures, and that the checks find what is wrong.

`tests.benchmarks.fuzz` tries many more texts.
"""

import re
import statistics
from pathlib import Path
from random import Random
from typing import Any

import attrs
import pytest
from hypothesis import given, settings
from spacy.language import Language

import quotesmith
from quotesmith.analysis import text_digest
from quotesmith.marks import pair_marks
from quotesmith.records import Entity, Evidence, Mention, Quote, QuoteDocument, TextSpan
from tests.invariants import iter_faults, iter_mark_faults, iter_pair_faults
from tests.odd_texts import GRAMMAR, odd_text, odd_texts
from tests.uses import iter_use_faults

SYMBOL = re.compile(r"\{(\w+)\}")
# What each document has of its own.
OWN = {"open", "close", "open2", "close2", "break", "person", "block"}


def test_a_seed_is_one_document_of_about_fifty_words_with_a_long_tail() -> None:
    assert odd_text(Random(7)) == odd_text(Random(7)) != odd_text(Random(8))
    lengths = [len(odd_text(Random(seed)).split()) for seed in range(1_000)]
    assert 40 <= statistics.median(lengths) <= 60
    assert max(lengths) > 400


def test_every_symbol_is_known_and_used() -> None:
    used = {symbol for forms in GRAMMAR.values() for form in forms for symbol in SYMBOL.findall(form)}
    assert used <= OWN | set(GRAMMAR)
    assert set(GRAMMAR) - used == {"block", "particle", "name form"}


def test_json_can_hold_every_document() -> None:
    texts = [odd_text(Random(seed)) for seed in range(500)]
    assert any("\ud800" <= character <= "\udfff" for text in texts for character in text)
    assert not any(re.search("[\ud800-\udbff][\udc00-\udfff]", text) for text in texts)


@settings(max_examples=200)
@given(odd_texts())
def test_marks_are_in_order_and_shift_with_the_text(text: str) -> None:
    assert list(iter_mark_faults(text)) == []


@pytest.mark.model
@settings(max_examples=40)
@given(text=odd_texts())
def test_any_text_gets_a_document_that_holds_together(nlp: Language, text: str) -> None:
    assert list(iter_faults(quotesmith.read(text, nlp=nlp), text)) == []


@pytest.mark.model
@settings(max_examples=10)
@given(text=odd_texts())
def test_any_document_can_be_written_shown_and_asked(
    nlp: Language, tmp_path_factory: pytest.TempPathFactory, text: str
) -> None:
    folder: Path = tmp_path_factory.mktemp("uses")
    assert list(iter_use_faults(quotesmith.read(text, nlp=nlp), folder)) == []


TEXT = "“Ann said ‘go’ to us,” Bo said."
OUTER = Quote(
    "q0", "direct", [(0, 22)], "Ann said ‘go’ to us,", cue=[(26, 30)], source="m1", speakers=["e1"], addressees=["e0"]
)
INNER = Quote("q1", "direct", [(10, 14)], "go", cue=[(5, 9)], source="m0", speakers=["e0"], parent="q0")
DOCUMENT = QuoteDocument(
    text_digest(TEXT),
    TEXT,
    quotes=[OUTER, INNER],
    entities=[Entity("e0", "Ann"), Entity("e1", "Bo")],
    mentions=[Mention("m0", [(1, 4)], "name", "e0"), Mention("m1", [(23, 25)], "name", "e1")],
)


def with_inner(**changes: Any) -> QuoteDocument:
    return attrs.evolve(DOCUMENT, quotes=[OUTER, attrs.evolve(INNER, **changes)])


def test_good_document_has_no_faults_and_may_keep_a_mark() -> None:
    assert list(iter_faults(DOCUMENT, TEXT)) == []
    assert list(iter_faults(with_inner(text="‘go"), TEXT)) == []


@pytest.mark.parametrize(
    ("document", "fault"),
    [
        pytest.param(attrs.evolve(DOCUMENT, text=TEXT + " "), "the text is another", id="text"),
        pytest.param(attrs.evolve(DOCUMENT, quotes=[INNER, OUTER]), "quotes aren't in text order", id="order"),
        pytest.param(
            attrs.evolve(DOCUMENT, mentions=DOCUMENT.mentions[::-1]), "mentions aren't in text order", id="mentions"
        ),
        pytest.param(
            attrs.evolve(DOCUMENT, quotes=[OUTER, INNER, attrs.evolve(INNER, id="q2")]), "2 quotes with", id="twice"
        ),
        pytest.param(attrs.evolve(DOCUMENT, meta={"a": (1,)}), "JSON gives another", id="json"),
        pytest.param(with_inner(kind="indirect"), "q1: indirect, but by its marks direct", id="kind"),
        pytest.param(with_inner(text="g"), "q1: text 'g' isn't that of", id="words"),
        pytest.param(with_inner(cue=[(26, 30)]), "q1: outside of its parent q0", id="parent"),
        pytest.param(with_inner(cue=[(5, 11)]), "q1: content .* and cue .* overlap", id="overlap"),
        pytest.param(with_inner(content=[(9, 14)]), "q1: content with white space at its edges", id="white-space"),
        pytest.param(with_inner(speakers=[]), "q1: speakers .* reason for none is None", id="no-reason"),
        pytest.param(with_inner(evidence=Evidence(reason="none")), "reason for none is 'none'", id="a-reason"),
        pytest.param(with_inner(addressees=["e0"]), "q1: a speaker is spoken to", id="addressee"),
    ],
)
def test_fault_is_found(document: QuoteDocument, fault: str) -> None:
    assert any(re.search(fault, found) for found in iter_faults(document, TEXT))


def test_pairs_that_cross_or_share_a_character_are_found() -> None:
    text = "“a ‘b’ c” “d”"
    outer, inner, last = pair_marks(text)
    assert list(iter_pair_faults(text, [outer, inner, last])) == []
    assert list(iter_mark_faults(text)) == []
    wrong = [
        [outer, attrs.evolve(inner, depth=0), last],
        [attrs.evolve(outer, end=5, closing=TextSpan(4, 5)), inner, last],
        [outer, inner, attrs.evolve(last, end=13, closing=TextSpan(11, 12))],
        [outer, inner, attrs.evolve(last, continues=0)],
        [outer, outer, inner, last],
        [inner, outer, last],
    ]
    assert all(list(iter_pair_faults(text, pairs)) for pairs in wrong)
