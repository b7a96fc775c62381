"""The table of input formats, and what holds for all of them."""

import csv
import gzip
import io
import json
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotesmith.corpus.reading.formats import INPUT_FORMATS, InputFormat, format_of, input_format
from quotesmith.corpus.reading.rows import COLUMNS, Position
from quotesmith.errors import OptionError
from quotesmith.export.characters import without_surrogates
from tests.strategies import any_text

TEXTS = st.lists(any_text().map(without_surrogates), min_size=1, max_size=8)


def write(format: str, texts: list[str], path: Path) -> None:
    """The texts as rows, their numbers as ids."""
    rows = [{"id": str(number), "text": text} for number, text in enumerate(texts)]
    if format == "parquet":
        pq.write_table(pa.Table.from_pylist(rows), path, row_group_size=3)
    elif format == "jsonl":
        path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    else:
        table = io.StringIO(newline="")
        writer = csv.DictWriter(table, ["id", "text"], delimiter="\t" if format == "tsv" else ",")
        writer.writeheader()
        writer.writerows(rows)
        path.write_bytes(table.getvalue().encode())


@pytest.mark.parametrize("format", ["jsonl", "csv", "tsv", "parquet"])
@given(texts=TEXTS)
def test_rows_from_any_position_are_the_rest(
    tmp_path_factory: pytest.TempPathFactory, format: str, texts: list[str]
) -> None:
    path = tmp_path_factory.getbasetemp() / f"rows.{format}"
    write(format, texts, path)
    rows = list(input_format(format).rows(path, Position(), COLUMNS))
    assert [row.cells["text"] for row in rows] == texts
    for number, row in enumerate(rows):
        assert list(input_format(format).rows(path, row.at, COLUMNS)) == rows[number:]


@pytest.mark.parametrize("known", [known for known in INPUT_FORMATS if known.packed], ids=lambda known: known.name)
def test_packed_file_has_the_same_rows(tmp_path: Path, known: InputFormat) -> None:
    plain, packed = tmp_path / "a.x", tmp_path / "a.x.gz"
    if known.unit:
        write(known.name, ["Go.", "No.\nYes."], plain)
    else:
        plain.write_text("Go.", encoding="utf-8")
    packed.write_bytes(gzip.compress(plain.read_bytes()))
    rows = list(known.rows(plain, Position(), COLUMNS))
    assert list(known.rows(packed, Position(), COLUMNS)) == rows
    assert list(known.rows(packed, rows[-1].at, COLUMNS)) == rows[-1:]


@pytest.mark.parametrize(
    ("name", "format"),
    [
        ("a.txt", "text"),
        ("a.HTM", "html"),
        ("a.jsonl.gz", "jsonl"),
        ("a.ndjson", "jsonl"),
        ("a.CSV.GZ", "csv"),
        ("a.tsv", "tsv"),
        ("a.parquet", "parquet"),
        ("a.parquet.gz", None),
        ("a.json", None),
        ("txt", None),
    ],
)
def test_name_tells_the_format(name: str, format: str | None) -> None:
    found = format_of(Path(name))
    assert (None if found is None else found.name) == format


def test_unknown_format_is_an_error_that_lists_those_there_are() -> None:
    with pytest.raises(OptionError, match="'xml' is no format of inputs; there are text, html, jsonl"):
        input_format("xml")
