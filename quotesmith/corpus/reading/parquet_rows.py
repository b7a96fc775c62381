"""Parquet: a document a row."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from quotesmith.corpus.reading.rows import Position, Row, check_names
from quotesmith.errors import FormatError
from quotesmith.export.arrow_files import need_pyarrow

if TYPE_CHECKING:
    import pyarrow.parquet as pq

# Rows that are in memory at once.
_BATCH = 64


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
            yield from _iter_rows(pq.ParquetFile(file), at, columns)
        except (pa.ArrowException, OSError) as error:
            msg = f"not Parquet that can be read: {error}"
            raise FormatError(msg) from error


def _iter_rows(parquet: "pq.ParquetFile", at: Position, columns: Mapping[str, str]) -> Iterator[Row]:
    groups, number = _groups_from(parquet, at.offset)
    names = parquet.schema_arrow.names
    check_names(names, columns)
    known = [name for name in names if name in columns.values()]
    for batch in parquet.iter_batches(_BATCH, row_groups=groups, columns=known):
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
