"""Quotes as W3C Web Annotations, as rdflib reads them."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from hypothesis import given
from rdflib import RDF, XSD, Literal, URIRef

from quotesmith.export.characters import without_surrogates
from quotesmith.export.iris import entity_iri, quote_iri
from quotesmith.export.web_annotations import document_web_annotations, write_web_annotations
from quotesmith.records import Entity, Quote, QuoteDocument
from tests.export.linked_data import OA, parsed
from tests.samples import summit
from tests.strategies import documents


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


def test_golden_annotations(golden: Callable[[str, str], None], tmp_path: Path) -> None:
    write_web_annotations(summit(), tmp_path / "d.anno.json")
    golden((tmp_path / "d.anno.json").read_bytes().decode(), "summit.anno.json")
