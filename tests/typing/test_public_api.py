"""What type checkers see of the public API: mypy checks the calls of `assert_type`, pytest that they run."""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import assert_type

import pytest
from spacy.language import Language

import quotesmith
from quotesmith.corpus import Corpus, CorpusSelection
from quotesmith.lexicon.titles import Title
from quotesmith.query import QuoteSelection, Selection
from quotesmith.records import Segments
from tests.samples import summit

DUX = Title("Dux", "masculine")


def check_reading(nlp: Language) -> None:
    document = quotesmith.read("“No,” said Ann Lee.", nlp=nlp)
    assert_type(document, quotesmith.QuoteDocument)
    assert_type(document.quotes, QuoteSelection)
    assert_type(document.quotes.by("Ann").kind("direct"), QuoteSelection)
    assert_type(document.quotes[0], quotesmith.Quote)
    assert_type(document.names(document.quotes[0]), tuple[str, ...])
    assert_type(document.speakers, tuple[quotesmith.Entity, ...])
    assert_type(document.graph(), quotesmith.QuoteGraph)
    assert_type(document.segments()[1:], Segments)
    assert_type(document.segments()[0], quotesmith.Segment)
    roe = quotesmith.GazetteerEntry("Ann Lee", ["Annie"], identifier="Q1")
    assert_type(
        quotesmith.read("“No,” said Annie.", nlp=nlp, gazetteer=[roe, {"name": "Bo"}]), quotesmith.QuoteDocument
    )
    assert_type(
        quotesmith.read("“No,” said Ann.", nlp=nlp, reporting_verbs=[{"verb": "nod", "act": "speech"}], titles=[DUX]),
        quotesmith.QuoteDocument,
    )
    assert_type(document.with_speaker(document.quotes[0], ["Ann", document.entities[0]]), quotesmith.QuoteDocument)
    assert_type(quotesmith.pipe(["a"], nlp=nlp), Iterator[quotesmith.QuoteDocument])
    assert_type(quotesmith.pipe([("a", 1)], as_tuples=True, nlp=nlp), Iterator[tuple[quotesmith.QuoteDocument, int]])


def test_files_have_the_types_that_were_written(tmp_path: Path) -> None:
    summit().write(tmp_path / "d.json")
    summit().write(tmp_path / "d.ssml", voices={"Xi": "en-US-GuyNeural", summit().entities[3]: "B", None: "N"})
    assert_type(quotesmith.open(tmp_path / "d.json"), quotesmith.QuoteDocument)
    summit().graph().write(tmp_path / "d.gexf")
    assert_type(quotesmith.open_graph(tmp_path / "d.gexf"), quotesmith.QuoteGraph)


def check_selections(quotes: QuoteSelection, corpus: Corpus) -> None:
    assert_type(corpus.quotes.by("Ann").kind("direct")[1:], CorpusSelection)
    in_memory: Selection = quotes
    on_disk: Selection = corpus.quotes
    for selection in (in_memory, on_disk):
        assert_type(selection.by(quotesmith.Entity("e0", "Ann")).to("Bo").outlet("Post"), Selection)
        assert_type(selection.quotations(), Selection)
        assert_type(selection[0], quotesmith.Quote)
        assert_type(selection.documents, Sequence[quotesmith.QuoteDocument])
        assert_type(selection.pairs, Sequence[tuple[quotesmith.QuoteDocument, quotesmith.Quote]])
        assert_type(selection.timeline(), Sequence[tuple[date, quotesmith.QuoteDocument, quotesmith.Quote]])
        assert_type(selection.graph(), quotesmith.QuoteGraph)


@pytest.mark.model
def test_calls_that_types_promise_run(nlp: Language) -> None:
    check_reading(nlp)
