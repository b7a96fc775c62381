"""Graphs are what the schema says, and the schema sees where one isn't."""

import networkx as nx
import pytest
from hypothesis import given

from quotesmith.graph import EDGE_ATTRIBUTES, NODE_ATTRIBUTES, RELATIONS, build_graph
from quotesmith.graph.schema import iter_faults
from quotesmith.records import Entity, Quote, QuoteDocument
from tests.samples import summit
from tests.strategies import documents


@given(documents())
def test_every_graph_of_a_document_is_as_the_schema_says(document: QuoteDocument) -> None:
    assert list(iter_faults(build_graph([document]).nx)) == []


def test_attributes_are_of_plain_types_and_explained() -> None:
    attributes = [
        *EDGE_ATTRIBUTES.values(),
        *(a for table in NODE_ATTRIBUTES.values() for a in table.values()),
    ]
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
