import copy
import pickle
from collections.abc import Callable, Sequence
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from quotesmith.errors import ArgumentError, NameNotFoundError, OptionError, QuotesmithError
from quotesmith.query import QuoteSelection, select, what_did, with_quotations_only
from quotesmith.query.choices import check_predicate, checked_choice, checked_score
from quotesmith.query.groups import includes
from quotesmith.query.quotations import MIN_QUOTATION_SCORE
from quotesmith.records import Act, Assertion, Entity, Quote, QuoteDocument, QuoteKind
from tests.samples import summit
from tests.strategies import documents


def ids(selection: QuoteSelection) -> str:
    return " ".join(quote.id for quote in selection)


def test_document_gives_all_its_quotes_as_a_sequence() -> None:
    quotes = summit().quotes
    assert isinstance(quotes, Sequence)
    assert (len(quotes), quotes[0].id, quotes[-1].id) == (7, "q0", "q6")
    assert quotes[2] in quotes


@pytest.mark.parametrize(
    ("changes", "is_quotation"),
    [
        pytest.param({}, True, id="speech"),
        pytest.param({"act": "writing", "score": MIN_QUOTATION_SCORE}, True, id="writing-just-sure"),
        pytest.param({"kind": "indirect"}, True, id="without-marks"),
        pytest.param({"act": "thought"}, False, id="thought"),
        pytest.param({"act": "attitude"}, False, id="attitude"),
        pytest.param({"score": MIN_QUOTATION_SCORE - 0.01}, False, id="unsure"),
        pytest.param({"parent": "q1"}, False, id="inner"),
        *(pytest.param({"assertion": value}, False, id=value) for value in Assertion if value != "asserted"),
    ],
)
def test_quotation_is_outermost_speech_or_writing_asserted_and_sure(
    changes: dict[str, Any], *, is_quotation: bool
) -> None:
    quote = Quote(**{"id": "q0", "kind": "direct", "content": [(0, 2)], "text": "Go", **changes})
    document = QuoteDocument("d", "Go", quotes=[quote, Quote("q1", "direct", [(0, 2)], "Go", act="thought")])
    assert ids(document.quotes.quotations()) == ("q0" if is_quotation else "")
    assert ids(document.graph().quotes.quotations()) == ids(document.quotes.quotations())
    assert tuple(with_quotations_only(document).quotes) == tuple(document.quotes.quotations())


def test_slice_is_a_selection() -> None:
    quotes = summit().quotes[1:4].by("Putin")
    assert (type(quotes), ids(quotes)) == (QuoteSelection, "q2 q3")


def test_selections_of_the_same_quotes_are_equal() -> None:
    assert summit().quotes.kind("mixed") == summit().quotes[1:2]
    assert summit().quotes.kind("mixed") != summit().quotes
    assert hash(summit().quotes[1:2]) == hash(summit().quotes.kind("mixed"))


def test_same_quotes_of_another_document_are_another_selection() -> None:
    assert summit("a").quotes != summit("b").quotes


SOURCE = "a source close to the talks"
KINDS = ["q0 q4 q5 q6", "q1", "q2 q3"]
ACTS = ["q0 q1 q2 q4 q5 q6", "", "", "q3"]
Narrow = Callable[[QuoteSelection], Any]


@pytest.mark.parametrize(
    ("narrow", "left"),
    [
        pytest.param(lambda quotes: quotes.by("Xi"), "q0 q1 q3", id="member-of-a-group"),
        pytest.param(lambda quotes: quotes.by("the two leaders"), "q3", id="group"),
        pytest.param(lambda quotes: quotes.by(SOURCE), "q4", id="unnamed"),
        pytest.param(lambda quotes: quotes.by("Ukraine"), "", id="somebody-who-is-silent"),
        pytest.param(lambda quotes: quotes.to("reporters"), "q0", id="to"),
        pytest.param(lambda quotes: quotes.to(SOURCE), "q5", id="to-unnamed"),
        pytest.param(
            lambda quotes: quotes.by("Xi").about("Ukraine").kind("mixed").act("speech").min_score(0.9), "q1", id="all"
        ),
        pytest.param(lambda quotes: quotes.kind("direct").by("Putin"), "", id="nothing-is-left"),
        *(pytest.param(lambda q, k=k: q.kind(k), ids, id=k) for k, ids in zip(QuoteKind, KINDS, strict=True)),
        *(pytest.param(lambda q, a=a: q.act(a), ids, id=a) for a, ids in zip(Act, ACTS, strict=True)),
        pytest.param(lambda quotes: quotes.min_score(0.95), "q0 q4 q6", id="just-that-score"),
        pytest.param(lambda quotes: quotes.where(lambda quote: quote.parent), "q5", id="where"),
        pytest.param(lambda quotes: quotes.by("my mother").outer(), "q4", id="outer"),
        pytest.param(lambda quotes: quotes.by(SOURCE).inner(), "q5", id="inner"),
        pytest.param(lambda quotes: quotes.by("Xi").outer(), "", id="no-outer"),
        pytest.param(lambda quotes: quotes.text("status quo"), "q0", id="text"),
        pytest.param(lambda quotes: quotes.matching("caf."), "q4 q5", id="pattern"),
        pytest.param(lambda quotes: quotes.assertion("negated"), "q2", id="assertion"),
        pytest.param(lambda quotes: quotes.quotations(), "q0 q1 q4 q6", id="quotations"),
        pytest.param(lambda quotes: quotes.by("Xi").quotations()[:1], "q0", id="quotations-of-somebody"),
    ],
)
def test_narrowing_leaves(narrow: Narrow, left: str) -> None:
    assert ids(narrow(summit().quotes)) == left


