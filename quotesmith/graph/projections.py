"""Graphs of speakers and addressees alone, for all of networkx' measures, and chains of hearsay."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import chain, combinations, product

import networkx as nx
from attrs import frozen

from quotesmith.graph.graphs import QuoteGraph
from quotesmith.query import chapter_of, count_words
from quotesmith.records import EntityId, QuoteDocument

_COUNTS = ("addresses", "quotes", "mentions")
_COUNTED = {"to": "addresses", "about": "mentions"}


@frozen
class HearsayChain:
    """Quotes inside quotes, the outermost first: who reports what whom said.

    Attributes:
        quotes: Keys of the quotes; each stands directly inside the one before.
        speakers: For each quote the keys of its speakers; empty where nobody is known.
    """

    quotes: tuple[str, ...]
    speakers: tuple[tuple[str, ...], ...]

    def __len__(self) -> int:
        return len(self.quotes)


def project_speakers(graph: QuoteGraph) -> "nx.DiGraph[str]":
    """The graph of who speaks to whom, reports whom and mentions whom.

    What somebody says to or of themselves is left out. A group is a node of its own: what it says isn't counted for its
    members. In a graph of several documents a speaker is one node only where it is merged.

    Returns:
        A directed graph of the entities that speak or are linked with a speaker, by their keys, in node order. Nodes
        have `name`, `kind` and `quote_count`. An edge from a speaker to another entity has `addresses` (the speaker's
        quotes spoken to the other), `quotes` (those inside whose content a quote of the other stands), `mentions`
        (those about the other) and `weight`, their sum.

    Note:
        Linear in the graph's edges. The measures are networkx's own: `nx.pagerank(project_speakers(graph))`.

    Examples:
        >>> from quotesmith.records import Entity, Quote, QuoteDocument
        >>> quote = Quote("q0", "direct", [(0, 2)], "Go", speakers=["e0"], addressees=["e1"])
        >>> graph = QuoteDocument("d", "Go", "en", [quote], [Entity("e0", "Ann"), Entity("e1", "Bo")]).graph()
        >>> list(project_speakers(graph).edges(data="weight"))
        [('d/e0', 'd/e1', 1)]
    """
    counts: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for quote in graph.keys("quote"):
        for speaker, (what, other) in product(graph.speakers_of(quote), _links(graph, quote)):
            if speaker != other:
                counts[speaker, other][what] += 1
    projected: nx.DiGraph[str] = nx.DiGraph()
    _add_entities(projected, graph, frozenset(chain.from_iterable(counts)))
    for ends, count in counts.items():
        projected.add_edge(*ends, **{what: count[what] for what in _COUNTS}, weight=count.total())
    return projected


def project_addressees(document: QuoteDocument) -> "nx.MultiDiGraph[str]":
    """The graph of who speaks to whom in which chapter of a document.

    A quote with several speakers or addressees counts once for each pair; what somebody says to themselves is left out.

    Returns:
        A directed graph of the entities that speak or are spoken to, by their keys in `doc.graph()`, in document order.
        Nodes have `name`, `kind`, `gender` (empty where it isn't known) and `quote_count`. Between two there is an edge
        for each chapter, whose number is its key: 0 for what stands in no chapter. Edges have `chapter`, `title`,
        `quotes`, `words` of these quotes and `weight`, which is `quotes`.

    Note:
        Linear in the quotes. `nx.DiGraph(graph)` would keep one chapter of each pair; sum the weights first.

    Examples:
        >>> from quotesmith.records import Entity, Quote, QuoteDocument
        >>> quote = Quote("q0", "direct", [(0, 2)], "Go", speakers=["e0"], addressees=["e1"])
        >>> document = QuoteDocument("d", "Go", "en", [quote], [Entity("e0", "Ann"), Entity("e1", "Bo")])
        >>> list(project_addressees(document).edges(keys=True, data="quotes"))
        [('d/e0', 'd/e1', 0, 1)]
    """
    counts: dict[tuple[str, str, int], Counter[str]] = defaultdict(Counter)
    quote_counts: Counter[EntityId] = Counter()
    taking_part: set[EntityId] = set()
    for quote in document.quotes:
        chapter = chapter_of(document, quote)
        quote_counts.update(quote.speakers)
        taking_part.update(quote.speakers, quote.addressees)
        for speaker, addressee in product(quote.speakers, quote.addressees):
            if speaker != addressee:
                counts[speaker, addressee, chapter] += Counter(quotes=1, words=count_words(quote.text))
    projected: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for entity in document.entities:
        if entity.id in taking_part:
            data = {"name": entity.name, "kind": entity.kind.value, "gender": entity.gender or ""}
            projected.add_node(f"{document.id}/{entity.id}", **data, quote_count=quote_counts[entity.id])
    titles = ("", *(chapter.title for chapter in document.chapters))
    for (speaker, addressee, chapter), count in counts.items():
        projected.add_edge(
            f"{document.id}/{speaker}",
            f"{document.id}/{addressee}",
            key=chapter,
            chapter=chapter,
            title=titles[chapter],
            quotes=count["quotes"],
            words=count["words"],
            weight=count["quotes"],
        )
    return projected


def project_co_speakers(graph: QuoteGraph) -> "nx.Graph[str]":
    """The graph of who is quoted beside whom.

    In a graph of several documents a speaker is one node only where it is merged.

    Returns:
        An undirected graph of the speakers by their keys, in node order, each with `name`, `kind` and `quote_count`. An
        edge has `weight`: the number of documents that quote both.

    Note:
        Quadratic in the speakers of a document, linear in the documents.
    """
    speakers: dict[str, set[str]] = defaultdict(set)
    for quote in graph.keys("quote"):
        speakers[graph.nx.nodes[quote]["document"]].update(graph.speakers_of(quote))
    projected: nx.Graph[str] = nx.Graph()
    _add_entities(projected, graph, frozenset())
    weights = Counter(pair for together in speakers.values() for pair in combinations(sorted(together), 2))
    projected.add_weighted_edges_from((*pair, weight) for pair, weight in weights.items())
    return projected


def hearsay_chains(graph: QuoteGraph) -> tuple[HearsayChain, ...]:
    """Who reports what whom said: each path from a quote in no other to one that holds none, longest first.

    Of chains of one length, the one whose innermost quote comes first in node order is first. Quotes that neither hold
    another nor stand in one make no chain.

    Note:
        Linear in the length of all chains together.
    """
    outer = dict(_nested(graph))
    holders = set(outer.values())
    found = []
    for innermost in outer:
        if innermost not in holders:
            path = [innermost]
            while path[-1] in outer:
                path.append(outer[path[-1]])
            quotes = tuple(reversed(path))
            found.append(HearsayChain(quotes, tuple(map(graph.speakers_of, quotes))))
    return tuple(sorted(found, key=len, reverse=True))


def _nested(graph: QuoteGraph) -> Iterator[tuple[str, str]]:
    """Each quote inside another with the one that holds it, in node order."""
    for quote in graph.keys("quote"):
        for _, holder, relation in graph.nx.out_edges(quote, data="relation"):
            if relation == "inside" and graph.nx.nodes[holder]["node_type"] == "quote":
                yield quote, holder


def _links(graph: QuoteGraph, quote: str) -> tuple[tuple[str, str], ...]:
    """The relations of a quote's speaker to other entities, each once."""
    inner = (
        ("quotes", speaker)
        for nested, _, relation in graph.nx.in_edges(quote, data="relation")
        if relation == "inside"
        for speaker in graph.speakers_of(nested)
    )
    named = (
        (_COUNTED[relation], entity)
        for _, entity, relation in graph.nx.out_edges(quote, data="relation")
        if relation in _COUNTED
    )
    return tuple(dict.fromkeys((*inner, *named)))


def _add_entities(projected: "nx.Graph[str]", graph: QuoteGraph, others: frozenset[str]) -> None:
    """Add the graph's speakers, and the other entities, in node order."""
    quote_counts = Counter(speaker for quote in graph.keys("quote") for speaker in graph.speakers_of(quote))
    for key in graph.keys("entity"):
        if key in quote_counts or key in others:
            data = graph.nx.nodes[key]
            projected.add_node(key, name=data["name"], kind=data["kind"], quote_count=quote_counts[key])
