"""Graphs of speakers and quotes, as networkx has them. Imports no spaCy."""

from quotesmith.graph.build import build_graph
from quotesmith.graph.graphs import QuoteGraph
from quotesmith.graph.projections import (
    HearsayChain,
    hearsay_chains,
    project_addressees,
    project_co_speakers,
    project_speakers,
)
from quotesmith.graph.schema import EDGE_ATTRIBUTES, NODE_ATTRIBUTES, RELATIONS

__all__ = [
    "EDGE_ATTRIBUTES",
    "NODE_ATTRIBUTES",
    "RELATIONS",
    "HearsayChain",
    "QuoteGraph",
    "build_graph",
    "hearsay_chains",
    "project_addressees",
    "project_co_speakers",
    "project_speakers",
]
