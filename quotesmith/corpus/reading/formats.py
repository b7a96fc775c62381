"""The formats of inputs: files of many rows, files that are one document each, and the text of a page."""

import csv
import gzip
import re
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, cast

from attrs import evolve, frozen

from quotesmith.corpus.reading.epub import iter_epub
from quotesmith.corpus.reading.gutenberg import Excerpts, character_set
from quotesmith.corpus.reading.rows import Fault, InputDocument, Position, Row, check_names
from quotesmith.errors import FormatError, MissingPackageError, OptionError
from quotesmith.export.arrow_files import need_pyarrow
from quotesmith.export.characters import decode_utf8
from quotesmith.export.json_data import decode_json

if TYPE_CHECKING:
    import pyarrow.parquet as pq

PACKED = ".gz"
# For each key of a document's meta, the name of what trafilatura finds.
_FOUND = {"title": "title", "date": "date", "outlet": "sitename", "url": "url", "author": "author"}
# What `surrogateescape` makes of bytes that aren't UTF-8: one bad byte spoils only its row.
_UNDECODED = re.compile("[\udc80-\udcff]")
# A quotation mark that is never closed turns the rest of the file into one cell: the row fails before memory is full.
_MAX_CELL = 2**26
# Rows of a Parquet file that are in memory at once.
_PARQUET_ROWS_AT_ONCE = 64
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")


@contextmanager
def opened(path: Path) -> Iterator[BinaryIO]:
    """The file's bytes, unpacked where its name ends in .gz; seeking in a packed file reads everything before.

    Raises:
        FormatError: if a packed file is broken.
    """
    if path.suffix.lower() != PACKED:
        with path.open("rb") as file:
            yield file
        return
    try:
        with gzip.open(path, "rb") as packed:
            yield cast("BinaryIO", packed)
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        msg = f"the file can't be unpacked: {error}"
        raise FormatError(msg) from error


def iter_text(path: Path, at: Position, _: Mapping[str, str]) -> Iterator[Row]:
    """The file as one row with a text, without a byte order mark; line ends stay as they are.

    Of a file of Project Gutenberg's, the book is the text, and its header says title and author.
    """
    with opened(path) as file:
        data = file.read()
    yield text_row(data, at)


def text_row(data: bytes, at: Position, *, encoding: str | None = None) -> Row:
    """The bytes of a text file as a row.

    Args:
        data: The bytes.
        at: Where the row stands.
        encoding: How they are encoded; without it UTF-8, UTF-16 if they begin so, or what Gutenberg's header says.

    Raises:
        OptionError: if there is no such encoding of text.
    """
    where = "the file"
    try:
        kept = Excerpts.of(_decoded_text(data, where, encoding))
    except FormatError as error:
        return Row(at, fault=str(error).removeprefix(f"{where}: "))
    return Row(at, {"text": kept.text}, meta=kept.meta)


def _decoded_text(data: bytes, where: str, encoding: str | None) -> str:
    if encoding is None and data.startswith(_UTF16_MARKS):
        encoding = "utf-16"
    if encoding is not None:
        return _decoded_as(data, where, encoding)
    try:
        return decode_utf8(data, where).removeprefix("\ufeff")
    except FormatError:
        # Headers may be older than their files: only where the file is no UTF-8 does what they say count.
        named = character_set(data)
        if named is None:
            raise
        return _decoded_as(data, where, named)


def _decoded_as(data: bytes, where: str, encoding: str) -> str:
    try:
        return data.decode(encoding).removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        msg = f"{where}: byte {data[error.start]:#04x} at {error.start} is not {encoding}"
        raise FormatError(msg) from error
    except LookupError as error:
        msg = f"{encoding!r} is no encoding of text that Python knows; examples: utf-8, cp1252, latin-1"
        raise OptionError(msg) from error


def iter_html(path: Path, at: Position, _: Mapping[str, str]) -> Iterator[Row]:
    """The file as one row with markup."""
    with opened(path) as file:
        yield Row(at, markup=file.read())


def readable(document: InputDocument) -> InputDocument | Fault:
    """The document with the text and meta of its markup, or the document itself where it has none.

    Paragraphs are separated by blank lines. A page without any text is a fault.

    Raises:
        MissingPackageError: if there is markup, and trafilatura isn't installed.
    """
    if document.markup is None:
        return document
    page = _extracted(document.markup)
    if page is None or not page.text:
        return Fault(document.place, "no text is found in the page")
    found = {name: getattr(page, key) for name, key in _FOUND.items()}
    meta = {name: value for name, value in found.items() if value}
    text = page.text.replace("\n", "\n\n")
    kept = Excerpts.of(text)
    return evolve(document, text=kept.text, meta={**meta, **kept.meta, **document.meta}, markup=None)


