"""Quotes as linked data, as rdflib reads it."""

from collections.abc import Callable
from pathlib import Path

import attrs
from hypothesis import given
from hypothesis import strategies as st
from rdflib import RDF, Literal, URIRef

from quotesmith.export.characters import without_surrogates
from quotesmith.export.iris import TERMS, document_iri, entity_iri, quote_iri
from quotesmith.export.json_ld import documents_json_ld, write_json_ld
from quotesmith.records import QuoteDocument
from tests.export.linked_data import SCHEMA, parsed
from tests.samples import summit
from tests.strategies import documents


def test_quotation_has_its_speaker_and_its_place() -> None:
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


def test_denied_quote_says_so() -> None:
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


def test_meta_that_has_a_word_is_told() -> None:
    meta = {"title": "No deal", "date": "2026-11-25", "url": "https://example.org/1", "outlet": "Daily"}
    document = attrs.evolve(summit(), meta=meta)
    graph = parsed(documents_json_ld([document]))
    work = URIRef(document_iri(document))
    assert graph.value(work, SCHEMA.name) == Literal("No deal")
    assert graph.value(work, SCHEMA.datePublished) == Literal("2026-11-25")
    assert graph.value(work, SCHEMA.url) == URIRef("https://example.org/1")


def test_meta_of_other_types_is_left_out() -> None:
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


def test_golden_linked_data(golden: Callable[[str, str], None], tmp_path: Path) -> None:
    write_json_ld([summit()], tmp_path / "d.jsonld")
    golden((tmp_path / "d.jsonld").read_bytes().decode(), "summit.jsonld")
