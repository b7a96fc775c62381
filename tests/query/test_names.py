from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotesmith.errors import AmbiguousNameError, ArgumentError, InvalidRecordError, NameNotFoundError
from quotesmith.query.identities import entity_keys, find_identities, keep_apart
from quotesmith.query.libraries import Library
from quotesmith.query.names import find_entity, fitting_entities
from quotesmith.records import Entity, Quote, QuoteDocument
from tests.samples import summit
from tests.strategies import any_text, documents


def people(*names: str, **aliases: tuple[str, ...]) -> QuoteDocument:
    """A document of persons: the names, and those with aliases by keyword."""
    given_names = [(name, ()) for name in names] + list(aliases.items())
    entities = [Entity(f"e{number}", name, "person", aliases=also) for number, (name, also) in enumerate(given_names)]
    return QuoteDocument("d", "", entities=entities)


@pytest.mark.parametrize(
    ("name", "found"),
    [
        pytest.param("Xi Jinping", "Xi Jinping", id="name"),
        pytest.param("Xi", "Xi Jinping", id="alias"),
        pytest.param("xi JINPING", "Xi Jinping", id="case"),
        pytest.param("  Xi \n Jinping ", "Xi Jinping", id="spaces"),
        pytest.param("Putin", "Vladimir Putin", id="last-word"),
        pytest.param("vladimir", "Vladimir Putin", id="first-word"),
        pytest.param("two leaders", "The two leaders", id="without-article"),
        pytest.param("the reporters", "reporters", id="with-article"),
    ],
)
def test_name_finds_its_entity(name: str, found: str) -> None:
    assert find_entity(summit(), name).name == found


@pytest.mark.parametrize(
    ("written", "names"),
    [
        (("José Müller", "Josef Moller"), ("José Müller", "jose muller", "Jose\u0301 Mu\u0308ller")),
        (("Robert F. Roe Jr.", "Robert Roe"), ("Robert F Roe Jr", "robert f. roe jr.", "Roe Jr")),
        (("Sinéad O’Connor",), ("O'Connor",)),
        (("Herman Van Rompuy",), ("van rompuy",)),
    ],
    ids=["accents", "full-stops", "typewriter-apostrophe", "several-last-words"],
)
def test_another_spelling_finds_the_first(written: tuple[str, ...], names: tuple[str, ...]) -> None:
    assert {find_entity(people(*written), name).id for name in names} == {"e0"}


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("leaders", id="of-a-group"),
        pytest.param("talks", id="of-an-unnamed-person"),
        pytest.param("Puti", id="cut-word"),
        pytest.param("", id="empty"),
        pytest.param("\u0301", id="accent-alone"),
    ],
)
def test_part_that_is_not_of_a_persons_name_finds_nobody(name: str) -> None:
    with pytest.raises(NameNotFoundError):
        find_entity(summit(), name)


@pytest.mark.parametrize(
    ("name", "found"),
    [
        pytest.param("Smith", "Smith", id="name-beats-alias-and-part"),
        pytest.param("smith", "Smith", id="folded-name-too"),
        pytest.param("Al", "Alan Kay", id="alias-beats-part"),
        pytest.param("Kim", "Ann Kim", id="last-word-beats-first"),
    ],
)
def test_better_fit_wins(name: str, found: str) -> None:
    document = people(
        "Zoe Smith", "Smith", "Kim Novak", "Ann Kim", "Al Smith", **{"Alan Kay": ("Al",), "Bob": ("Smith",)}
    )
    assert find_entity(document, name).name == found


def test_exact_spelling_beats_another_case() -> None:
    assert find_entity(people("us", "US"), "US").id == "e1"


def test_name_that_fits_several_lists_them_with_their_ids() -> None:
    message = r"'Putin' fits 2 entities: Vladimir Putin \(e0\), Lyudmila Putin \(e1\)"
    with pytest.raises(AmbiguousNameError, match=message):
        find_entity(people("Vladimir Putin", "Lyudmila Putin"), "Putin")


def test_two_of_one_name_are_ambiguous() -> None:
    with pytest.raises(AmbiguousNameError, match=r"\(e0\).*\(e1\)"):
        find_entity(people("Ann Lee", "Ann Lee"), "Ann Lee")


@pytest.mark.parametrize("name", ["Vladmir Puttin", "Puttin"])
def test_unknown_name_gets_close_ones_as_a_hint(name: str) -> None:
    with pytest.raises(NameNotFoundError, match="close: Vladimir Putin;"):
        find_entity(summit(), name)


def test_unknown_name_gets_a_list_of_who_is_there_speakers_first() -> None:
    speakers = "Xi Jinping, Vladimir Putin, The two leaders, a source close to the talks, My mother"
    with pytest.raises(NameNotFoundError, match=f"nobody called 'Zork'; it has {speakers}, reporters, Ukraine"):
        find_entity(summit(), "Zork")


def test_long_list_of_who_is_there_is_cut() -> None:
    with pytest.raises(NameNotFoundError, match=r"P9 Q and 5 more$"):
        find_entity(people(*(f"P{number} Q" for number in range(15))), "Zork")


def test_document_without_entities_says_so() -> None:
    with pytest.raises(NameNotFoundError, match="it has no entities"):
        find_entity(people(), "Xi")


def test_name_must_be_a_string() -> None:
    with pytest.raises(ArgumentError, match="must be a string, not int"):
        find_entity(summit(), 3)  # type: ignore[arg-type]


@given(documents())
def test_every_entity_fits_its_own_name(document: QuoteDocument) -> None:
    assert all(entity in fitting_entities(document, entity.name) for entity in document.entities)


@given(documents(), any_text())
def test_any_name_finds_an_entity_or_says_why_not(document: QuoteDocument, name: str) -> None:
    fitting = fitting_entities(document, name)
    if len(fitting) == 1:
        assert find_entity(document, name) is fitting[0]
    else:
        with pytest.raises(AmbiguousNameError if fitting else NameNotFoundError):
            find_entity(document, name)


def document(name: str, *entities: Entity) -> QuoteDocument:
    quotes = [Quote("q0", "direct", [(0, 2)], "Go", speakers=[entities[0].id])] if entities else []
    return QuoteDocument(name, "Go", quotes=quotes, entities=entities)


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


# Whom a name means in several documents


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
