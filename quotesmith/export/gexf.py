"""Quote graphs as GEXF, for Gephi and networkx.

networkx reads what is written here, but its own writer isn't used: it takes a quote's `start` and `end` for times of a
dynamic graph, and puts the date into every file.
"""

from collections.abc import Mapping
from os import PathLike
from typing import Any
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

import networkx as nx

from quotesmith.export.xml_graphs import cleaned_graph, read_xml_graph, with_carriage_returns
from quotesmith.files import write_atomically
from quotesmith.graph import EDGE_ATTRIBUTES, NODE_ATTRIBUTES, QuoteGraph

_GEXF_TYPES = {str: "string", int: "long", float: "double", bool: "boolean"}


def write_gexf(graph: QuoteGraph, path: str | PathLike[str]) -> None:
    """Write the graph to a file, as GEXF 1.2; characters that XML forbids become U+FFFD, in keys and attributes.

    Nodes are labelled with their name or text, edges with their relation.

    Raises:
        FormatError: if two keys differ only by such characters.
    """
    clean = cleaned_graph(graph.nx)
    root = Element("gexf", xmlns="http://www.gexf.net/1.2draft", version="1.2")
    body = SubElement(root, "graph", defaultedgetype="directed", mode="static")
    known = {name: value for attributes in NODE_ATTRIBUTES.values() for name, value in attributes.items()}
    for class_, attributes in (("node", known), ("edge", EDGE_ATTRIBUTES)):
        declared = SubElement(body, "attributes", {"class": class_, "mode": "static"})
        for name, attribute in attributes.items():
            SubElement(declared, "attribute", id=name, title=name, type=_GEXF_TYPES[attribute.type])
    nodes = SubElement(body, "nodes")
    for node, data in clean.nodes(data=True):
        _add_values(SubElement(nodes, "node", id=node, label=_label(data, node)), data)
    edges = SubElement(body, "edges")
    for number, (source, target, data) in enumerate(clean.edges(data=True)):
        ends = {"source": source, "target": target}
        _add_values(SubElement(edges, "edge", ends, id=f"edge{number}", label=data["relation"]), data)
    ElementTree.indent(root)
    xml = ElementTree.tostring(root, "utf-8", xml_declaration=True) + b"\n"
    write_atomically(path, with_carriage_returns(xml))


def read_gexf(path: str | PathLike[str]) -> QuoteGraph:
    """The graph of a file that `write_gexf` wrote.

    Raises:
        FormatError: if the file isn't GEXF, has a document type, or isn't a quote graph's.
    """
    return read_xml_graph(path, nx.read_gexf, "GEXF")


def _label(data: Mapping[str, Any], key: str) -> str:
    """What a picture of the graph should show for a node."""
    return next((data[name] for name in ("name", "text") if data.get(name)), key)


def _add_values(element: Element, data: Mapping[str, Any]) -> None:
    values = SubElement(element, "attvalues")
    for name, value in data.items():
        plain = str(value).lower() if isinstance(value, bool) else str(value)
        SubElement(values, "attvalue", {"for": name, "value": plain})
