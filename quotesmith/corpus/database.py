"""DuckDB, bounded in memory and offline: connections, rows read and written in batches, functions for its SQL."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from importlib.util import find_spec
from os import SEEK_END
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from quotesmith.errors import CorpusError, MissingPackageError
from quotesmith.lexicon.folding import fold_text
from quotesmith.query.dates import day_of
from quotesmith.query.names import name_key

if TYPE_CHECKING:
    import duckdb
    import numpy as np

MEMORY_LIMIT: Final = "1GB"
"""What DuckDB may take; it keeps in temporary files whatever doesn't fit."""
_PARQUET: Final = b"PAR1"
ROWS_AT_ONCE: Final = 10_000
"""How many rows of an answer, or on their way to a table, are in memory at a time."""
# For `create_function`, whose stubs know only DuckDB's own type objects.
VARCHAR: Final[Any] = "VARCHAR"
_MAY_GIVE_NULL: Final[Any] = {"null_handling": "special"}
Numbers: TypeAlias = "np.ndarray[Any, np.dtype[np.int64]]"
"""A column of whole numbers, such as those that stand for documents or quotes."""
_WILDCARD = re.compile(r"([*?\[])")


def need_duckdb() -> None:
    """Raise `MissingPackageError` where duckdb isn't installed."""
    if find_spec("duckdb") is None:
        msg = "a corpus' index and registry need duckdb; install it with: pip install 'quotesmith[corpus]'"
        raise MissingPackageError(msg)


def connect(database: str, spill: Path) -> "duckdb.DuckDBPyConnection":
    """A connection to a database file, or to one in memory (":memory:").

    Args:
        database: Its path.
        spill: The folder for what doesn't fit into memory; made when it is needed.

    Raises:
        MissingPackageError: if duckdb isn't installed.
    """
    need_duckdb()
    import duckdb

    return duckdb.connect(
        database,
        config={
            "memory_limit": MEMORY_LIMIT,
            "temp_directory": str(spill),
            "preserve_insertion_order": False,
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
        },
    )


@contextmanager
def reported(what: str) -> Iterator[None]:
    """Turn DuckDB's errors into a `CorpusError` whose message begins with `what`."""
    import duckdb

    try:
        yield
    except duckdb.Error as error:
        msg = f"{what}: {error}"
        raise CorpusError(msg) from error


def is_parquet(path: Path) -> bool:
    """Whether a file has both ends of a Parquet file: one that is cut or empty has not."""
    if not path.is_file() or path.stat().st_size < 2 * len(_PARQUET):
        return False
    with path.open("rb") as file:
        start = file.read(len(_PARQUET))
        file.seek(-len(_PARQUET), SEEK_END)
        return start == file.read() == _PARQUET


def literal(path: Path) -> str:
    """The path for DuckDB, which would take stars, question marks and brackets in it for a pattern."""
    return _WILDCARD.sub(r"[\1]", str(path))


def iter_rows(answer: "duckdb.DuckDBPyConnection") -> Iterator[tuple[Any, ...]]:
    """The rows of an answer, `ROWS_AT_ONCE` in memory at a time."""
    while rows := answer.fetchmany(ROWS_AT_ONCE):
        yield from rows


class RowWriter:
    """Writes rows to a table of the database, `ROWS_AT_ONCE` or more at a time; `flush` writes the last ones."""

    def __init__(self, connection: "duckdb.DuckDBPyConnection", table: str, columns: Sequence[str]) -> None:
        self._connection = connection
        self._table = table
        self._columns = columns
        self._waiting: list[Sequence[object]] = []

    def add(self, rows: Iterable[Sequence[object]]) -> None:
        """Take rows, and write those that wait once there are enough."""
        self._waiting.extend(rows)
        if len(self._waiting) >= ROWS_AT_ONCE:
            self.flush()

    def flush(self) -> None:
        """Write all rows that wait."""
        import pyarrow as pa

        if self._waiting:
            columns = zip(*self._waiting, strict=True)
            table = pa.table(dict(zip(self._columns, map(pa.array, columns), strict=True)))
            self._connection.from_arrow(table).insert_into(self._table)
            self._waiting = []


def write_files(
    connection: "duckdb.DuckDBPyConnection",
    statements: Mapping[str, str],
    folder: Path,
    *,
    row_group_size: int | None = None,
) -> None:
    """Write the answer to each statement to a Parquet file in a folder, named after the statement.

    Args:
        connection: The database that is asked.
        statements: A query for each file, by the file's name without its suffix.
        folder: Where the files go.
        row_group_size: How many rows a row group has; DuckDB's default where it isn't given.
    """
    for name, statement in statements.items():
        path = str(folder / f"{name}.parquet")
        connection.from_query(statement).write_parquet(path, compression="zstd", row_group_size=row_group_size)


def add_functions(connection: "duckdb.DuckDBPyConnection") -> None:
    """Add `folded`, `name_key` and `day_of` to the connection's SQL."""

    def day(text: str | None) -> date | None:
        return day_of(text)

    connection.create_function("folded", fold_text, [VARCHAR], VARCHAR)
    connection.create_function("name_key", name_key, [VARCHAR], VARCHAR)
    connection.create_function("day_of", day, [VARCHAR], "DATE", **_MAY_GIVE_NULL)
