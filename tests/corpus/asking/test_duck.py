"""DuckDB, bounded."""

from pathlib import Path

import pytest

from quotesmith.corpus.asking import duck
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
