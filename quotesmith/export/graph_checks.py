"""Turns a graph that networkx read into the quote graph that was written, or into an error that says what is wrong."""

import math

import networkx as nx

from quotesmith.errors import FormatError
from quotesmith.graph import EDGE_ATTRIBUTES, NODE_ATTRIBUTES, QuoteGraph
from quotesmith.graph.schema import iter_faults


def checked_graph(read: "nx.Graph[str]", where: str) -> QuoteGraph:
    """The quote graph: nodes and edges in the file's order, the edges' keys their relations, as `build_graph` has them.

    Attributes that the format itself brings (ids and labels) are left out.

    Args:
        read: The graph as networkx read it.
        where: The file, for the error.

    Raises:
        FormatError: if it isn't a directed graph with all that `quotesmith.graph.schema` lists.
    """
    if not read.is_directed():
        msg = f"{where}: not a quote graph: its edges have no direction"
        raise FormatError(msg)
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for node, data in read.nodes(data=True):
        known = NODE_ATTRIBUTES.get(data.get("node_type", ""), {})
        graph.add_node(node, **_without(data, {"id", "label"} - known.keys()))
    for source, target, data in read.edges(data=True):
        plain = _without(data, {"id", "label", "edge_id"} - EDGE_ATTRIBUTES.keys())
        graph.add_edge(source, target, key=plain.get("relation"), **plain)
    fault = next(iter_faults(graph), None) or _number_fault(graph)
    if fault is not None:
        msg = f"{where}: not a quote graph: {fault}"
        raise FormatError(msg)
    return QuoteGraph(graph)


def _without(data: dict[str, object], names: set[str]) -> dict[str, object]:
    return {name: value for name, value in data.items() if name not in names}


def _number_fault(graph: "nx.MultiDiGraph[str]") -> str | None:
    for node, data in graph.nodes(data=True):
        for name, value in data.items():
            if isinstance(value, float) and not math.isfinite(value):
                return f"node {node!r} has {name} {value}, which is no number"
    return None
