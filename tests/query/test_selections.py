"""Selections: sequences of quotes that can be narrowed."""

from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotesmith.errors import ArgumentError, NameNotFoundError, OptionError, QuotesmithError
from quotesmith.query import QuoteSelection
from quotesmith.records import Act, Entity, QuoteDocument, QuoteKind
from tests.samples import summit
from tests.strategies import documents


def ids(selection: QuoteSelection) -> str:
    return " ".join(quote.id for quote in selection)


def test_document_gives_all_its_quotes_as_a_sequence() -> None:
    quotes = summit().quotes
    assert isinstance(quotes, Sequence)
    assert (len(quotes), quotes[0].id, quotes[-1].id) == (7, "q0", "q6")
    assert quotes[2] in quotes


def test_slice_is_a_selection() -> None:
    quotes = summit().quotes[1:4].by("Putin")
    assert (type(quotes), ids(quotes)) == (QuoteSelection, "q2 q3")


def test_index_beyond_the_end_is_an_index_error() -> None:
    with pytest.raises(IndexError):
        summit().quotes[7]


def test_selections_of_the_same_quotes_are_equal() -> None:
    assert summit().quotes.kind("mixed") == summit().quotes[1:2]
    assert summit().quotes.kind("mixed") != summit().quotes
    assert hash(summit().quotes[1:2]) == hash(summit().quotes.kind("mixed"))


def test_same_quotes_of_another_document_are_another_selection() -> None:
    assert summit("a").quotes != summit("b").quotes


@pytest.mark.parametrize(
    ("name", "quotes"),
    [
        pytest.param("Xi", "q0 q1 q3", id="member-of-a-group"),
        pytest.param("the two leaders", "q3", id="group"),
        pytest.param("a source close to the talks", "q4", id="unnamed"),
        pytest.param("Ukraine", "", id="somebody-who-is-silent"),
    ],
)
def test_by_gives_the_quotes_of_a_speaker(name: str, quotes: str) -> None:
    assert ids(summit().quotes.by(name)) == quotes


def test_to_gives_the_quotes_spoken_to_somebody() -> None:
    quotes = summit().quotes
    assert (ids(quotes.to("reporters")), ids(quotes.to("a source close to the talks"))) == ("q0", "q5")


def test_entity_of_the_document_may_stand_for_its_name() -> None:
    document = summit()
    assert document.quotes.by(document.entity("e3")) == document.quotes.by("Putin")


def test_entity_of_another_document_is_not_found() -> None:
    with pytest.raises(NameNotFoundError, match=r"'Zork'.* is not in document 'summit'"):
        summit().quotes.by(Entity("e0", "Zork"))


def test_unknown_name_is_an_error_even_where_nothing_is_left() -> None:
    with pytest.raises(NameNotFoundError):
        summit().quotes[:0].by("Zork")


def test_narrowing_goes_on_from_what_is_left() -> None:
    quotes = summit().quotes
    assert ids(quotes.by("Xi").about("Ukraine").kind("mixed").act("speech").min_score(0.9)) == "q1"
    assert ids(quotes.kind("direct").by("Putin")) == ""


def test_kind_gives_the_quotes_of_that_kind() -> None:
    assert [ids(summit().quotes.kind(kind)) for kind in QuoteKind] == ["q0 q4 q5 q6", "q1", "q2 q3"]


def test_act_gives_the_quotes_of_that_act() -> None:
    assert [ids(summit().quotes.act(act)) for act in Act] == ["q0 q1 q2 q4 q5 q6", "", "", "q3"]


def test_min_score_keeps_quotes_of_just_that_score() -> None:
    assert ids(summit().quotes.min_score(0.95)) == "q0 q4 q6"


def test_where_gives_the_quotes_that_a_function_chooses() -> None:
    assert ids(summit().quotes.where(lambda quote: quote.parent)) == "q5"


def test_unknown_kind_lists_the_choices() -> None:
    with pytest.raises(OptionError, match="kind must be one of direct, mixed, indirect, not 'loud'"):
        summit().quotes.kind("loud")


def test_unknown_act_lists_the_choices() -> None:
    with pytest.raises(OptionError, match="act must be one of speech, writing, thought, attitude"):
        summit().quotes.act("dance")


@pytest.mark.parametrize("score", [-0.1, 1.1, float("nan"), "0.5", None])
def test_score_that_is_no_probability_is_refused(score: Any) -> None:
    with pytest.raises(OptionError, match="between 0 and 1"):
        summit().quotes.min_score(score)


def test_predicate_that_cannot_be_called_is_refused() -> None:
    with pytest.raises(ArgumentError, match=r"needs a function .* not str"):
        summit().quotes.where("direct")  # type: ignore[arg-type]


def test_names_are_the_documents() -> None:
    document = summit()
    assert document.quotes.names(document.quotes[0]) == ("Xi Jinping",)


def test_selection_says_how_many_of_how_many() -> None:
    assert repr(summit().quotes[:2]) == "<QuoteSelection: 2 of the 7 quotes of 'summit'>"


def test_notebook_gets_a_table() -> None:
    assert summit().quotes[:2]._repr_html_().count("<tr>") == 3


@given(documents())
def test_every_speaker_finds_the_quotes_that_name_them(document: QuoteDocument) -> None:
    for quote in document.quotes:
        for speaker in quote.speakers:
            assert quote in document.quotes.by(document.entity(speaker))
        for addressee in quote.addressees:
            assert quote in document.quotes.to(document.entity(addressee))


@given(documents(), st.text())
def test_narrowing_by_any_text_gives_a_part_in_order_or_one_of_our_errors(document: QuoteDocument, words: str) -> None:
    for narrow in (document.quotes.by, document.quotes.about, document.quotes.to):
        try:
            left = list(narrow(words))
        except QuotesmithError:
            continue
        assert left == [quote for quote in document.quotes if quote in left]
