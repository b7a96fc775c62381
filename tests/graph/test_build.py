"""From documents to a graph."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotesmith.errors import InvalidRecordError
from quotesmith.graph import build_graph
from quotesmith.graph.schema import iter_faults
from quotesmith.query import keep_apart
from quotesmith.records import Entity, Mention, Quote, QuoteDocument
from tests.samples import summit
from tests.strategies import documents


def edges(relation: str, *texts: QuoteDocument) -> list[str]:
    graph = build_graph(texts).nx
    return [f"{source} {target}" for source, target, key in graph.edges(keys=True) if key == relation]


@pytest.mark.parametrize(
    ("relation", "found"),
    [
        ("said", ["d/e0 d/q0", "d/e0 d/q1", "d/e3 d/q2", "d/e4 d/q3", "d/e5 d/q4", "d/e6 d/q5"]),
        ("to", ["d/q0 d/e1", "d/q5 d/e5"]),
        ("inside", [f"d/q{n} {'d/q4' if n == 5 else 'd'}" for n in range(7)]),
        ("about", ["d/q1 d/e2"]),
        ("member", ["d/e4 d/e0", "d/e4 d/e3"]),
    ],
)
def test_edges_of_a_document(relation: str, found: list[str]) -> None:
    assert edges(relation, summit("d")) == found


def test_members_and_metonyms_are_there_but_nobody_unknown_to_quotes() -> None:
    entities = [Entity("e0", "all", members=("e1",)), Entity("e1", "some", members=("e2", "e0")), Entity("e2", "Ann")]
    assert edges("member", go("d", "q0", *entities)) == ["d/e0 d/e1", "d/e1 d/e2", "d/e1 d/e0"]
    entities = [Entity("e0", "Paris", stands_for="e1"), Entity("e1", "the government"), Entity("e2", "Rome")]
    document = go("d", "q0", *entities)
    assert edges("stands_for", document) == ["d/e0 d/e1"]
    assert list(build_graph([document]).nx) == ["d", "d/e0", "d/e1", "d/q0"]
    text = "Ann came. “Go,” said Bo."
    document = QuoteDocument(
        "d",
        text,
        quotes=[Quote("q0", "direct", [(10, 15)], "Go,", source="m1", speakers=["e1"])],
        entities=[Entity("e0", "Ann"), Entity("e1", "Bo")],
        mentions=[Mention("m0", [(0, 3)], "name", "e0"), Mention("m1", [(21, 23)], "name", "e1")],
    )
    assert list(build_graph([document]).nx) == ["d", "d/e1", "d/q0"]


def test_nodes_stand_in_document_order_document_entities_quotes() -> None:
    nodes = list(build_graph([summit("b"), summit("a")], identity=keep_apart).nx)
    assert nodes[:9] == ["b", *(f"b/e{number}" for number in range(7)), "b/q0"]
    assert [node[2:] for node in nodes[:15]] == [node[2:] for node in nodes[15:]]


META = {"title": "No deal", "date": date(2026, 11, 25), "outlet": 7, "pages": "3"}
TALKS = "that talks would go on"
QUOTE = {"kind": "indirect", "act": "speech", "assertion": "negated", "text": TALKS, "score": 0.7, "speaker_score": 0.9}
PLACE = {"start": summit().text.index(TALKS), "end": summit().text.index(TALKS) + len(TALKS)}
PUTIN = {"kind": "person", "name": "Vladimir Putin", "named": True, "identifier": "Q7747", "document_count": 1}


@pytest.mark.parametrize(
    ("document", "key", "expected"),
    [
        pytest.param(summit("d"), "d/q2", {"node_type": "quote", **QUOTE, **PLACE}, id="quote"),
        pytest.param(summit("d"), "d/e3", {"node_type": "entity", **PUTIN}, id="entity"),
        pytest.param(
            QuoteDocument("d", "", meta=META),
            "d",
            {"node_type": "document", "title": "No deal", "date": "2026-11-25", "outlet": "", "url": ""},
            id="document-whose-meta-are-strings",
        ),
    ],
)
def test_node_tells_of_what_it_stands_for(document: QuoteDocument, key: str, expected: dict[str, object]) -> None:
    assert build_graph([document]).nx.nodes[key] == {**expected, "document": "d"}


def test_split_quote_runs_from_its_first_piece_to_its_last() -> None:
    node = build_graph([summit("d")]).nx.nodes["d/q0"]
    assert summit().text[node["start"] : node["end"]].endswith("“and that is that.”")
    assert node["start"] == 0


def test_two_documents_of_one_id_are_refused_empty_or_not() -> None:
    with pytest.raises(InvalidRecordError, match="two documents have the id 'd'"):
        build_graph([summit("d"), summit("c"), summit("d")])
    with pytest.raises(InvalidRecordError, match="two documents"):
        build_graph([QuoteDocument("d", ""), QuoteDocument("d", "")])


def go(document_id: str, quote_id: str, *entities: Entity) -> QuoteDocument:
    """A document of one quote, which its first entity says."""
    quote = Quote(quote_id, "direct", [(0, 2)], "Go", speakers=[entity.id for entity in entities[:1]])
    return QuoteDocument(document_id, "Go", quotes=[quote], entities=entities)


@pytest.mark.parametrize(
    "texts",
    [
        pytest.param([go("a", "b/q"), go("a/b", "q")], id="two-documents"),
        pytest.param([go("a", "b/q", Entity("b/q", "Ann"))], id="entity-and-quote"),
        pytest.param([go("a", "b/q"), QuoteDocument("a/b/q", "")], id="quote-and-document"),
    ],
)
def test_nodes_of_one_key_are_refused(texts: list[QuoteDocument]) -> None:
    with pytest.raises(InvalidRecordError, match="two nodes would have the key 'a/b/q'"):
        build_graph(texts)


def test_no_documents_give_an_empty_graph() -> None:
    assert len(build_graph([]).nx) == 0


@given(documents(document_ids=st.just("d")))
def test_graph_has_every_quote_and_every_speech(document: QuoteDocument) -> None:
    graph = build_graph([document]).nx
    for quote in document.quotes:
        assert graph.nodes[f"d/{quote.id}"]["text"] == quote.text
        assert all(graph.has_edge(f"d/{speaker}", f"d/{quote.id}", "said") for speaker in quote.speakers)
    said = sum(1 for *_, key in graph.edges(keys=True) if key == "said")
    assert said == sum(len(quote.speakers) for quote in document.quotes)


def test_people_of_several_documents_are_one_node_as_the_caller_decides() -> None:
    graph = build_graph([summit("b"), summit("a")]).nx
    assert graph.nodes["person:xi jinping"]["document_count"] == 2
    assert graph.nodes["person:xi jinping"]["document"] == ""
    assert graph.has_edge("person:xi jinping", "b/q0", "said")
    assert graph.has_edge("person:xi jinping", "a/q0", "said")
    assert graph.has_edge("a/e4", "identifier:Q7747", "member")
    assert "a/e2" in graph  # a place of no identifier
    graph = build_graph([summit("b"), summit("a")], identity=lambda _, entity: entity.name if entity.named else None).nx
    assert graph.nodes["Ukraine"]["document_count"] == 2


@given(st.lists(documents(), max_size=3, unique_by=lambda text: text.id))
def test_merged_graph_has_the_same_nodes_in_any_order(texts: list[QuoteDocument]) -> None:
    one, other = build_graph(texts).nx, build_graph(texts[::-1]).nx
    assert dict(one.nodes(data=True)) == dict(other.nodes(data=True))
    assert set(one.edges(keys=True)) == set(other.edges(keys=True))
    assert not list(iter_faults(one))


def test_only_the_quotes_of_a_selection_are_drawn_with_those_who_take_part_in_them() -> None:
    document = summit("d")
    graph = build_graph([document], only=document.quotes.by("Putin").pairs)
    assert graph.keys("quote") == ("d/q2", "d/q3")
    assert graph.keys("entity") == ("d/e0", "d/e3", "d/e4")
    assert list(iter_faults(graph.nx)) == []
    nobody = build_graph([document], only=())
    assert (nobody.keys("quote"), nobody.keys("document")) == ((), ("d",))


def test_quote_inside_one_that_is_not_drawn_stands_inside_the_next_around_it() -> None:
    quotes = [
        Quote(f"q{number}", "direct", [(number, 9)], "Go", parent=f"q{number - 1}" if number else None)
        for number in range(3)
    ]
    document = QuoteDocument("d", "012345678", "en", quotes)
    pairs = [(document, quote) for quote in quotes]
    inside = [list(build_graph([document], only=only).nx.out_edges(["d/q2"])) for only in (pairs[::2], pairs[2:])]
    assert inside == [[("d/q2", "d/q0")], [("d/q2", "d")]]
