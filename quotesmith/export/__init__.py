"""Files of documents and graphs: one module a format, chosen here by the file's suffix. Imports no spaCy."""

from collections.abc import Callable, Iterator, Mapping
from os import PathLike
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

from quotesmith.errors import FormatError
from quotesmith.export.csv_files import write_csv
from quotesmith.export.graphml import read_graphml, write_graphml
from quotesmith.export.json_files import read_json, read_jsonl, write_json, write_jsonl
from quotesmith.export.tables import quote_rows, to_pandas
from quotesmith.graph import QuoteGraph
from quotesmith.records import QuoteDocument

__all__ = [
    "DOCUMENT_READERS",
    "DOCUMENT_WRITERS",
    "GRAPH_WRITERS",
    "open_document",
    "open_documents",
    "quote_rows",
    "read_graphml",
    "read_json",
    "read_jsonl",
    "to_pandas",
    "write_csv",
    "write_document",
    "write_graph",
    "write_graphml",
    "write_json",
    "write_jsonl",
]

Choice = TypeVar("Choice")

DOCUMENT_WRITERS: Mapping[str, Callable[[QuoteDocument, Path], None]] = MappingProxyType(
    {
        ".json": write_json,
        ".jsonl": lambda document, path: write_jsonl([document], path),
        ".csv": lambda document, path: write_csv([document], path),
    }
)
DOCUMENT_READERS: Mapping[str, Callable[[Path], Iterator[QuoteDocument]]] = MappingProxyType(
    {".json": lambda path: iter([read_json(path)]), ".jsonl": read_jsonl}
)
GRAPH_WRITERS: Mapping[str, Callable[[QuoteGraph, Path], None]] = MappingProxyType({".graphml": write_graphml})


def write_document(document: QuoteDocument, path: str | PathLike[str]) -> None:
    """Write the document to a file, its format chosen by its suffix: .json, .jsonl or .csv.

    Raises:
        FormatError: if the suffix isn't known, or the document's meta isn't JSON data.
    """
    _by_suffix(DOCUMENT_WRITERS, path, "a document can be written as")(document, Path(path))


def open_documents(path: str | PathLike[str]) -> Iterator[QuoteDocument]:
    """The documents of a .json or .jsonl file, one after the other, in the file's order.

    Raises:
        FormatError: if the suffix isn't known, or, once it gets there, a line isn't a document.
    """
    return _by_suffix(DOCUMENT_READERS, path, "documents can be read from")(Path(path))


def open_document(path: str | PathLike[str]) -> QuoteDocument:
    """The one document of a .json or .jsonl file.

    Raises:
        FormatError: if the suffix isn't known, or the file doesn't hold just one document.
    """
    documents = open_documents(path)
    document = next(documents, None)
    if document is None:
        msg = f"{path} holds no document"
        raise FormatError(msg)
    if next(documents, None) is not None:
        msg = f"{path} holds several documents; read them with open_documents"
        raise FormatError(msg)
    return document


def write_graph(graph: QuoteGraph, path: str | PathLike[str]) -> None:
    """Write the graph to a file, its format chosen by its suffix: .graphml.

    Raises:
        FormatError: if the suffix isn't known.
    """
    _by_suffix(GRAPH_WRITERS, path, "a graph can be written as")(graph, Path(path))


def _by_suffix(table: Mapping[str, Choice], path: str | PathLike[str], what: str) -> Choice:
    suffix = Path(path).suffix.lower()
    if suffix not in table:
        msg = f"the name {str(path)!r} tells no known format; {what} {', '.join(table)}"
        raise FormatError(msg)
    return table[suffix]
