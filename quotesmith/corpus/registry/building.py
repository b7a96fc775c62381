"""Builds the tables of a registry from a corpus' shards."""

import shutil
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pyarrow as pa
from attrs import frozen

from quotesmith.corpus.database import VARCHAR, connect, literal, reported, write_files
from quotesmith.corpus.registry import statements
from quotesmith.corpus.registry.bodies import is_noun
from quotesmith.corpus.registry.corrections import Correction, put_refs, read_rulings
from quotesmith.corpus.registry.deciding import decide
from quotesmith.corpus.registry.person_names import person_key
from quotesmith.corpus.shards import shard_batches
from quotesmith.lexicon.gazetteer import GazetteerEntry
from quotesmith.query.names import name_key

if TYPE_CHECKING:
    import duckdb

_KNOWN: Final = ("tag", "name", "kind", "gender", "identifier")


@frozen
class Made:
    """What building a registry gave besides its tables.

    Attributes:
        next_number: The number of the next new identity.
        unused: The corrections whose names are in no document.
    """

    next_number: int
    unused: tuple[Correction, ...] = ()


def build_registry(
    folder: Path,
    place: Path,
    *,
    corrections: Sequence[Correction] = (),
    entries: Sequence[GazetteerEntry] = (),
    old: Path | None = None,
    next_number: int = 1,
) -> Made:
    """Write the tables of a corpus' registry to a folder.

    Args:
        folder: The corpus' folder.
        place: An empty folder.
        corrections: In the order in which they were made.
        entries: The user's gazetteer.
        old: The folder of the registry whose ids are kept, if there is one.
        next_number: The number of the next new identity.

    Raises:
        CorpusError: if the tables can't be read, or corrections contradict each other; shows both.
        MissingPackageError: if duckdb isn't installed.
    """
    connection = connect(str(place / "work.duckdb"), place / "spill")
    try:
        with reported(f"the registry of {folder} can't be made"):
            _add_functions(connection)
            for statement in statements.CREATE_REGISTRY:
                connection.execute(statement)
            _fill(connection, folder, corrections, entries)
            rulings = read_rulings(connection, corrections)
            decide(connection, folder, rulings)
            after = _identify(connection, old, next_number)
            write_files(connection, statements.REGISTRY_FILES, place)
    finally:
        connection.close()
    (place / "work.duckdb").unlink()
    shutil.rmtree(place / "spill", ignore_errors=True)
    return Made(after, tuple(rulings.unused))


def _fill(
    connection: "duckdb.DuckDBPyConnection",
    folder: Path,
    corrections: Sequence[Correction],
    entries: Sequence[GazetteerEntry],
) -> None:
    """Take in the documents, entities, corrections and gazetteer."""
    done = 0
    for places in shard_batches(folder):
        files = {name: [literal(place / f"{name}.parquet") for place in places] for name in ("documents", "entities")}
        connection.execute(statements.REGISTRY_DOCUMENTS, [files["documents"]])
        connection.execute(statements.SIGHTINGS, [files["entities"], done])
        [(done,)] = connection.execute("SELECT count(*) FROM documents").fetchall()
    put_refs(connection, corrections)
    _put_entries(connection, entries)
    for statement in statements.UNITS:
        connection.execute(statement)


def _put_entries(connection: "duckdb.DuckDBPyConnection", entries: Iterable[GazetteerEntry]) -> None:
    known, names = [], []
    for entry in entries:
        tag = f"name:{entry.name}" if entry.identifier is None else f"id:{entry.identifier}"
        gender = entry.gender and entry.gender.value
        known.append((tag, entry.name, entry.kind.value, gender, entry.identifier))
        names += [(tag, entry.kind.value, name) for name in (entry.name, *entry.aliases)]
    text = pa.schema([(name, pa.string()) for name in _KNOWN])
    connection.from_arrow(_table(known, text)).create("known")
    connection.from_arrow(
        _table(names, pa.schema([(name, pa.string()) for name in ("tag", "kind", "name")]))
    ).insert_into("entries")


def _table(rows: Iterable[Sequence[object]], schema: pa.Schema) -> pa.Table:
    return pa.Table.from_pylist([dict(zip(schema.names, row, strict=True)) for row in rows], schema)


def _identify(connection: "duckdb.DuckDBPyConnection", old: Path | None, next_number: int) -> int:
    """Assign ids to the clusters; gives the next free number."""
    for statement in statements.CLUSTERS:
        connection.execute(statement)
    if old is not None:
        for name, table in (("members", "old_members"), ("merged", "old_merged")):
            connection.from_parquet(literal(old / f"{name}.parquet")).insert_into(table)
    meetings, kept, ids, merged = statements.IDS
    connection.execute(meetings)
    connection.execute(kept)
    connection.execute(ids, [next_number])
    connection.execute(merged)
    [(new,)] = connection.execute("SELECT count(*) FROM ids WHERE cluster NOT IN (SELECT cluster FROM kept)").fetchall()
    return next_number + int(new)


def _add_functions(connection: "duckdb.DuckDBPyConnection") -> None:
    def person(name: str) -> str:
        return "\n".join(person_key(name))

    connection.create_function("person_key", person, [VARCHAR], VARCHAR)
    connection.create_function("name_key", name_key, [VARCHAR], VARCHAR)
    connection.create_function("is_noun", is_noun, [VARCHAR], "BOOLEAN")
    connection.execute("CREATE MACRO id_number(identity) AS CAST(identity[2:] AS BIGINT)")
