"""Quote graphs as GEXF."""

from collections.abc import Callable
from pathlib import Path

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from quotesmith.errors import FormatError
from quotesmith.export.characters import without_forbidden
from quotesmith.export.gexf import read_gexf, write_gexf
from quotesmith.graph import NODE_ATTRIBUTES, build_graph
from quotesmith.records import QuoteDocument
from tests.export.plain_graphs import plain
from tests.samples import summit
from tests.strategies import documents


@given(st.lists(documents(), max_size=2, unique_by=lambda document: without_forbidden(document.id)))
def test_graph_survives_a_file(tmp_path_factory: pytest.TempPathFactory, written: list[QuoteDocument]) -> None:
    path = tmp_path_factory.getbasetemp() / "quotes.gexf"
    graph = build_graph(written)
    write_gexf(graph, path)
    assert plain(read_gexf(path)) == plain(graph, without_forbidden)


def test_two_edges_between_two_nodes_stay_two(tmp_path: Path) -> None:
    graph = build_graph([summit("d")])
    graph.nx.add_edge("d/e0", "d/q0", key="to", relation="to")
    write_gexf(graph, tmp_path / "d.gexf")
    assert plain(read_gexf(tmp_path / "d.gexf")) == plain(graph)


def test_line_ends_of_a_text_survive(tmp_path: Path) -> None:
    graph = build_graph([summit("d")])
    graph.nx.nodes["d/q0"]["text"] = " a\r\nb\rc\t\n"
    write_gexf(graph, tmp_path / "d.gexf")
    assert read_gexf(tmp_path / "d.gexf").nx.nodes["d/q0"]["text"] == " a\r\nb\rc\t\n"


def test_networkx_reads_labels_and_types(tmp_path: Path) -> None:
    write_gexf(build_graph([summit("d")]), tmp_path / "d.gexf")
    read = nx.read_gexf(tmp_path / "d.gexf")
    assert read.graph["mode"] == "static"
    assert read.nodes["d/e0"]["label"] == "Xi Jinping"
    assert read.nodes["d/q0"]["label"].startswith("We will not accept")
    assert (read.nodes["d/q0"]["start"], read.nodes["d/q0"]["score"]) == (0, 0.98)
    assert read.nodes["d/e0"]["named"] is True
    assert read.edges["d/e0", "d/q0"]["label"] == "said"


def test_another_reader_opens_it(tmp_path: Path) -> None:
    graph = build_graph([summit("d")])
    write_gexf(graph, tmp_path / "d.gexf")
    root = etree.parse(tmp_path / "d.gexf", etree.XMLParser(resolve_entities=False, no_network=True)).getroot()
    assert root.tag == "{http://www.gexf.net/1.2draft}gexf"
    assert len(root.xpath("//*[local-name()='node']")) == len(graph.nx)


def test_an_attribute_has_one_type_in_all_nodes() -> None:
    every = [(name, value.type) for attributes in NODE_ATTRIBUTES.values() for name, value in attributes.items()]
    assert len(set(every)) == len(dict(every))


def test_empty_graph_is_one_too(tmp_path: Path) -> None:
    write_gexf(build_graph([]), tmp_path / "d.gexf")
    assert len(read_gexf(tmp_path / "d.gexf").nx) == 0


@pytest.mark.parametrize(
    ("data", "message"),
    [
        pytest.param(b"", r"bad\.gexf: not XML", id="empty"),
        pytest.param(b"<a/>", r"bad\.gexf: not GEXF that can be read: No <graph>", id="another-xml"),
        pytest.param(
            b"<gexf xmlns='http://www.gexf.net/1.2draft'><graph><attributes class='x'/></graph></gexf>",
            r"bad\.gexf: not GEXF that can be read",
            id="odd-attributes",
        ),
        pytest.param(
            b"<gexf xmlns='http://www.gexf.net/1.2draft'><graph>"
            + b"<nodes><node id='a'>" * 5_000
            + b"</node></nodes>" * 5_000
            + b"</graph></gexf>",
            r"bad\.gexf: not GEXF that can be read",
            id="endless-nesting",
        ),
        pytest.param(
            b"<gexf xmlns='http://www.gexf.net/1.2draft'><graph defaultedgetype='undirected'/></gexf>",
            r"bad\.gexf: not a quote graph: its edges have no direction",
            id="undirected",
        ),
    ],
)
def test_file_that_is_no_gexf_is_told(tmp_path: Path, data: bytes, message: str) -> None:
    path = tmp_path / "bad.gexf"
    path.write_bytes(data)
    with pytest.raises(FormatError, match=message):
        read_gexf(path)


def test_golden_graph(golden: Callable[[str, str], None], tmp_path: Path) -> None:
    write_gexf(build_graph([summit()]), tmp_path / "d.gexf")
    golden((tmp_path / "d.gexf").read_bytes().decode(), "summit.gexf")
