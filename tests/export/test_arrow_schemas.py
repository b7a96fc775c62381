"""The columns of documents in Arrow."""

import pyarrow as pa
import pytest

from quotesmith.export.arrow_schemas import DOCUMENT_SCHEMA, schema_fault
from tests.samples import summit


def test_columns_are_those_of_to_dict() -> None:
    data = summit().to_dict()
    assert set(DOCUMENT_SCHEMA.names) == data.keys() - {"schema"}
    for name in ("quotes", "entities", "mentions"):
        assert {field.name for field in DOCUMENT_SCHEMA.field(name).type.value_type} == data[name][0].keys()


def test_own_schema_has_no_fault() -> None:
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
