"""Files of quote graphs: GraphML, GEXF and node-link JSON, and what their readers refuse."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from quotesmith.errors import FormatError
from quotesmith.export.characters import without_forbidden
from quotesmith.export.gexf import read_gexf, write_gexf
from quotesmith.export.graph_checks import checked_graph
from quotesmith.export.graphml import read_graphml, write_graphml
from quotesmith.export.node_link import read_node_link, write_node_link
from quotesmith.export.xml_graphs import _InOnePiece, cleaned_graph, with_carriage_returns
from quotesmith.graph import NODE_ATTRIBUTES, QuoteGraph, build_graph
from quotesmith.records import QuoteDocument
from tests.export.plain_graphs import plain
from tests.samples import summit
from tests.strategies import documents

Write = Callable[[QuoteGraph, Path], None]
Read = Callable[[Path], QuoteGraph]

GRAPHML = "<graphml xmlns='http://graphml.graphdrawing.org/xmlns'><graph edgedefault='directed'>"
GEXF = "<gexf xmlns='http://www.gexf.net/1.2draft' version='1.2'><graph defaultedgetype='directed'>"
INCLUDE = "<xi:include xmlns:xi='http://www.w3.org/2001/XInclude' href='other.txt' parse='text'/>"
BOMB = "<!DOCTYPE a [<!ENTITY a 'aaaaaaaaaa'>{}]><a>&j;</a>".format(
    "".join(f"<!ENTITY {name} '{f'&{before};' * 10}'>" for before, name in zip("abcdefghi", "bcdefghij", strict=True))
)
XML_FORMATS = [pytest.param(write_gexf, read_gexf, id="gexf"), pytest.param(write_graphml, read_graphml, id="graphml")]
FORMATS = [*XML_FORMATS, pytest.param(write_node_link, read_node_link, id="node-link")]


def parsed(path: Path) -> Any:
    """The root element, as another reader of XML finds it."""
    return etree.parse(path, etree.XMLParser(resolve_entities=False, no_network=True)).getroot()


@pytest.mark.parametrize(("write", "read"), XML_FORMATS)
@given(st.lists(documents(), max_size=2, unique_by=lambda document: without_forbidden(document.id)))
def test_graph_survives_a_file_of_xml(
    tmp_path_factory: pytest.TempPathFactory, write: Write, read: Read, written: list[QuoteDocument]
) -> None:
    path = tmp_path_factory.getbasetemp() / "quotes.xml"
    graph = build_graph(written)
    write(graph, path)
    assert plain(read(path)) == plain(graph, without_forbidden)


@given(st.lists(documents(), max_size=2, unique_by=lambda document: document.id))
def test_graph_survives_a_file_of_json(tmp_path_factory: pytest.TempPathFactory, written: list[QuoteDocument]) -> None:
    path = tmp_path_factory.getbasetemp() / "quotes.json"
    graph = build_graph(written)
    write_node_link(graph, path)
    assert plain(read_node_link(path)) == plain(graph)
    assert list(read_node_link(path).nx) == list(graph.nx)


@pytest.mark.parametrize(("write", "read"), FORMATS)
def test_graph_with_two_edges_line_ends_or_nothing_survives(tmp_path: Path, write: Write, read: Read) -> None:
    graph = build_graph([summit("d")])
    graph.nx.add_edge("d/e0", "d/q0", key="to", relation="to")
    write(graph, tmp_path / "d")
    assert plain(read(tmp_path / "d")) == plain(graph)
    graph.nx.nodes["d/q0"]["text"] = " a\r\nb\rc\t\n"
    write(graph, tmp_path / "d")
    assert read(tmp_path / "d").nx.nodes["d/q0"]["text"] == " a\r\nb\rc\t\n"
    write(build_graph([]), tmp_path / "d")
    assert len(read(tmp_path / "d").nx) == 0
    assert (tmp_path / "d").read_bytes().endswith(b"\n")


def test_other_readers_open_gexf(tmp_path: Path) -> None:
    write_gexf(build_graph([summit("d")]), tmp_path / "d.gexf")
    read = nx.read_gexf(tmp_path / "d.gexf")
    assert read.graph["mode"] == "static"
    assert read.nodes["d/e0"]["label"] == "Xi Jinping"
    assert read.nodes["d/q0"]["label"].startswith("We will not accept")
    assert (read.nodes["d/q0"]["start"], read.nodes["d/q0"]["score"]) == (0, 0.98)
    assert read.nodes["d/e0"]["named"] is True
    assert read.edges["d/e0", "d/q0"]["label"] == "said"
    graph = build_graph([summit("d")])
    write_gexf(graph, tmp_path / "d.gexf")
    root = parsed(tmp_path / "d.gexf")
    assert root.tag == "{http://www.gexf.net/1.2draft}gexf"
    assert len(root.xpath("//*[local-name()='node']")) == len(graph.nx)


def test_networkx_reads_node_links(tmp_path: Path) -> None:
    graph = build_graph([summit()])
    write_node_link(graph, tmp_path / "d.json")
    read = nx.node_link_graph(json.loads((tmp_path / "d.json").read_bytes()), edges="edges")
    assert nx.utils.graphs_equal(read, graph.nx)


def test_another_reader_opens_graphml_and_every_edge_has_an_id_of_its_own(tmp_path: Path) -> None:
    write_graphml(build_graph([summit()]), tmp_path / "d.graphml")
    root = parsed(tmp_path / "d.graphml")
    assert root.tag == "{http://graphml.graphdrawing.org/xmlns}graphml"
    texts = root.xpath("//*[local-name()='data'][@key='text']/text()")
    assert {quote.text for quote in summit().quotes} <= set(texts)
    assert len(set(root.xpath("//*[local-name()='edge']/@id"))) == 18


def test_an_attribute_has_one_type_in_all_nodes() -> None:
    every = [(name, value.type) for attributes in NODE_ATTRIBUTES.values() for name, value in attributes.items()]
    assert len(set(every)) == len(dict(every))


def node_links(**changes: Any) -> bytes:
    return json.dumps({**nx.node_link_data(build_graph([summit("d")]).nx, edges="edges"), **changes}).encode()


BARE = b"<gexf xmlns='http://www.gexf.net/1.2draft'><graph%s</graph></gexf>"
NESTED = BARE % (b">" + b"<nodes><node id='a'>" * 5_000 + b"</node></nodes>" * 5_000)
KEY = "<key id='d0' for='node' attr.name='text'/><graph "
GUESSED = GRAPHML.replace("<graph ", KEY) + "</graph></graphml>"
OTHER_GRAPH = "\n".join(nx.generate_graphml(nx.path_graph(2, nx.MultiDiGraph)))
NODE_LINK_FAULTS: dict[str, dict[str, Any]] = {
    "it has no list of nodes": {"nodes": 3},
    "it has no list of edges": {"edges": None},
    "number 1 of its nodes is 3, not an object": {"nodes": [3]},
    "number 1 of its nodes has no string as 'id'": {"nodes": [{"id": 3}]},
    "number 1 of its edges has no string as 'target'": {"edges": [{"source": "d/q0"}]},
    "number 1 of its nodes has no string, number or boolean as 'node_type'": {
        "nodes": [{"id": "a", "node_type": ["quote"]}]
    },
    "not a quote graph: node 'a'": {"nodes": [{"id": "a", "node_type": "x"}]},
    "its edges have no direction": {"directed": False},
    "NaN is not a number of JSON": {"nodes": [{"id": "a", "score": float("nan")}]},
}


@pytest.mark.parametrize(
    ("read", "data", "message"),
    [
        pytest.param(read_gexf, b"", r"bad\.file: not XML", id="gexf-empty"),
        pytest.param(read_gexf, b"<a/>", r"bad\.file: not GEXF that can be read: No <graph>", id="gexf-another-xml"),
        pytest.param(read_gexf, BARE % b"><attributes class='x'/>", r"bad\.file: not GEXF that can be read", id="odd"),
        pytest.param(read_gexf, NESTED, r"bad\.file: not GEXF that can be read", id="gexf-endless-nesting"),
        pytest.param(
            read_gexf,
            BARE % b" defaultedgetype='undirected'>",
            r"bad\.file: not a quote graph: its edges have no direction",
            id="gexf-undirected",
        ),
        pytest.param(read_graphml, b"", r"bad\.file: not XML", id="graphml-empty"),
        pytest.param(read_graphml, b"<a>\n<b></a>", r"bad\.file: not XML: .*line 2", id="graphml-broken"),
        pytest.param(read_graphml, b"<a/>", r"bad\.file: not GraphML", id="graphml-another-xml"),
        pytest.param(read_graphml, b"\xff\xfe\xff", r"bad\.file: not XML", id="graphml-bytes"),
        pytest.param(read_graphml, OTHER_GRAPH.encode(), "not a quote graph: node '0' has node_type None", id="other"),
        pytest.param(read_graphml, GUESSED.encode(), "not GraphML that can be read: No key type for id d0", id="key"),
        pytest.param(read_node_link, b"", r"bad\.file: not JSON", id="json-empty"),
        pytest.param(read_node_link, b"[]", r"bad\.file: not a node-link graph: it has no list of nodes", id="a-list"),
        *(pytest.param(read_node_link, node_links(**fault), told, id=told) for told, fault in NODE_LINK_FAULTS.items()),
        pytest.param(
            read_node_link, b"[" * 100_000, r"bad\.file: not JSON that can be read", id="json-endless-nesting"
        ),
    ],
)
def test_file_that_is_no_graph_is_refused(tmp_path: Path, read: Read, data: bytes, message: str) -> None:
    path = tmp_path / "bad.file"
    path.write_bytes(data)
    with pytest.raises(FormatError, match=message):
        read(path)


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
def test_document_type_is_refused(tmp_path: Path, text: str, read: Read) -> None:
    path = tmp_path / "bad.xml"
    path.write_bytes(text.encode("utf-16" if "UTF-16" in text else "utf-8"))
    with pytest.raises(FormatError, match=r"bad\.xml: line 1 has a document type, which no graph needs; remove it"):
        read(path)


NODE = "<nodes><node id='a' label='a'>"


@pytest.mark.parametrize(
    ("read", "text"),
    [
        pytest.param(read_graphml, f"{GRAPHML}{INCLUDE}</graph></graphml>", id="graphml"),
        pytest.param(read_gexf, f"{GEXF}{NODE}{INCLUDE}</node></nodes></graph></gexf>", id="gexf"),
    ],
)
def test_nothing_is_included_and_no_instruction_followed(tmp_path: Path, text: str, read: Read) -> None:
    (tmp_path / "other.txt").write_text("TAKEN IN")
    path = tmp_path / "bad.xml"
    path.write_text(f"<?xml-stylesheet href='{path.as_uri()}'?>{text}")
    try:
        told = str(list(read(path).nx.nodes(data=True)))
    except FormatError as error:
        told = str(error)
    assert "TAKEN IN" not in told


DEEP = GRAPHML + "<node id='a'>" + "<data>" * 100_000


@pytest.mark.parametrize(
    ("read", "text"),
    [
        pytest.param(read_graphml, DEEP, id="unclosed"),
        pytest.param(read_graphml, DEEP + "</data>" * 100_000 + "</node></graph></graphml>", id="graphml"),
        pytest.param(read_gexf, GEXF + NODE * 10_000 + "</node></nodes>" * 10_000 + "</graph></gexf>", id="gexf"),
    ],
)
def test_deep_nesting_is_told(tmp_path: Path, text: str, read: Read) -> None:
    path = tmp_path / "bad.xml"
    path.write_text(text)
    with pytest.raises(FormatError, match=r"bad\.xml: not "):
        read(path)


def test_long_attribute_is_read_once_and_carriage_returns_are_references() -> None:
    # Given in pieces, older expats read it anew with each piece.
    assert len(_InOnePiece(b"a" * 200_000).read(65_536)) == 200_000
    assert with_carriage_returns(b"<a>\r\n</a>") == b"<a>&#13;\n</a>"


def test_names_without_number_are_refused_at_once(tmp_path: Path) -> None:
    for name, element, read in (("a.graphml", "key", read_graphml), ("a.gexf", "attribute", read_gexf)):
        declared = "".join(f'<{element} id="k{number}"/>' for number in range(1_001))
        (tmp_path / name).write_text(f"<a>{declared}</a>")
        with pytest.raises(FormatError, match="declares 1,001 attributes, and a quote graph has no more than 1,000"):
            read(tmp_path / name)


@pytest.mark.parametrize("encoding", ["utf-n", "utf-32", "shift_jis"])
def test_encoding_that_is_not_known_is_told(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "bad.xml"
    path.write_bytes(f"<?xml version='1.0' encoding='{encoding}'?><a/>".encode())
    with pytest.raises(FormatError, match=r"bad\.xml: not XML: "):
        read_gexf(path)


def test_cleaned_graph_is_a_copy_and_no_two_keys_become_one() -> None:
    graph = build_graph([summit("d\0")])
    graph.nx.nodes["d\0/q0"]["text"] = "a\x1bb"
    clean = cleaned_graph(graph.nx)
    assert clean.nodes["d\ufffd/q0"]["text"] == "a\ufffdb"
    assert graph.nx.nodes["d\0/q0"]["text"] == "a\x1bb"
    assert set(clean.edges(keys=True)) == {
        (source.replace("\0", "\ufffd"), target.replace("\0", "\ufffd"), key)
        for source, target, key in graph.nx.edges(keys=True)
    }
    graph = build_graph([summit("a\0"), summit("a\x01")])
    with pytest.raises(FormatError, match="can't be told apart"):
        cleaned_graph(graph.nx)


def test_ids_and_labels_of_the_format_are_left_out_and_keys_are_relations() -> None:
    graph = build_graph([summit("d")])
    read = nx.MultiDiGraph()
    for node, data in graph.nx.nodes(data=True):
        read.add_node(node, label="x", **data)
    for number, (source, target, data) in enumerate(graph.nx.edges(data=True)):
        read.add_edge(source, target, key=number, id=str(number), label="x", **data)
    assert plain(checked_graph(read, "here")) == plain(graph)


def faulty(score: float = 0.5, **edges: str) -> "nx.MultiDiGraph[str]":
    """A graph whose first quote has this score, with edges from its first speaker."""
    graph = build_graph([summit("d")]).nx
    graph.nodes["d/q0"]["score"] = score
    for relation, node in edges.items():
        graph.add_edge("d/e0", node, relation=relation)
    return graph


@pytest.mark.parametrize(
    ("graph", "fault"),
    [
        pytest.param(nx.MultiGraph(), "^here: not a quote graph: its edges have no direction$", id="no-direction"),
        pytest.param(faulty(said="d/q99"), "node 'd/q99' has node_type None", id="edge-to-no-node"),
        pytest.param(faulty(float("nan")), "node 'd/q0' has score nan, which is no number", id="nan"),
        pytest.param(faulty(float("inf")), "node 'd/q0' has score inf, which is no number", id="infinite"),
    ],
)
def test_fault_of_a_graph_is_told(graph: "nx.MultiGraph[str]", fault: str) -> None:
    with pytest.raises(FormatError, match=fault):
        checked_graph(graph, "here")
