"""From documents to one graph of speakers and quotes."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, TypeAlias

import networkx as nx
from attrs import frozen

from quotesmith.errors import InvalidRecordError
from quotesmith.graph.graphs import QuoteGraph
from quotesmith.query.identities import EntityKeys, Identity, entity_keys, find_identities
from quotesmith.query.libraries import checked_documents
from quotesmith.query.names import Bearer
from quotesmith.records import Entity, EntityId, Quote, QuoteDocument, QuoteId

_Keys: TypeAlias = Mapping[EntityId, str]
META = ("title", "date", "outlet", "url")


def build_graph(
    documents: Iterable[QuoteDocument],
    *,
    identity: Identity | None = None,
    only: Iterable[tuple[QuoteDocument, Quote]] | None = None,
) -> QuoteGraph:
    """The graph of the documents' quotes and of those who speak, are spoken to or are spoken about.

    A group comes with its members, a metonym with what it stands for. Nodes are in document order: each document, then
    its entities, then its quotes. A document's key is its id; the key of an entity or quote is the document's id, a
    slash and the record's id ("doc/q0"); an edge's key is its relation. `quotesmith.graph.schema` lists the attributes.

    An entity of several documents has one node, whose key is the one that `identity` gives ("person:ann lee").

    Args:
        documents: They are kept with the graph, so that `graph.quotes` can be asked.
        identity: Gives, for a document and one of its entities, the entity's key over all documents; None where it is
            known in that document only. By default, `find_identities` finds them by full names and identifiers;
            `keep_apart` leaves each document its own.
        only: The quotes to draw, each after its document, as in a selection's `pairs`; by default all. A quote inside
            one that isn't drawn is put inside the next drawn one around it, or else in its document.

    Raises:
        InvalidRecordError: if two documents, or two nodes, would share a key.
        ArgumentError: if something isn't a document, or the identity gives something else than a string or None.
    """
    kept = tuple(checked_documents(documents))
    known = entity_keys(kept, find_identities(kept) if identity is None else identity)
    drawn = None if only is None else {(document.id, quote.id) for document, quote in only}
    parts = [_DrawnDocument.of(document, known, drawn) for document in kept]
    bearers: dict[str, list[Bearer]] = defaultdict(list)
    for part in parts:
        for entity in part.entities:
            bearers[part.keys[entity.id]].append((part.document.id, entity))
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for part in parts:
        _add_document(graph, part, bearers)
    return QuoteGraph(graph, kept)


@frozen
class _DrawnDocument:
    """A document, the quotes of it that are drawn, the entities that take part, and their keys."""

    document: QuoteDocument
    quotes: Mapping[QuoteId, Quote]
    entities: list[Entity]
    keys: _Keys

    @classmethod
    def of(cls, document: QuoteDocument, known: EntityKeys, drawn: set[tuple[str, QuoteId]] | None) -> "_DrawnDocument":
        quotes = {own.id: own for own in document._quotes if drawn is None or (document.id, own.id) in drawn}
        entities = _taking_part(document, quotes.values())
        keys = {entity.id: known.get((document.id, entity.id), f"{document.id}/{entity.id}") for entity in entities}
        return cls(document, quotes, entities, keys)


def _add_document(graph: "nx.MultiDiGraph[str]", part: _DrawnDocument, bearers: Mapping[str, list[Bearer]]) -> None:
    document, entities, keys = part.document, part.entities, part.keys
    about = document._index.mentioned
    _add_node(graph, document.id, _document_data(document))
    for entity in entities:
        key = keys[entity.id]
        # A node that several documents share comes with the first of them.
        if bearers[key][0] == (document.id, entity):
            _add_node(graph, key, _entity_data(bearers[key]))
    for quote in part.quotes.values():
        _add_node(graph, f"{document.id}/{quote.id}", _quote_data(document, quote))
    for entity in entities:
        for member in entity.members:
            _add_edge(graph, keys[entity.id], "member", keys[member])
        if entity.stands_for is not None:
            _add_edge(graph, keys[entity.id], "stands_for", keys[entity.stands_for])
    for quote in part.quotes.values():
        _add_edges_of_quote(graph, document, quote, about[quote.id], keys)
        _add_edge(graph, f"{document.id}/{quote.id}", "inside", _around(part, quote))


def _add_edges_of_quote(
    graph: "nx.MultiDiGraph[str]", document: QuoteDocument, quote: Quote, about: tuple[EntityId, ...], keys: _Keys
) -> None:
    key = f"{document.id}/{quote.id}"
    for speaker in quote.speakers:
        _add_edge(graph, keys[speaker], "said", key)
    for addressee in quote.addressees:
        _add_edge(graph, key, "to", keys[addressee])
    for entity in about:
        _add_edge(graph, key, "about", keys[entity])


def _around(part: _DrawnDocument, quote: Quote) -> str:
    """The key of the nearest drawn quote around this one; else its document's."""
    parent = quote.parent
    while parent is not None and parent not in part.quotes:
        parent = part.document.quote(parent).parent
    return part.document.id if parent is None else f"{part.document.id}/{parent}"


