"""DuckDB, bounded."""

from datetime import date
from pathlib import Path

import duckdb
import pytest

from quotesmith.corpus import database
from quotesmith.corpus.database import add_functions, connect
from quotesmith.errors import MissingPackageError
from quotesmith.query.names import name_key


def test_connection_is_bounded_and_fetches_no_extensions(tmp_path: Path) -> None:
    connection = database.connect(":memory:", tmp_path / "spill")
    [row] = connection.execute(
        """SELECT current_setting('memory_limit'), current_setting('temp_directory'),
        current_setting('autoinstall_known_extensions'), current_setting('autoload_known_extensions')"""
    ).fetchall()
    assert row == ("953.6 MiB", str(tmp_path / "spill"), False, False)


def test_missing_package_names_the_extra(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "find_spec", lambda _: None)
    with pytest.raises(MissingPackageError, match=r"quotesmith\[corpus\]"):
        database.connect(":memory:", tmp_path)


def test_path_is_no_pattern(tmp_path: Path) -> None:
    made = tmp_path / "[a]*?.parquet"
    duckdb.connect().from_query("SELECT 1 AS one").write_parquet(str(made))
    duckdb.connect().from_query("SELECT 2 AS one").write_parquet(str(tmp_path / "axx.parquet"))
    found = duckdb.connect().execute("SELECT * FROM read_parquet(?)", [database.literal(made)]).fetchall()
    assert found == [(1,)]


@pytest.mark.parametrize(
    ("name", "key"),
    [("The  Élysée", "elysee"), ("the", "the"), ("a bank", "bank"), ("\u0301", "\u0301"), ("O’Neill", "o'neill")],
)
def test_name_is_compared_without_case_accents_and_article(name: str, key: str) -> None:
    assert name_key(name) == key


def test_sql_knows_them_and_leaves_null_alone(tmp_path: Path) -> None:
    connection = connect(":memory:", tmp_path)
    add_functions(connection)
    sql = "SELECT folded('Ça  VA'), name_key('The Bank'), day_of('2024-05-01T10:00:00Z'), day_of('May'), day_of(NULL)"
    assert connection.execute(sql).fetchall() == [("ca va", "bank", date(2024, 5, 1), None, None)]
