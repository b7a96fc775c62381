import pytest

from quotesmith.coreference import EntityNumber
from quotesmith.lexicon.people import load_people
from quotesmith.records import EntityKind, MentionForm
from quotesmith.speakers.document_context import DocumentContext, Sight
from quotesmith.speakers.nominals import Roles, phrase_kind
from quotesmith.speakers.noun_phrases import Description, coordinated, describe, first_segment, rest_segments
from quotesmith.speakers.phrase_resolver import PhraseResolver
from quotesmith.speakers.pronouns.candidates import find_mention_candidates
from quotesmith.speakers.pronouns.third_person import AntecedentDistribution, AntecedentDistributions
from quotesmith.speakers.settings import DEFAULT_SPEAKER_SETTINGS
from tests.cases import Case, each_case, named_table
from tests.speakers.scenes import MEETING, context_of_doc, doc_of, entity_names, listed, phrases_of, place, with_spaces


@each_case("speakers/phrases", keys={"phrase", "entity", "name", "kind", "known"})
def test_whom_a_phrase_means(case: Case) -> None:
    doc = doc_of(case.table)
    context = context_of_doc(doc)
    phrases = phrases_of(context)
    for stated in case.expected:
        span = place(doc, stated["phrase"])
        number, known = phrases.read_nominal([token for token in doc if span.start <= token.idx < span.end])
        draft = context.entities[number]
        assert (number, known) == (int(stated["entity"]), stated["known"] == "yes")
        assert (draft.name, draft.named, draft.kind) == (stated["name"], number in context.owners, stated["kind"])


def found(
    context: DocumentContext, start: int, end: int, phrases: PhraseResolver | None = None
) -> tuple[EntityNumber, bool]:
    doc = context.parsed.doc
    return (phrases or phrases_of(context)).read_nominal([doc[i] for i in range(start, end)])


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
    number, _ = found(context, 13, 15)
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
        pytest.param(TWO, wanted("candidate", "gop", affiliations=("Republican Party",)), 0, id="synonym-same-party"),
        pytest.param(
            TWO, wanted("candidate", "democratic", affiliations=("Democratic Party",)), None, id="other-party"
        ),
        pytest.param(VICE, wanted("president"), None, id="vice-president-is-no-president"),
        pytest.param(VICE, wanted("president", "vice"), 0, id="vice-president"),
    ],
)
def test_whom_a_role_describes(table: str, said: Description, expected: int | None) -> None:
    assert Roles.of(read_scene(table)).described(said, PERSON) == expected


def test_text_goes_on_about_the_one_whom_nothing_speaks_against() -> None:
    roles = Roles.of(read_scene(TWO))
    # A sentence later: of the man, since Lee is a woman by her name.
    assert roles.continued(wanted("businessman", "local"), PERSON, 8) == 0
    assert roles.continued(wanted("nominee", "democratic", affiliations=("Democratic Party",)), PERSON, 8) == 1


@pytest.mark.parametrize("head", ["official", "analyst", "spokesman"])
def test_other_roles_stay_unnamed(head: str) -> None:
    assert Roles.of(read_scene(TWO)).continued(wanted(head), PERSON, 8) is None


def test_body_whose_name_says_what_it_is_is_no_other_sort() -> None:
    for name, expected in (("Acme", 0), ("Ministry", None)):
        context = read_scene(f"{name} NNP nsubj paid - ORG\npaid VBD ROOT -\n. . punct paid\nIt PRP ROOT -")
        assert Roles.of(context).continued(wanted("bank"), ORG, 3) == expected


def test_who_is_described_first_and_named_later() -> None:
    table = """
        Voters NNS ROOT -
        . . punct Voters
        Justice NNP compound Holm
        Karl NNP compound Holm - PERSON
        Holm NNP ROOT - - PERSON
    """
    roles = Roles.of(context_of_doc(doc_of(table)))
    assert roles.named_later(wanted("judge"), PERSON, 0, opening=True) == 0
    assert roles.named_later(wanted("judge"), PERSON, 0, opening=False) is None


def test_relation_of_the_only_one_who_has_it() -> None:
    table = named_table("speakers/nominals", "relation of the only one who has it")
    context = context_of_doc(doc_of(table))
    assert Roles.of(context).related(wanted("wife"), possessor=EntityNumber(7)) == 0
    assert Roles.of(context).related(wanted("wife"), possessor=EntityNumber(0)) is None


