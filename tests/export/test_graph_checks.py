"""Graphs as readers give them, checked."""

import networkx as nx
import pytest

from quotesmith.errors import FormatError
from quotesmith.export.graph_checks import checked_graph
from quotesmith.graph import build_graph
from tests.export.plain_graphs import plain
from tests.samples import summit


def test_ids_and_labels_of_the_format_are_left_out_and_keys_are_relations() -> None:
    graph = build_graph([summit("d")])
    read = nx.MultiDiGraph()
    for node, data in graph.nx.nodes(data=True):
        read.add_node(node, label="x", **data)
    for number, (source, target, data) in enumerate(graph.nx.edges(data=True)):
        read.add_edge(source, target, key=number, id=str(number), label="x", **data)
    assert plain(checked_graph(read, "here")) == plain(graph)


def test_graph_without_direction_is_told() -> None:
    with pytest.raises(FormatError, match=r"^here: not a quote graph: its edges have no direction$"):
        checked_graph(nx.MultiGraph(), "here")


def test_edge_to_a_node_that_is_not_there_is_told() -> None:
    read = build_graph([summit("d")]).nx
    read.add_edge("d/e0", "d/q99", relation="said")
    with pytest.raises(FormatError, match="node 'd/q99' has node_type None"):
        checked_graph(read, "here")


@pytest.mark.parametrize("score", [float("nan"), float("inf")])
def test_what_is_no_number_is_told(score: float) -> None:
    read = build_graph([summit("d")]).nx
    read.nodes["d/q0"]["score"] = score
    with pytest.raises(FormatError, match=f"node 'd/q0' has score {score}, which is no number"):
        checked_graph(read, "here")
