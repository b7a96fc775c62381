"""Documents as Parquet and Arrow."""

import importlib.util
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, TypeAlias

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotesmith.errors import FormatError, MissingPackageError
from quotesmith.export.arrow_files import read_arrow, read_parquet, write_arrow, write_parquet
from quotesmith.export.arrow_schemas import DOCUMENT_SCHEMA, schema_fault
from quotesmith.export.json_data import plain_data
from quotesmith.records import QuoteDocument
from tests.samples import summit
from tests.strategies import documents

Write: TypeAlias = Callable[[Iterable[QuoteDocument], Path], None]
Read: TypeAlias = Callable[[Path], Iterator[QuoteDocument]]
FORMATS = [pytest.param(write_parquet, read_parquet, id="parquet"), pytest.param(write_arrow, read_arrow, id="arrow")]


def without_surrogates(document: QuoteDocument) -> QuoteDocument:
    """The document as Arrow can hold it; the meta is JSON, which can hold more."""
    data = document.to_dict()
    return QuoteDocument.from_dict({**plain_data(data), "meta": data["meta"]})


@pytest.mark.parametrize(("write", "read"), FORMATS)
@given(written=st.lists(documents(), max_size=3))
def test_documents_survive_a_file_in_order(
    tmp_path_factory: pytest.TempPathFactory, write: Write, read: Read, written: list[QuoteDocument]
) -> None:
    path = tmp_path_factory.getbasetemp() / "documents"
    write(written, path)
    assert list(read(path)) == [without_surrogates(document) for document in written]


@pytest.mark.parametrize(("write", "read"), FORMATS)
def test_more_documents_than_are_in_memory_at_once(tmp_path: Path, write: Write, read: Read) -> None:
    write((summit(f"d{number}") for number in range(130)), tmp_path / "documents")
    assert [document.id for document in read(tmp_path / "documents")] == [f"d{number}" for number in range(130)]


def test_pyarrow_and_pandas_see_typed_columns_in_both_formats(tmp_path: Path) -> None:
    write_parquet([summit()], tmp_path / "d.parquet")
    table = pq.read_table(tmp_path / "d.parquet")
    assert table.schema.metadata[b"quotesmith.schema"] == b"1"
    assert table["quotes"].combine_chunks().flatten().field("score").to_pylist()[0] == 0.98
    frame = pd.read_parquet(tmp_path / "d.parquet")
    assert frame["id"].tolist() == ["summit"]
    assert frame["quotes"][0][2]["content"][0] == {
        "start": summit().text.index("that talks"),
        "end": summit().text.index("that talks") + 22,
    }
    write_parquet([summit()], tmp_path / "d.parquet")
    write_arrow([summit()], tmp_path / "d.arrow")
    with pa.OSFile(str(tmp_path / "d.arrow")) as file:
        assert pa.ipc.open_file(file).read_all().equals(pq.read_table(tmp_path / "d.parquet"))


@pytest.mark.parametrize(("write", "read"), FORMATS)
@pytest.mark.parametrize("data", [b"", b"PAR1", b"no such file" * 20, b"ARROW1\0\0" + bytes(40)])
def test_file_of_another_format_is_told(tmp_path: Path, write: Write, read: Read, data: bytes) -> None:
    path = tmp_path / "bad"
    path.write_bytes(data)
    with pytest.raises(FormatError, match=r"bad: not (Parquet|Arrow) that can be read"):
        list(read(path))
    write([summit()], path)
    path.write_bytes(path.read_bytes()[:-20])
    with pytest.raises(FormatError, match=r"bad: not (Parquet|Arrow) that can be read"):
        list(read(path))


def row(**changes: Any) -> dict[str, Any]:
    empty = {"id": "d", "text": "Go", "language": "en", "meta": "{}", "quotes": [], "entities": [], "mentions": []}
    return {**empty, **changes}


def mentioned(span: dict[str, int] | None) -> dict[str, Any]:
    return row(mentions=[{"id": "m", "spans": [span], "form": "name", "entity": "e"}])