@pytest.mark.parametrize(
    ("wrong", "error", "message"),
    [
        pytest.param(lambda quotes: quotes[7], IndexError, "index", id="beyond-the-end"),
        pytest.param(lambda quotes: quotes[::-1], ArgumentError, r"slice tuple\(selection\)", id="backwards"),
        (lambda quotes: quotes.by(Entity("e0", "Zork")), NameNotFoundError, r"'Zork'.* is not in document 'summit'"),
        pytest.param(lambda quotes: quotes[:0].by("Zork"), NameNotFoundError, "Zork", id="name-where-nothing-is-left"),
        (lambda quotes: quotes.kind("loud"), OptionError, "kind must be one of direct, mixed, indirect, not 'loud'"),
        (lambda quotes: quotes.act("dance"), OptionError, "act must be one of speech, writing, thought, attitude"),
        (lambda quotes: quotes.assertion("denied"), OptionError, "assertion must be one of asserted, negated"),
        pytest.param(lambda q: q.where("direct"), ArgumentError, "needs a function .* not str", id="predicate"),
        pytest.param(lambda _: check_predicate("bool"), ArgumentError, "not str", id="predicate-alone"),
        (lambda _: QuoteDocument("d", "").quotes.about(" "), ArgumentError, "needs at least one word"),
    ],
)
def test_wrong_narrowing_is_told(wrong: Narrow, error: type[Exception], message: str) -> None:
    with pytest.raises(error, match=message):
        wrong(summit().quotes)


def test_predicate_can_be_called() -> None:
    check_predicate(bool)


def test_entity_of_the_document_may_stand_for_its_name() -> None:
    document = summit()
    assert document.quotes.by(document.entity("e3")) == document.quotes.by("Putin")


@pytest.mark.parametrize("score", [-0.1, 1.1, float("nan"), "0.5", None])
def test_score_that_is_no_probability_is_refused(score: Any) -> None:
    with pytest.raises(OptionError, match="between 0 and 1"):
        summit().quotes.min_score(score)


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


def of_two() -> QuoteSelection:
    """Two documents of a day each, in one selection."""
    return select(evolve(summit(name), meta={"date": f"2026-11-0{day}"}) for name, day in (("b", 2), ("a", 1)))


def test_selection_of_many_documents_has_their_order() -> None:
    selection = of_two()
    assert [document.id for document in selection.documents] == ["b", "a"]
    assert [(document.id, quote.id) for document, quote in selection.by("Putin").pairs] == [
        ("b", "q2"),
        ("b", "q3"),
        ("a", "q2"),
        ("a", "q3"),
    ]
    assert len(selection) == 14
    assert repr(selection.by("Putin")) == "<QuoteSelection: 4 of the 14 quotes of 2 documents>"


def test_selection_of_many_knows_each_quotes_document() -> None:
    selection = of_two()
    assert selection.document_of(selection[7]).id == "a"
    assert selection.names(selection[7]) == ("Xi Jinping",)
    with pytest.raises(NameNotFoundError, match="'q0' is not a quote of this selection"):
        selection.kind("indirect").names(selection[0])


def test_between_takes_documents_by_their_day() -> None:
    assert [d.id for d, _ in of_two().between("2026-11-02", None).kind("mixed").pairs] == ["b"]
    assert len(summit().quotes.between(None, None)) == 0


def test_timeline_stands_oldest_first() -> None:
    found = of_two().by("Xi").kind("mixed").timeline()
    assert [(day.isoformat(), document.id, quote.id) for day, document, quote in found] == [
        ("2026-11-01", "a", "q1"),
        ("2026-11-02", "b", "q1"),
    ]


def test_slice_of_documents_that_share_their_quotes_takes_places() -> None:
    document = summit("a")
    selection = select([document, evolve(document, id="b")])
    assert [(owner.id, quote.id) for owner, quote in selection[6:8].pairs] == [("a", "q6"), ("b", "q0")]
    assert selection.document_of(selection[8]).id == "a"


def test_rows_have_the_text_around_each_quote() -> None:
    [row] = summit().quotes.by("Putin").kind("indirect").act("speech").to_dicts(width=0)
    assert (row["speakers"], row["context"]) == ("Vladimir Putin", "Vladimir Putin did not say that talks would go on")
    frame = summit().quotes.by("Putin").to_pandas()
    assert list(frame["quote"]) == ["q2", "q3"]
    assert frame.columns[-1] == "context"


