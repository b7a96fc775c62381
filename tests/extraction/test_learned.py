"""The learned extractor with the shipped weights, on Docs made by hand."""

import pickle
from itertools import pairwise

import pytest
from hypothesis import given, settings
from spacy.tokens import Doc

from quotesmith.encoder import Encoder
from quotesmith.extraction import Attribution
from quotesmith.extraction.inner_quotes import InnerText, find_inner_quotes, find_reporting
from quotesmith.extraction.learned import LearnedExtractor, find_quotes
from quotesmith.extraction.linking import Linked
from quotesmith.lexicon.reporting import load_reporting
from quotesmith.marks import pair_marks
from quotesmith.records import Act, Assertion, QuoteKind, TextSpan
from tests.docs import VOCAB, make_doc, of_text, parsed_text
from tests.strategies import any_text

EXTRACT = LearnedExtractor()
ROE = """
    “       ``   punct     closed
    The     DT   det       bridge
    bridge  NN   nsubj     closed
    is      VBZ  auxpass   closed
    closed  VBN  ccomp     say      close
    ,       ,    punct     say
    ”       ''   punct     say
    Mayor   NNP  compound  Roe
    Jane    NNP  compound  Roe      -  PERSON
    Roe     NNP  nsubj     say      -  PERSON
    did     VBD  aux       say      do
    not     RB   neg       say
    say     VB   ROOT      -
    on      IN   prep      say
    Monday  NNP  pobj      on
    .       .    punct     say
"""


def words(doc: Doc, spans: tuple[TextSpan, ...]) -> list[str]:
    return [span.of(doc.text) for span in spans]


def found(doc: Doc) -> list[Attribution]:
    return EXTRACT(parsed_text(doc))


def read_inner(inner: InnerText) -> list[Linked]:
    return find_quotes(EXTRACT.encoder(inner.text, inner.marks), inner)


def quotes_of(text: str) -> list[Linked]:
    marks = pair_marks(text)
    return find_quotes(EXTRACT.encoder(text, marks), of_text(text))


def test_quote_has_content_cue_and_source_and_what_the_parse_tells_of_them() -> None:
    doc = make_doc(ROE)
    [quote] = found(doc)
    assert words(doc, quote.content) == ["“The bridge is closed,”"]
    assert words(doc, quote.source) == ["Mayor Jane Roe"]
    assert (quote.kind, quote.act, quote.assertion) == (QuoteKind.DIRECT, Act.SPEECH, Assertion.NEGATED)
    assert [mark.of(doc.text) for mark in quote.outer_marks] == ["“", "”"]
    assert quote.score > 0.5


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
    marks = pair_marks(text)
    outer = find_quotes(EXTRACT.encoder(text, marks), of_text(text))
    [inner] = find_inner_quotes(of_text(text), outer, lambda _: True, read_inner)
    assert [part.span.of(text).rstrip(",") for part in inner.contents] == ["that the case was closed"]
    assert inner.source is not None
    assert inner.source.span.of(text) == "The judge"


def test_contents_that_report_nothing_are_not_read_again() -> None:
    text = "“The judge told me that the case was closed,” the lawyer said on Friday."
    marks = pair_marks(text)
    asked: list[str] = []

    def refuse(content: TextSpan) -> bool:
        asked.append(content.of(text))
        return False

    outer = find_quotes(EXTRACT.encoder(text, marks), of_text(text))
    assert find_inner_quotes(of_text(text), outer, refuse, read_inner) == []
    assert asked == ["The judge told me that the case was closed,"]


@pytest.mark.parametrize(
    ("content", "answer"),
    [
        pytest.param("I heard you say no", True, id="a reporting verb"),
        pytest.param("you say no", False, id="too short"),
        pytest.param("The dog ran over the wide field", False, id="nothing reports"),
    ],
)
def test_content_may_report_with_words_enough_and_one_that_does(content: str, answer: bool) -> None:  # noqa: FBT001
    words = ["“", *content.split(), "”", "he", "says"]
    doc = Doc(VOCAB, words=words, lemmas=["hear" if word == "heard" else word.lower() for word in words])
    start = doc[1].idx
    assert find_reporting(parsed_text(doc), load_reporting())(TextSpan(start, start + len(content))) is answer


def test_uncued_passage_is_completed_by_its_signature() -> None:
    doc = make_doc("""
        “       ``   punct  is
        This    DT   nsubj  is
        is      VBZ  ROOT   -    be
        the     DT   det    day
        best    JJS  amod   day
        day     NN   attr   is
        .       .    punct  is
        ”       ''   punct  is
        ―       NFP  punct  Doe
        Carla   NNP  compound  Doe  -  PERSON
        Doe     NNP  ROOT   -    -  PERSON
    """)
    [quote] = found(doc)
    assert words(doc, quote.source) == ["Carla Doe"]


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
    data = pickle.dumps(EXTRACT)
    assert len(data) < 200_000
    doc = make_doc(ROE)
    assert pickle.loads(data)(parsed_text(doc)) == found(doc)  # noqa: S301 - our own


def test_two_extractors_of_one_folder_are_equal() -> None:
    assert LearnedExtractor(Encoder()) == EXTRACT


def test_dash_dialogue_with_a_cue_is_direct() -> None:
    turns = ["— Where are you going? asked Leo.", "— To the sea, she answered.", "— Why?"]
    words = [word for turn in turns for word in (*turn.split(), "\n\n")]
    doc = Doc(VOCAB, words=words, spaces=["\n" not in word for word in words], pos=["X"] * len(words))
    quotes = found(doc)
    assert any(quote.cue for quote in quotes)
    assert {quote.kind for quote in quotes} == {QuoteKind.DIRECT}
