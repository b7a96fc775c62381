"""IRIs for what linked data names: documents, quotes and entities.

They are URNs, made of the document's id and the record's, so that they say nothing of where a file lies. Ids may be any
text: all but letters, digits and `_.-~` is percent-encoded.
"""

import re
from urllib.parse import quote as percent_encoded

from quotesmith.records import Entity, QuoteDocument

# The names of our own properties, where no standard has one.
TERMS = "urn:quotesmith:term:"
_QID = re.compile(r"Q[1-9][0-9]*")
# Web addresses as RFC 3987 allows them.
_WEB = re.compile(r"https?://[^\x00-\x20\x7f-\xa0\"<>\\^`{|}\ud800-\udfff\ufffe\uffff]+")


def document_iri(document: QuoteDocument) -> str:
    """The document's IRI: `urn:quotesmith:document:` and its id.

    Examples:
        >>> document_iri(QuoteDocument("news/a b.txt", ""))
        'urn:quotesmith:document:news%2Fa%20b.txt'
    """
    return _urn("document", document.id)


def quote_iri(document: QuoteDocument, quote_id: str) -> str:
    """The IRI of a quote of the document."""
    return _urn("quote", document.id, quote_id)


def entity_iri(document: QuoteDocument, entity_id: str) -> str:
    """The IRI of an entity of the document."""
    return _urn("entity", document.id, entity_id)


def known_iri(entity: Entity) -> str | None:
    """The IRI of the entity's identifier: itself, or that of a Wikidata QID; None where it is neither."""
    if _QID.fullmatch(entity.identifier or ""):
        return f"http://www.wikidata.org/entity/{entity.identifier}"
    return web_iri(entity.identifier)


def web_iri(value: object) -> str | None:
    """The value if it is the address of something on the web, else None."""
    return value if isinstance(value, str) and _WEB.fullmatch(value) else None


def _urn(kind: str, *ids: str) -> str:
    return ":".join(("urn:quotesmith", kind, *(percent_encoded(i, safe="", errors="surrogatepass") for i in ids)))