def _taking_part(document: QuoteDocument, quotes: Iterable[Quote]) -> list[Entity]:
    """Those that speak, are spoken to or about, members of groups and what metonyms stand for, in document order."""
    about = document._index.mentioned
    found: set[EntityId] = set()
    waiting = [i for quote in quotes for i in (*quote.speakers, *quote.addressees, *about[quote.id])]
    while waiting:
        entity = document.entity(waiting.pop())
        if entity.id not in found:
            found.add(entity.id)
            waiting.extend(entity.members if entity.stands_for is None else (*entity.members, entity.stands_for))
    return [entity for entity in document.entities if entity.id in found]


def _document_data(document: QuoteDocument) -> dict[str, Any]:
    return {
        "node_type": "document",
        "document": document.id,
        **{name: plain_meta(document, name) for name in META},
    }


def plain_meta(document: QuoteDocument, name: str) -> str:
    """The document's meta under that name as a string; empty unless it is a string or a date."""
    value = document.meta.get(name)
    if isinstance(value, date):
        return value.isoformat()
    return value if isinstance(value, str) else ""


def _entity_data(bearers: list[tuple[str, Entity]]) -> dict[str, Any]:
    """The attributes of the node of these entities, each given with its document's id."""
    documents = {document for document, _ in bearers}
    return {
        "node_type": "entity",
        "document": documents.pop() if len(documents) == 1 else "",
        "kind": _commonest(entity.kind.value for _, entity in bearers),
        "name": _commonest(entity.name for _, entity in bearers),
        "named": any(entity.named for _, entity in bearers),
        "identifier": _commonest(entity.identifier for _, entity in bearers if entity.identifier),
        "document_count": len({document for document, _ in bearers}),
    }


def _commonest(values: Iterable[str]) -> str:
    """The most frequent value, the alphabetically first of several; empty where there is none."""
    counts = Counter(values)
    return min(counts, key=lambda value: (-counts[value], value), default="")


def _quote_data(document: QuoteDocument, quote: Quote) -> dict[str, Any]:
    return {
        "node_type": "quote",
        "document": document.id,
        "kind": quote.kind.value,
        "act": quote.act.value,
        "assertion": quote.assertion.value,
        "text": quote.text,
        "start": quote.content[0].start,
        "end": quote.content[-1].end,
        "score": float(quote.score),
        "speaker_score": float(quote.speaker_score),
    }


def _add_node(graph: "nx.MultiDiGraph[str]", key: str, data: dict[str, Any]) -> None:
    if key in graph:
        msg = f"two nodes would have the key {key!r}; give the records ids that keep them apart"
        raise InvalidRecordError(msg)
    graph.add_node(key, **data)


def _add_edge(graph: "nx.MultiDiGraph[str]", source: str, relation: str, target: str) -> None:
    graph.add_edge(source, target, key=relation, relation=relation)
