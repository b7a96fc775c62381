"""IRIs for what linked data names: documents, quotes and entities.

They are URNs, made of the document's id and the record's, so that they say nothing of where a file lies. Ids may be any
text: all but letters, digits and `_.-~` is percent-encoded.
"""

import re
from ipaddress import IPv6Address
from urllib.parse import quote as percent_encoded

from quotesmith.records import Entity, QuoteDocument

# The names of our own properties, where no standard has one.
TERMS = "urn:quotesmith:term:"
_QID = re.compile(r"Q[1-9][0-9]*")
# Web addresses as RFC 3987 allows them: percent signs before two digits, brackets around an address of IPv6 only, one
# fragment, and none of the marks that turn the direction of text.
_CHARACTER = (
    r"(?:%[0-9A-Fa-f]{2}|[^\x00-\x20\x7f-\x9f\"#%/<>?@\[\\\]^`{|}"
    r"\u200e\u200f\u202a-\u202e\ud800-\udfff\ue000-\uf8ff\ufdd0-\ufdef\ufff0-\uffff])"
)
_WEB = re.compile(
    rf"https?://(?:{_CHARACTER}*@)?(?:(?:(?!:){_CHARACTER})+|\[(?P<six>[0-9A-Fa-f:.]+)\])(?::[0-9]*)?"
    rf"(?:/(?:{_CHARACTER}|[/@])*)?(?:\?(?:{_CHARACTER}|[/?@])*)?(?:#(?:{_CHARACTER}|[/?@])*)?",
    re.IGNORECASE,
)


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
    found = _WEB.fullmatch(value) if isinstance(value, str) else None
    if found is None or (found["six"] is not None and not _is_address(found["six"])):
        return None
    return found.string


def _is_address(text: str) -> bool:
    try:
        IPv6Address(text)
    except ValueError:
        return False
    return True


def _urn(kind: str, *ids: str) -> str:
    return ":".join(("urn:quotesmith", kind, *(percent_encoded(i, safe="", errors="surrogatepass") for i in ids)))
