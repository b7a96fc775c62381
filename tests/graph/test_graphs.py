from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotesmith.errors import ArgumentError, NameNotFoundError, OptionError
from quotesmith.export import read_graphml
from quotesmith.graph import (
    EDGE_ATTRIBUTES,
    NODE_ATTRIBUTES,
    RELATIONS,
    QuoteGraph,
    build_graph,
    hearsay_chains,
    project_co_speakers,
    project_speakers,
)
from quotesmith.graph.schema import iter_faults
from quotesmith.records import Entity, Mention, Quote, QuoteDocument
from tests.samples import summit
from tests.strategies import documents


def test_speakers_and_their_quotes_are_in_order_or_there_are_none() -> None:
    assert build_graph([summit("d")]).speakers() == ("d/e0", "d/e3", "d/e4", "d/e5", "d/e6")
    assert build_graph([summit("d")]).quotes_of("d/e0") == ("d/q0", "d/q1")
    assert build_graph([summit("d")]).quotes_of("d/e1") == ()
    graph = build_graph([summit("d")])
    assert (graph.speakers_of("d/q3"), graph.speakers_of("d/q6")) == (("d/e4",), ())


@pytest.mark.parametrize("ask", ["quotes_of", "speakers_of"])
def test_unknown_key_is_told(ask: str) -> None:
    with pytest.raises(NameNotFoundError, match=r"no node 'Xi'; keys look like 'document/e0'"):
        getattr(build_graph([summit()]), ask)("Xi")


def test_keys_are_those_of_one_known_sort_of_node() -> None:
    graph = build_graph([summit("b"), summit("a")])
    assert graph.keys("document") == ("b", "a")
    assert len(graph.keys("quote")) == 14
    with pytest.raises(OptionError, match="must be one of entity, quote, document, not 'person'"):
        summit().graph().keys("person")


def test_graph_says_what_it_holds_also_in_a_notebook() -> None:
    assert repr(summit().graph()) == "<QuoteGraph: 1 documents, 7 entities, 7 quotes, 18 edges>"
    assert summit().graph()._repr_html_().count("<tr>") == 6


def test_graph_writes_itself(tmp_path: Path) -> None:
    path = tmp_path / "quotes.graphml"
    summit().graph().write(path)
    assert read_graphml(path).speakers() == summit().graph().speakers()


def test_quotes_of_a_graph_can_be_selected_if_it_has_documents() -> None:
    graph = build_graph([summit("b"), summit("a")])
    assert len(graph.quotes.by("Xi").kind("mixed")) == 2
    graph = build_graph([summit()])
    with pytest.raises(ArgumentError, match="a graph from a file has no documents"):
        _ = QuoteGraph(graph.nx).quotes


@given(documents())
def test_every_graph_of_a_document_is_as_the_schema_says(document: QuoteDocument) -> None:
    assert list(iter_faults(build_graph([document]).nx)) == []


def test_attributes_are_plain_explained_and_of_one_type() -> None:
    attributes = [*EDGE_ATTRIBUTES.values(), *(a for table in NODE_ATTRIBUTES.values() for a in table.values())]
    assert {attribute.type for attribute in attributes} == {str, int, float, bool}
    assert all(attribute.meaning for attribute in attributes)
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


def test_fault_of_an_edge_or_its_relation_is_told() -> None:
    graph = build_graph([summit()]).nx
    graph.add_edge("summit/e0", "summit/q2", relation="sang")
    assert list(iter_faults(graph)) == [
        "edge 'summit/e0' -> 'summit/q2' has relation 'sang', not said, to, about, inside, member, stands_for"
    ]
    graph = build_graph([summit()]).nx
    graph.add_edge("summit/e0", "summit/q2")
    assert len(list(iter_faults(graph))) == 2


# Who speaks to, reports, mentions and stands beside whom


TEXT = "Ann told Bo: “Cy said Di is late. Bo said no.”"


def made(**changes: Any) -> QuoteDocument:
    """Ann tells Bo what Cy says of Di, and what Bo says."""
    parts = {
        "quotes": [
            Quote("q0", "direct", [(13, 46)], "…", speakers=["ann"], addressees=["bo"]),
            Quote("q1", "indirect", [(22, 32)], "Di is late", source="m0", speakers=["cy"], parent="q0"),
            Quote("q2", "indirect", [(42, 44)], "no", source="m2", speakers=["bo"], parent="q0"),
        ],
        "entities": [Entity(name.casefold(), name, "person") for name in ("Ann", "Bo", "Cy", "Di")],
        "mentions": [
            Mention("m0", [(14, 16)], "name", "cy"),
            Mention("m1", [(22, 24)], "name", "di"),
            Mention("m2", [(34, 36)], "name", "bo"),
        ],
    }
    return QuoteDocument("d", TEXT, **{**parts, **changes})


