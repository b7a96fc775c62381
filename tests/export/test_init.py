"""Formats by suffix."""

from collections.abc import Callable
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
