"""Who speaks of whom, laid out in the plane: what plots and the graph's page draw."""

import math

import networkx as nx
from attrs import frozen

from quotesmith.errors import OptionError
from quotesmith.graph import QuoteGraph, project_speakers
from quotesmith.render.colors import NOBODY, Tone, graph_tones

_ROW = 6  # entities without ties in a row
_GAP = 0.35  # between such rows, where the others fill -1 to 1
_MOST_DRAWN = 100  # quotes: who says more isn't drawn larger


@frozen
class Place:
    """An entity, by its key in the graph, and where it is drawn."""

    key: str
    name: str
    kind: str
    quotes: int
    tone: Tone
    x: float
    y: float


@frozen
class Tie:
    """How often one entity addresses, quotes and mentions another, and the sum; the ends are keys."""

    source: str
    target: str
    addresses: int
    quotes: int
    mentions: int
    weight: int


@frozen
class Network:
    """Entities, those that matter most first, the ties between them, heaviest first, and how many were left out."""

    places: tuple[Place, ...]
    ties: tuple[Tie, ...]
    left_out: int


def lay_out(graph: QuoteGraph, *, most: int) -> Network:
    """The network of the entities that speak, or are spoken to or of, most; the same for the same graph.

    Entities with ties lie between -1 and 1 on both axes, those without in rows below them.

    Args:
        graph: Of one or more documents.
        most: How many entities to keep: those with most quotes and heaviest ties.

    Raises:
        OptionError: if `most` isn't a whole number from 1 on.
    """
    if type(most) is not int or most < 1:
        msg = f"most must be a whole number from 1 on, not {most!r}"
        raise OptionError(msg)
    whole = project_speakers(graph)
    ties_of = dict(whole.degree(weight="weight"))
    counts = dict(whole.nodes(data="quote_count"))
    ranked = sorted(whole, key=lambda key: -(counts[key] + ties_of[key]))
    kept = whole.subgraph(ranked[:most])
    points = _points(kept)
    tones = graph_tones(graph)
    places = [
        Place(key, data["name"], data["kind"], data["quote_count"], tones.get(key, NOBODY), *points[key])
        for key, data in ((key, whole.nodes[key]) for key in ranked[:most])
    ]
    ties = [Tie(source, target, **data) for source, target, data in kept.edges(data=True)]
    return Network(tuple(places), tuple(sorted(ties, key=lambda tie: -tie.weight)), len(whole) - len(kept))


def place_size(place: Place) -> float:
    """How wide to draw an entity, in points: its area grows with its quotes."""
    return 8 + 5 * math.sqrt(min(place.quotes, _MOST_DRAWN))


def tie_width(tie: Tie) -> float:
    """How wide to draw a tie, in points."""
    return 1 + math.log1p(tie.weight)


def _points(network: "nx.DiGraph[str]") -> dict[str, tuple[float, float]]:
    tied: nx.Graph[str] = nx.Graph()
    for source, target, weight in network.edges(data="weight"):
        # Log: a hundred mentions shall not draw two entities onto one spot.
        tied.add_edge(source, target, pull=math.log1p(weight))
    layout = nx.spring_layout(tied, weight="pull", k=1.6 / math.sqrt(max(len(tied), 1)), iterations=100, seed=0)
    points = {key: (float(x), float(y)) for key, (x, y) in layout.items()}
    alone = [key for key in network if key not in points]
    lowest = -1 - _GAP if points else 0.0
    for place, key in enumerate(alone):
        row, column = divmod(place, _ROW)
        size = min(_ROW, len(alone) - row * _ROW)
        points[key] = (2 * (column + 0.5) / size - 1, lowest - _GAP * row)
    return points
