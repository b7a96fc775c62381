"""DuckDB, bounded in memory, that fetches nothing."""

import re
from datetime import date
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from quotesmith.errors import MissingPackageError
from quotesmith.query.dates import day_of
from quotesmith.query.names import folded, name_words

if TYPE_CHECKING:
    import duckdb

MEMORY: Final = "1GB"
"""What DuckDB may take; what doesn't fit it keeps in files for the time being."""
_WILD = re.compile(r"([*?\[])")


def need_duckdb() -> None:
    """Nothing, or `MissingPackageError` where duckdb isn't installed."""
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
            "memory_limit": MEMORY,
            "temp_directory": str(spill),
            "preserve_insertion_order": False,
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
        },
    )


def literal(path: Path) -> str:
    """The path for DuckDB, which takes stars, question marks and brackets for patterns."""
    return _WILD.sub(r"[\1]", str(path))


_TEXT: Any = "VARCHAR"
_MAY_GIVE_NULL: Any = {"null_handling": "special"}


def name_key(name: str) -> str:
    """A name for comparing: folded, without a leading article; as it is where nothing is left of it."""
    return " ".join(name_words(name)) or name


def add_functions(connection: "duckdb.DuckDBPyConnection") -> None:
    """Make `folded`, `name_key` and `day_of` known to the connection's SQL."""

    def day(text: str | None) -> date | None:
        return day_of(text)

    connection.create_function("folded", folded, [_TEXT], _TEXT)
    connection.create_function("name_key", name_key, [_TEXT], _TEXT)
    connection.create_function("day_of", day, [_TEXT], "DATE", **_MAY_GIVE_NULL)
