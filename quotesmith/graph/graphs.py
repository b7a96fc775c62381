"""QuoteGraph: who said what, as a networkx graph."""

from os import PathLike

import networkx as nx
from attrs import frozen

from quotesmith.errors import NameNotFoundError


@frozen(eq=False, repr=False)
class QuoteGraph:
    """A graph of speakers and quotes.

    Attributes:
        nx: The networkx graph, for all that networkx can do; `quotesmith.graph.schema` lists its attributes.
    """

    nx: "nx.MultiDiGraph[str]"

    def speakers(self) -> tuple[str, ...]:
        """Keys of the entities that say something, those with most quotes first (then in node order)."""
        counts = [
            (-len(self.quotes_of(key)), place, key)
            for place, (key, node_type) in enumerate(self.nx.nodes(data="node_type"))
            if node_type == "entity"
        ]
        return tuple(key for count, _, key in sorted(counts) if count)

    def quotes_of(self, key: str) -> tuple[str, ...]:
        """Keys of the quotes that the entity says itself, not through a group, in text order.

        Raises:
            NameNotFoundError: if the graph has no node of that key.
        """
        if key not in self.nx:
            msg = f"the graph has no node {key!r}; keys look like 'document/e0', and speakers() gives some"
            raise NameNotFoundError(msg)
        return tuple(quote for _, quote, relation in self.nx.out_edges(key, data="relation") if relation == "said")

    def write(self, path: str | PathLike[str]) -> None:
        """Write to a file, its format chosen by its suffix."""
        from quotesmith.export import write_graph

        write_graph(self, path)

    def _repr_html_(self) -> str:
        from quotesmith.render.html import graph_to_html

        return graph_to_html(self)

    def __repr__(self) -> str:
        entities = sum(1 for _, node_type in self.nx.nodes(data="node_type") if node_type == "entity")
        quotes = self.nx.number_of_nodes() - entities
        return f"<QuoteGraph: {entities} entities, {quotes} quotes, {self.nx.number_of_edges()} edges>"
