from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotesmith.errors import ArgumentError, FormatError, NameNotFoundError, OptionError
from quotesmith.query.contexts import context_of
from quotesmith.query.dates import by_date, document_date, is_between
from quotesmith.query.phrases import holds_phrase, matches
from quotesmith.query.topics import concerns
from quotesmith.records import Entity, Mention, Quote, QuoteDocument, find_paragraphs
from tests.samples import summit
from tests.strategies import documents


def context(document: QuoteDocument, number: int, width: int) -> str:
    return context_of(document, document.quotes[number], width=width).of(document.text)


def test_context_has_content_cue_and_source() -> None:
    assert context(summit(), 2, 0) == "Vladimir Putin did not say that talks would go on"


def test_context_cuts_no_word_and_stays_in_the_paragraph() -> None:
    assert context(summit(), 2, 8) == "Vladimir Putin did not say that talks would go on. The"
    assert context(summit(), 3, 500).startswith("Vladimir Putin did not say")
    assert context(summit(), 3, 500).endswith("condemned the tariffs.")


@pytest.mark.parametrize(
    ("gap", "is_end"),
    [
        *((gap, True) for gap in ("\n\n", "\r\n\r\n", "\n \t\n", "\r\r", "\f\f", "\nThen ", "\fThen ", "\u2029")),
        *((gap, False) for gap in ("\n", "\r\n", "\r\n x", "\f")),
    ],
)
def test_context_ends_where_its_paragraph_does(gap: str, *, is_end: bool) -> None:
    document = QuoteDocument("d", f"Go{gap}on", quotes=[Quote("q0", "direct", [(0, 2)], "Go")])
    assert (context(document, 0, 20) == "Go") is is_end


def test_run_of_line_ends_is_read_once() -> None:
    text = "Go" + "\r" * 200_000 + "x"
    document = QuoteDocument("d", text, quotes=[Quote("q0", "direct", [(0, 2)], "Go")])
    assert context(document, 0, len(text)) == "Go"


@given(documents(), st.integers(0, 30))
def test_context_holds_the_quote_and_is_no_wider(document: QuoteDocument, width: int) -> None:
    for quote in document.quotes:
        pieces = (*quote.content, *quote.cue, *document.source_spans(quote))
        found = document.context(quote, width=width)
        start, end = min(piece.start for piece in pieces), max(piece.end for piece in pieces)
        assert max(0, start - width) <= found.start <= start
        assert end <= found.end <= min(len(document.text), end + width)


@st.composite
def laid_out(draw: st.DrawFn) -> QuoteDocument:
    """A text with paragraphs of all sorts, and a quote anywhere in it."""
    text = draw(st.text(st.sampled_from('ab A."\n\r\f\t\v\u2028\u2029\x85\x1c'), min_size=1, max_size=60))
    start = draw(st.integers(0, len(text) - 1))
    end = draw(st.integers(start + 1, len(text)))
    return QuoteDocument("d", text, quotes=[Quote("q0", "direct", [(start, end)], "Go")])


@given(laid_out(), st.integers(0, 30))
def test_context_never_leaves_the_paragraphs_that_the_quote_stands_in(document: QuoteDocument, width: int) -> None:
    [content] = document.quotes[0].content
    found = document.context(document.quotes[0], width=width)
    own = [content, *(paragraph for paragraph in find_paragraphs(document.text) if paragraph.overlaps(content))]
    assert found.start >= min(span.start for span in own)
    assert found.end <= max(span.end for span in own)


@pytest.mark.parametrize("width", [-1, 1.5, True, "9"])
def test_wrong_width_is_told(width: Any) -> None:
    with pytest.raises(OptionError, match="width must be a whole number of at least 0"):
        context(summit(), 0, width)


def test_quote_of_another_document_has_no_context_here() -> None:
    with pytest.raises(NameNotFoundError, match="not a quote of document 'd'"):
        QuoteDocument("d", "").context(summit().quotes[0])


def dated(value: Any, name: str = "d") -> QuoteDocument:
    return QuoteDocument(name, "", meta={"date": value})


@pytest.mark.parametrize(
    "value",
    [
        "2026-11-25",
        " 2026-11-25 ",
        "20261125",
        "2026-11-25T23:30:00+05:00",
        date(2026, 11, 25),
        datetime(2026, 11, 25, 23, tzinfo=UTC),
    ],
)
def test_day_of_a_document(value: Any) -> None:
    assert document_date(dated(value)) == date(2026, 11, 25)


@pytest.mark.parametrize("document", [QuoteDocument("d", ""), dated(None), dated("")])
def test_document_without_a_day(document: QuoteDocument) -> None:
    assert document_date(document) is None


@pytest.mark.parametrize("value", ["yesterday", "25/11/2026", 20261125])
def test_what_is_no_day_is_told_with_the_document(value: Any) -> None:
    with pytest.raises(FormatError, match=r"document 'd' has the date .* give it as '2026-11-25'"):
        document_date(dated(value))


def test_both_days_are_included() -> None:
    has_date = is_between("2026-11-01", date(2026, 11, 30))
    days = ["2026-10-31", "2026-11-01", "2026-11-30", "2026-12-01"]
    assert [has_date(dated(day)) for day in days] == [False, True, True, False]
    assert not has_date(QuoteDocument("d", ""))


def test_none_leaves_a_side_open() -> None:
    assert is_between(None, "2026-11-30")(dated("0001-01-01"))
    assert is_between("2026-11-30", None)(dated("9999-12-31"))


