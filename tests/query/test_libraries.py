"""Whom a name means in several documents."""

from typing import Any

import pytest

from quotesmith.errors import AmbiguousNameError, ArgumentError, InvalidRecordError, NameNotFoundError
from quotesmith.query.libraries import Library
from quotesmith.records import Entity, Quote, QuoteDocument


def document(name: str, *entities: Entity) -> QuoteDocument:
    quotes = [Quote("q0", "direct", [(0, 2)], "Go", speakers=[entities[0].id])] if entities else []
    return QuoteDocument(name, "Go", quotes=quotes, entities=entities)


def person(name: str, entity_id: str = "e0", **options: Any) -> Entity:
    return Entity(entity_id, name, "person", **options)


def meant(library: Library, name: str | Entity) -> dict[str, str]:
    return {document: entity.name for document, entity in library.entities(name).items()}


def test_name_means_the_same_in_all_documents() -> None:
    library = Library.of([document("a", person("Ann Lee")), document("b", person("Lee")), document("c", person("Bo"))])
    assert meant(library, "lee") == {"a": "Ann Lee", "b": "Lee"}


def test_initials_tell_nobody_apart() -> None:
    library = Library.of([document("a", person("Ann B. Lee")), document("b", person("Ann Lee"))])
    assert meant(library, "Lee") == {"a": "Ann B. Lee", "b": "Ann Lee"}


def test_surname_of_two_people_is_ambiguous() -> None:
    library = Library.of([document("a", person("Ann Lee")), document("b", person("Bo Lee"))])
    with pytest.raises(AmbiguousNameError, match="'Lee' fits 2 entities: Ann Lee, Bo Lee; give a fuller name"):
        library.entities("Lee")
    assert meant(library, "Bo Lee") == {"b": "Bo Lee"}


def test_two_people_of_one_document_are_ambiguous() -> None:
    library = Library.of([document("a", person("Ann Lee"), person("Bo Lee", "e1")), document("b", person("Lee"))])
    with pytest.raises(AmbiguousNameError, match=r"Ann Lee \(a/e0\), Bo Lee \(a/e1\)"):
        library.entities("Lee")


def test_nobody_is_told_with_who_is_near() -> None:
    library = Library.of([document("a", person("Ann Lee")), document("b", person("Bo Kim"))])
    with pytest.raises(NameNotFoundError, match="2 documents have nobody called 'Ann Leigh'; close: Ann Lee; it has"):
        library.entities("Ann Leigh")


def test_entity_means_itself_where_others_are_surely_the_same() -> None:
    first, second = document("a", person("Ann Lee")), document("b", person("Ann Lee", "x"), person("Lee", "y"))
    library = Library.of([first, second])
    assert meant(library, first.entities[0]) == {"a": "Ann Lee", "b": "Ann Lee"}
    assert meant(library, second.entities[1]) == {"b": "Lee"}


def test_strange_entity_is_told() -> None:
    with pytest.raises(NameNotFoundError, match=r"take one of doc.entities"):
        Library.of([document("a", person("Ann Lee"))]).entities(person("Bo"))
    several = Library.of([document("a", person("Ann Lee")), document("b")])
    with pytest.raises(NameNotFoundError, match=r"'Bo' \(e0\) is in none of 2 documents; take one of their entities"):
        several.entities(person("Bo"))


def test_wrong_documents_are_told() -> None:
    with pytest.raises(ArgumentError, match=r"expected documents, as quotesmith.pipe gives them, not str"):
        Library.of("text")  # type: ignore[arg-type]
    with pytest.raises(ArgumentError, match="not int"):
        Library.of(7)  # type: ignore[arg-type]
    with pytest.raises(InvalidRecordError, match="two documents have the id 'a'"):
        Library.of([document("a"), document("a")])
