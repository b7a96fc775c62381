"""Files of documents and graphs: one module a format, chosen here by the file's suffix. Imports no spaCy."""

from collections.abc import Iterable, Iterator, Sequence
from os import PathLike
from typing import TypeVar

from quotesmith.errors import FormatError
from quotesmith.export.arrow_files import read_arrow, read_parquet, write_arrow, write_parquet
from quotesmith.export.brat import write_brat
from quotesmith.export.brat_reading import read_brat
from quotesmith.export.csv_files import write_addressees_csv, write_cast_csv, write_csv
from quotesmith.export.formats import DOCUMENT_FORMATS, GRAPH_FORMATS, DocumentFormat, GraphFormat
from quotesmith.export.gexf import read_gexf, write_gexf
from quotesmith.export.graphml import read_graphml, write_addressees_graphml, write_graphml
from quotesmith.export.json_files import read_json, read_jsonl, write_json, write_jsonl
from quotesmith.export.json_ld import write_json_ld
from quotesmith.export.node_link import read_node_link, write_node_link
from quotesmith.export.scripts import segment_rows, speaker_label, write_script, write_segments
from quotesmith.export.ssml import Voices, chapters_ssml, write_chapters_zip, write_ssml
from quotesmith.export.tables import addressee_rows, cast_rows, quote_rows, to_pandas
from quotesmith.export.tei import write_tei
from quotesmith.export.web_annotations import write_web_annotations
from quotesmith.files import checked_path
from quotesmith.graph import QuoteGraph
from quotesmith.records import QuoteDocument

__all__ = [
    "DOCUMENT_FORMATS",
    "GRAPH_FORMATS",
    "DocumentFormat",
    "GraphFormat",
    "Voices",
    "addressee_rows",
    "cast_rows",
    "chapters_ssml",
    "document_format",
    "graph_format",
    "open_document",
    "open_documents",
    "open_graph",
    "quote_rows",
    "read_arrow",
    "read_brat",
    "read_gexf",
    "read_graphml",
    "read_json",
    "read_jsonl",
    "read_node_link",
    "read_parquet",
    "segment_rows",
    "speaker_label",
    "to_pandas",
    "write_addressees_csv",
    "write_addressees_graphml",
    "write_arrow",
    "write_brat",
    "write_cast_csv",
    "write_chapters_zip",
    "write_csv",
    "write_document",
    "write_documents",
    "write_gexf",
    "write_graph",
    "write_graphml",
    "write_json",
    "write_json_ld",
    "write_jsonl",
    "write_node_link",
    "write_parquet",
    "write_script",
    "write_segments",
    "write_ssml",
    "write_tei",
    "write_web_annotations",
]

_Format = TypeVar("_Format", DocumentFormat, GraphFormat)


def write_document(document: QuoteDocument, path: str | PathLike[str], *, voices: Voices | None = None) -> None:
    """Write the document to a file, its format chosen by its suffix; `DOCUMENT_FORMATS` lists them.

    Args:
        document: The document.
        path: The file.
        voices: For .ssml and .chapters.zip, the names of voices for speakers; see `write_ssml`.

    Raises:
        FormatError: if the suffix isn't known, or the format can't hold the document.
        OptionError: if there are voices and the format has none.
        NameNotFoundError: if a speaker to whom a voice is given isn't in the document.
        MissingPackageError: if the format needs a package that isn't installed.
    """
    document_format(path).voiced(voices).write([document], checked_path(path))


def write_documents(documents: Iterable[QuoteDocument], path: str | PathLike[str]) -> None:
    """Write documents to one file, in their order, its format chosen by its suffix; `DOCUMENT_FORMATS` lists them.

    Raises:
        FormatError: if the suffix isn't known, the format holds one document and there are others, or it can't hold one
            of them.
        MissingPackageError: if the format needs a package that isn't installed.
    """
    document_format(path).write(documents, checked_path(path))


def open_documents(path: str | PathLike[str]) -> Iterator[QuoteDocument]:
    """The documents of a file, one after the other, in the file's order: .json, .jsonl, .parquet, .arrow or .ann.

    Raises:
        FormatError: if the suffix isn't known, or, once it gets there, something isn't a document.
        MissingPackageError: if the format needs a package that isn't installed.
    """
    readable = [known for known in DOCUMENT_FORMATS if known.read is not None]
    found = _by_suffix(DOCUMENT_FORMATS, path)
    if found is None:
        raise FormatError(_unknown(readable, path, "documents can be read from"))
    if found.read is None:
        msg = f"{path} is {found.title}, which keeps too little to be read; read from {_suffixes(readable)}"
        raise FormatError(msg)
    return found.read(checked_path(path))


def open_document(path: str | PathLike[str]) -> QuoteDocument:
    """The one document of a file: .json, .jsonl, .parquet, .arrow or .ann.

    Raises:
        FormatError: if the suffix isn't known, or the file doesn't hold just one document.
        MissingPackageError: if the format needs a package that isn't installed.
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
    """Write the graph to a file, its format chosen by its suffix: .graphml, .gexf or .json.

    Raises:
        FormatError: if the suffix isn't known, or the format can't hold the graph.
    """
    graph_format(path).write(graph, checked_path(path))


def open_graph(path: str | PathLike[str]) -> QuoteGraph:
    """The graph of a file that `write_graph` wrote: .graphml, .gexf or .json.

    Raises:
        FormatError: if the suffix isn't known, or the file doesn't hold a quote graph.
    """
    return graph_format(path).read(checked_path(path))


def document_format(path: str | PathLike[str]) -> DocumentFormat:
    """The format that documents are written in under that name.

    Raises:
        FormatError: if the suffix isn't known; lists those that are.
    """
    found = _by_suffix(DOCUMENT_FORMATS, path)
    if found is None:
        raise FormatError(_unknown(DOCUMENT_FORMATS, path, "a document can be written as"))
    return found


def graph_format(path: str | PathLike[str]) -> GraphFormat:
    """The format that a graph is written in under that name.

    Raises:
        FormatError: if the suffix isn't known; lists those that are.
    """
    found = _by_suffix(GRAPH_FORMATS, path)
    if found is None:
        raise FormatError(_unknown(GRAPH_FORMATS, path, "a graph can be a file of"))
    return found


def _by_suffix(formats: Sequence[_Format], path: str | PathLike[str]) -> _Format | None:
    """The format whose suffix the name ends in; of several, such as .anno.json and .json, the longest."""
    fitting = [known for known in formats if checked_path(path).name.lower().endswith(known.suffix)]
    return max(fitting, key=lambda known: len(known.suffix), default=None)


def _unknown(formats: Sequence[_Format], path: str | PathLike[str], what: str) -> str:
    return f"the name {str(path)!r} fits no known format; {what} {_suffixes(formats)}"


def _suffixes(formats: Sequence[_Format]) -> str:
    return ", ".join(known.suffix for known in formats)