def test_wrong_limits_are_told() -> None:
    with pytest.raises(OptionError, match="'soon' is no day"):
        is_between("soon", None)
    with pytest.raises(OptionError, match="lies before the start"):
        is_between("2026-11-02", "2026-11-01")
    limit: Any = 2026
    with pytest.raises(ArgumentError, match="not int"):
        is_between(limit, None)


def test_oldest_stand_first_and_undated_are_left_out() -> None:
    quote = summit().quotes[0]
    documents = [dated("2026-11-02", "b"), QuoteDocument("c", ""), dated("2026-11-01", "a")]
    assert [(day.day, document.id) for day, document, _ in by_date((d, quote) for d in documents)] == [
        (1, "a"),
        (2, "b"),
    ]


def about(document: QuoteDocument, topic: Any) -> list[str]:
    is_about = concerns(document, topic)
    return [quote.id for quote in document.quotes if is_about(quote)]


def one_quote(text: str) -> QuoteDocument:
    return QuoteDocument("d", text, quotes=[Quote("q0", "direct", [(0, len(text))], text)])


@pytest.mark.parametrize(
    ("topic", "quotes"),
    [
        pytest.param("Ukraine", ["q1"], id="name"),
        pytest.param("ukraine", ["q1"], id="case"),
        pytest.param("a source close to the talks", [], id="speakers-own-pronoun"),
        pytest.param("talks", ["q2"], id="words"),
        pytest.param("cafe", ["q4", "q5"], id="accent-and-outer-quote"),
        pytest.param("status quo", ["q0"], id="several-words"),
        pytest.param("that is", ["q0"], id="second-piece"),
        pytest.param("Xi Jinping", [], id="outside-the-content"),
        pytest.param("Zork", [], id="unknown"),
    ],
)
def test_quotes_about_a_topic(topic: str, quotes: list[str]) -> None:
    assert about(summit(), topic) == quotes


@pytest.mark.parametrize(
    ("text", "topic", "expected"),
    [
        pytest.param("The artist", "art", [], id="start-of-a-word"),
        pytest.param("The smart", "art", [], id="end-of-a-word"),
        pytest.param("Art, said", "art", ["q0"], id="beside-a-comma"),
        pytest.param("climate\n change", "climate change", ["q0"], id="across-a-line-end"),
        pytest.param("in the U.S. now", "U.S.", ["q0"], id="ends-in-a-stop"),
        pytest.param("what? (a+b)*", "(a+b)*", ["q0"], id="signs-are-themselves"),
    ],
)
def test_words_are_matched_whole(text: str, topic: str, expected: list[str]) -> None:
    assert about(one_quote(text), topic) == expected


def test_mention_must_lie_within_the_content() -> None:
    document = QuoteDocument(
        "d",
        "he said he would",
        quotes=[Quote("q0", "indirect", [(8, 16)], "he would")],
        entities=[Entity("e0", "Bo"), Entity("e1", "Cy"), Entity("e2", "Di")],
        mentions=[
            Mention("m0", [(0, 2)], "pronoun", "e0"),
            Mention("m1", [(8, 10)], "pronoun", "e1"),
            Mention("m2", [(3, 10)], "nominal", "e2"),
        ],
    )
    assert [about(document, name) for name in ("Bo", "Cy", "Di")] == [[], ["q0"], []]


def test_every_entity_of_an_ambiguous_name_counts() -> None:
    text = "Ann met her"
    document = QuoteDocument(
        "d",
        text,
        quotes=[Quote("q0", "direct", [(0, 3)], "Ann"), Quote("q1", "direct", [(8, 11)], "her")],
        entities=[Entity("e0", "Ann Lee"), Entity("e1", "Ann Lee")],
        mentions=[Mention("m0", [(0, 3)], "name", "e0"), Mention("m1", [(8, 11)], "pronoun", "e1")],
    )
    assert about(document, "Ann Lee") == ["q0", "q1"]


@pytest.mark.parametrize("topic", ["", " \n", 3, None])
def test_topic_without_words_is_refused(topic: Any) -> None:
    with pytest.raises(ArgumentError):
        about(summit(), topic)


def holding(phrase: Any) -> list[str]:
    document: QuoteDocument = summit()
    return [quote.id for quote in filter(holds_phrase(document, phrase), document.quotes)]


def matching(pattern: Any) -> list[str]:
    return [quote.id for quote in filter(matches(pattern), summit().quotes)]


@pytest.mark.parametrize(
    ("phrase", "quotes"),
    [
        pytest.param("not for SALE", ["q1"], id="case"),
        pytest.param("Ukraine's  borders", ["q1"], id="apostrophe-and-spaces"),
        pytest.param("cafe", ["q4", "q5"], id="accent"),
        pytest.param("caf", [], id="part-of-a-word"),
        pytest.param("talks tariffs", [], id="apart"),
    ],
)
def test_words_stand_side_by_side(phrase: str, quotes: list[str]) -> None:
    assert holding(phrase) == quotes


def test_pattern_ignores_case_and_accents_in_both() -> None:
    assert matching(r"\bCAFÉ\b") == ["q4", "q5"]
    assert matching("^go") == ["q6"]


def test_wrong_arguments_are_told() -> None:
    with pytest.raises(ArgumentError, match="needs at least one word"):
        holding(" ")
    with pytest.raises(ArgumentError, match="must be a string, not int"):
        holding(1)
    with pytest.raises(OptionError, match=r"is no regular expression: .*use text"):
        matching("(")
    with pytest.raises(ArgumentError, match="must be a string, not NoneType"):
        matching(None)