def test_one_far_back_is_not_gone_on_about() -> None:
    context = context_of_doc(doc_of(TWO, *["It PRP nsubj rained\nrained VBD ROOT -\n. . punct rained"] * 8))
    context.discourse.see(EntityNumber(0), Sight(3, 0, subject=True))
    assert Roles.of(context).continued(wanted("businessman"), PERSON, len(context.parsed.doc) - 1) is None


# Both sides of each threshold


def rain(sentences: int) -> list[str]:
    return ["It PRP nsubj rained\nrained VBD ROOT -\n. . punct rained"] * sentences


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


@pytest.mark.parametrize(
    ("names", "back", "subject", "expected"),
    [
        pytest.param(1, 1, True, "Holm", id="subject of the sentence before"),
        pytest.param(1, 3, True, "Lee", id="subject far back"),
        pytest.param(3, 1, False, "Lee", id="named often, a sentence before"),
        pytest.param(7, 1, False, "Holm", id="named very often, a sentence before"),
        pytest.param(7, 3, False, "Lee", id="named very often, far back"),
    ],
)
def test_who_is_gone_on_about(names: int, back: int, expected: str, *, subject: bool) -> None:
    holm = "Holm NNP nsubj came - PERSON\ncame VBD ROOT -\n. . punct came"
    lee = "Lee NNP nsubj came - PERSON\ncame VBD ROOT -\n. . punct came"
    context = context_of_doc(doc_of(*[holm] * names, lee, *rain(4)))
    first, second = context.owners[0], context.owners[-1]
    here = context.parsed.sentences[-1]
    context.discourse.see(first, Sight(0, here - 1 - back, subject=subject))
    context.discourse.see(second, Sight(0, here - 1, subject=False))
    found = Roles.of(context).continued(wanted("businessman"), PERSON, len(context.parsed.doc) - 1)
    assert found is not None
    assert context.entities[found].name == expected


@pytest.mark.parametrize(("distance", "found"), [(5, True), (6, False)])
def test_how_far_back_one_is_gone_on_about(distance: int, *, found: bool) -> None:
    context = context_of_doc(doc_of(TWO, *rain(8)))
    here = context.parsed.sentences[-1]
    context.discourse.see(context.owners[0], Sight(3, here - distance, subject=True))
    roles, token = Roles.of(context), len(context.parsed.doc) - 1
    assert (roles.continued(wanted("businessman"), PERSON, token) is not None) == found
    assert roles.is_near(context.owners[0], token) == found


@pytest.mark.parametrize(("sentences", "expected"), [(12, 0), (13, None)])
def test_how_far_ahead_one_is_named(sentences: int, expected: int | None) -> None:
    justice = "Senior NNP compound Holm\nJustice NNP compound Holm\nHolm NNP ROOT - - PERSON"
    roles = Roles.of(context_of_doc(doc_of(*rain(sentences), justice)))
    assert roles.named_later(wanted("justice", "senior"), PERSON, 0, opening=False) == expected


@pytest.mark.parametrize(("paragraphs", "is_known"), [(1, True), (2, False)])
def test_bare_role_means_its_bearer_in_the_opening(paragraphs: int, *, is_known: bool) -> None:
    doc = doc_of("\n\n".join([MEETING.strip(), *rain(paragraphs - 1), "president NN ROOT -"]))
    assert found(context_of_doc(doc), len(doc) - 1, len(doc))[1] == is_known


@pytest.mark.parametrize(("probability", "is_known"), [(0.5, True), (0.45, False)])
def test_phrase_means_whom_the_learned_scorer_chose(probability: float, *, is_known: bool) -> None:
    context = context_of_doc(doc_of(MEETING, "The DT det banker\nbanker NN nsubj left\nleft VBD ROOT -"))
    roles = Roles.of(context)
    mentions = find_mention_candidates(context, roles)
    distribution = AntecedentDistribution(((context.owners[1], probability),), 1 - probability)
    distributions = AntecedentDistributions(
        mentions, (), {len(mentions) - 1: distribution}, {}, DEFAULT_SPEAKER_SETTINGS
    )
    assert found(context, 13, 15, PhraseResolver.of(context, roles, distributions))[1] == is_known


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
