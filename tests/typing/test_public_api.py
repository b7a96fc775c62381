"""What type checkers see of the public API: mypy checks the calls of `assert_type`, pytest that they run."""

from collections.abc import Iterator
from typing import assert_type

import pytest
from spacy.language import Language

import quotesmith
from quotesmith.query import QuoteSelection


def check_reading(nlp: Language) -> None:
    document = quotesmith.read("“No,” said Ann Lee.", nlp=nlp)
    assert_type(document, quotesmith.QuoteDocument)
    assert_type(document.quotes, QuoteSelection)
    assert_type(document.quotes.by("Ann").kind("direct"), QuoteSelection)
    assert_type(document.quotes[0], quotesmith.Quote)
    assert_type(document.names(document.quotes[0]), tuple[str, ...])
    assert_type(document.speakers, tuple[quotesmith.Entity, ...])
    assert_type(document.graph(), quotesmith.QuoteGraph)
    roe = quotesmith.GazetteerEntry("Ann Lee", ["Annie"], identifier="Q1")
    assert_type(
        quotesmith.read("“No,” said Annie.", nlp=nlp, gazetteer=[roe, {"name": "Bo"}]), quotesmith.QuoteDocument
    )
    assert_type(document.with_speaker(document.quotes[0], ["Ann", document.entities[0]]), quotesmith.QuoteDocument)
    assert_type(quotesmith.pipe(["a"], nlp=nlp), Iterator[quotesmith.QuoteDocument])
    assert_type(quotesmith.pipe([("a", 1)], as_tuples=True, nlp=nlp), Iterator[tuple[quotesmith.QuoteDocument, int]])


@pytest.mark.model
def test_calls_that_types_promise_run(nlp: Language) -> None:
    check_reading(nlp)
