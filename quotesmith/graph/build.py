"""From documents to one graph of speakers and quotes."""

from collections.abc import Iterable
from typing import Any

import networkx as nx

from quotesmith.errors import InvalidRecordError
from quotesmith.graph.graphs import QuoteGraph
from quotesmith.records import Entity, Quote, QuoteDocument


def build_graph(documents: Iterable[QuoteDocument]) -> QuoteGraph:
    """The graph of the documents' quotes and of those who speak or are spoken to.

    With a group are its members, with a metonym whom it stands for. Nodes stand in document order, each document's
    entities before its quotes; a node's key is the document's id, a slash and the record's id ("doc/q0"), an edge's key
    its relation. `quotesmith.graph.schema` lists the attributes.

    Raises:
        InvalidRecordError: if two documents, or two nodes, would share a key.
    """
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    seen: set[str] = set()
    for document in documents:
        if document.id in seen:
            msg = f"two documents have the id {document.id!r}; give each its own, for the keys of its nodes"
            raise InvalidRecordError(msg)
        seen.add(document.id)
        _add_document(graph, document)
    return QuoteGraph(graph)


def _add_document(graph: "nx.MultiDiGraph[str]", document: QuoteDocument) -> None:
    entities = _taking_part(document)
    for entity in entities:
        _add_node(graph, f"{document.id}/{entity.id}", _entity_data(document, entity))
    for quote in document.quotes:
        _add_node(graph, f"{document.id}/{quote.id}", _quote_data(document, quote))
    for entity in entities:
        for member in entity.members:
            _add_edge(graph, document, entity.id, "member", member)
        if entity.stands_for is not None:
            _add_edge(graph, document, entity.id, "stands_for", entity.stands_for)
    for quote in document.quotes:
        for speaker in quote.speakers:
            _add_edge(graph, document, speaker, "said", quote.id)
        for addressee in quote.addressees:
            _add_edge(graph, document, quote.id, "to", addressee)
        if quote.parent is not None:
            _add_edge(graph, document, quote.id, "inside", quote.parent)


def _taking_part(document: QuoteDocument) -> list[Entity]:
    """Speakers, addressees, members of groups and whom metonyms stand for, in document order."""
    found: set[str] = set()
    waiting = [i for quote in document.quotes for i in (*quote.speakers, *quote.addressees)]
    while waiting:
        entity = document.entity(waiting.pop())
        if entity.id not in found:
            found.add(entity.id)
            waiting.extend(entity.members if entity.stands_for is None else (*entity.members, entity.stands_for))
    return [entity for entity in document.entities if entity.id in found]


def _entity_data(document: QuoteDocument, entity: Entity) -> dict[str, Any]:
    return {
        "node_type": "entity",
        "document": document.id,
        "kind": entity.kind.value,
        "name": entity.name,
        "named": entity.named,
        "identifier": entity.identifier or "",
    }


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


def _add_edge(graph: "nx.MultiDiGraph[str]", document: QuoteDocument, source: str, relation: str, target: str) -> None:
    ends = f"{document.id}/{source}", f"{document.id}/{target}"
    graph.add_edge(*ends, key=relation, relation=relation)
