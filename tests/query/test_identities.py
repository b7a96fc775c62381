"""Which entities of several documents are one."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotesmith.errors import ArgumentError
from quotesmith.query.identities import entity_keys, find_identities, keep_apart
from quotesmith.records import Entity, QuoteDocument
from tests.strategies import documents


def document(name: str, *entities: Entity) -> QuoteDocument:
    return QuoteDocument(name, "", entities=entities)


def person(name: str, entity_id: str = "e0", **options: Any) -> Entity:
    return Entity(entity_id, name, "person", **options)


def keys(*first_entities: Entity) -> list[str | None]:
    """The keys of the only entities of documents."""
    texts = [document(str(number), entity) for number, entity in enumerate(first_entities)]
    identity = find_identities(texts)
    return [identity(text, text.entities[0]) for text in texts]


def test_people_of_one_full_name_are_one() -> None:
    assert keys(person("Ann Lee"), person("ANN LÉE")) == ["person:ann lee"] * 2


def test_identifier_joins_those_who_have_it_and_their_name() -> None:
    found = keys(person("Ann Lee", identifier="Q1"), person("A. Lee", identifier="Q1"), person("Ann Lee"))
    assert found == ["identifier:Q1"] * 3


@pytest.mark.parametrize(
    "pair",
    [
        pytest.param((person("Lee"), person("Lee")), id="surname"),
        pytest.param((person("A. Lee"), person("A. Lee")), id="initial"),
        pytest.param((person("Mr. Lee"), person("Mr. Lee")), id="title"),
        pytest.param((person("van Gogh"), person("van Gogh")), id="particle"),
        pytest.param((person("a tall woman", named=False), person("a tall woman", named=False)), id="unnamed"),
        pytest.param((Entity("e0", "New York", "place"), Entity("e0", "New York", "place")), id="place"),
        pytest.param((person("Ann Lee", gender="feminine"), person("Ann Lee", gender="masculine")), id="genders"),
        pytest.param((person("Ann Lee", identifier="Q1"), person("Ann Lee", identifier="Q2")), id="identifiers"),
        pytest.param((person("Ann Lee"), person("Bo Lee")), id="others"),
    ],
)
def test_what_may_be_two_stays_two(pair: tuple[Entity, Entity]) -> None:
    assert keys(*pair) == [None, None]


def test_people_of_one_name_in_one_document_are_never_joined() -> None:
    both = document("a", person("Ann Lee"), person("Ann Lee", "e1"))
    identity = find_identities([both, document("b", person("Ann Lee"))])
    assert identity(both, both.entities[0]) is None


def test_who_is_in_one_document_alone_has_no_key() -> None:
    assert keys(person("Ann Lee", identifier="Q1")) == [None]


@given(st.lists(documents(), max_size=3, unique_by=lambda text: text.id))
def test_order_of_documents_changes_nothing(texts: list[QuoteDocument]) -> None:
    assert entity_keys(texts, find_identities(texts)) == entity_keys(texts, find_identities(texts[::-1]))
    assert entity_keys(texts, keep_apart) == {}


def test_identity_that_gives_no_string_is_told() -> None:
    def identity(_document: QuoteDocument, _entity: Entity) -> Any:
        return 7

    with pytest.raises(ArgumentError, match="identity must give a string or None, not int"):
        entity_keys([document("a", person("Ann Lee"))], identity)
