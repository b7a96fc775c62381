"""Quote graphs as GraphML."""

from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotesmith.errors import FormatError
from quotesmith.export.characters import without_forbidden
from quotesmith.export.graphml import read_graphml, write_graphml
from quotesmith.graph import QuoteGraph, build_graph
from quotesmith.records import QuoteDocument
from tests.samples import summit
from tests.strategies import documents


def plain(graph: QuoteGraph) -> tuple[Any, Any]:
    """Nodes and edges, cleaned as GraphML needs it, in an order that doesn't hang on the graph's."""

    def clean(value: Any) -> Any:
        return without_forbidden(value) if isinstance(value, str) else value

    nodes = {clean(key): {k: clean(v) for k, v in data.items()} for key, data in graph.nx.nodes(data=True)}
    edges = sorted((clean(source), clean(target), key) for source, target, key in graph.nx.edges(keys=True))
    return nodes, edges


@given(st.lists(documents(), max_size=2, unique_by=lambda document: without_forbidden(document.id)))
def test_graph_survives_a_file(tmp_path_factory: pytest.TempPathFactory, written: list[QuoteDocument]) -> None:
    path = tmp_path_factory.getbasetemp() / "quotes.graphml"
    graph = build_graph(written)
    write_graphml(graph, path)
    assert plain(read_graphml(path)) == plain(graph)


def test_line_ends_of_a_text_survive(tmp_path: Path) -> None:
    graph = build_graph([summit("d")])
    graph.nx.nodes["d/q0"]["text"] = " a\r\nb\rc\t\n"
    write_graphml(graph, tmp_path / "d.graphml")
    assert read_graphml(tmp_path / "d.graphml").nx.nodes["d/q0"]["text"] == " a\r\nb\rc\t\n"


def test_keys_that_xml_would_make_one_are_refused(tmp_path: Path) -> None:
    texts = [summit("a\0"), summit("a\x01")]
    with pytest.raises(FormatError, match="can't be told apart"):
        write_graphml(build_graph(texts), tmp_path / "d.graphml")


def test_every_edge_has_an_id_of_its_own(tmp_path: Path) -> None:
    path = tmp_path / "d.graphml"
    write_graphml(build_graph([summit()]), path)
    edges = ElementTree.parse(path).iter("{http://graphml.graphdrawing.org/xmlns}edge")  # noqa: S314
    assert len({edge.get("id") for edge in edges}) == 18


def test_file_ends_with_a_line_end(tmp_path: Path) -> None:
    write_graphml(build_graph([]), tmp_path / "d.graphml")
    assert (tmp_path / "d.graphml").read_bytes().endswith(b"</graphml>\n")


@pytest.mark.parametrize(
    ("data", "message"),
    [
        pytest.param(b"", r"bad\.graphml: not XML", id="empty"),
        pytest.param(b"<a>\n<b></a>", r"bad\.graphml: not XML: .*line 2", id="broken"),
        pytest.param(b"<a/>", r"bad\.graphml: not GraphML", id="another-xml"),
        pytest.param(b"\xff\xfe\xff", r"bad\.graphml: not XML", id="bytes"),
    ],
)
def test_file_that_is_no_graphml_is_told(tmp_path: Path, data: bytes, message: str) -> None:
    path = tmp_path / "bad.graphml"
    path.write_bytes(data)
    with pytest.raises(FormatError, match=message):
        read_graphml(path)


def test_graphml_of_another_graph_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "bad.graphml"
    nx.write_graphml_xml(nx.path_graph(2, nx.MultiDiGraph), path)
    with pytest.raises(FormatError, match="not a quote graph: node '0' has node_type None"):
        read_graphml(path)


def test_golden_graph(golden: Callable[[str, str], None], tmp_path: Path) -> None:
    write_graphml(build_graph([summit()]), tmp_path / "d.graphml")
    golden((tmp_path / "d.graphml").read_bytes().decode(), "summit.graphml")