def need_trafilatura() -> None:
    """Raise `MissingPackageError` where trafilatura isn't installed."""
    if find_spec("trafilatura") is None:
        msg = "HTML needs trafilatura; install it with: pip install 'quotesmith[html]'"
        raise MissingPackageError(msg)


def _extracted(markup: bytes) -> Any:
    need_trafilatura()
    import trafilatura

    return trafilatura.bare_extraction(markup, with_metadata=True, include_comments=False)


def iter_csv(path: Path, at: Position, columns: Mapping[str, str]) -> Iterator[Row]:
    """A row for each record from `at` on; the first line that isn't blank names the columns."""
    return _iter_csv_rows(path, at, columns, ",")


def iter_tsv(path: Path, at: Position, columns: Mapping[str, str]) -> Iterator[Row]:
    """The same, with tabs between the cells."""
    return _iter_csv_rows(path, at, columns, "\t")


class _Lines:
    """A file's lines as text, with the position of the next one."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.next = Position()

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._file.readline()
        if not line:
            raise StopIteration
        self.next = Position(self.next.offset + len(line), self.next.number + 1)
        return line.decode("utf-8", "surrogateescape")

    def seek(self, at: Position) -> None:
        self._file.seek(at.offset)
        self.next = at


def _iter_csv_rows(path: Path, at: Position, columns: Mapping[str, str], delimiter: str) -> Iterator[Row]:
    with opened(path) as file:
        _check_mark(file)
        lines = _Lines(file)
        header = _header(lines, delimiter)
        check_names(header, columns)
        if at != Position():
            lines.seek(at)
        # Strict: a mark that is never closed would otherwise make one cell of all that follows, without a word.
        records = csv.reader(lines, delimiter=delimiter, strict=True)
        while True:
            here = lines.next
            try:
                with _long_cells():
                    cells = next(records, None)
            except csv.Error as error:
                yield Row(here, fault=_csv_fault(error, here, lines.next))
                continue
            if cells is None:
                return
            if cells:
                yield _csv_row(here, header, cells)


def _csv_fault(error: csv.Error, begun: Position, ended: Position) -> str:
    """What is wrong with a record, and which lines are in none because of it."""
    last = ended.number - 1
    what = "a quotation mark is never closed" if str(error) == "unexpected end of data" else f"not CSV: {error}"
    return what if last <= begun.number else f"{what}; the record reaches to line {last}"


@contextmanager
def _long_cells() -> Iterator[None]:
    """Allow cells longer than 128 kB for a while; the limit belongs to the whole process, so it is restored."""
    before = csv.field_size_limit(_MAX_CELL)
    try:
        yield
    finally:
        csv.field_size_limit(before)


def _header(lines: _Lines, delimiter: str) -> list[str]:
    try:
        names = next((cells for cells in csv.reader(lines, delimiter=delimiter, strict=True) if cells), [])
    except csv.Error as error:
        msg = f"the line of column names is not CSV: {error}"
        raise FormatError(msg) from error
    names = [names[0].removeprefix("\ufeff"), *names[1:]] if names else names
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        msg = f"columns must differ, but these names occur twice: {', '.join(twice)}"
        raise FormatError(msg)
    return names


def _csv_row(at: Position, header: list[str], cells: list[str]) -> Row:
    if len(cells) != len(header):
        return Row(at, fault=f"the row has {len(cells)} cells, and the header {len(header)}")
    if any(_UNDECODED.search(cell) for cell in cells):
        return Row(at, fault="the row is not UTF-8")
    return Row(at, dict(zip(header, cells, strict=True)))


def iter_json_lines(path: Path, at: Position, _: Mapping[str, str]) -> Iterator[Row]:
    """A row for each line from `at` on, read on demand; skips blank lines."""
    with opened(path) as file:
        _check_mark(file)
        file.seek(at.offset)
        offset = at.offset
        for number, line in enumerate(file, at.number):
            here = Position(offset, number)
            offset += len(line)
            if line.strip():
                yield _json_row(here, line)


def _check_mark(file: BinaryIO) -> None:
    """Raise `FormatError` where a file of rows begins as UTF-16 or UTF-32 does; otherwise be at its beginning."""
    if file.read(2) in _UTF16_MARKS:
        msg = "the file begins as UTF-16 or UTF-32 does, and rows are read as UTF-8; save it as UTF-8"
        raise FormatError(msg)
    file.seek(0)


def _json_row(at: Position, line: bytes) -> Row:
    where = "the line"
    try:
        value = decode_json(line.rstrip(b"\r\n"), where, first_line=at.number)
    except FormatError as error:
        return Row(at, fault=str(error).removeprefix(f"{where}: "))
    return Row(at, value) if isinstance(value, dict) else Row(at, fault=f"{where} must be an object, not {line[:40]!r}")


def iter_parquet(path: Path, at: Position, columns: Mapping[str, str]) -> Iterator[Row]:
    """A row for each row from `at` on, with those of the columns that the file has.

    Raises:
        MissingPackageError: if pyarrow isn't installed.
        FormatError: if the file can't be read.
    """
    need_pyarrow("Parquet")
    import pyarrow as pa
    import pyarrow.parquet as pq

    with path.open("rb") as file:
        try:
            yield from _iter_parquet_rows(pq.ParquetFile(file), at, columns)
        except (pa.ArrowException, OSError) as error:
            msg = f"not Parquet that can be read: {error}"
            raise FormatError(msg) from error


def _iter_parquet_rows(parquet: "pq.ParquetFile", at: Position, columns: Mapping[str, str]) -> Iterator[Row]:
    groups, number = _groups_from(parquet, at.offset)
    names = parquet.schema_arrow.names
    check_names(names, columns)
    known = [name for name in names if name in columns.values()]
    for batch in parquet.iter_batches(_PARQUET_ROWS_AT_ONCE, row_groups=groups, columns=known):
        start = max(0, at.offset - number)
        for row, cells in enumerate(batch.slice(start).to_pylist(), number + start):
            yield Row(Position(row, row + 1), cells)
        number += len(batch)


def _groups_from(parquet: "pq.ParquetFile", row: int) -> tuple[list[int], int]:
    """The row groups from the one that has the row on, and the number of their first row."""
    first = 0
    for group in range(parquet.num_row_groups):
        rows = parquet.metadata.row_group(group).num_rows
        if first + rows > row:
            return list(range(group, parquet.num_row_groups)), first
        first += rows
    return [], first


@frozen(kw_only=True)
class InputFormat:
    """A format of inputs.

    Attributes:
        name: Its name on the command line.
        suffixes: The endings of its files' names; .gz may follow if it can be `packed`.
        rows: Gives a file's rows from a position on; of Parquet only the columns that are named.
        unit: What a row is called in messages; empty where a file is one document.
        packed: Whether files may be packed with gzip.
    """

    name: str
    suffixes: tuple[str, ...]
    rows: Callable[[Path, Position, Mapping[str, str]], Iterator[Row]]
    unit: str = ""
    packed: bool = True


INPUT_FORMATS = (
    InputFormat(name="text", suffixes=(".txt",), rows=iter_text),
    InputFormat(name="html", suffixes=(".html", ".htm"), rows=iter_html),
    InputFormat(name="epub", suffixes=(".epub",), rows=iter_epub, packed=False),
    InputFormat(name="jsonl", suffixes=(".jsonl", ".ndjson"), rows=iter_json_lines, unit="line"),
    InputFormat(name="csv", suffixes=(".csv",), rows=iter_csv, unit="line"),
    InputFormat(name="tsv", suffixes=(".tsv",), rows=iter_tsv, unit="line"),
    InputFormat(name="parquet", suffixes=(".parquet",), rows=iter_parquet, unit="row", packed=False),
)


def input_format(name: str) -> InputFormat:
    """The format of that name.

    Raises:
        OptionError: if there is none; lists those that there are.
    """
    found = next((known for known in INPUT_FORMATS if known.name == name), None)
    if found is None:
        msg = f"{name!r} is no format of inputs; there are {', '.join(known.name for known in INPUT_FORMATS)}"
        raise OptionError(msg)
    return found


def format_of(path: Path) -> InputFormat | None:
    """The format by the ending of the file's name; None where no format has that ending."""
    name = path.name.lower()
    plain = name.removesuffix(PACKED)
    return next(
        (known for known in INPUT_FORMATS if (plain if known.packed else name).endswith(known.suffixes)),
        None,
    )
