"""Parquet."""

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from quotesmith.corpus.reading.parquet_rows import iter_parquet
from quotesmith.corpus.reading.rows import COLUMNS, Position, complete_columns
from quotesmith.errors import FormatError, MissingPackageError


def test_only_the_columns_that_count_are_read(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    pq.write_table(pa.table({"body": ["Go."], "id": [1], "vector": [[0.5] * 3]}), path)
    [row] = iter_parquet(path, Position(), complete_columns({"text": "body"}))
    assert row.cells == {"body": "Go.", "id": 1}


def test_position_in_a_later_row_group(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    pq.write_table(pa.table({"text": [str(number) for number in range(500)]}), path, row_group_size=150)
    rows = list(iter_parquet(path, Position(371, 372), COLUMNS))
    assert [row.cells["text"] for row in rows] == [str(number) for number in range(371, 500)]
    assert rows[0].at == Position(371, 372)
    assert list(iter_parquet(path, Position(500, 501), COLUMNS)) == []


def test_table_without_the_texts_column_is_an_error(tmp_path: Path) -> None:
    pq.write_table(pa.table({"body": ["Go."]}), tmp_path / "a.parquet")
    with pytest.raises(FormatError, match="there is no column 'text', but 'body'"):
        list(iter_parquet(tmp_path / "a.parquet", Position(), COLUMNS))


def test_other_file_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "a.parquet").write_bytes(b"PAR1 no")
    with pytest.raises(FormatError, match="not Parquet that can be read"):
        list(iter_parquet(tmp_path / "a.parquet", Position(), COLUMNS))


def test_missing_pyarrow_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("quotesmith.export.arrow_files.find_spec", lambda _: None)
    with pytest.raises(MissingPackageError, match=r"quotesmith\[parquet\]"):
        list(iter_parquet(tmp_path / "a.parquet", Position(), COLUMNS))
