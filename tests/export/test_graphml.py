"""Quote graphs as GraphML."""

from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from quotesmith.errors import FormatError
from quotesmith.export.characters import without_forbidden
from quotesmith.export.graphml import read_graphml, write_graphml
from quotesmith.graph import build_graph
from quotesmith.records import QuoteDocument
from tests.export.plain_graphs import plain
from tests.samples import summit
from tests.strategies import documents


@given(st.lists(documents(), max_size=2, unique_by=lambda document: without_forbidden(document.id)))
def test_graph_survives_a_file(tmp_path_factory: pytest.TempPathFactory, written: list[QuoteDocument]) -> None:
    path = tmp_path_factory.getbasetemp() / "quotes.graphml"
    graph = build_graph(written)
    write_graphml(graph, path)
    assert plain(read_graphml(path)) == plain(graph, without_forbidden)


def test_line_ends_of_a_text_survive(tmp_path: Path) -> None:
    graph = build_graph([summit("d")])
    graph.nx.nodes["d/q0"]["text"] = " a\r\nb\rc\t\n"
    write_graphml(graph, tmp_path / "d.graphml")
    assert read_graphml(tmp_path / "d.graphml").nx.nodes["d/q0"]["text"] == " a\r\nb\rc\t\n"


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


def test_another_reader_opens_it(tmp_path: Path) -> None:
    write_graphml(build_graph([summit()]), tmp_path / "d.graphml")
    root = etree.parse(tmp_path / "d.graphml", etree.XMLParser(resolve_entities=False, no_network=True)).getroot()
    assert root.tag == "{http://graphml.graphdrawing.org/xmlns}graphml"
    texts = root.xpath("//*[local-name()='data'][@key='text']/text()")
    assert {quote.text for quote in summit().quotes} <= set(texts)


def test_golden_graph(golden: Callable[[str, str], None], tmp_path: Path) -> None:
    write_graphml(build_graph([summit()]), tmp_path / "d.graphml")
    golden((tmp_path / "d.graphml").read_bytes().decode(), "summit.graphml")
