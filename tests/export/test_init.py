"""Formats by suffix."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from quotesmith.errors import FormatError
from quotesmith.export import (
    DOCUMENT_READERS,
    DOCUMENT_WRITERS,
    open_document,
    open_documents,
    write_document,
    write_graph,
    write_jsonl,
)
from tests.samples import summit


@pytest.mark.parametrize("suffix", list(DOCUMENT_READERS))
def test_document_is_read_back_from_what_can_be_read(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"quotes{suffix}"
    summit().write(path)
    assert open_document(path) == summit()
    assert list(open_documents(path)) == [summit()]


@pytest.mark.parametrize("suffix", list(DOCUMENT_WRITERS))
def test_every_format_that_can_be_written_ends_with_a_line_end(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"quotes{suffix}"
    write_document(summit(), str(path))
    assert path.read_bytes().endswith(b"\n")


def test_suffix_may_be_in_capitals(tmp_path: Path) -> None:
    write_document(summit(), tmp_path / "QUOTES.JSON")
    assert open_document(tmp_path / "QUOTES.JSON") == summit()


@pytest.mark.parametrize(
    ("use", "known"),
    [
        pytest.param(lambda path: write_document(summit(), path), ".json, .jsonl, .csv", id="write"),
        pytest.param(open_document, ".json, .jsonl", id="open"),
        pytest.param(open_documents, ".json, .jsonl", id="open-many"),
        pytest.param(lambda path: write_graph(summit().graph(), path), ".graphml", id="graph"),
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
