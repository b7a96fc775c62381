"""Functions of ours that SQL calls: text folded for comparing, as selections of documents fold it, and days."""

from datetime import date
from typing import TYPE_CHECKING, Any

from quotesmith.lexicon.folding import fold_text
from quotesmith.query.dates import day_of
from quotesmith.query.names import name_words

if TYPE_CHECKING:
    import duckdb


_TEXT: Any = "VARCHAR"
_MAY_GIVE_NULL: Any = {"null_handling": "special"}


def name_key(name: str) -> str:
    """A name for comparing: folded, without a leading article; as it is where nothing is left of it."""
    return " ".join(name_words(name)) or name


def add_functions(connection: "duckdb.DuckDBPyConnection") -> None:
    """Make `folded`, `name_key` and `day_of` known to the connection's SQL."""

    def day(text: str | None) -> date | None:
        return day_of(text)

    connection.create_function("folded", fold_text, [_TEXT], _TEXT)
    connection.create_function("name_key", name_key, [_TEXT], _TEXT)
    connection.create_function("day_of", day, [_TEXT], "DATE", **_MAY_GIVE_NULL)
