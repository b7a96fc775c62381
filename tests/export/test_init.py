"""Formats by suffix."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from quotesmith.cli import Format
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
from quotesmith.export.formats import DocumentFormat, GraphFormat, the_only
from quotesmith.graph import QuoteGraph
from quotesmith.records import QuoteDocument
from tests.export.plain_graphs import plain
from tests.samples import summit

MANY = [known.suffix for known in DOCUMENT_FORMATS if known.many]
READABLE = [known.suffix for known in DOCUMENT_FORMATS if known.read]
DOCUMENT_SUFFIXES = (
    ".json, .jsonl, .csv, .parquet, .arrow, .jsonld, .anno.json, .tei.xml, .ann, .script.txt, .ssml, .chapters.zip, "
    ".segments.json, .cast.csv, .addressees.csv"
)
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
    "suffix", [".jsonl", ".ann", ".tei.xml", ".jsonld", ".anno.json", ".script.txt", ".ssml", ".gexf", ".graphml"]
)
def test_golden_file(golden: Callable[[str, str], None], tmp_path: Path, suffix: str) -> None:
    thing = summit().graph() if suffix in {".gexf", ".graphml"} else summit()
    thing.write(tmp_path / f"d{suffix}")
    golden((tmp_path / f"d{suffix}").read_bytes().decode(), f"summit{suffix}")


@pytest.mark.parametrize(
    ("name", "suffix"),
    [("a.anno.json", ".anno.json"), ("a.json", ".json"), ("anno.json", ".json"), ("a.b.TEI.XML", ".tei.xml")],
)
def test_longest_suffix_tells(name: str, suffix: str) -> None:
    assert document_format(name).suffix == suffix


def test_graphs_have_formats_of_their_own_and_suffixes_may_be_in_capitals(tmp_path: Path) -> None:
    assert graph_format("a.json").title == "node-link JSON of networkx"
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


def test_file_of_several_or_no_documents_is_not_one(tmp_path: Path) -> None:
    path = tmp_path / "quotes.jsonl"
    write_jsonl([summit("a"), summit("b")], path)
    with pytest.raises(FormatError, match="several documents; read them with open_documents"):
        open_document(path)
    write_jsonl([], path)
    with pytest.raises(FormatError, match="holds no document"):
        open_document(path)


def test_missing_file_is_the_systems_own_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        open_document(tmp_path / "none.json")


@contextmanager
def full_disk() -> Iterator[None]:
    """No file can hold more than 100 bytes, as if the disk were full half-way through a larger one."""
    resource = pytest.importorskip("resource", reason="this system sets no limits")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100, hard))
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
    assert len(before[path.name]) > 100
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


# The table of formats


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


def test_suffixes_and_names_differ_and_all_text_is_printed() -> None:
    for formats in (DOCUMENT_FORMATS, GRAPH_FORMATS):
        assert len({known.suffix for known in formats}) == len(formats)
    assert len({known.name for known in DOCUMENT_FORMATS}) == len(DOCUMENT_FORMATS)
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
