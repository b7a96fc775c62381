from hypothesis import given
from hypothesis import strategies as st

from quotesmith.corpus.registry.people import Person, Sighting, find_people, people_identity
from quotesmith.graph import build_graph
from quotesmith.records import Entity, EntityKind, Gender, Quote, QuoteDocument, QuoteKind, TextSpan


def sightings(*names: str) -> list[Sighting]:
    """One document for each name."""
    return [Sighting(f"d{number}", "e0", name) for number, name in enumerate(names)]


def names_of(people: list[Person]) -> list[set[str]]:
    return [{sighting.name for sighting in person.sightings} for person in people]


def together(*names: str) -> bool:
    return any(set(names) <= found for found in names_of(find_people(sightings(*names))))


def test_case_titles_and_accents_do_not_count() -> None:
    [person] = find_people(sightings("Ann Roé", "ANN ROE", "Mayor Ann Roe"))
    assert len(person.sightings) == 3


def test_nicknames_initials_and_missing_middle_names_fit() -> None:
    assert together("William Roe", "Bill Roe", "William J. Roe")
    assert together("J. K. Marlow", "Joanne K. Marlow")
    assert not together("Ann Roe", "Bea Roe")
    assert not together("Ann K. Roe", "Ann L. Roe")
    assert not together("George W. Roe", "George H.W. Roe")


def test_the_reason_is_told() -> None:
    [person] = find_people(sightings("Bill Roe", "Bill Roe", "William Roe"))
    assert person.name == "Bill Roe"
    assert person.reasons


def test_what_fits_several_who_differ_stays_alone() -> None:
    assert not together("John Roe", "John A. Roe", "John B. Roe")
    assert len(find_people(sightings("John Roe", "John A. Roe", "John B. Roe"))) == 3


def test_genders_that_contradict_each_other_are_several_people() -> None:
    ann = Sighting("a", "e0", "Robin Roe", Gender.FEMININE)
    bob = Sighting("b", "e0", "Robin J. Roe", Gender.MASCULINE)
    assert len(find_people([ann, bob])) == 2


def test_two_people_of_one_document_are_two_everywhere() -> None:
    both = [Sighting("a", "e0", "Bill Roe"), Sighting("a", "e1", "William Roe")]
    assert len(find_people(both)) == 2


def test_junior_is_another_but_in_a_name_written_in_full() -> None:
    assert not together("Max Roe", "Max Roe Jr.")
    assert together("Joe Roe", "Joseph R. Roe Jr.")


def test_a_rare_misspelling_joins_the_name_that_is_common() -> None:
    assert together("Marko Roe", *["Marco Roe"] * 5)
    assert not together("Marko Roe", *["Marco Roe"] * 2)


def test_a_family_name_alone_means_whom_nearly_all_documents_mean() -> None:
    assert together("Roe", *["Ann Roe"] * 9)
    assert not together("Roe", "Ann Roe")
    mixed = names_of(find_people(sightings("Roe", *["Ann Roe"] * 5, *["Bea Roe"] * 3)))
    assert {"Roe"} in mixed


NAMES = st.sampled_from(
    ["Ann Roe", "Roe", "A. Roe", "Ann K. Roe", "Bill Lind", "William Lind", "Lind Jr.", "", "—", "Mr."]
)


@given(st.lists(NAMES, max_size=12))
def test_each_named_sighting_is_one_persons(names: list[str]) -> None:
    people = find_people(sightings(*names))
    places = [sighting.place for person in people for sighting in person.sightings]
    assert len(places) == len(set(places))
    assert all(person.sightings for person in people)


@given(st.lists(NAMES, max_size=8), st.randoms(use_true_random=False))
def test_the_order_of_documents_does_not_matter(names: list[str], chance: object) -> None:
    found = sightings(*names)
    other = list(found)
    chance.shuffle(other)  # type: ignore[attr-defined]
    one, two = (
        {frozenset(sighting.place for sighting in person.sightings) for person in find_people(order)}
        for order in (found, other)
    )
    assert one == two


def document(id: str, *entities: Entity) -> QuoteDocument:
    quotes = [Quote("q0", QuoteKind.INDIRECT, (TextSpan(0, 2),), "Go", speakers=tuple(own.id for own in entities))]
    return QuoteDocument(id, "Go", quotes=quotes, entities=entities)


def test_a_graph_takes_it_as_an_identity() -> None:
    documents = [
        document("a", Entity("e0", "William Roe", EntityKind.PERSON), Entity("e1", "Oslo", EntityKind.PLACE)),
        document("b", Entity("e0", "Bill Roe", EntityKind.PERSON), Entity("e1", "Oslo", EntityKind.PLACE)),
        document("c", Entity("e0", "Ann Lind", EntityKind.PERSON)),
        document("d", Entity("e0", "the mayor", EntityKind.PERSON, named=False)),
        document("e", Entity("e0", "the mayor", EntityKind.PERSON, named=False)),
    ]
    graph = build_graph(documents, identity=people_identity(documents)).nx
    entities = {key for key, data in graph.nodes(data=True) if data["node_type"] == "entity"}
    assert entities == {"person:a/e0", "a/e1", "b/e1", "c/e0", "d/e0", "e/e0"}
    assert graph.nodes["person:a/e0"]["document_count"] == 2
