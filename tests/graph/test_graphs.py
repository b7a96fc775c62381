from pathlib import Path

import networkx as nx
import pytest
from hypothesis import given

from quotesmith.errors import ArgumentError, NameNotFoundError, OptionError
from quotesmith.export import read_graphml
from quotesmith.graph import EDGE_ATTRIBUTES, NODE_ATTRIBUTES, RELATIONS, QuoteGraph, build_graph
from quotesmith.graph.schema import iter_faults
from quotesmith.records import Entity, Quote, QuoteDocument
from tests.samples import summit
from tests.strategies import documents


def test_speakers_stand_most_quotes_first_then_in_node_order() -> None:
    assert build_graph([summit("d")]).speakers() == ("d/e0", "d/e3", "d/e4", "d/e5", "d/e6")


def test_quotes_of_a_speaker_stand_in_text_order() -> None:
    assert build_graph([summit("d")]).quotes_of("d/e0") == ("d/q0", "d/q1")


def test_one_who_is_only_spoken_to_has_no_quotes() -> None:
    assert build_graph([summit("d")]).quotes_of("d/e1") == ()


def test_speakers_of_a_quote_may_be_nobody() -> None:
    graph = build_graph([summit("d")])
    assert (graph.speakers_of("d/q3"), graph.speakers_of("d/q6")) == (("d/e4",), ())


@pytest.mark.parametrize("ask", ["quotes_of", "speakers_of"])
def test_unknown_key_is_told(ask: str) -> None:
    with pytest.raises(NameNotFoundError, match=r"no node 'Xi'; keys look like 'document/e0'"):
        getattr(build_graph([summit()]), ask)("Xi")


def test_keys_are_those_of_one_sort_of_node() -> None:
    graph = build_graph([summit("b"), summit("a")])
    assert graph.keys("document") == ("b", "a")
    assert len(graph.keys("quote")) == 14


def test_unknown_sort_of_node_lists_the_choices() -> None:
    with pytest.raises(OptionError, match="must be one of entity, quote, document, not 'person'"):
        summit().graph().keys("person")


def test_graph_says_what_it_holds() -> None:
    assert repr(summit().graph()) == "<QuoteGraph: 1 documents, 7 entities, 7 quotes, 18 edges>"


def test_notebook_gets_a_table_of_the_speakers() -> None:
    assert summit().graph()._repr_html_().count("<tr>") == 6


def test_graph_writes_itself(tmp_path: Path) -> None:
    path = tmp_path / "quotes.graphml"
    summit().graph().write(path)
    assert read_graphml(path).speakers() == summit().graph().speakers()


def test_quotes_of_a_graph_can_be_selected() -> None:
    graph = build_graph([summit("b"), summit("a")])
    assert len(graph.quotes.by("Xi").kind("mixed")) == 2


def test_graph_without_documents_has_no_quotes_to_select_from() -> None:
    graph = build_graph([summit()])
    with pytest.raises(ArgumentError, match="a graph from a file has no documents"):
        _ = QuoteGraph(graph.nx).quotes


@given(documents())
def test_every_graph_of_a_document_is_as_the_schema_says(document: QuoteDocument) -> None:
    assert list(iter_faults(build_graph([document]).nx)) == []


def test_attributes_are_of_plain_types_and_explained() -> None:
    attributes = [*EDGE_ATTRIBUTES.values(), *(a for table in NODE_ATTRIBUTES.values() for a in table.values())]
    assert {attribute.type for attribute in attributes} == {str, int, float, bool}
    assert all(attribute.meaning for attribute in attributes)


def test_attribute_of_several_node_types_has_one_type() -> None:
    entity, quote = NODE_ATTRIBUTES["entity"], NODE_ATTRIBUTES["quote"]
    shared = entity.keys() & quote.keys()
    assert shared == {"node_type", "document", "kind"}
    assert all(entity[name].type is quote[name].type for name in shared)
    assert NODE_ATTRIBUTES["document"].keys() & (entity.keys() | quote.keys()) == {"node_type", "document"}


def test_every_relation_occurs_in_a_graph() -> None:
    paris = QuoteDocument(
        "d",
        "Go",
        "en",
        [Quote("q0", "direct", [(0, 2)], "Go", speakers=["e0"])],
        [Entity("e0", "Paris", stands_for="e1"), Entity("e1", "the government")],
    )
    graph = build_graph([summit(), paris]).nx
    assert {relation for *_, relation in graph.edges(data="relation")} == set(RELATIONS)


def broken(**changes: object) -> "nx.MultiDiGraph[str]":
    graph = build_graph([summit()]).nx
    graph.nodes["summit/q0"].update(changes)
    return graph


@pytest.mark.parametrize(
    ("graph", "fault"),
    [
        pytest.param(broken(score="high"), "node 'summit/q0' has score 'high', not a float", id="type"),
        pytest.param(broken(start=True), "has start True, not a int", id="flag-for-a-number"),
        pytest.param(broken(mood="glad"), "has the attributes node_type.*mood, not node_type", id="unknown"),
        pytest.param(broken(node_type="song"), "node_type 'song', not entity, quote, document", id="node-type"),
    ],
)
def test_fault_of_a_node_is_told(graph: "nx.MultiDiGraph[str]", fault: str) -> None:
    [told] = iter_faults(graph)
    with pytest.raises(ValueError, match=fault):
        raise ValueError(told)


def test_fault_of_an_edge_is_told() -> None:
    graph = build_graph([summit()]).nx
    graph.add_edge("summit/e0", "summit/q2", relation="sang")
    assert list(iter_faults(graph)) == [
        "edge 'summit/e0' -> 'summit/q2' has relation 'sang', not said, to, about, inside, member, stands_for"
    ]


def test_edge_without_a_relation_is_told() -> None:
    graph = build_graph([summit()]).nx
    graph.add_edge("summit/e0", "summit/q2")
    assert len(list(iter_faults(graph))) == 2
