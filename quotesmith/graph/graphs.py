"""QuoteGraph: who said what, as a networkx graph."""

from functools import cached_property
from os import PathLike

import networkx as nx
from attrs import frozen

from quotesmith.errors import ArgumentError, NameNotFoundError, OptionError
from quotesmith.graph.schema import NODE_ATTRIBUTES
from quotesmith.query import QuoteSelection, select
from quotesmith.records import QuoteDocument, delegates

_PLURALS = {"document": "documents", "entity": "entities", "quote": "quotes"}


@frozen(slots=False, eq=False, repr=False)
class QuoteGraph:
    """A graph of speakers and quotes.

    Attributes:
        nx: The networkx graph, for all that networkx can do; `quotesmith.graph.schema` lists its attributes.
        documents: Those that it was built from; none for a graph that was read from a file.
    """

    nx: "nx.MultiDiGraph[str]"
    documents: tuple[QuoteDocument, ...] = ()

    @cached_property
    def quotes(self) -> QuoteSelection:
        """All quotes of the graph's documents, as a selection.

        Raises:
            ArgumentError: if the graph was read from a file, which has no documents.
        """
        if not self.documents and self.keys("document"):
            msg = "a graph from a file has no documents to select quotes from; build it of documents, with build_graph"
            raise ArgumentError(msg)
        return select(self.documents)

    def keys(self, node_type: str) -> tuple[str, ...]:
        """Keys of the nodes of that type ("entity", "quote" or "document"), in node order.

        Raises:
            OptionError: if there is no such type.
        """
        if node_type not in NODE_ATTRIBUTES:
            msg = f"node_type must be one of {', '.join(NODE_ATTRIBUTES)}, not {node_type!r}"
            raise OptionError(msg)
        return tuple(key for key, own_type in self.nx.nodes(data="node_type") if own_type == node_type)

    def speakers(self) -> tuple[str, ...]:
        """Keys of the entities that say something, those with most quotes first (then in node order)."""
        counts = {key: len(self.quotes_of(key)) for key in self.keys("entity")}
        return tuple(sorted(filter(counts.get, counts), key=lambda key: -counts[key]))

    def quotes_of(self, key: str) -> tuple[str, ...]:
        """Keys of the quotes that the entity says itself, not through a group, in order of documents and text.

        Raises:
            NameNotFoundError: if the graph has no node of that key.
        """
        self._check_key(key)
        return tuple(quote for _, quote, relation in self.nx.out_edges(key, data="relation") if relation == "said")

    def speakers_of(self, key: str) -> tuple[str, ...]:
        """Keys of the entities that say the quote; empty where nobody is known.

        Raises:
            NameNotFoundError: if the graph has no node of that key.
        """
        self._check_key(key)
        return tuple(speaker for speaker, _, relation in self.nx.in_edges(key, data="relation") if relation == "said")

    def _check_key(self, key: str) -> None:
        if key not in self.nx:
            msg = f"the graph has no node {key!r}; keys look like 'document/e0', and keys() and speakers() give some"
            raise NameNotFoundError(msg)

    def write(self, path: str | PathLike[str]) -> None:
        """Write to a file, its format chosen by its suffix."""
        delegates.write_graph(self, path)

    def _repr_html_(self) -> str:
        return delegates.graph_to_html(self)

    def __repr__(self) -> str:
        counts = (f"{len(self.keys(node_type))} {plural}" for node_type, plural in _PLURALS.items())
        return f"<QuoteGraph: {', '.join(counts)}, {self.nx.number_of_edges()} edges>"
