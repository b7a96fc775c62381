"""What holds for any text, from the raw string to files and pictures; `tests.benchmarks.fuzz` tries many more."""

import re
import statistics
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from spacy.language import Language

import quotesmith
from tests.invariants import iter_faults, iter_mark_faults
from tests.odd_texts import GRAMMAR, odd_text, odd_texts
from tests.uses import iter_use_faults

SYMBOL = re.compile(r"\{(\w+)\}")
# What each document has of its own.
OWN = {"open", "close", "open2", "close2", "break", "person", "block"}


def test_a_seed_is_one_document() -> None:
    assert odd_text(Random(7)) == odd_text(Random(7)) != odd_text(Random(8))


def test_documents_have_about_fifty_words_and_a_long_tail() -> None:
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
