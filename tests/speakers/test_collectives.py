import pytest

from quotesmith.lexicon.people import load_people
from quotesmith.records import Entity, EntityKind, MentionForm, Quote, QuoteDocument, TextSpan
from quotesmith.speakers.collectives import find_metonyms, find_named_groups, find_pair
from quotesmith.speakers.document_context import Sight
from quotesmith.speakers.entities import EntityDraft, EntityTable
from tests.speakers.scenes import MEETING, context_of_doc, doc_of, entity_names, quote, resolve


def test_names_joined_by_and_are_a_pair() -> None:
    context = context_of_doc(doc_of(MEETING))
    assert find_named_groups(context) == [(1, (0, 1))]


def test_both_leaders_are_the_last_two_people() -> None:
    context = context_of_doc(doc_of(MEETING, "Both DT det leaders\nleaders NNS ROOT - leader"))
    for number, owner in enumerate(context.owners[:2]):
        context.discourse.see(owner, Sight(number, 0, subject=True))
    members = find_pair(context, list(context.parsed.doc)[-2:])
    assert entity_names(context, members) == ["Ngozi Okafor", "Erik Lindqvist"]


@pytest.mark.parametrize(
    "phrase",
    [
        pytest.param("the DT det countries\ntwo CD nummod countries\ncountries NNS ROOT - country", id="countries"),
        pytest.param("two CD nummod leaders\nleaders NNS ROOT - leader", id="two-of-many"),
    ],
)
def test_two_others_are_not_the_last_two_people(phrase: str) -> None:
    context = context_of_doc(doc_of(MEETING, phrase))
    context.discourse.see_pair(tuple(context.owners[:2]), 0)
    assert find_pair(context, list(context.parsed.doc)[-len(phrase.splitlines()) :]) == ()
    assert context.entities[context.owners[0]].kind is EntityKind.PERSON


BEIJING = "Beijing NNP nsubj said - GPE\nsaid VBD ROOT - say\nyes UH dobj said\n. . punct said"


def distribution(name: str, kind: str, *others: EntityDraft, aliases: tuple[str, ...] = ()) -> str | None:
    """The name of what a speaker stands for, in a text that mentions other entities too."""
    table = EntityTable(50)
    speaker = table.add(EntityDraft(name, EntityKind(kind), aliases=aliases))
    for place, other in enumerate(others):
        table.place_mention((TextSpan(place, place + 1),), MentionForm.NAME, table.add(other))
    body = find_metonyms(table, [speaker], load_people()).get(speaker)
    if body is None:
        return None
    return body.name if isinstance(body, EntityDraft) else table[body].name


@pytest.mark.parametrize(
    ("name", "kind", "expected"),
    [
        pytest.param("Beijing", "place", "the government of China", id="capital"),
        pytest.param("China", "place", "the government of China", id="country"),
        pytest.param("U.S.", "place", "the government of the United States", id="short-form-with-article"),
        pytest.param("Washington, D.C.", "place", "the government of the United States", id="capital-in-full"),
        pytest.param("The Hague", "place", "the government of the Netherlands", id="capital-with-article"),
        pytest.param("Kremlin", "organization", "the Russian presidency", id="seat"),
        pytest.param("the White House", "place", "the American presidency", id="seat-with-article"),
        pytest.param("Downing Street", "place", "the government of the United Kingdom", id="street"),
        pytest.param("Brussels", "place", "the European Union", id="seat-of-a-union"),
        pytest.param("Washington", "person", None, id="person-of-that-name"),
        pytest.param("Paris", "organization", None, id="body-of-that-name"),
        pytest.param("Georgia", "place", None, id="country-or-state"),
        pytest.param("Springfield", "place", None, id="town"),
        pytest.param("Acme", "organization", None, id="body"),
    ],
)
def test_places_that_speak_stand_for_who_rules_there(name: str, kind: str, expected: str | None) -> None:
    assert distribution(name, kind) == expected


@pytest.mark.parametrize(
    "named",
    [
        "the Chinese government",
        "Chinese Government",
        "China’s government",
        "the government of China",
        "Government of China",
        "the Chinese authorities",
    ],
)
def test_body_that_the_text_names_is_the_one_meant(named: str) -> None:
    assert distribution("Beijing", "place", EntityDraft(named, EntityKind.ORGANIZATION, named=False)) == named


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(EntityDraft("the Russian government", EntityKind.ORGANIZATION), id="another-country-s"),
        pytest.param(EntityDraft("the government", EntityKind.ORGANIZATION), id="some-government"),
        pytest.param(EntityDraft("Chinese Government", EntityKind.PERSON), id="person"),
    ],
)
def test_other_entity_is_not_the_one_meant(other: EntityDraft) -> None:
    assert distribution("Beijing", "place", other) == "the government of China"


def test_union_in_the_text_is_found_by_its_short_form() -> None:
    assert distribution("Brussels", "place", EntityDraft("EU", EntityKind.PLACE)) == "EU"


def test_alias_tells_the_place() -> None:
    assert distribution("America the Great", "place", aliases=("America",)) == "the government of the United States"


def test_places_that_mean_the_same_share_it() -> None:
    table = EntityTable(50)
    speakers = [table.add(EntityDraft(name, EntityKind.PLACE)) for name in ("Beijing", "Moscow", "China")]
    first, second, third = find_metonyms(table, speakers, load_people()).values()
    assert first == third != second


def test_body_that_two_speakers_mean_is_one_entity() -> None:
    doc = doc_of(BEIJING, BEIJING.replace("Beijing", "China").replace("yes", "no"))
    cast = resolve(doc, quote(doc, "yes", "Beijing"), quote(doc, "no", "China"))
    assert [(entity.name, entity.stands_for) for entity in cast.entities] == [
        ("Beijing", "e2"),
        ("China", "e2"),
        ("the government of China", None),
    ]


def test_speaker_keeps_its_written_name_and_the_body_is_an_organization() -> None:
    doc = doc_of(BEIJING)
    cast = resolve(doc, quote(doc, "yes", "Beijing"))
    assert cast.entities == (
        Entity("e0", "Beijing", EntityKind.PLACE, stands_for="e1"),
        Entity("e1", "the government of China", EntityKind.ORGANIZATION),
    )
    assert cast.decisions[0].speakers == ("e0",)


def test_place_that_is_only_talked_about_stands_for_nothing() -> None:
    doc = doc_of(BEIJING, "He PRP nsubj left\nleft VBD ROOT -\nParis NNP dobj left - GPE")
    cast = resolve(doc, quote(doc, "yes", "Beijing"))
    assert [entity.stands_for for entity in cast.entities if entity.name == "Paris"] == [None]


def test_quotes_of_the_place_are_those_of_the_body() -> None:
    doc = doc_of(BEIJING)
    [said] = [quote(doc, "yes", "Beijing")]
    cast = resolve(doc, said)
    [decision] = cast.decisions
    own = Quote("q0", said.kind, said.content, "yes", source=decision.source, speakers=decision.speakers)
    document = QuoteDocument("d", doc.text, "en", [own], cast.entities, cast.mentions)
    assert list(document.quotes.by("government of China")) == [own]
    assert list(document.quotes.by("Beijing")) == [own]
    assert document.graph().nx.has_edge("d/e0", "d/e1", "stands_for")
    assert QuoteDocument.from_dict(document.to_dict()) == document
