"""Quotes as linked data, as rdflib reads it."""

import json
import re
import socket
import warnings
from typing import Any, NoReturn

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib import RDF, XSD, Graph, Literal, Namespace, URIRef

from quotesmith.export.characters import without_surrogates
from quotesmith.export.iris import TERMS, document_iri, entity_iri, known_iri, quote_iri, web_iri
from quotesmith.export.json_ld import documents_json_ld
from quotesmith.export.web_annotations import document_web_annotations
from quotesmith.records import Entity, Quote, QuoteDocument
from tests.cases import each_row
from tests.samples import summit
from tests.strategies import any_text, documents

OA = Namespace("http://www.w3.org/ns/oa#")
SCHEMA = Namespace("https://schema.org/")


def parsed(data: bytes) -> Graph:
    """The triples of JSON-LD; whatever would fetch something fails."""

    def refuse(*_: object, **__: object) -> NoReturn:
        msg = "something was to be fetched"
        raise AssertionError(msg)

    with pytest.MonkeyPatch.context() as patch, warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # rdflib's, about its own classes
        patch.setattr(socket, "getaddrinfo", refuse)
        patch.setattr(socket.socket, "connect", refuse)
        return Graph().parse(data=data, format="json-ld")


def test_quotation_has_its_speaker_its_place_and_its_denial() -> None:
    document = summit()
    graph = parsed(documents_json_ld([document]))
    quote, xi = URIRef(quote_iri(document, "q5")), URIRef(entity_iri(document, "e6"))
    assert graph.value(quote, RDF.type) == SCHEMA.Quotation
    assert graph.value(quote, SCHEMA.text) == Literal("Never trust a café with no cats")
    assert graph.value(quote, SCHEMA.inLanguage) == Literal("en")
    assert list(graph.objects(quote, SCHEMA.spokenByCharacter)) == [xi]
    assert graph.value(xi, SCHEMA.name) == Literal("My mother")
    assert graph.value(xi, RDF.type) == SCHEMA.Person
    assert set(graph.objects(quote, SCHEMA.isPartOf)) == {
        URIRef(document_iri(document)),
        URIRef(quote_iri(document, "q4")),
    }
    assert graph.value(quote, URIRef(f"{TERMS}addressee")) == URIRef(entity_iri(document, "e5"))
    graph = parsed(documents_json_ld([summit()]))
    quote = URIRef(quote_iri(summit(), "q2"))
    assert graph.value(quote, URIRef(f"{TERMS}assertion")) == Literal("negated")


def test_entities_have_aliases_members_and_what_they_are_elsewhere() -> None:
    document = summit()
    graph = parsed(documents_json_ld([document]))
    xi, putin, both = (URIRef(entity_iri(document, entity)) for entity in ("e0", "e3", "e4"))
    assert graph.value(xi, SCHEMA.alternateName) == Literal("Xi")
    assert graph.value(putin, SCHEMA.sameAs) == URIRef("http://www.wikidata.org/entity/Q7747")
    assert graph.value(putin, SCHEMA.identifier) == Literal("Q7747")
    assert set(graph.objects(both, URIRef(f"{TERMS}member"))) == {xi, putin}


def test_meta_is_told_where_there_is_a_word_of_its_type() -> None:
    meta = {"title": "No deal", "date": "2026-11-25", "url": "https://example.org/1", "outlet": "Daily"}
    document = attrs.evolve(summit(), meta=meta)
    graph = parsed(documents_json_ld([document]))
    work = URIRef(document_iri(document))
    assert graph.value(work, SCHEMA.name) == Literal("No deal")
    assert graph.value(work, SCHEMA.datePublished) == Literal("2026-11-25")
    assert graph.value(work, SCHEMA.url) == URIRef("https://example.org/1")
    document = attrs.evolve(summit(), meta={"title": 3, "date": None, "url": "javascript:alert(1)"})
    graph = parsed(documents_json_ld([document]))
    for word in (SCHEMA.datePublished, SCHEMA.url):
        assert graph.value(URIRef(document_iri(document)), word) is None


@given(st.lists(documents(), max_size=2, unique_by=lambda document: document.id))
def test_every_document_quote_and_entity_is_there(written: list[QuoteDocument]) -> None:
    graph = parsed(documents_json_ld(written))
    for document in written:
        assert graph.value(URIRef(document_iri(document)), SCHEMA.text) == Literal(without_surrogates(document.text))
        for quote in document.quotes:
            found = URIRef(quote_iri(document, quote.id))
            assert graph.value(found, SCHEMA.text) == Literal(without_surrogates(quote.text))
            assert {str(speaker) for speaker in graph.objects(found, SCHEMA.spokenByCharacter)} == {
                entity_iri(document, speaker) for speaker in quote.speakers
            }
        for entity in document.entities:
            found = URIRef(entity_iri(document, entity.id))
            assert graph.value(found, SCHEMA.name) == Literal(without_surrogates(entity.name))
    graph.serialize(format="nt", encoding="utf-8")


# Quotes as W3C Web Annotations, as rdflib reads them


def items(document: QuoteDocument) -> list[Any]:
    found: list[Any] = json.loads(document_web_annotations(document))["first"]["items"]
    return found


