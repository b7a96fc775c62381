"""Graphs in a form that can be compared."""

from collections.abc import Callable
from typing import Any

from quotesmith.graph import QuoteGraph


def plain(graph: QuoteGraph, clean: Callable[[str], str] = str) -> tuple[Any, Any]:
    """Nodes and edges, their strings cleaned as the format needs it, in an order that doesn't hang on the graph's."""

    def cleaned(value: Any) -> Any:
        return clean(value) if isinstance(value, str) else value

    nodes = {clean(key): {k: cleaned(v) for k, v in data.items()} for key, data in graph.nx.nodes(data=True)}
    edges = sorted(
        (clean(source), clean(target), key, sorted(data.items()))
        for source, target, key, data in graph.nx.edges(keys=True, data=True)
    )
    return nodes, edges
