"""Quote graphs as GraphML, for Gephi, yEd, Cytoscape, igraph and networkx."""

import io
from os import PathLike
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError

import networkx as nx

from quotesmith.errors import FormatError
from quotesmith.export.characters import without_forbidden
from quotesmith.graph import QuoteGraph
from quotesmith.graph.schema import iter_faults


def write_graphml(graph: QuoteGraph, path: str | PathLike[str]) -> None:
    """Write the graph to a file; characters that XML forbids become U+FFFD, in keys and attributes.

    Raises:
        FormatError: if two keys differ only by such characters.
    """
    clean = _cleaned(graph.nx)
    file = io.BytesIO()
    nx.write_graphml_xml(clean, file, named_key_ids=True, edge_id_from_attribute="edge_id")
    # An XML reader takes a bare carriage return for a line feed; networkx writes it bare.
    Path(path).write_bytes(file.getvalue().replace(b"\r", b"&#13;"))


def read_graphml(path: str | PathLike[str]) -> QuoteGraph:
    """The graph of a file that `write_graphml` wrote.

    Raises:
        FormatError: if the file isn't GraphML, or isn't a quote graph's.
    """
    try:
        read = nx.read_graphml(path, force_multigraph=True)
    except ParseError as error:
        msg = f"{path}: not XML: {error}"
        raise FormatError(msg) from error
    except (nx.NetworkXError, KeyError, ValueError) as error:
        msg = f"{path}: not GraphML that can be read: {error}"
        raise FormatError(msg) from error
    graph = _keyed_by_relation(read)
    fault = next(iter_faults(graph), None)
    if fault is not None:
        msg = f"{path}: not a quote graph: {fault}"
        raise FormatError(msg)
    return QuoteGraph(graph)


def _cleaned(graph: "nx.MultiDiGraph[str]") -> "nx.MultiDiGraph[str]":
    """A copy that XML can carry, with an id for each edge, as GraphML wants them to differ."""
    clean: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for node, data in graph.nodes(data=True):
        clean.add_node(without_forbidden(node), **_clean_values(data))
    if len(clean) < len(graph):
        msg = "nodes whose keys differ only by characters that XML forbids can't be told apart in GraphML"
        raise FormatError(msg)
    for number, (source, target, data) in enumerate(graph.edges(data=True)):
        ends = without_forbidden(source), without_forbidden(target)
        clean.add_edge(*ends, edge_id=f"edge{number}", **_clean_values(data))
    return clean


def _clean_values(data: dict[str, Any]) -> dict[str, Any]:
    return {key: without_forbidden(value) if isinstance(value, str) else value for key, value in data.items()}


def _keyed_by_relation(read: "nx.Graph[str]") -> "nx.MultiDiGraph[str]":
    """The graph that was read, with the relations for its edges' keys, as `build_graph` has them."""
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    graph.add_nodes_from(read.nodes(data=True))
    for source, target, data in read.edges(data=True):
        plain = {key: value for key, value in data.items() if key != "edge_id"}
        graph.add_edge(source, target, key=plain.get("relation"), **plain)
    return graph