@given(documents())
def test_selectors_select_the_content(document: QuoteDocument) -> None:
    text = without_surrogates(document.text)
    for quote, item in zip(document.quotes, items(document), strict=True):
        assert item["id"] == quote_iri(document, quote.id)
        for span, target in zip(quote.content, item["target"], strict=True):
            position, words = target["selector"]
            assert (position["start"], position["end"]) == (span.start, span.end)
            start = len(words["prefix"])
            around = text[span.start - start : span.end + len(words["suffix"])]
            assert around == words["prefix"] + words["exact"] + words["suffix"]
            assert words["exact"] == span.of(text)


def test_positions_count_code_points() -> None:
    document = QuoteDocument("d", "😀😀 “Go!”", quotes=[Quote("q0", "direct", [(3, 8)], "Go!")])
    [item] = items(document)
    assert item["target"][0]["selector"][0] == {"type": "TextPositionSelector", "start": 3, "end": 8}
    assert item["target"][0]["selector"][1]["exact"] == "“Go!”"


def test_bodies_tell_who_and_of_what_kind() -> None:
    document = summit()
    bodies = items(document)[0]["body"]
    assert [(body["role"], body["source"]["name"]) for body in bodies if "role" in body] == [
        ("speaker", "Xi Jinping"),
        ("addressee", "reporters"),
    ]
    assert [body["value"] for body in bodies if body["type"] == "TextualBody"] == ["direct", "speech", "asserted"]


def test_annotations_are_the_standards_own() -> None:
    document = summit()
    graph = parsed(document_web_annotations(document))
    quote = URIRef(quote_iri(document, "q2"))
    assert graph.value(quote, RDF.type) == OA.Annotation
    assert graph.value(quote, OA.motivatedBy) == OA.identifying
    target = graph.value(quote, OA.hasTarget)
    selectors = {graph.value(selector, RDF.type): selector for selector in graph.objects(target, OA.hasSelector)}
    start = document.quotes[2].content[0].start
    assert graph.value(selectors[OA.TextPositionSelector], OA.start) == Literal(start, datatype=XSD.nonNegativeInteger)
    assert graph.value(selectors[OA.TextQuoteSelector], OA.exact) == Literal("that talks would go on")
    sources = {graph.value(body, OA.hasSource) for body in graph.objects(quote, OA.hasBody)}
    assert URIRef(entity_iri(document, "e3")) in sources


def test_identifier_is_linked() -> None:
    known = Entity("e0", "Ann", "person", identifier="Q1")
    document = QuoteDocument(
        "d", "Go", quotes=[Quote("q0", "direct", [(0, 2)], "Go", speakers=["e0"])], entities=[known]
    )
    assert items(document)[0]["body"][0]["source"] == {
        "id": "urn:quotesmith:entity:d:e0",
        "type": "Person",
        "name": "Ann",
        "sameAs": "http://www.wikidata.org/entity/Q1",
    }


@given(documents())
def test_any_document_is_linked_data(document: QuoteDocument) -> None:
    graph = parsed(document_web_annotations(document))
    assert len(list(graph.subjects(RDF.type, OA.Annotation))) == len(document.quotes)
    graph.serialize(format="nt", encoding="utf-8")


# IRIs of documents, quotes and entities


@given(any_text(), any_text())
def test_iris_are_urns_of_plain_characters(document_id: str, record_id: str) -> None:
    document = QuoteDocument(document_id, "")
    for iri in (document_iri(document), quote_iri(document, record_id), entity_iri(document, record_id)):
        assert re.fullmatch(r"urn:quotesmith:[a-z]+:[A-Za-z0-9_.~%:-]*", iri)


@given(any_text(), any_text(), any_text(), any_text())
def test_different_records_have_different_iris(one_id: str, one: str, other_id: str, other: str) -> None:
    same = quote_iri(QuoteDocument(one_id, ""), one) == quote_iri(QuoteDocument(other_id, ""), other)
    assert same == ((one_id, one) == (other_id, other))


def test_quote_and_entity_of_one_id_are_two() -> None:
    document = QuoteDocument("a/b c", "")
    assert quote_iri(document, "x:0") == "urn:quotesmith:quote:a%2Fb%20c:x%3A0"
    assert entity_iri(document, "x:0") == "urn:quotesmith:entity:a%2Fb%20c:x%3A0"


@each_row("identifier, iri", "export", "identifiers")
def test_identifier_is_an_iri_or_means_one(identifier: str | None, iri: str | None) -> None:
    assert known_iri(Entity("e0", "Ann", identifier=identifier)) == iri


@pytest.mark.parametrize(
    "value",
    [
        "http://example.org",
        "https://user@example.org:8080/a/b;c?d=e&f=[g]".replace("[g]", "%5Bg%5D"),
        "http://[2001:db8::1]:80/a#b",
        "https://пример.рф/ü?q=%C3%BC#x/y?z",
        "HTTP://EXAMPLE.ORG/@a/~b",
    ],
)
def test_address_of_the_web_is_itself(value: str) -> None:
    assert web_iri(value) == value


@pytest.mark.parametrize(
    "value",
    [
        None,
        3,
        "",
        "www.example.org",
        "ftp://example.org",
        "http://",
        "http://[::1",
        "http://[::1]x",
        "http://[1.2]",
        "http://a]/",
        "http://example.org/a#b#c",
        "http://example.org/%zz",
        "http://example.org/%",
        "http://example.org:port/",
        "http://example.org/[a]",
        "http://example.org/a b",
        "http://example.org/\u202eevil",
        "javascript:alert(1)",
        "\x01http://example.org",
        "http://example.org/\n",
    ],
)
def test_what_is_no_address_is_none(value: object) -> None:
    assert web_iri(value) is None
