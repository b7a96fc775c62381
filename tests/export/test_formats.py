"""The table of formats."""

from contextlib import suppress
from pathlib import Path

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from quotesmith.cli import Format
from quotesmith.errors import FormatError
from quotesmith.export.formats import DOCUMENT_FORMATS, GRAPH_FORMATS, DocumentFormat, GraphFormat, the_only
from quotesmith.graph import QuoteGraph
from quotesmith.records import QuoteDocument
from tests.samples import summit

REFERENCE = (Path(__file__).parents[2] / "docs" / "reference" / "files.md").read_text(encoding="utf-8")
CHANGES = st.lists(st.tuples(st.integers(0, 2**16), st.integers(0, 255)), min_size=1, max_size=4)
DOCUMENTS = [pytest.param(known, id=known.suffix) for known in DOCUMENT_FORMATS]
GRAPHS = [pytest.param(known, id=known.suffix) for known in GRAPH_FORMATS]


@pytest.mark.parametrize("known", DOCUMENTS)
def test_reference_says_what_a_document_keeps_and_drops(known: DocumentFormat) -> None:
    read, holds = "yes" if known.read else "no", "many" if known.many else "one"
    assert f"| `{known.suffix}` | {known.title} | {holds} | {read} | {known.keeps} | {known.drops} |" in REFERENCE


@pytest.mark.parametrize("known", GRAPHS)
def test_reference_says_what_a_graph_keeps_and_drops(known: GraphFormat) -> None:
    assert f"| `{known.suffix}` | {known.title} | {known.keeps} | {known.drops} |" in REFERENCE


def test_suffixes_and_names_differ() -> None:
    for formats in (DOCUMENT_FORMATS, GRAPH_FORMATS):
        assert len({known.suffix for known in formats}) == len(formats)
    assert len({known.name for known in DOCUMENT_FORMATS}) == len(DOCUMENT_FORMATS)


def test_command_line_prints_all_that_is_text() -> None:
    assert [known.name for known in DOCUMENT_FORMATS if known.encode] == list(Format)


@pytest.mark.parametrize("known", [known for known in DOCUMENT_FORMATS if known.encode])
def test_what_is_printed_is_what_is_written(tmp_path: Path, known: DocumentFormat) -> None:
    path = tmp_path / f"d{known.suffix}"
    known.write([summit()], path)
    assert known.encode is not None
    assert b"".join(known.encode([summit()])) == path.read_bytes()
    assert path.read_bytes().endswith(b"\n")


@pytest.mark.parametrize("known", DOCUMENTS)
def test_no_id_and_no_title_becomes_a_path(tmp_path: Path, known: DocumentFormat) -> None:
    folder = tmp_path / "inner"
    folder.mkdir()
    evil = evolve(summit("../../evil"), meta={"title": "../evil", "url": "file:///etc/passwd"})
    known.write([evil], folder / f"d{known.suffix}")
    beside = {"d.txt"} if known.suffix == ".ann" else set()
    assert {path.name for path in folder.iterdir()} == {f"d{known.suffix}"} | beside
    assert list(tmp_path.iterdir()) == [folder]


@pytest.mark.parametrize("known", DOCUMENTS)
def test_what_keeps_all_gives_it_back(tmp_path: Path, known: DocumentFormat) -> None:
    path = tmp_path / f"d{known.suffix}"
    known.write([summit()], path)
    found = list(known.read(path)) if known.read else []
    assert (found == [summit()]) == (known.keeps == "all")


@pytest.mark.parametrize("known", [known for known in DOCUMENT_FORMATS if known.read], ids=lambda known: known.suffix)
@given(changes=CHANGES)
def test_damaged_documents_are_read_or_told(
    tmp_path_factory: pytest.TempPathFactory, known: DocumentFormat, changes: list[tuple[int, int]]
) -> None:
    path = tmp_path_factory.getbasetemp() / f"damaged{known.suffix}"
    known.write([summit()], path)
    damage(path, changes)
    assert known.read is not None
    with suppress(FormatError):
        assert all(isinstance(document, QuoteDocument) for document in known.read(path))


@pytest.mark.parametrize("known", GRAPHS)
@given(changes=CHANGES)
def test_damaged_graphs_are_read_or_told(
    tmp_path_factory: pytest.TempPathFactory, known: GraphFormat, changes: list[tuple[int, int]]
) -> None:
    path = tmp_path_factory.getbasetemp() / f"damaged{known.suffix}"
    known.write(summit().graph(), path)
    damage(path, changes)
    with suppress(FormatError):
        assert isinstance(known.read(path), QuoteGraph)


def damage(path: Path, changes: list[tuple[int, int]]) -> None:
    """Sets a byte for each change; places are taken round the file's length."""
    data = bytearray(path.read_bytes())
    for place, value in changes:
        data[place % len(data)] = value
    path.write_bytes(data)


def test_the_only_one_is_given() -> None:
    assert the_only(iter([summit()]), ".x") == summit()


@pytest.mark.parametrize(("count", "what"), [(0, "none"), (2, "several"), (3, "several")])
def test_none_or_several_are_told_what_can_hold_them(count: int, what: str) -> None:
    with pytest.raises(FormatError, match=rf"a \.x file holds one document, not {what}; these hold many: \.json, "):
        the_only([summit()] * count, ".x")
