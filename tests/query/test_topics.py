from typing import Any

import pytest

from quotesmith.errors import ArgumentError, OptionError
from quotesmith.query.phrases import holds_phrase, matches
from quotesmith.query.topics import concerns
from quotesmith.records import Entity, Mention, Quote, QuoteDocument
from tests.samples import summit


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
