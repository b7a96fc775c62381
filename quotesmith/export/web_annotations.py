"""Quotes as W3C Web Annotations of the text: where each stands, who says it, and of what kind it is.

Positions count Unicode code points from 0, half open, as the standard has them and as records do. The context is part
of the file, so that a reader fetches nothing; for the words used here it means what the standard's own context does.
"""

from os import PathLike
from typing import Any

from quotesmith.export.iris import TERMS, document_iri, entity_iri, known_iri, quote_iri
from quotesmith.export.json_data import encode_json, plain_data
from quotesmith.files import write_atomically
from quotesmith.records import EntityId, EntityKind, Quote, QuoteDocument, TextSpan

_OA = "http://www.w3.org/ns/oa#"
_ACTIVITIES = "http://www.w3.org/ns/activitystreams#"
_COUNT = "http://www.w3.org/2001/XMLSchema#nonNegativeInteger"
# Characters before and after the selected ones, which help a reader to find them again in a changed text.
_SURROUNDINGS = 32
ANNOTATION_CONTEXT: dict[str, Any] = {
    "id": "@id",
    "type": "@type",
    **{
        name: f"{_OA}{name}"
        for name in (
            "Annotation",
            "SpecificResource",
            "TextPositionSelector",
            "TextQuoteSelector",
            "TextualBody",
            "exact",
            "identifying",
            "prefix",
            "suffix",
            "tagging",
        )
    },
    "AnnotationCollection": f"{_ACTIVITIES}OrderedCollection",
    "AnnotationPage": f"{_ACTIVITIES}OrderedCollectionPage",
    "Organization": "http://xmlns.com/foaf/0.1/Organization",
    "Person": "http://xmlns.com/foaf/0.1/Person",
    "body": {"@id": f"{_OA}hasBody", "@type": "@id"},
    "end": {"@id": f"{_OA}end", "@type": _COUNT},
    "first": {"@id": f"{_ACTIVITIES}first", "@type": "@id"},
    "items": {"@id": f"{_ACTIVITIES}items", "@type": "@id", "@container": "@list"},
    "language": "http://purl.org/dc/elements/1.1/language",
    "motivation": {"@id": f"{_OA}motivatedBy", "@type": "@vocab"},
    "name": "http://xmlns.com/foaf/0.1/name",
    "partOf": {"@id": f"{_ACTIVITIES}partOf", "@type": "@id"},
    "purpose": {"@id": f"{_OA}hasPurpose", "@type": "@vocab"},
    "selector": {"@id": f"{_OA}hasSelector", "@type": "@id"},
    "source": {"@id": f"{_OA}hasSource", "@type": "@id"},
    "start": {"@id": f"{_OA}start", "@type": _COUNT},
    "startIndex": {"@id": f"{_ACTIVITIES}startIndex", "@type": _COUNT},
    "target": {"@id": f"{_OA}hasTarget", "@type": "@id"},
    "total": {"@id": f"{_ACTIVITIES}totalItems", "@type": _COUNT},
    "value": "http://www.w3.org/1999/02/22-rdf-syntax-ns#value",
    "role": f"{TERMS}role",
    "sameAs": {"@id": "http://www.w3.org/2002/07/owl#sameAs", "@type": "@id"},
}
_AGENT_TYPES = {EntityKind.PERSON: {"type": "Person"}, EntityKind.ORGANIZATION: {"type": "Organization"}}


def write_web_annotations(document: QuoteDocument, path: str | PathLike[str]) -> None:
    """Write the document's quotes to a file, as a collection of annotations.

    Surrogates, which no RDF text can hold, become U+FFFD.
    """
    write_atomically(path, document_web_annotations(document))


def document_web_annotations(document: QuoteDocument) -> bytes:
    """The document's quotes as `write_web_annotations` writes them: one line of JSON in UTF-8."""
    collection = f"{document_iri(document)}#annotations"
    data = {
        "id": collection,
        "type": "AnnotationCollection",
        "total": len(document.quotes),
        "first": {
            "id": f"{collection}-1",
            "type": "AnnotationPage",
            "partOf": collection,
            "startIndex": 0,
            "items": [_annotation(document, quote) for quote in document.quotes],
        },
    }
    return encode_json({"@context": ANNOTATION_CONTEXT, **plain_data(data)}, "the annotations")


def _annotation(document: QuoteDocument, quote: Quote) -> dict[str, Any]:
    tags = [quote.kind.value, quote.act.value, quote.assertion.value]
    return {
        "id": quote_iri(document, quote.id),
        "type": "Annotation",
        "motivation": "identifying",
        "body": [
            *(_who(document, speaker, "speaker") for speaker in quote.speakers),
            *(_who(document, addressee, "addressee") for addressee in quote.addressees),
            *({"type": "TextualBody", "purpose": "tagging", "value": tag, "language": "en"} for tag in tags),
        ],
        "target": [_target(document, span) for span in quote.content],
    }


def _who(document: QuoteDocument, entity_id: EntityId, role: str) -> dict[str, Any]:
    entity = document.entity(entity_id)
    known = known_iri(entity)
    return {
        "type": "SpecificResource",
        "purpose": "identifying",
        "role": role,
        "source": {
            "id": entity_iri(document, entity.id),
            **_AGENT_TYPES.get(entity.kind, {}),
            "name": entity.name,
            **({} if known is None else {"sameAs": known}),
        },
    }


def _target(document: QuoteDocument, span: TextSpan) -> dict[str, Any]:
    text = document.text
    return {
        "type": "SpecificResource",
        "source": document_iri(document),
        "selector": [
            {"type": "TextPositionSelector", "start": span.start, "end": span.end},
            {
                "type": "TextQuoteSelector",
                "exact": span.of(text),
                "prefix": text[max(span.start - _SURROUNDINGS, 0) : span.start],
                "suffix": text[span.end : span.end + _SURROUNDINGS],
            },
        ],
    }
