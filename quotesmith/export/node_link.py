"""Quote graphs as node-link JSON, as networkx and D3 have it."""

from os import PathLike
from pathlib import Path
from typing import Any

import networkx as nx

from quotesmith.errors import FormatError
from quotesmith.export.graph_checks import checked_graph
from quotesmith.export.json_data import decode_json, encode_json
from quotesmith.files import write_atomically
from quotesmith.graph import QuoteGraph


def write_node_link(graph: QuoteGraph, path: str | PathLike[str]) -> None:
    """Write the graph to a file, as `networkx.node_link_data` gives it, with its edges under "edges"."""
    data = nx.node_link_data(graph.nx, edges="edges")
    write_atomically(path, encode_json(data, "the graph"))


def read_node_link(path: str | PathLike[str]) -> QuoteGraph:
    """The graph of a file that `write_node_link` wrote.

    Raises:
        FormatError: if the file isn't JSON (NaN isn't), isn't a node-link graph, or isn't a quote graph's.
    """
    data = decode_json(Path(path).read_bytes(), str(path))
    rows = {
        "nodes": _checked_rows(data, "nodes", ("id",), str(path)),
        "edges": _checked_rows(data, "edges", ("source", "target"), str(path)),
    }
    graph = nx.node_link_graph({"directed": data.get("directed"), "multigraph": True, **rows}, edges="edges")
    return checked_graph(graph, str(path))


def _checked_rows(data: Any, name: str, keys: tuple[str, ...], where: str) -> list[dict[str, Any]]:
    """The objects under that name, if they are a quote graph's: networkx accepts much else, and fails on some."""
    rows = data.get(name) if isinstance(data, dict) else None
    if not isinstance(rows, list):
        msg = f"{where}: not a node-link graph: it has no list of {name}"
        raise FormatError(msg)
    for number, row in enumerate(rows, start=1):
        fault = _row_fault(row, keys)
        if fault is not None:
            msg = f"{where}: not a quote graph: number {number} of its {name} {fault}"
            raise FormatError(msg)
    return rows


def _row_fault(row: object, keys: tuple[str, ...]) -> str | None:
    if not isinstance(row, dict):
        return f"is {row!r:.40}, not an object"
    missing = [key for key in keys if not isinstance(row.get(key), str)]
    if missing:
        return f"has no string as {missing[0]!r}"
    odd = [key for key, value in row.items() if not isinstance(value, str | int | float)]
    return f"has no string, number or boolean as {odd[0]!r}" if odd else None
