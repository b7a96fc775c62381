"""Who speaks to, reports, mentions and stands beside whom."""

from typing import Any

import networkx as nx
from hypothesis import given
from hypothesis import strategies as st

from quotesmith.graph import build_graph, hearsay_chains, project_co_speakers, project_speakers
from quotesmith.records import Entity, Mention, Quote, QuoteDocument
from tests.samples import summit
from tests.strategies import documents

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


def test_chains_run_from_the_outermost_quote_longest_first() -> None:
    deep = Quote("q3", "indirect", [(22, 24)], "Di", speakers=[], parent="q2")
    chains = hearsay_chains(build_graph([made(quotes=[*made().quotes, deep])]))
    assert [chain.quotes for chain in chains] == [("d/q0", "d/q2", "d/q3"), ("d/q0", "d/q1")]
    assert chains[0].speakers == (("d/ann",), ("d/bo",), ())
    assert [len(chain) for chain in chains] == [3, 2]


def test_quotes_side_by_side_make_no_chain() -> None:
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
