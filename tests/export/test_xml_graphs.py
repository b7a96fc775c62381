"""What the graph formats in XML share."""

from collections.abc import Callable
from pathlib import Path

import pytest

from quotesmith.errors import FormatError
from quotesmith.export.gexf import read_gexf
from quotesmith.export.graphml import read_graphml
from quotesmith.export.xml_graphs import cleaned_graph, with_carriage_returns
from quotesmith.graph import QuoteGraph, build_graph
from tests.samples import summit

BOMB = "<!DOCTYPE a [<!ENTITY a 'aaaaaaaaaa'>{}]><a>&j;</a>".format(
    "".join(f"<!ENTITY {name} '{f'&{before};' * 10}'>" for before, name in zip("abcdefghi", "bcdefghij", strict=True))
)


@pytest.mark.parametrize("read", [read_gexf, read_graphml])
@pytest.mark.parametrize(
    "text",
    [
        pytest.param(BOMB, id="bomb"),
        pytest.param("<!DOCTYPE a [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><a>&e;</a>", id="external"),
        pytest.param("<!DOCTYPE a SYSTEM 'http://127.0.0.1/a.dtd'><a/>", id="dtd"),
        pytest.param("<?xml version='1.0' encoding='UTF-16'?><!DOCTYPE a><a/>", id="utf-16"),
    ],
)
def test_document_type_is_refused(tmp_path: Path, text: str, read: Callable[[Path], QuoteGraph]) -> None:
    path = tmp_path / "bad.xml"
    path.write_bytes(text.encode("utf-16" if "UTF-16" in text else "utf-8"))
    with pytest.raises(FormatError, match=r"bad\.xml: line 1 has a document type, which no graph needs; remove it"):
        read(path)


@pytest.mark.parametrize("encoding", ["utf-n", "utf-32", "shift_jis"])
def test_encoding_that_is_not_known_is_told(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "bad.xml"
    path.write_bytes(f"<?xml version='1.0' encoding='{encoding}'?><a/>".encode())
    with pytest.raises(FormatError, match=r"bad\.xml: not XML: "):
        read_gexf(path)


def test_keys_that_xml_would_make_one_are_refused() -> None:
    graph = build_graph([summit("a\0"), summit("a\x01")])
    with pytest.raises(FormatError, match="can't be told apart"):
        cleaned_graph(graph)


def test_cleaned_graph_is_a_copy_with_the_same_edges() -> None:
    graph = build_graph([summit("d\0")])
    graph.nx.nodes["d\0/q0"]["text"] = "a\x1bb"
    clean = cleaned_graph(graph)
    assert clean.nodes["d\ufffd/q0"]["text"] == "a\ufffdb"
    assert graph.nx.nodes["d\0/q0"]["text"] == "a\x1bb"
    assert set(clean.edges(keys=True)) == {
        (source.replace("\0", "\ufffd"), target.replace("\0", "\ufffd"), key)
        for source, target, key in graph.nx.edges(keys=True)
    }


def test_carriage_returns_are_references() -> None:
    assert with_carriage_returns(b"<a>\r\n</a>") == b"<a>&#13;\n</a>"