@pytest.mark.parametrize("source", [summit(), summit().quotes, [summit()], summit().graph()])
def test_what_somebody_did(source: Any) -> None:
    assert ids(what_did(source, "Xi")) == "q0 q1 q3"
    assert ids(what_did(source, "Xi", about="Ukraine")) == "q1"


@pytest.mark.parametrize("source", [7, "text", {"a": 1}])
def test_what_has_no_quotes_is_told(source: Any) -> None:
    with pytest.raises(ArgumentError, match="expected a document, documents, a graph or a selection of quotes, not"):
        what_did(source, "Xi")


@given(st.lists(documents(), max_size=3, unique_by=lambda document: document.id), st.permutations(range(3)))
def test_order_of_filters_changes_nothing(texts: list[QuoteDocument], order: list[int]) -> None:
    filters = [lambda s: s.kind("direct"), lambda s: s.min_score(0.5), lambda s: s.where(lambda quote: quote.speakers)]
    selection = everything = select(texts)
    for number in order:
        selection = filters[number](selection)
    assert selection == filters[0](filters[1](filters[2](everything)))
    kept = iter(everything.pairs)
    assert all(pair in kept for pair in selection.pairs)


def test_choice_is_found_by_its_value() -> None:
    assert checked_choice(Act, "act", "thought") is Act.THOUGHT


@pytest.mark.parametrize("value", ["dance", "", 3, None])
def test_no_choice_is_an_error_that_lists_them(value: Any) -> None:
    with pytest.raises(OptionError, match="act must be one of speech, writing, thought, attitude, not "):
        checked_choice(Act, "act", value)


def test_edges_are_scores() -> None:
    assert (checked_score(0), checked_score(1.0)) == (0, 1.0)


@pytest.mark.parametrize("score", [-0.1, 1.1, float("nan"), "1"])
def test_no_probability_is_no_score(score: Any) -> None:
    with pytest.raises(OptionError, match="between 0 and 1"):
        checked_score(score)


def make_document() -> QuoteDocument:
    entities = [
        Entity("ann", "Ann"),
        Entity("bo", "Bo"),
        Entity("cy", "Cy"),
        Entity("couple", "both", members=("ann", "bo")),
        Entity("club", "the club", members=("couple", "cy")),
        Entity("town", "Paris", stands_for="state"),
        Entity("state", "the government of France"),
        Entity("ring", "a ring", members=("rung",)),
        Entity("rung", "a rung", members=("ring",)),
    ]
    return QuoteDocument("d", "", entities=entities)


@pytest.mark.parametrize(
    ("wanted", "speakers", "expected"),
    [
        pytest.param("ann", ["ann"], True, id="alone"),
        pytest.param("ann", ["cy", "ann"], True, id="among-others"),
        pytest.param("ann", ["bo"], False, id="another"),
        pytest.param("ann", [], False, id="nobody"),
        pytest.param("ann", ["couple"], True, id="member"),
        pytest.param("ann", ["club"], True, id="member-of-a-member"),
        pytest.param("couple", ["club"], True, id="group-in-a-group"),
        pytest.param("couple", ["bo", "ann"], True, id="all-members"),
        pytest.param("couple", ["ann"], False, id="one-member-is-not-the-group"),
        pytest.param("club", ["couple", "cy"], True, id="members-that-are-groups"),
        pytest.param("club", ["couple"], False, id="not-all-members"),
        pytest.param("cy", ["couple"], False, id="not-a-member"),
        pytest.param("state", ["town"], True, id="metonym"),
        pytest.param("town", ["state"], False, id="not-back-to-the-metonym"),
        pytest.param("ring", ["rung"], True, id="groups-that-hold-one-another"),
        pytest.param("ann", ["ring"], False, id="a-ring-ends"),
    ],
)
def test_speakers_include(wanted: str, speakers: list[str], *, expected: bool) -> None:
    document = make_document()
    assert includes(document, document.entity(wanted))(speakers) is expected


def test_index_is_made_once() -> None:
    document = summit()
    assert document._index is document._index
    assert document._index.names is document._index.names


def test_index_tells_of_quotes_and_groups() -> None:
    index = summit()._index
    assert index.mentioned["q1"] == ("e2",)
    assert index.holders["e0"] == ["e4"]
    assert index.words(summit().quotes[6]) == "go!"


def test_document_with_an_index_is_as_one_without() -> None:
    document = summit()
    assert document.quotes.by("Xi")
    for other in (copy.copy(document), copy.deepcopy(document), pickle.loads(pickle.dumps(document))):  # noqa: S301
        assert other == summit()
        assert "_index" not in vars(other)
        assert hash(other) == hash(summit())
        assert len(other.quotes.by("Xi")) == len(document.quotes.by("Xi"))
