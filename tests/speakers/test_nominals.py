import pytest

from quotesmith.lexicon.people import load_people
from quotesmith.records import EntityKind, MentionForm
from quotesmith.speakers.document_context import DocumentContext
from quotesmith.speakers.nominals import Roles, phrase_kind
from quotesmith.speakers.noun_phrases import Description, coordinated, describe, first_segment, rest_segments
from tests.cases import Case, each_case, named_table
from tests.speakers.scenes import MEETING, context_of_doc, doc_of, entity_names, listed, phrases_of, place, with_spaces


@each_case("speakers/phrases", keys={"phrase", "entity", "name", "kind", "known"})
def test_whom_a_phrase_means(case: Case) -> None:
    doc = doc_of(case.table)
    context = context_of_doc(doc)
    phrases = phrases_of(context)
    for stated in case.expected:
        span = place(doc, stated["phrase"])
        before = len(context.entities)
        number = phrases.read_nominal([token for token in doc if span.start <= token.idx < span.end])
        draft = context.entities[number]
        assert (number, number < before) == (int(stated["entity"]), stated["known"] == "yes")
        assert (draft.name, draft.named, draft.kind) == (stated["name"], number in context.owners, stated["kind"])


@pytest.mark.parametrize(
    ("row", "kind"),
    [
        pytest.param("analysts NNS ROOT - analyst", EntityKind.GROUP, id="plural"),
        pytest.param("poll NN ROOT -", EntityKind.OTHER, id="document"),
        pytest.param("agency NN ROOT -", EntityKind.ORGANIZATION, id="body"),
        pytest.param("city NN ROOT -", EntityKind.PLACE, id="place"),
        pytest.param("spokeswoman NN ROOT -", EntityKind.PERSON, id="person"),
    ],
)
def test_kind_of_a_phrase(row: str, kind: EntityKind) -> None:
    assert phrase_kind(list(doc_of(row)), load_people()) is kind


def test_possessor_stands_for_the_pronoun() -> None:
    context = context_of_doc(doc_of(MEETING, "Her PRP$ poss campaign\ncampaign NN ROOT -"))
    context.entities.place_mention((context.parsed.span(13, 14),), MentionForm.PRONOUN, context.owners[0])
    number = phrases_of(context).read_nominal(list(context.parsed.doc[13:15]))
    assert context.entities[number].name == "Ngozi Okafor's campaign"


@each_case("speakers/sources", keys={"entities", "named", "method", "form"})
def test_source_is_read(case: Case) -> None:
    """All but the last token, which is the cue, is the source."""
    context = context_of_doc(doc_of(case.table))
    reading = phrases_of(context).read_source(list(context.parsed.doc)[:-1])
    named = ["yes" if context.entities[number].named else "no" for number in reading.entities]
    assert entity_names(context, reading.entities) == listed(case.only["entities"])
    assert (named, reading.method, reading.form) == (listed(case.only["named"]), case.only["method"], case.only["form"])


PERSON, ORG = EntityKind.PERSON, EntityKind.ORGANIZATION
TWO = named_table("speakers/nominals", "two")


def wanted(head: str, *words: str, affiliations: tuple[str, ...] = ()) -> Description:
    return Description(head, frozenset(words), frozenset(affiliations))


def read_scene(table: str) -> DocumentContext:
    """The context with all its names in play."""
    context = context_of_doc(doc_of(table))
    for number, name in enumerate(context.names):
        context.discourse.see(context.owners[number], context.sight(context.head_token(name)))
    return context


VICE = "Vice NNP compound Holm\nPresident NNP compound Holm\nHolm NNP ROOT - - PERSON"