@pytest.mark.parametrize(
    ("second", "message"),
    [
        pytest.param(row(meta="{"), "row 2, meta: not JSON", id="meta"),
        pytest.param(row(meta='{"x": NaN}'), "row 2, meta: .*NaN is not a number", id="nan"),
        pytest.param(row(meta="[" * 100_000), "row 2, meta: not JSON that can be read", id="deep"),
        pytest.param(row(meta="[]"), "row 2: not a quotesmith document", id="list"),
        (mentioned({"start": 0, "end": 1}), "row 2: .* names entity 'e', which document 'd' does not have"),
        (mentioned({"start": 3, "end": 1}), "row 2: .*must be a whole number after start 3, not 1"),
        pytest.param(mentioned(None), "row 2: .*span", id="no-span"),
        pytest.param(row(quotes=None), "row 2: ", id="no-list"),
        pytest.param(row(meta=None), "row 2, meta: not JSON", id="no-meta"),
    ],
)
def test_bad_row_is_told_with_its_number(tmp_path: Path, second: dict[str, Any], message: str) -> None:
    path = tmp_path / "bad.arrow"
    batch = pa.RecordBatch.from_pylist([row(), second], schema=DOCUMENT_SCHEMA)
    with pa.OSFile(str(path), "wb") as file, pa.ipc.new_file(file, DOCUMENT_SCHEMA) as writer:
        writer.write_batch(batch)
    found = read_arrow(path)
    assert next(found).id == "d"
    with pytest.raises(FormatError, match=rf"bad\.arrow, {message}"):
        next(found)


def test_strings_that_are_not_utf8_are_told(tmp_path: Path) -> None:
    path = tmp_path / "bad.arrow"
    batch = pa.RecordBatch.from_pylist([row()], schema=DOCUMENT_SCHEMA)
    offsets = pa.array([0, 1], pa.int32()).buffers()[1]
    columns = [pa.StringArray.from_buffers(1, offsets, pa.py_buffer(b"\xff")), *batch.columns[1:]]
    with pa.OSFile(str(path), "wb") as file, pa.ipc.new_file(file, DOCUMENT_SCHEMA) as writer:
        writer.write_batch(pa.RecordBatch.from_arrays(columns, schema=DOCUMENT_SCHEMA))
    with pytest.raises(FormatError, match=r"bad\.arrow: not Arrow that can be read"):
        list(read_arrow(path))


def test_missing_file_is_the_systems_own_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        next(read_parquet(tmp_path / "none.parquet"))


@pytest.mark.parametrize(("write", "read"), FORMATS)
def test_without_pyarrow_the_error_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, write: Write, read: Read
) -> None:
    found = importlib.util.find_spec
    monkeypatch.setattr(
        "quotesmith.export.arrow_files.find_spec", lambda name: None if name == "pyarrow" else found(name)
    )
    for use in (lambda: write([], tmp_path / "d"), lambda: next(read(tmp_path / "d"))):
        with pytest.raises(MissingPackageError, match=r"pip install 'quotesmith\[parquet\]'"):
            use()
    assert not list(tmp_path.iterdir())


# The columns of documents in Arrow


def test_columns_are_those_of_to_dict_and_have_no_fault() -> None:
    data = summit().to_dict()
    assert set(DOCUMENT_SCHEMA.names) == data.keys() - {"schema"}
    for name in ("quotes", "entities", "mentions"):
        assert {field.name for field in DOCUMENT_SCHEMA.field(name).type.value_type} == data[name][0].keys()
    assert schema_fault(DOCUMENT_SCHEMA) is None


@pytest.mark.parametrize(
    ("schema", "fault"),
    [
        (pa.schema([]), "its metadata has no quotesmith.schema"),
        (DOCUMENT_SCHEMA.with_metadata({"quotesmith.schema": "2"}), "its schema is 2, and this version reads schema 1"),
        (pa.schema([], metadata={"quotesmith.schema": "1"}), "its columns aren't those of schema 1"),
        (DOCUMENT_SCHEMA.with_metadata({"quotesmith.schema": b"\xff"}), "its schema is \ufffd, and this"),
    ],
)
def test_other_schema_is_told(schema: pa.Schema, fault: str) -> None:
    assert str(schema_fault(schema)).startswith(fault)
