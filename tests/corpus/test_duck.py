"""DuckDB, bounded."""

from pathlib import Path

import duckdb
import pytest

from quotesmith.corpus import duck
from quotesmith.errors import MissingPackageError


def test_connection_is_bounded_and_fetches_no_extensions(tmp_path: Path) -> None:
    connection = duck.connect(":memory:", tmp_path / "spill")
    [row] = connection.execute(
        """SELECT current_setting('memory_limit'), current_setting('temp_directory'),
        current_setting('autoinstall_known_extensions'), current_setting('autoload_known_extensions')"""
    ).fetchall()
    assert row == ("953.6 MiB", str(tmp_path / "spill"), False, False)


def test_missing_package_names_the_extra(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(duck, "find_spec", lambda _: None)
    with pytest.raises(MissingPackageError, match=r"quotesmith\[corpus\]"):
        duck.connect(":memory:", tmp_path)


def test_path_is_no_pattern(tmp_path: Path) -> None:
    made = tmp_path / "[a]*?.parquet"
    duckdb.connect().from_query("SELECT 1 AS one").write_parquet(str(made))
    duckdb.connect().from_query("SELECT 2 AS one").write_parquet(str(tmp_path / "axx.parquet"))
    found = duckdb.connect().execute("SELECT * FROM read_parquet(?)", [duck.literal(made)]).fetchall()
    assert found == [(1,)]