@pytest.mark.parametrize(
    ("table", "said", "expected"),
    [
        pytest.param(TWO, wanted("candidate", "gop", affiliations=("Republican Party",)), [0], id="synonym-same-party"),
        pytest.param(TWO, wanted("candidate", "democratic", affiliations=("Democratic Party",)), [], id="other-party"),
        pytest.param(VICE, wanted("president"), [], id="vice-president-is-no-president"),
        pytest.param(VICE, wanted("president", "vice"), [0], id="vice-president"),
    ],
)
def test_whom_a_role_describes(table: str, said: Description, expected: list[int]) -> None:
    assert [entity for entity, _ in Roles.of(read_scene(table)).fitting(said, PERSON)] == expected


# Both sides of each threshold


@pytest.mark.parametrize(
    ("said", "score"),
    [
        pytest.param(wanted("nominee"), 2.0, id="head"),
        pytest.param(wanted("candidate"), 1.5, id="synonym"),
        pytest.param(wanted("nominee", affiliations=("Republican Party",)), 3.0, id="affiliation"),
        pytest.param(wanted("nominee", "former"), 1.0, id="former"),
    ],
)
def test_points_of_a_role(said: Description, score: float) -> None:
    # The learned scorer was trained on these points.
    assert Roles.of(read_scene(TWO)).fitting(said, PERSON) == ((0, score),)


APPOSED = named_table("speakers/noun_phrases", "apposed")
JOINED = named_table("speakers/noun_phrases", "joined")
BANK = "Bank NNP ROOT -\nof IN prep Bank\nOslo NNP pobj of"


def texts(parts: list[list]) -> list[str]:  # type: ignore[type-arg]
    return [" ".join(token.text for token in part) for part in parts]


def test_rest_segments_stand_between_the_commas() -> None:
    assert texts(rest_segments(list(doc_of(APPOSED))[:8])) == ["a lawyer and author"]


@pytest.mark.parametrize(
    ("table", "name_at", "expected"),
    [
        pytest.param(APPOSED, {}, "Ruth Amsel", id="before-a-comma"),
        pytest.param(BANK, {}, "Bank", id="before-a-preposition"),
        pytest.param(BANK, {0: 7, 1: 7, 2: 7}, "Bank of Oslo", id="not-inside-a-name"),
    ],
)
def test_first_segment(table: str, name_at: dict[int, int], expected: str) -> None:
    assert texts([first_segment(list(doc_of(table))[:8], name_at)]) == [expected]


@pytest.mark.parametrize(
    ("spaces", "expected"),
    [
        pytest.param([False, False, True, False], "Holm-era officials", id="over-a-hyphen"),
        pytest.param([True, True, True, False], "Holm", id="before-a-dash"),
    ],
)
def test_first_segment_at_a_hyphen_or_dash(spaces: list[bool], expected: str) -> None:
    made = doc_of("Holm NNP compound era\n- HYPH punct era\nera NN compound officials\nofficials NNS ROOT -")
    doc = with_spaces(made, *spaces)
    segment = first_segment(list(doc), {0: 0})
    assert doc[: len(segment)].text == expected


@pytest.mark.parametrize(
    ("table", "words", "expected"),
    [
        pytest.param(JOINED, 7, ["Tax and budget experts", "two judges"], id="heads-but-not-modifiers"),
        pytest.param(APPOSED, 8, ["Ruth Amsel , a lawyer and author"], id="not-inside-an-apposition"),
        pytest.param("and CC cc left\nleft VBD ROOT -", 1, ["and"], id="lone-conjunction"),
    ],
)
def test_coordinated_phrases(table: str, words: int, expected: list[str]) -> None:
    assert texts(coordinated(list(doc_of(table))[:words], {})) == expected


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        pytest.param(
            "the DT det leader\nRussian JJ amod leader\nleader NN ROOT -",
            Description("leader", frozenset({"russian"}), frozenset({"Russia"})),
            id="modifier",
        ),
        pytest.param("Sen. NNP ROOT -", Description("senator"), id="short-title"),
        pytest.param(", , ROOT -", None, id="no-words"),
    ],
)
def test_description(table: str, expected: Description | None) -> None:
    assert describe(list(doc_of(table)), load_people()) == expected
