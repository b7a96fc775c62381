"""What the graph formats in XML share: graphs that XML can carry, and files that are safe to read."""

import io
import warnings
from collections.abc import Callable
from os import PathLike
from pathlib import Path
from typing import Any, Final, NoReturn
from xml.etree.ElementTree import ParseError
from xml.parsers import expat

import networkx as nx

from quotesmith.errors import FormatError
from quotesmith.export.characters import without_forbidden
from quotesmith.export.graph_checks import checked_graph
from quotesmith.graph import QuoteGraph

# What networkx raises on XML of another format, and the XML parser on unknown encodings.
_FOREIGN_ERRORS = (nx.NetworkXError, AttributeError, LookupError, RuntimeError, TypeError, ValueError)

# What declares an attribute's name in GraphML and in GEXF.
_DECLARATIONS: Final = (b"<key ", b"<attribute ")
_MOST_DECLARED: Final = 1_000


def cleaned_graph(graph: "nx.MultiDiGraph[str]") -> "nx.MultiDiGraph[str]":
    """A copy with U+FFFD for each character that XML forbids, in keys and values; edges keep their keys.

    Raises:
        FormatError: if two keys differ only by such characters.
    """
    clean: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for node, data in graph.nodes(data=True):
        clean.add_node(without_forbidden(node), **_clean_values(data))
    if len(clean) < len(graph):
        msg = "nodes whose keys differ only by characters that XML forbids can't be told apart in a file"
        raise FormatError(msg)
    for source, target, key, data in graph.edges(keys=True, data=True):
        clean.add_edge(without_forbidden(source), without_forbidden(target), key=key, **_clean_values(data))
    return clean


def with_carriage_returns(xml: bytes) -> bytes:
    """The XML with each carriage return as a reference: a reader would take a bare one for a line feed."""
    return xml.replace(b"\r", b"&#13;")


def read_xml_graph(path: str | PathLike[str], read: Callable[[io.BytesIO], "nx.Graph[str]"], name: str) -> QuoteGraph:
    """The quote graph of a file in an XML format; nothing that it names is fetched, no entity expanded.

    Args:
        path: The file.
        read: networkx' reader of the format.
        name: The format's, for the error.

    Raises:
        FormatError: if the file has a document type (which can hold entities), isn't XML, isn't the format, or isn't a
            quote graph's.
    """
    data = Path(path).read_bytes()
    _check_xml(data, str(path))
    _check_declared(data, str(path))
    try:
        with warnings.catch_warnings():
            # networkx guesses, with a warning, what a file leaves out that ours always have.
            warnings.simplefilter("error")
            graph = read(_InOnePiece(data))
    except (ParseError, UserWarning, *_FOREIGN_ERRORS) as error:
        msg = f"{path}: not {name} that can be read: {error}"
        raise FormatError(msg) from error
    return checked_graph(graph, str(path))


class _InOnePiece(io.BytesIO):
    """A file that is read at once: older versions of expat scan a long attribute again with each further piece."""

    def read(self, _size: int | None = -1, /) -> bytes:
        return super().read()


def _check_xml(data: bytes, where: str) -> None:
    parser = expat.ParserCreate()

    def refuse(*_: Any) -> NoReturn:
        msg = f"{where}: line {parser.CurrentLineNumber} has a document type, which no graph needs; remove it"
        raise FormatError(msg)

    parser.StartDoctypeDeclHandler = refuse
    try:
        parser.Parse(data, True)  # noqa: FBT003 - expat takes it by place only
    except FormatError:
        raise
    except (expat.ExpatError, *_FOREIGN_ERRORS) as error:
        msg = f"{where}: not XML: {error}"
        raise FormatError(msg) from error


def _check_declared(data: bytes, where: str) -> None:
    """Refuse many names of attributes: ours are some dozens, and networkx takes seconds for 200,000."""
    declared = sum(data.count(element) for element in _DECLARATIONS)
    if declared > _MOST_DECLARED:
        msg = f"{where}: it declares {declared:,} attributes, and a quote graph has no more than {_MOST_DECLARED:,}"
        raise FormatError(msg)


def _clean_values(data: dict[str, Any]) -> dict[str, Any]:
    return {key: without_forbidden(value) if isinstance(value, str) else value for key, value in data.items()}
