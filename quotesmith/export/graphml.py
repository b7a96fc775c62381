"""Quote graphs as GraphML, for Gephi, yEd, Cytoscape, igraph and networkx."""

import io
from os import PathLike

import networkx as nx

from quotesmith.export.xml_graphs import cleaned_graph, read_xml_graph, with_carriage_returns
from quotesmith.files import write_atomically
from quotesmith.graph import QuoteGraph, project_addressees
from quotesmith.records import QuoteDocument


def write_graphml(graph: QuoteGraph, path: str | PathLike[str]) -> None:
    """Write the graph to a file; characters that XML forbids become U+FFFD, in keys and attributes.

    Raises:
        FormatError: if two keys differ only by such characters.
    """
    write_atomically(path, _graphml(graph.nx))


def write_addressees_graphml(document: QuoteDocument, path: str | PathLike[str]) -> None:
    """Write to a file who speaks to whom in which chapter: the graph of `project_addressees`; as `write_graphml` does.

    Raises:
        FormatError: if two keys differ only by characters that XML forbids.
    """
    write_atomically(path, _graphml(project_addressees(document)))


def _graphml(graph: "nx.MultiDiGraph[str]") -> bytes:
    clean = cleaned_graph(graph)
    # GraphML wants edges' ids to differ; two edges between other nodes may have one key.
    for number, (*_, data) in enumerate(clean.edges(data=True)):
        data["edge_id"] = f"edge{number}"
    file = io.BytesIO()
    nx.write_graphml_xml(clean, file, named_key_ids=True, edge_id_from_attribute="edge_id")
    return with_carriage_returns(file.getvalue())


def read_graphml(path: str | PathLike[str]) -> QuoteGraph:
    """The graph of a file that `write_graphml` wrote.

    Raises:
        FormatError: if the file isn't GraphML, has a document type, or isn't a quote graph's.
    """
    return read_xml_graph(path, lambda file: nx.read_graphml(file, force_multigraph=True), "GraphML")
