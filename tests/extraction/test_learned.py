"""The learned extractor with the shipped weights, on Docs made by hand."""

import pickle
from itertools import pairwise

import pytest
from hypothesis import given, settings
from spacy.tokens import Doc

from quotesmith.encoder import Encoder
from quotesmith.extraction import Attribution
from quotesmith.records import QuoteKind
from tests.cases import Case, each_case
from tests.docs import VOCAB, make_doc
from tests.extraction.encoded import Linked
from tests.extraction.found import (
    DEFAULTS,
    LearnedExtractor,
    describe,
    extract,
    find_nested,
    find_tagged,
)
from tests.strategies import any_text

EXTRACT = LearnedExtractor()


def found(doc: Doc) -> list[Attribution]:
    return extract(doc, EXTRACT)


def quotes_of(text: str) -> list[Linked]:
    return find_tagged(EXTRACT, text)


@each_case("learned", keys={"quote", "kind", "rule", *DEFAULTS})
def test_quote_has_content_cue_and_source_and_what_the_parse_says_of_them(case: Case) -> None:
    doc = make_doc(case.table)
    quotes = found(doc)
    assert [describe(doc.text, quote) for quote in quotes] == [{**DEFAULTS, **expected} for expected in case.expected]
    assert all(quote.score > 0.5 for quote in quotes)


def test_indirect_speech_is_found_without_marks() -> None:
    text = "The minister said on Tuesday that the new law would protect small farmers. The sun shone all day."
    [quote] = quotes_of(text)
    assert [part.span.of(text).rstrip(".") for part in quote.contents] == [
        "that the new law would protect small farmers"
    ]
    assert quote.source is not None
    assert quote.source.span.of(text) == "The minister"


def test_pieces_around_a_cue_are_one_quote() -> None:
    text = "“We will rebuild the school,” said the governor, “before the winter comes.” The work starts in May."
    [quote] = quotes_of(text)
    assert [part.span.of(text) for part in quote.contents] == [
        "“We will rebuild the school,”",
        "“before the winter comes.”",
    ]


def test_words_between_marks_that_are_no_speech_are_left() -> None:
    assert quotes_of("The museum shows the painting “Evening” until June. It was bought in 1902.") == []


def test_quote_inside_a_quote_stands_in_its_content() -> None:
    text = "“The judge told me that the case was closed,” the lawyer said on Friday."
    [inner] = find_nested(EXTRACT, text)
    assert [part.span.of(text).rstrip(",") for part in inner.contents] == ["that the case was closed"]
    assert inner.source is not None
    assert inner.source.span.of(text) == "The judge"


@pytest.mark.parametrize("text", ["", " \n\n ", "\x00\x07", "”“”", "“" * 500, "a" * 5000, "…" * 700])
def test_odd_text_gives_an_answer(text: str) -> None:
    doc = Doc(VOCAB, words=[text] if text else [], spaces=[False] if text else [])
    assert found(doc) == []


@settings(max_examples=40, deadline=None)
@given(any_text(max_size=200))
def test_fragments_lie_in_the_text_and_outer_quotes_never_overlap(text: str) -> None:
    clean = text.encode("utf-8", "replace").decode("utf-8")
    quotes = quotes_of(clean)
    parts = sorted(part.span for quote in quotes for part in quote.contents)
    assert all(span.end <= len(clean) for span in parts)
    assert all(before.end <= after.start for before, after in pairwise(parts))


def test_extractor_is_pickled_as_the_path_of_its_weights() -> None:
    words = ["“The", "bridge", "is", "closed,”", "said", "Mayor", "Jane", "Roe", "on", "Monday."]
    doc = Doc(VOCAB, words=words, pos=["X"] * len(words))
    [quote] = found(doc)
    data = pickle.dumps(EXTRACT)
    assert len(data) < 200_000
    assert extract(doc, pickle.loads(data)) == [quote]  # noqa: S301 - our own


def test_two_extractors_of_one_folder_are_equal() -> None:
    assert LearnedExtractor(Encoder()) == EXTRACT


def test_dash_dialogue_with_a_cue_is_direct() -> None:
    turns = ["— Where are you going? asked Leo.", "— To the sea, she answered.", "— Why?"]
    words = [word for turn in turns for word in (*turn.split(), "\n\n")]
    doc = Doc(VOCAB, words=words, spaces=["\n" not in word for word in words], pos=["X"] * len(words))
    quotes = found(doc)
    assert any(quote.cue for quote in quotes)
    assert {quote.kind for quote in quotes} == {QuoteKind.DIRECT}
