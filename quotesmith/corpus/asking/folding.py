"""Functions of ours that SQL calls: text folded for comparing, as selections of documents fold it, and days."""

from datetime import date
from typing import TYPE_CHECKING

from quotesmith.query.dates import day_of
from quotesmith.query.names import folded, name_words

if TYPE_CHECKING:
    import duckdb


def name_key(name: str) -> str:
    """A name for comparing: folded, without a leading article; as it is where nothing is left of it."""
    return " ".join(name_words(name)) or name


def add_functions(connection: "duckdb.DuckDBPyConnection") -> None:
    """Make `folded`, `name_key` and `day_of` known to the connection's SQL."""

    def day(text: str) -> date | None:
        return day_of(text)

    for name, function, kind in (
        ("folded", folded, "VARCHAR"),
        ("name_key", name_key, "VARCHAR"),
        ("day_of", day, "DATE"),
    ):
        connection.create_function(name, function, ["VARCHAR"], kind)  # type: ignore[arg-type, list-item]
