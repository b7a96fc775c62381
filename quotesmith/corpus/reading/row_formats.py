"""Files of many documents: a row each of JSON Lines, CSV, tab-separated values or Parquet."""

import csv
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from quotesmith.corpus.reading.pages import opened
from quotesmith.corpus.reading.rows import Position, Row, check_names
from quotesmith.errors import FormatError
from quotesmith.export.arrow_files import need_pyarrow
from quotesmith.export.json_data import decode_json

if TYPE_CHECKING:
    import pyarrow.parquet as pq

# What `surrogateescape` makes of bytes that aren't UTF-8: so one bad byte spoils one row.
_UNDECODED = re.compile("[\udc80-\udcff]")
# A quotation mark that is never closed makes a cell of the rest of the file: the row is bad before memory is full.
_MAX_CELL = 2**26


def iter_csv(path: Path, at: Position, columns: Mapping[str, str]) -> Iterator[Row]:
    """A row for each record from `at` on; the first line that isn't blank names the columns."""
    return _iter_csv_rows(path, at, columns, ",")


def iter_tsv(path: Path, at: Position, columns: Mapping[str, str]) -> Iterator[Row]:
    """The same, with tabs between the cells."""
    return _iter_csv_rows(path, at, columns, "\t")


class _Lines:
    """A file's lines as text, and where the next one begins."""

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
        lines = _Lines(file)
        header = _header(lines, delimiter)
        check_names(header, columns)
        if at != Position():
            lines.seek(at)
        records = csv.reader(lines, delimiter=delimiter)
        while True:
            here = lines.next
            try:
                with _long_cells():
                    cells = next(records, None)
            except csv.Error as error:
                yield Row(here, fault=f"not CSV: {error}")
                continue
            if cells is None:
                return
            if cells:
                yield _csv_row(here, header, cells)


@contextmanager
def _long_cells() -> Iterator[None]:
    """While it lasts cells may be longer than 128 kB; the limit is the whole process's, so it is given back."""
    before = csv.field_size_limit(_MAX_CELL)
    try:
        yield
    finally:
        csv.field_size_limit(before)


def _header(lines: _Lines, delimiter: str) -> list[str]:
    try:
        names = next((cells for cells in csv.reader(lines, delimiter=delimiter) if cells), [])
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
    """A row for each line from `at` on, read when it is asked for; skips blank lines."""
    with opened(path) as file:
        file.seek(at.offset)
        offset = at.offset
        for number, line in enumerate(file, at.number):
            here = Position(offset, number)
            offset += len(line)
            if line.strip():
                yield _json_row(here, line)


def _json_row(at: Position, line: bytes) -> Row:
    where = "the line"
    try:
        value = decode_json(line.rstrip(b"\r\n"), where, first_line=at.number)
    except FormatError as error:
        return Row(at, fault=str(error).removeprefix(f"{where}: "))
    return Row(at, value) if isinstance(value, dict) else Row(at, fault=f"{where} must be an object, not {line[:40]!r}")


# Rows that are in memory at once.
_PARQUET_ROWS_AT_ONCE = 64


def iter_parquet(path: Path, at: Position, columns: Mapping[str, str]) -> Iterator[Row]:
    """A row for each from `at` on, with those of the columns that there are.

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
    """The row groups from that with the row on, and the number of the first row in them."""
    first = 0
    for group in range(parquet.num_row_groups):
        rows = parquet.metadata.row_group(group).num_rows
        if first + rows > row:
            return list(range(group, parquet.num_row_groups)), first
        first += rows
    return [], first
