"""Quotes as linked data: JSON-LD with the vocabulary of schema.org.

The context stands in the file, so that a reader fetches nothing. What schema.org has no word for (a quote's kind, act,
assertion, scores and addressees, a group's members, what a metonym stands for) has a term of our own.
"""

from collections.abc import Iterable, Iterator
from os import PathLike
from typing import Any

from quotesmith.export.iris import TERMS, document_iri, entity_iri, known_iri, quote_iri, web_iri
from quotesmith.export.json_data import encode_json, plain_data
from quotesmith.files import replace_atomically
from quotesmith.records import Entity, EntityKind, Quote, QuoteDocument

_REFERENCE = {"@type": "@id"}
JSON_LD_CONTEXT = {
    "@vocab": "https://schema.org/",
    "quotesmith": TERMS,
    "isPartOf": _REFERENCE,
    "sameAs": _REFERENCE,
    "spokenByCharacter": _REFERENCE,
    "url": _REFERENCE,
    **{name: f"quotesmith:{name}" for name in ("Group", "kind", "act", "assertion", "named", "score", "speakerScore")},
    **{name: {"@id": f"quotesmith:{name}", **_REFERENCE} for name in ("addressee", "member", "standsFor")},
}
_SCHEMA_ORG_TYPES = {
    EntityKind.PERSON: "Person",
    EntityKind.ORGANIZATION: "Organization",
    EntityKind.PLACE: "Place",
    EntityKind.GROUP: "Group",
    EntityKind.OTHER: "Thing",
}


def write_json_ld(documents: Iterable[QuoteDocument], path: str | PathLike[str]) -> None:
    """Write the documents, their quotes and their entities to a file, as one graph of linked data.

    Surrogates, which no RDF text can hold, become U+FFFD.
    """
    with replace_atomically(path) as part:
        part.write_bytes(documents_json_ld(documents))


def documents_json_ld(documents: Iterable[QuoteDocument]) -> bytes:
    """The documents as `write_json_ld` writes them: one line of JSON in UTF-8."""
    nodes = [node for document in documents for node in _nodes(document)]
    return encode_json({"@context": JSON_LD_CONTEXT, "@graph": plain_data(nodes)}, "the linked data")


def _nodes(document: QuoteDocument) -> Iterator[dict[str, Any]]:
    yield _work(document)
    for quote in document.quotes:
        yield _quotation(document, quote)
    for entity in document.entities:
        yield _thing(document, entity)


def _work(document: QuoteDocument) -> dict[str, Any]:
    told = {name: document.meta.get(key) for name, key in (("name", "title"), ("datePublished", "date"))}
    return {
        "@id": document_iri(document),
        "@type": "CreativeWork",
        "identifier": document.id,
        "text": document.text,
        "inLanguage": document.language,
        **{name: value for name, value in told.items() if isinstance(value, str)},
        **_present(url=web_iri(document.meta.get("url"))),
    }


def _quotation(document: QuoteDocument, quote: Quote) -> dict[str, Any]:
    parent = [] if quote.parent is None else [quote_iri(document, quote.parent)]
    return {
        "@id": quote_iri(document, quote.id),
        "@type": "Quotation",
        "text": quote.text,
        "inLanguage": document.language,
        "isPartOf": [document_iri(document), *parent],
        "spokenByCharacter": [entity_iri(document, speaker) for speaker in quote.speakers],
        "addressee": [entity_iri(document, addressee) for addressee in quote.addressees],
        "kind": quote.kind.value,
        "act": quote.act.value,
        "assertion": quote.assertion.value,
        "score": quote.score,
        "speakerScore": quote.speaker_score,
    }


def _thing(document: QuoteDocument, entity: Entity) -> dict[str, Any]:
    meant = None if entity.stands_for is None else entity_iri(document, entity.stands_for)
    return {
        "@id": entity_iri(document, entity.id),
        "@type": _SCHEMA_ORG_TYPES[entity.kind],
        "name": entity.name,
        "named": entity.named,
        "alternateName": entity.aliases,
        **_present(
            gender=entity.gender and entity.gender.value,
            identifier=entity.identifier,
            sameAs=known_iri(entity),
            standsFor=meant,
        ),
        "member": [entity_iri(document, member) for member in entity.members],
    }


def _present(**values: str | None) -> dict[str, str]:
    return {name: value for name, value in values.items() if value is not None}
