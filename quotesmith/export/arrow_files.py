"""Documents as Parquet and Arrow: one row a document, with its records as lists of typed structs.

The columns are those of `QuoteDocument.to_dict`; a span is a struct of `start` and `end`, and `meta` a string of JSON.
The file's metadata has the number of the schema under `quotesmith.schema`. Surrogates, which Arrow's strings can't
hold, become U+FFFD.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from itertools import islice
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from quotesmith.errors import FormatError, MissingPackageError
from quotesmith.export.json_data import decode_json, encode_json, plain_data
from quotesmith.files import replace_atomically
from quotesmith.records import Quote, QuoteDocument
from quotesmith.records.codec import SCHEMA, quote_from_dict

if TYPE_CHECKING:
    import pyarrow as pa

# Documents that are in memory at once; also a file's row groups, so that a reader can skip some.
_ROW_GROUP = 64


def write_parquet(documents: Iterable[QuoteDocument], path: str | PathLike[str]) -> None:
    """Write documents to a Parquet file, one row each, in their order; 64 are in memory at once.

    Raises:
        MissingPackageError: if pyarrow isn't installed.
        FormatError: if a document's meta isn't JSON data.
    """
    need_pyarrow("Parquet")
    import pyarrow.parquet as pq

    from quotesmith.export.arrow_schemas import DOCUMENT_SCHEMA

    with replace_atomically(path) as part, pq.ParquetWriter(part, DOCUMENT_SCHEMA) as writer:
        for batch in _batches(documents):
            writer.write_batch(batch)


def write_arrow(documents: Iterable[QuoteDocument], path: str | PathLike[str]) -> None:
    """Write documents to an Arrow IPC file (Feather 2), one row each, in their order; 64 are in memory at once.

    Raises:
        MissingPackageError: if pyarrow isn't installed.
        FormatError: if a document's meta isn't JSON data.
    """
    need_pyarrow("Arrow")
    import pyarrow as pa

    from quotesmith.export.arrow_schemas import DOCUMENT_SCHEMA

    with (
        replace_atomically(path) as part,
        pa.OSFile(str(part), "wb") as file,
        pa.ipc.new_file(file, DOCUMENT_SCHEMA) as writer,
    ):
        for batch in _batches(documents):
            writer.write_batch(batch)


def read_parquet(path: str | PathLike[str]) -> Iterator[QuoteDocument]:
    """The documents of a file that `write_parquet` wrote, in order, read some at a time.

    Raises:
        MissingPackageError: if pyarrow isn't installed.
        FormatError: if it isn't such a file, or a row isn't a document; names the path and row.
    """
    need_pyarrow("Parquet")
    import pyarrow.parquet as pq

    def opened(file: BinaryIO) -> tuple["pa.Schema", Iterable["pa.RecordBatch"]]:
        parquet = pq.ParquetFile(file)
        return parquet.schema_arrow, parquet.iter_batches(_ROW_GROUP)

    return _documents(path, "Parquet", opened)


def read_arrow(path: str | PathLike[str]) -> Iterator[QuoteDocument]:
    """The documents of a file that `write_arrow` wrote, in order, read some at a time.

    Raises:
        MissingPackageError: if pyarrow isn't installed.
        FormatError: if it isn't such a file, or a row isn't a document; names the path and row.
    """
    need_pyarrow("Arrow")
    import pyarrow as pa

    def opened(file: BinaryIO) -> tuple["pa.Schema", Iterable["pa.RecordBatch"]]:
        arrow = pa.ipc.open_file(file)
        return arrow.schema, map(arrow.get_batch, range(arrow.num_record_batches))

    return _documents(path, "Arrow", opened)


def need_pyarrow(what: str) -> None:
    """Raise `MissingPackageError` unless pyarrow, which `what` needs, is installed."""
    if find_spec("pyarrow") is None:
        msg = f"{what} needs pyarrow; install it with: pip install 'quotesmith[parquet]'"
        raise MissingPackageError(msg)


def _batches(documents: Iterable[QuoteDocument]) -> Iterator["pa.RecordBatch"]:
    import pyarrow as pa

    from quotesmith.export.arrow_schemas import DOCUMENT_SCHEMA

    rows = map(document_row, documents)
    while batch := list(islice(rows, _ROW_GROUP)):
        yield pa.RecordBatch.from_pylist(batch, schema=DOCUMENT_SCHEMA)


def document_row(document: QuoteDocument) -> dict[str, Any]:
    """The document as a row of `DOCUMENT_SCHEMA`.

    Raises:
        FormatError: if its meta isn't JSON data.
    """
    data = document.to_dict()
    meta = encode_json(data.pop("meta"), f"the meta of document {document.id!r}").decode().rstrip("\n")
    return {**_with_spans(plain_data(data), lambda span: {"start": span[0], "end": span[1]}), "meta": meta}


def row_quote(row: dict[str, Any], where: str) -> Quote:
    """The quote of one of the records under a row's "quotes".

    Raises:
        FormatError: if it isn't one; says where it stands.
    """
    spans = {name: _each(row[name], _span_list) for name in ("content", "cue")}
    try:
        return quote_from_dict({**row, **spans})
    except FormatError as error:
        msg = f"{where}: {error}"
        raise FormatError(msg) from error


def _with_spans(row: dict[str, Any], convert: Callable[[Any], Any]) -> dict[str, Any]:
    """The row with each span in it converted."""

    def converted(records: Any, names: tuple[str, ...]) -> Any:
        return _each(records, lambda record: {**record, **{name: _each(record[name], convert) for name in names}})

    return {
        **row,
        "quotes": converted(row["quotes"], ("content", "cue", "source")),
        "mentions": converted(row["mentions"], ("spans",)),
    }


def _span_list(span: dict[str, int]) -> list[int]:
    return [span["start"], span["end"]]


def _each(values: Any, convert: Callable[[Any], Any]) -> Any:
    """Each value of a list converted; a missing one, or a missing list, is left to the codec to refuse."""
    if not isinstance(values, list):
        return values
    return [value if value is None else convert(value) for value in values]


def _documents(
    path: str | PathLike[str],
    name: str,
    opened: Callable[[BinaryIO], tuple["pa.Schema", Iterable["pa.RecordBatch"]]],
) -> Iterator[QuoteDocument]:
    from quotesmith.export.arrow_schemas import schema_fault

    with Path(path).open("rb") as file:
        with _foreign_errors_told(path, name):
            schema, batches = opened(file)
        fault = schema_fault(schema)
        if fault is not None:
            msg = f"{path}: not a file of quotesmith's documents: {fault}"
            raise FormatError(msg)
        with _foreign_errors_told(path, name):
            rows = (row for batch in batches for row in _checked_rows(batch))
            for number, row in enumerate(rows, start=1):
                yield row_document(row, f"{path}, row {number}")


def _checked_rows(batch: "pa.RecordBatch") -> list[dict[str, Any]]:
    # Arrow trusts the offsets in a file: wrong ones would read outside of its memory.
    batch.validate(full=True)
    rows: list[dict[str, Any]] = batch.to_pylist()
    return rows


@contextmanager
def _foreign_errors_told(path: str | PathLike[str], name: str) -> Iterator[None]:
    import pyarrow as pa

    try:
        yield
    except FormatError:
        raise
    except (pa.ArrowException, OSError, ValueError) as error:
        msg = f"{path}: not {name} that can be read: {error}"
        raise FormatError(msg) from error


def row_document(row: dict[str, Any], where: str) -> QuoteDocument:
    """The document of such a row.

    Raises:
        FormatError: if the row isn't a document; says where it stands.
    """
    meta = decode_json((row["meta"] or "").encode(), f"{where}, meta")
    data = _with_spans(row, _span_list)
    try:
        return QuoteDocument.from_dict({"schema": SCHEMA, **data, "meta": meta})
    except FormatError as error:
        msg = f"{where}: {error}"
        raise FormatError(msg) from error