def test_edges_count_what_a_speaker_has_to_do_with_others() -> None:
    edges = {
        (source[2:], target[2:]): tuple(data.values())
        for source, target, data in project_speakers(build_graph([made()])).edges(data=True)
    }
    assert edges == {
        ("ann", "bo"): (1, 1, 0, 2),
        ("ann", "cy"): (0, 1, 0, 1),
        ("ann", "di"): (0, 0, 1, 1),
        ("cy", "di"): (0, 0, 1, 1),
    }


def test_attributes_of_edges_have_their_names_and_are_whole_numbers() -> None:
    data = project_speakers(build_graph([made()])).edges["d/ann", "d/bo"]
    assert list(data) == ["addresses", "quotes", "mentions", "weight"]
    assert {type(value) for value in data.values()} == {int}


def test_nodes_are_speakers_and_those_linked_with_them_in_node_order() -> None:
    entities = [*made().entities, Entity("ed", "Ed")]
    crowd = Entity("all", "all", "group", members=["ed"])
    both = [*made().quotes, Quote("q3", "direct", [(0, 3)], "Ann", speakers=["all"])]
    projected = project_speakers(build_graph([made(entities=[*entities, crowd], quotes=both)]))
    assert dict(projected.nodes(data="quote_count")) == {"d/ann": 1, "d/bo": 1, "d/cy": 1, "d/di": 0, "d/all": 1}
    assert projected.nodes["d/di"] == {"name": "Di", "kind": "person", "quote_count": 0}


def test_what_one_says_to_oneself_is_left_out() -> None:
    quote = Quote("q0", "direct", [(0, 3)], "Ann", speakers=["ann"], addressees=["ann"])
    projected = project_speakers(build_graph([made(quotes=[quote])]))
    assert (list(projected), projected.number_of_edges()) == (["d/ann"], 0)


def test_measures_of_networkx_rank_the_speakers() -> None:
    ranks = nx.pagerank(project_speakers(build_graph([made()])))
    assert max(ranks, key=lambda key: ranks[key]) == "d/di"


def test_co_speakers_are_linked_once_a_document() -> None:
    projected = project_co_speakers(build_graph([made()]))
    assert {(*ends, weight) for *ends, weight in projected.edges(data="weight")} == {
        ("d/ann", "d/bo", 1),
        ("d/ann", "d/cy", 1),
        ("d/bo", "d/cy", 1),
    }
    assert projected.nodes["d/bo"] == {"name": "Bo", "kind": "person", "quote_count": 1}


def test_chains_run_inwards_longest_first_and_not_sidewards() -> None:
    deep = Quote("q3", "indirect", [(22, 24)], "Di", speakers=[], parent="q2")
    chains = hearsay_chains(build_graph([made(quotes=[*made().quotes, deep])]))
    assert [chain.quotes for chain in chains] == [("d/q0", "d/q2", "d/q3"), ("d/q0", "d/q1")]
    assert chains[0].speakers == (("d/ann",), ("d/bo",), ())
    assert [len(chain) for chain in chains] == [3, 2]
    assert hearsay_chains(build_graph([made(quotes=made().quotes[:1])])) == ()


def test_chain_of_many_quotes_is_one_chain() -> None:
    quotes = [Quote(f"q{n}", "direct", [(0, 3)], "Ann", parent=f"q{n - 1}" if n else None) for n in range(3000)]
    [chain] = hearsay_chains(build_graph([made(quotes=quotes)]))
    assert len(chain) == 3000


def test_empty_graph_has_empty_projections() -> None:
    graph = build_graph([])
    assert (len(project_speakers(graph)), len(project_co_speakers(graph)), hearsay_chains(graph)) == (0, 0, ())


@given(documents(document_ids=st.just("d")))
def test_projections_count_no_quote_twice_for_one_pair(document: QuoteDocument) -> None:
    graph = build_graph([document, summit()])
    for speaker, other, data in project_speakers(graph).edges(data=True):
        counts = [data[what] for what in ("addresses", "quotes", "mentions")]
        assert sum(counts) == data["weight"] > 0
        assert max(counts) <= len(graph.quotes_of(speaker))
        assert other in graph.keys("entity")
    assert all(weight == 1 for *_, weight in project_co_speakers(graph).edges(data="weight"))
