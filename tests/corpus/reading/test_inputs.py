"""Which files are meant, in what formats, and standard input."""

import csv
import gzip
import io
import json
import os
import sys
import tracemalloc
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotesmith.corpus.reading.formats import INPUT_FORMATS, InputFormat, format_of, input_format
from quotesmith.corpus.reading.inputs import find_inputs, iter_documents, iter_file, with_stdin
from quotesmith.corpus.reading.rows import INPUT_COLUMNS, Fault, InputDocument, Position
from quotesmith.errors import ArgumentError, FormatError, OptionError
from quotesmith.export.characters import without_surrogates
from tests.cases import each_row
from tests.strategies import any_text


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder, with some files in it."""
    for name in ("news/b.txt", "news/old/a.txt", "news/.hidden.txt", "news/.git/c.txt", "news/notes.md", "d.jsonl"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text('{"text": "Go."}', encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("inputs", "names"),
    [
        ("news", ["news/b.txt", "news/old/a.txt"]),
        (["d.jsonl", Path("news/b.txt")], ["d.jsonl", "news/b.txt"]),
        ("news/**/*.txt", ["news/b.txt", "news/old/a.txt"]),
        (["news", "./news/b.txt", "news/*.txt"], ["news/*", "news/old/a.txt"]),
    ],
)
@pytest.mark.usefixtures("folder")
def test_files_folders_and_patterns(inputs: Any, names: list[str]) -> None:
    found = [file.name for file in find_inputs(inputs)]
    assert len(found) == len(names)
    assert all(
        Path(one).match(other) for one, other in zip(sorted(found, key=lambda n: Path(n).parts), names, strict=True)
    )


def test_path_is_from_the_root_and_name_as_it_was_given(folder: Path) -> None:
    [file] = find_inputs("news/b.txt")
    assert (file.path, file.name, file.format) == (str(folder / "news" / "b.txt"), "news/b.txt", "text")


@pytest.mark.usefixtures("folder")
def test_format_can_be_said() -> None:
    assert [file.format for file in find_inputs("news", format="text")] == ["text"] * 3


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(
    ("inputs", "error", "told"),
    [
        ("nowhere.txt", FileNotFoundError, "no file or folder 'nowhere.txt'"),
        ("news/*.csv", FileNotFoundError, r"'news/\*.csv' fits no file"),
        ("news/.git/..", None, ""),
        ("news/.git", None, ""),
        ("news/notes.md", FormatError, "can't be told from the name 'news/notes.md'"),
        (3, TypeError, "not iterable"),
        ([3], ArgumentError, "not int"),
        ("a" * 5000, FileNotFoundError, "no file or folder"),
    ],
)
def test_what_is_not_there_is_an_error(inputs: Any, error: type[Exception] | None, told: str) -> None:
    if error is None:
        assert find_inputs(inputs)
        return
    with pytest.raises(error, match=told):
        find_inputs(inputs)


def test_folder_without_known_files_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="has no file whose format can be told from its name"):
        find_inputs(tmp_path)


@pytest.mark.usefixtures("folder")
def test_unknown_format_is_an_error() -> None:
    with pytest.raises(OptionError, match="'doc' is no format"):
        find_inputs("news", format="doc")


@pytest.mark.skipif(sys.platform != "linux", reason="other systems refuse such names")
def test_name_that_is_no_text_is_read(tmp_path: Path) -> None:
    path = os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.txt")
    Path(path).write_text("Go.", encoding="utf-8")
    [document] = iter_documents(path)
    assert isinstance(document, InputDocument)
    assert document.id == f"{tmp_path}/caf\ufffd.txt"


def test_documents_and_faults_in_order(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"id": "x", "text": "Go."}\n{\n{"text": "No."}\n', encoding="utf-8")
    (tmp_path / "b.txt").write_text("Yes.", encoding="utf-8")
    first, second, third, fourth = iter_documents(tmp_path)
    name = tmp_path / "a.jsonl"
    assert first == InputDocument("x", "Go.", {}, f"{name}, line 1")
    assert isinstance(second, Fault)
    assert second.place == f"{name}, line 2"
    assert third == InputDocument(f"{name}#3", "No.", {}, f"{name}, line 3")
    assert fourth == InputDocument(str(tmp_path / "b.txt"), "Yes.", {}, str(tmp_path / "b.txt"))


def test_packed_file_that_is_cut_off_ends_with_a_fault(tmp_path: Path) -> None:
    lines = b"".join(b'{"text": "%d"}\n' % number for number in range(50_000))
    (tmp_path / "a.jsonl.gz").write_bytes(gzip.compress(lines)[:-100])
    [file] = find_inputs(tmp_path)
    found = list(iter_file(file))
    assert len(found) > 10_000
    assert found[-1][1] == Fault(
        file.name, "the file can't be unpacked: Compressed file ended before the end-of-stream marker was reached"
    )
    middle = found[7_000][0]
    assert list(iter_file(file, middle)) == found[7_000:]


def test_memory_stays_flat(tmp_path: Path) -> None:
    with (tmp_path / "a.jsonl").open("w", encoding="utf-8") as file:
        file.writelines('{"text": "%s"}\n' % ("word " * 200) for _ in range(20_000))
    tracemalloc.start()
    count = sum(1 for _ in iter_documents(tmp_path / "a.jsonl"))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 20_000
    assert peak < 2_000_000 < (tmp_path / "a.jsonl").stat().st_size


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
    rows = list(input_format(format).rows(path, Position(), INPUT_COLUMNS))
    assert [row.cells["text"] for row in rows] == texts
    for number, row in enumerate(rows):
        assert list(input_format(format).rows(path, row.at, INPUT_COLUMNS)) == rows[number:]


@pytest.mark.parametrize("known", [known for known in INPUT_FORMATS if known.packed], ids=lambda known: known.name)
def test_packed_file_has_the_same_rows(tmp_path: Path, known: InputFormat) -> None:
    plain, packed = tmp_path / "a.x", tmp_path / "a.x.gz"
    if known.unit:
        write(known.name, ["Go.", "No.\nYes."], plain)
    else:
        plain.write_text("Go.", encoding="utf-8")
    packed.write_bytes(gzip.compress(plain.read_bytes()))
    rows = list(known.rows(plain, Position(), INPUT_COLUMNS))
    assert list(known.rows(packed, Position(), INPUT_COLUMNS)) == rows
    assert list(known.rows(packed, rows[-1].at, INPUT_COLUMNS)) == rows[-1:]


@each_row("name, format", "corpus", "formats of names")
def test_name_tells_the_format(name: str, format: str | None) -> None:
    found = format_of(Path(name))
    assert (None if found is None else found.name) == format


def test_unknown_format_is_an_error_that_lists_those_there_are() -> None:
    with pytest.raises(OptionError, match="'xml' is no format of inputs; there are text, html, epub, jsonl"):
        input_format("xml")


@pytest.fixture(autouse=True)
def typed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b'{"text": "Go."}\n')))


def test_what_is_typed_is_kept_as_a_file(tmp_path: Path) -> None:
    first, kept = with_stdin(["a.txt", "-"], tmp_path, "jsonl")
    assert first == "a.txt"
    assert Path(kept).read_bytes() == b'{"text": "Go."}\n'
    assert Path(kept).suffix == ".jsonl"
    assert list((tmp_path / "inputs").iterdir()) == [kept]


def test_other_inputs_are_left_alone(tmp_path: Path) -> None:
    assert with_stdin("a.txt", tmp_path, None) == ["a.txt"]
    assert list(tmp_path.iterdir()) == []


def test_format_must_be_said(tmp_path: Path) -> None:
    with pytest.raises(OptionError, match="format of standard input can't be told"):
        with_stdin("-", tmp_path, None)
