"""Quote graphs as node-link JSON."""

import json
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotesmith.errors import FormatError
from quotesmith.export.node_link import read_node_link, write_node_link
from quotesmith.graph import build_graph
from quotesmith.records import QuoteDocument
from tests.export.plain_graphs import plain
from tests.samples import summit
from tests.strategies import documents


@given(st.lists(documents(), max_size=2, unique_by=lambda document: document.id))
def test_graph_survives_a_file(tmp_path_factory: pytest.TempPathFactory, written: list[QuoteDocument]) -> None:
    path = tmp_path_factory.getbasetemp() / "quotes.json"
    graph = build_graph(written)
    write_node_link(graph, path)
    assert plain(read_node_link(path)) == plain(graph)
    assert list(read_node_link(path).nx) == list(graph.nx)


def test_networkx_reads_it(tmp_path: Path) -> None:
    graph = build_graph([summit()])
    write_node_link(graph, tmp_path / "d.json")
    read = nx.node_link_graph(json.loads((tmp_path / "d.json").read_bytes()), edges="edges")
    assert nx.utils.graphs_equal(read, graph.nx)


def changed(**changes: Any) -> bytes:
    return json.dumps({**nx.node_link_data(build_graph([summit("d")]).nx, edges="edges"), **changes}).encode()


@pytest.mark.parametrize(
    ("data", "message"),
    [
        pytest.param(b"", r"bad\.json: not JSON", id="empty"),
        pytest.param(b"[]", r"bad\.json: not a node-link graph: it has no list of nodes", id="another-json"),
        pytest.param(changed(nodes=3), "it has no list of nodes", id="nodes"),
        pytest.param(changed(edges=None), "it has no list of edges", id="edges"),
        pytest.param(changed(nodes=[3]), r"number 1 of its nodes is 3, not an object", id="row"),
        pytest.param(changed(nodes=[{"id": 3}]), "number 1 of its nodes has no string as 'id'", id="number-for-id"),
        pytest.param(changed(edges=[{"source": "d/q0"}]), "number 1 of its edges has no string as 'target'", id="end"),
        pytest.param(
            changed(nodes=[{"id": "a", "node_type": ["quote"]}]),
            "number 1 of its nodes has no string, number or boolean as 'node_type'",
            id="list-for-value",
        ),
        pytest.param(changed(nodes=[{"id": "a", "node_type": "x"}]), "not a quote graph: node 'a'", id="other-graph"),
        pytest.param(changed(directed=False), "its edges have no direction", id="undirected"),
        pytest.param(changed(nodes=[{"id": "a", "score": float("nan")}]), "NaN is not a number of JSON", id="nan"),
        pytest.param(b"[" * 100_000, r"bad\.json: not JSON that can be read", id="endless-nesting"),
    ],
)
def test_file_that_is_no_graph_is_told(tmp_path: Path, data: bytes, message: str) -> None:
    path = tmp_path / "bad.json"
    path.write_bytes(data)
    with pytest.raises(FormatError, match=message):
        read_node_link(path)
