"""The graph of a corpus' quotes."""

from collections.abc import Iterable

from quotesmith.corpus.asking.index import Index
from quotesmith.graph import QuoteGraph, build_graph
from quotesmith.records import Entity, Quote, QuoteDocument

_MEMBERS = """
SELECT d.id, m.entity, m.identity FROM members AS m JOIN documents AS d ON d.number = m.document
WHERE d.id IN (SELECT unnest(CAST(? AS VARCHAR[])))
"""


def selection_graph(index: Index, pairs: Iterable[tuple[QuoteDocument, Quote]]) -> QuoteGraph:
    """The graph of quotes, each given after its document; who is one in the index is one node.

    Documents that come several times, in whatever objects, are taken once.
    """
    drawn = []
    documents: dict[str, QuoteDocument] = {}
    for document, quote in pairs:
        drawn.append((documents.setdefault(document.id, document), quote))
    known = {(document, entity): key for document, entity, key in index.rows(_MEMBERS, [list(documents)])}

    def identity(document: QuoteDocument, entity: Entity) -> str | None:
        return known.get((document.id, entity.id))

    return build_graph(documents.values(), identity=identity, only=drawn)
