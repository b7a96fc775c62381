"""What the graph formats in XML share."""

from collections.abc import Callable
from pathlib import Path

import pytest

from quotesmith.errors import FormatError
from quotesmith.export.gexf import read_gexf
from quotesmith.export.graphml import read_graphml
from quotesmith.export.xml_graphs import _InOnePiece, cleaned_graph, with_carriage_returns
from quotesmith.graph import QuoteGraph, build_graph
from tests.samples import summit

BOMB = "<!DOCTYPE a [<!ENTITY a 'aaaaaaaaaa'>{}]><a>&j;</a>".format(
    "".join(f"<!ENTITY {name} '{f'&{before};' * 10}'>" for before, name in zip("abcdefghi", "bcdefghij", strict=True))
)


GRAPHML = "<graphml xmlns='http://graphml.graphdrawing.org/xmlns'><graph edgedefault='directed'>"
GEXF = "<gexf xmlns='http://www.gexf.net/1.2draft' version='1.2'><graph defaultedgetype='directed'>"
INCLUDE = "<xi:include xmlns:xi='http://www.w3.org/2001/XInclude' href='other.txt' parse='text'/>"


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


@pytest.mark.parametrize(
    ("read", "text"),
    [
        pytest.param(read_graphml, f"{GRAPHML}{INCLUDE}</graph></graphml>", id="graphml"),
        pytest.param(
            read_gexf, f"{GEXF}<nodes><node id='a' label='a'>{INCLUDE}</node></nodes></graph></gexf>", id="gexf"
        ),
    ],
)
def test_nothing_is_included_and_no_instruction_followed(
    tmp_path: Path, text: str, read: Callable[[Path], QuoteGraph]
) -> None:
    (tmp_path / "other.txt").write_text("TAKEN IN")
    path = tmp_path / "bad.xml"
    path.write_text(f"<?xml-stylesheet href='{path.as_uri()}'?>{text}")
    try:
        told = str(list(read(path).nx.nodes(data=True)))
    except FormatError as error:
        told = str(error)
    assert "TAKEN IN" not in told


@pytest.mark.parametrize(
    ("read", "text"),
    [
        pytest.param(read_graphml, GRAPHML + "<node id='a'>" + "<data>" * 100_000, id="unclosed"),
        pytest.param(
            read_graphml,
            GRAPHML + "<node id='a'>" + "<data>" * 100_000 + "</data>" * 100_000 + "</node></graph></graphml>",
            id="graphml",
        ),
        pytest.param(
            read_gexf,
            GEXF + "<nodes><node id='a' label='a'>" * 10_000 + "</node></nodes>" * 10_000 + "</graph></gexf>",
            id="gexf",
        ),
    ],
)
def test_deep_nesting_is_told(tmp_path: Path, text: str, read: Callable[[Path], QuoteGraph]) -> None:
    path = tmp_path / "bad.xml"
    path.write_text(text)
    with pytest.raises(FormatError, match=r"bad\.xml: not "):
        read(path)


def test_long_attribute_is_read_once() -> None:
    # Given in pieces, older expats read it anew with each piece.
    assert len(_InOnePiece(b"a" * 200_000).read(65_536)) == 200_000


def test_what_networkx_would_guess_is_told(tmp_path: Path) -> None:
    path = tmp_path / "bad.graphml"
    path.write_text(
        GRAPHML.replace("<graph ", "<key id='d0' for='node' attr.name='text'/><graph ") + "</graph></graphml>"
    )
    with pytest.raises(FormatError, match="not GraphML that can be read: No key type for id d0"):
        read_graphml(path)


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
