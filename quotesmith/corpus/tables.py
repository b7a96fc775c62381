"""A corpus' tables, as Parquet: documents, quotes, entities, mentions and links; and the documents read from them.

The columns of quotes, entities and mentions are those of `QuoteDocument.to_dict`, after the `document` that has them. A
link leads from a quote to an entity. The module needs pyarrow, so it is imported only where tables are written or read.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import chain, groupby
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from quotesmith.corpus.settings import CORPUS_FORMAT
from quotesmith.corpus.shards import RUN_AGAIN
from quotesmith.errors import CorpusError
from quotesmith.export.arrow_files import document_row, row_document, row_quote
from quotesmith.export.arrow_schemas import ENTITY, MENTION, QUOTE, VERSION, struct
from quotesmith.graph.build import META, plain_meta
from quotesmith.query.topics import mentioned_entities
from quotesmith.records import Quote, QuoteDocument, QuoteId
from quotesmith.records.codec import SCHEMA

CORPUS_VERSION = b"quotesmith.corpus"
# `quotesmith.graph.schema.RELATIONS` says what they mean.
LINK_RELATIONS = ("said", "to", "about")
_TEXT = pa.string()
_DOCUMENT_KEY = pa.field("document", _TEXT, nullable=False)
_DOCUMENT_COLUMNS = struct(
    {
        "id": _TEXT,
        "text": _TEXT,
        "language": _TEXT,
        "meta": _TEXT,
        **{f"{name}?": _TEXT for name in META},
        "place": _TEXT,
    }
)
_LINK_COLUMNS = struct({"quote": _TEXT, "relation": _TEXT, "entity": _TEXT})


def _schema(fields: Iterable[pa.Field]) -> pa.Schema:
    versions = {VERSION: str(SCHEMA).encode(), CORPUS_VERSION: str(CORPUS_FORMAT).encode()}
    return pa.schema(list(fields), metadata=versions)


SCHEMAS: Mapping[str, pa.Schema] = {
    "documents": _schema(_DOCUMENT_COLUMNS),
    "quotes": _schema([_DOCUMENT_KEY, *QUOTE]),
    "entities": _schema([_DOCUMENT_KEY, *ENTITY]),
    "mentions": _schema([_DOCUMENT_KEY, *MENTION]),
    "links": _schema([_DOCUMENT_KEY, *_LINK_COLUMNS]),
}
_RECORD_TABLES = ("quotes", "entities", "mentions")


def write_tables(documents: Iterable[tuple[QuoteDocument, str]], folder: Path) -> Mapping[str, int]:
    """Write the tables of documents, each with its place in the inputs, to a folder; gives the number of rows of each.

    All rows are in memory at once. Those of a document are together, in its order.

    Raises:
        FormatError: if a document's meta isn't JSON data.
    """
    rows: dict[str, list[dict[str, Any]]] = {name: [] for name in SCHEMAS}
    for document, place in documents:
        for name, found in _rows(document, place).items():
            rows[name].extend(found)
    for name, schema in SCHEMAS.items():
        table = pa.Table.from_pylist(rows[name], schema)
        pq.write_table(table, folder / f"{name}.parquet", compression="zstd", write_page_checksum=True)
    return {name: len(found) for name, found in rows.items()}


def count_rows(place: Path, name: str) -> int:
    """How many rows a table of a shard has, by the table itself.

    Raises:
        CorpusError: if it can't be read.
    """
    path = place / f"{name}.parquet"
    try:
        return int(pq.read_metadata(path).num_rows)
    except (OSError, pa.ArrowException) as error:
        msg = f"{path} can't be read ({error}); {RUN_AGAIN}"
        raise CorpusError(msg) from error


def read_documents(folder: Path, ids: Collection[str] | None = None) -> Iterator[QuoteDocument]:
    """The documents of a shard's tables, in order, equal to those that were written except for surrogates.

    Args:
        folder: The shard's.
        ids: Of the documents to read; by default all.

    Raises:
        CorpusError: if a table is missing, cut or changed.
        FormatError: if the tables aren't those of documents; names the table and document.
    """
    parts = {name: _by_document(folder / f"{name}.parquet", ids) for name in _RECORD_TABLES}
    waiting = {name: next(groups, None) for name, groups in parts.items()}
    for row in _iter_rows(folder / "documents.parquet", "id", ids):
        found: dict[str, list[dict[str, Any]]] = {}
        for name, groups in parts.items():
            own = waiting[name]
            found[name] = own[1] if own is not None and own[0] == row["id"] else []
            if found[name]:
                waiting[name] = next(groups, None)
        plain = {name: row[name] for name in ("id", "text", "language", "meta")}
        yield row_document({**plain, **found}, f"{folder}, document {row['id']!r}")


def read_quotes(folder: Path, wanted: Collection[tuple[str, QuoteId]]) -> Mapping[tuple[str, QuoteId], Quote]:
    """Some quotes of a shard's tables, by their documents' ids and their own.

    Raises:
        CorpusError: if the table is missing, cut or changed.
        FormatError: if it isn't one of quotes; names the document.
    """
    chosen = set(wanted)
    documents = {document for document, _ in chosen}
    return {
        (row["document"], row["id"]): row_quote(_without_document(row), f"{folder}, document {row['document']!r}")
        for row in _iter_rows(folder / "quotes.parquet", "document", documents)
        if (row["document"], row["id"]) in chosen
    }


def _rows(document: QuoteDocument, place: str) -> dict[str, list[dict[str, Any]]]:
    row = document_row(document)
    parts = {name: [{"document": row["id"], **record} for record in row.pop(name)] for name in _RECORD_TABLES}
    row.pop("schema")
    meta = {name: plain_meta(document, name) or None for name in META}
    links = [{"document": row["id"], **link} for link in _links(document)]
    return {"documents": [{**row, **meta, "place": place}], **parts, "links": links}


def _links(document: QuoteDocument) -> Iterator[dict[str, str]]:
    about = mentioned_entities(document.quotes, document.mentions)
    for quote in document.quotes:
        for relation, entities in zip(LINK_RELATIONS, (quote.speakers, quote.addressees, about[quote.id]), strict=True):
            for entity in entities:
                yield {"quote": quote.id, "relation": relation, "entity": entity}


def _iter_rows(path: Path, key: str, ids: Collection[str] | None) -> Iterator[dict[str, Any]]:
    """The rows of a table; with ids, those that have one of them under the key."""
    chosen = None if ids is None else pa.array(list(ids), _TEXT)
    try:
        with pq.ParquetFile(path, page_checksum_verification=True) as file:
            batches = file.iter_batches()
            if chosen is not None:
                batches = (batch.filter(pc.is_in(batch[key], value_set=chosen)) for batch in batches)
            yield from chain.from_iterable(batch.to_pylist() for batch in batches)
    except (OSError, pa.ArrowException, KeyError) as error:
        msg = f"{path} can't be read ({error}); {RUN_AGAIN}"
        raise CorpusError(msg) from error


def _by_document(path: Path, ids: Collection[str] | None) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    for document, rows in groupby(_iter_rows(path, "document", ids), key=lambda row: row["document"]):
        yield document, list(map(_without_document, rows))


def _without_document(row: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name != "document"}
