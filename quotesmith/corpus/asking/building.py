"""Makes the index of a corpus: its shards' tables and its registry, put together and sorted for looking up."""

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final
from uuid import uuid4

from quotesmith.corpus.asking import statements
from quotesmith.corpus.asking.coverage import REGISTRY
from quotesmith.corpus.asking.folding import add_functions
from quotesmith.corpus.duck import connect, literal
from quotesmith.corpus.shards import shard_batches
from quotesmith.errors import CorpusError
from quotesmith.files import create_folder_atomically

if TYPE_CHECKING:
    import duckdb

PART: Final = "partial-"
"""What the folder of an index is called as long as it isn't complete, followed by anything."""
ROWS: Final = 20_480
"""How many rows a row group has: what is read at least where one row is wanted."""


def build_index(folder: Path, place: Path) -> None:
    """Make the index of the corpus in the folder at a place that isn't there yet; it appears when all of it is there.

    Where another process makes the same one at the same time, either's is kept.

    Raises:
        CorpusError: if the tables can't be read or the index can't be written.
        MissingPackageError: if duckdb isn't installed.
    """
    with create_folder_atomically(place, place.with_name(f"{PART}{uuid4().hex}")) as part:
        connection = connect(str(part / "work.duckdb"), part / "spill")
        try:
            with _told(folder):
                _fill(connection, folder)
                for name, statement in statements.FILES.items():
                    made = connection.from_query(statement)
                    made.write_parquet(str(part / f"{name}.parquet"), compression="zstd", row_group_size=ROWS)
        finally:
            connection.close()
        (part / "work.duckdb").unlink()
        shutil.rmtree(part / "spill", ignore_errors=True)


def _fill(connection: "duckdb.DuckDBPyConnection", folder: Path) -> None:
    add_functions(connection)
    for statement in statements.EMPTY:
        connection.execute(statement)
    done = 0
    for places in shard_batches(folder):
        done += _add_batch(connection, places, done)
    for name, columns in statements.REGISTRY.items():
        _add_registry(connection, folder / REGISTRY / f"{name}.parquet", name, columns)
    for statement in statements.IDENTITIES:
        connection.execute(statement)


def _add_batch(connection: "duckdb.DuckDBPyConnection", places: Sequence[Path], first: int) -> int:
    """Take in some shards, of which the first document gets that number; gives how many documents they have."""

    def files(table: str) -> list[str]:
        return [literal(place / f"{table}.parquet") for place in places]

    connection.execute(statements.DOCUMENTS, [files("documents")])
    connection.execute(statements.BATCH_ENTITIES, [files("entities"), first])
    connection.execute(statements.BATCH_QUOTES, [files("quotes"), first])
    connection.execute(statements.BATCH_LINKS, [files("links"), first])
    for statement in (statements.ENTITIES, statements.QUOTES, statements.EDGES):
        connection.execute(statement)
    [(documents,)] = connection.execute("SELECT count(*) FROM documents WHERE number >= ?", [first]).fetchall()
    return int(documents)


def _add_registry(connection: "duckdb.DuckDBPyConnection", path: Path, name: str, columns: Sequence[str]) -> None:
    """A table of the registry's; without one, an empty table."""
    if path.is_file():
        connection.from_parquet(literal(path)).select(*columns).create(f"registry_{name}")
    else:
        nothing = ", ".join(f"'' AS {column}" for column in columns)
        connection.from_query(f"SELECT {nothing}").limit(0).create(f"registry_{name}")


@contextmanager
def _told(folder: Path) -> Iterator[None]:
    import duckdb

    try:
        yield
    except duckdb.Error as error:
        msg = f"{folder} can't be indexed: {error}"
        raise CorpusError(msg) from error
