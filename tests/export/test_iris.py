"""IRIs of documents, quotes and entities."""

import re

import pytest
from hypothesis import given

from quotesmith.export.iris import document_iri, entity_iri, known_iri, quote_iri, web_iri
from quotesmith.records import Entity, QuoteDocument
from tests.strategies import any_text


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


@pytest.mark.parametrize(
    ("identifier", "iri"),
    [
        ("Q7747", "http://www.wikidata.org/entity/Q7747"),
        ("https://example.org/people?id=1#x", "https://example.org/people?id=1#x"),
        ("Q0", None),
        ("Q7747x", None),
        ("42", None),
        ("javascript:alert(1)", None),
        ("https://example.org/a b", None),
        ("https://example.org/<b>", None),
        ("https://example.org/\ud800", None),
        ("", None),
        (None, None),
    ],
)
def test_identifier_is_an_iri_or_means_one(identifier: str | None, iri: str | None) -> None:
    assert known_iri(Entity("e0", "Ann", identifier=identifier)) == iri


@pytest.mark.parametrize("value", [None, 3, "", "www.example.org", "ftp://example.org"])
def test_what_is_no_address_is_none(value: object) -> None:
    assert web_iri(value) is None
