"""Who speaks of whom, laid out in the plane: what plots and the graph's page draw."""

import math
from collections.abc import Iterable, Sequence

import networkx as nx
from attrs import frozen

from quotesmith.errors import ArgumentError, OptionError
from quotesmith.graph import QuoteGraph, project_speakers
from quotesmith.render.colors import NO_SPEAKER, Tone, graph_tones

_SHAPE = 1.7  # width by height, of each box and of the whole
_FILL = 0.75  # how much of its box a group of entities takes up
_SPREAD = 4  # how far the springs hold the entities of a group apart
_MOST_DRAWN = 100  # quotes; entities with more are drawn no larger


@frozen
class NetworkNode:
    """An entity, by its key in the graph, and where it is drawn."""

    key: str
    name: str
    kind: str
    quote_count: int
    tone: Tone
    x: float
    y: float


@frozen
class Tie:
    """How often one entity addresses, quotes and mentions another, and the sum; both ends are given by their keys."""

    source: str
    target: str
    addresses: int
    quotes: int
    mentions: int
    weight: int


@frozen
class Network:
    """Entities, those that matter most first, the ties between them, heaviest first, and how many were left out."""

    nodes: tuple[NetworkNode, ...]
    ties: tuple[Tie, ...]
    left_out: int


def check_asked(graph: object, most: object) -> None:
    """Raise an error unless `graph` is a graph and `most` a positive whole number."""
    if not isinstance(graph, QuoteGraph):
        msg = f"expected a graph, as doc.graph() and build_graph(documents) give one, not {type(graph).__name__}"
        raise ArgumentError(msg)
    if type(most) is not int or most < 1:
        msg = f"most must be a whole number from 1 on, not {most!r}"
        raise OptionError(msg)


def lay_out(graph: QuoteGraph, *, most: int) -> Network:
    """The network of the entities with most quotes and heaviest ties; the same graph always gives the same network.

    No entity lies above 0 or left of it; the whole is wider than it is high.

    Args:
        graph: Of one or more documents.
        most: How many entities to keep: those with most quotes and heaviest ties.

    Raises:
        ArgumentError: if it isn't a graph.
        OptionError: if `most` isn't a whole number from 1 on.
    """
    check_asked(graph, most)
    whole = project_speakers(graph)
    ties_of = dict(whole.degree(weight="weight"))
    counts = dict(whole.nodes(data="quote_count"))
    ranked = sorted(whole, key=lambda key: -(counts[key] + ties_of[key]))
    kept = ranked[:most]
    ties = [Tie(source, target, **data) for source, target, data in whole.subgraph(kept).edges(data=True)]
    ties.sort(key=lambda tie: (-tie.weight, tie.source, tie.target))
    points, tones = _points(kept, ties), graph_tones(graph)
    nodes = [
        NetworkNode(key=key, tone=tones.get(key, NO_SPEAKER), x=points[key][0], y=points[key][1], **whole.nodes[key])
        for key in kept
    ]
    return Network(tuple(nodes), tuple(ties), len(whole) - len(kept))


def node_size(node: NetworkNode) -> float:
    """How wide to draw an entity, in points: its area grows with its quotes."""
    return 8 + 5 * math.sqrt(min(node.quote_count, _MOST_DRAWN))


def tie_width(tie: Tie) -> float:
    """How wide to draw a tie, in points."""
    return 1 + math.log1p(tie.weight)


def _points(keys: Sequence[str], ties: Iterable[Tie]) -> dict[str, tuple[float, float]]:
    """A place for each entity: those that are tied together in a box, and the boxes in rows, largest first.

    Springs alone would push the groups apart, and shrink each to a spot.
    """
    tied: nx.Graph[str] = nx.Graph()
    tied.add_nodes_from(keys)
    for tie in ties:
        # The logarithm keeps a hundred mentions from pulling two entities onto one spot.
        tied.add_edge(tie.source, tie.target, pull=math.log1p(tie.weight))
    groups = sorted(nx.connected_components(tied), key=len, reverse=True)
    whole = _SHAPE * math.sqrt(len(tied))
    points: dict[str, tuple[float, float]] = {}
    left = top = row = 0.0
    for group in groups:
        height = math.sqrt(len(group))
        width = _SHAPE * height
        if left > 0 and left + width > whole:
            left, top, row = 0.0, top + row, 0.0
        # The order of a set, and of a subgraph view, differs from run to run.
        together: nx.Graph[str] = nx.Graph()
        together.add_nodes_from(key for key in keys if key in group)
        together.add_edges_from(tied.edges(group, data=True))
        spread = _SPREAD / math.sqrt(len(group))
        layout = nx.spring_layout(together, weight="pull", k=spread, iterations=100, seed=0)
        for key, (x, y) in layout.items():
            points[key] = (left + (1 + _FILL * float(x)) * width / 2, -top - (1 + _FILL * float(y)) * height / 2)
        left, row = left + width, max(row, height)
    return points
