"""Formats by suffix."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from quotesmith.errors import FormatError
from quotesmith.export import (
    DOCUMENT_FORMATS,
    GRAPH_FORMATS,
    document_format,
    graph_format,
    open_document,
    open_documents,
    open_graph,
    write_document,
    write_documents,
    write_graph,
    write_jsonl,
)
from quotesmith.graph import QuoteGraph
from quotesmith.records import QuoteDocument
from tests.export.plain_graphs import plain
from tests.samples import summit

MANY = [known.suffix for known in DOCUMENT_FORMATS if known.many]
READABLE = [known.suffix for known in DOCUMENT_FORMATS if known.read]
DOCUMENT_SUFFIXES = ".json, .jsonl, .csv, .parquet, .arrow, .jsonld, .anno.json, .tei.xml, .ann"
READABLE_SUFFIXES = ".json, .jsonl, .parquet, .arrow, .ann"
GRAPH_SUFFIXES = ".graphml, .gexf, .json"


@pytest.mark.parametrize("suffix", READABLE)
def test_document_is_read_back_from_what_can_be_read(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"summit{suffix}"
    summit().write(path)
    assert open_document(path).text == summit().text
    assert list(open_documents(path)) == [open_document(path)]


@pytest.mark.parametrize("suffix", [suffix for suffix in MANY if suffix in READABLE])
def test_many_documents_are_read_back_in_order(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"quotes{suffix}"
    write_documents(map(summit, "abc"), str(path))
    assert list(open_documents(path)) == [summit("a"), summit("b"), summit("c")]


@pytest.mark.parametrize("suffix", [known.suffix for known in DOCUMENT_FORMATS if not known.many])
def test_format_of_one_document_refuses_several(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"quotes{suffix}"
    with pytest.raises(FormatError, match=f"a {suffix} file holds one document, not several; these hold many: .json"):
        write_documents([summit("a"), summit("b")], path)
    assert not path.exists()


@pytest.mark.parametrize("suffix", [known.suffix for known in GRAPH_FORMATS])
def test_graph_is_read_back(tmp_path: Path, suffix: str) -> None:
    summit().graph().write(tmp_path / f"quotes{suffix}")
    assert plain(open_graph(tmp_path / f"quotes{suffix}")) == plain(summit().graph())


@pytest.mark.parametrize(
    ("name", "suffix"),
    [("a.anno.json", ".anno.json"), ("a.json", ".json"), ("anno.json", ".json"), ("a.b.TEI.XML", ".tei.xml")],
)
def test_longest_suffix_tells(name: str, suffix: str) -> None:
    assert document_format(name).suffix == suffix


def test_graphs_have_formats_of_their_own() -> None:
    assert graph_format("a.json").title == "node-link JSON of networkx"


def test_suffix_may_be_in_capitals(tmp_path: Path) -> None:
    write_document(summit(), tmp_path / "QUOTES.JSON")
    assert open_document(tmp_path / "QUOTES.JSON") == summit()


@pytest.mark.parametrize(
    ("use", "known"),
    [
        pytest.param(lambda path: write_document(summit(), path), DOCUMENT_SUFFIXES, id="write"),
        pytest.param(open_document, READABLE_SUFFIXES, id="open"),
        pytest.param(open_documents, READABLE_SUFFIXES, id="open-many"),
        pytest.param(lambda path: write_graph(summit().graph(), path), GRAPH_SUFFIXES, id="graph"),
        pytest.param(open_graph, GRAPH_SUFFIXES, id="open-graph"),
    ],
)
@pytest.mark.parametrize(("name", "found"), [("quotes.xyz", "quotes.xyz'"), ("quotes", "quotes'")])
def test_unknown_suffix_lists_the_known_ones(
    tmp_path: Path, use: Callable[[Path], Any], known: str, name: str, found: str
) -> None:
    with pytest.raises(FormatError) as caught:
        use(tmp_path / name)
    assert found in str(caught.value)
    assert str(caught.value).endswith(f" {known}")


@pytest.mark.parametrize("suffix", [known.suffix for known in DOCUMENT_FORMATS if not known.read])
def test_format_that_drops_too_much_is_not_read(tmp_path: Path, suffix: str) -> None:
    write_document(summit(), tmp_path / f"d{suffix}")
    with pytest.raises(FormatError, match=f"which keeps too little to be read; read from {READABLE_SUFFIXES}$"):
        open_documents(tmp_path / f"d{suffix}")


def test_file_of_several_documents_is_not_one(tmp_path: Path) -> None:
    path = tmp_path / "quotes.jsonl"
    write_jsonl([summit("a"), summit("b")], path)
    with pytest.raises(FormatError, match="several documents; read them with open_documents"):
        open_document(path)


def test_file_of_no_documents_is_none(tmp_path: Path) -> None:
    path = tmp_path / "quotes.jsonl"
    write_jsonl([], path)
    with pytest.raises(FormatError, match="holds no document"):
        open_document(path)


def test_missing_file_is_the_systems_own_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        open_document(tmp_path / "none.json")


@contextmanager
def full_disk() -> Iterator[None]:
    """No file can hold more than 200 bytes, as if the disk were full half-way through a larger one."""
    resource = pytest.importorskip("resource", reason="this system sets no limits")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (200, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.mark.parametrize(
    ("thing", "suffix"),
    [
        *(pytest.param(summit(), known.suffix, id=known.suffix) for known in DOCUMENT_FORMATS),
        *(pytest.param(summit().graph(), known.suffix, id=f"graph{known.suffix}") for known in GRAPH_FORMATS),
    ],
)
def test_disk_that_is_full_half_way_leaves_the_old_file(
    tmp_path: Path, thing: QuoteDocument | QuoteGraph, suffix: str
) -> None:
    path = tmp_path / f"quotes{suffix}"
    thing.write(path)
    before = {file.name: file.read_bytes() for file in tmp_path.iterdir()}
    assert len(before[path.name]) > 200
    with pytest.raises(OSError, match="File too large"), full_disk():
        thing.write(path)
    assert {file.name: file.read_bytes() for file in tmp_path.iterdir()} == before


@pytest.mark.parametrize("suffix", MANY)
def test_source_that_breaks_off_leaves_the_old_file(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"quotes{suffix}"
    path.write_text("old")

    def failing() -> Iterator[QuoteDocument]:
        yield summit("a")
        msg = "the source broke"
        raise OSError(msg)

    with pytest.raises(OSError, match="the source broke"):
        write_documents(failing(), path)
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("suffix", MANY)
def test_missing_folder_is_an_error_before_the_work_begins(tmp_path: Path, suffix: str) -> None:
    taken = []
    documents = (taken.append(name) or summit(name) for name in "ab")  # type: ignore[func-returns-value]
    with pytest.raises(FileNotFoundError):
        write_documents(documents, tmp_path / "missing" / f"quotes{suffix}")
    assert taken == []
