"""CSV and tab-separated values: a header, then a document a row; a cell may run over lines."""

import csv
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from quotesmith.corpus.reading.opening import opened
from quotesmith.corpus.reading.rows import Position, Row, check_names
from quotesmith.errors import FormatError

# What `surrogateescape` makes of bytes that aren't UTF-8: so one bad byte spoils one row.
_UNDECODED = re.compile("[\udc80-\udcff]")
# A quotation mark that is never closed makes a cell of the rest of the file: the row is bad before memory is full.
_MAX_CELL = 2**26


def iter_csv(path: Path, at: Position, columns: Mapping[str, str]) -> Iterator[Row]:
    """A row for each record from `at` on; the first line that isn't blank names the columns."""
    return _iter_rows(path, at, columns, ",")


def iter_tsv(path: Path, at: Position, columns: Mapping[str, str]) -> Iterator[Row]:
    """The same, with tabs between the cells."""
    return _iter_rows(path, at, columns, "\t")


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


def _iter_rows(path: Path, at: Position, columns: Mapping[str, str], delimiter: str) -> Iterator[Row]:
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
                yield _row(here, header, cells)


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


def _row(at: Position, header: list[str], cells: list[str]) -> Row:
    if len(cells) != len(header):
        return Row(at, fault=f"the row has {len(cells)} cells, and the header {len(header)}")
    if any(_UNDECODED.search(cell) for cell in cells):
        return Row(at, fault="the row is not UTF-8")
    return Row(at, dict(zip(header, cells, strict=True)))
