import pytest
from spacy.tokens import Doc

from quotesmith.coreference import EntityNumber, MentionCandidate, PronounClass
from quotesmith.records import EntityKind, Gender, MentionForm
from quotesmith.speakers.document_context import MAX_ENTITIES_IN_PLAY, Discourse, Sight
from quotesmith.speakers.entities import EntityDraft, EntityTable
from quotesmith.speakers.nominals import Roles
from quotesmith.speakers.pronouns.candidates import find_mention_candidates
from tests.cases import named_table
from tests.docs import make_doc
from tests.speakers.scenes import MEETING, context_of_doc, doc_of, entity_names


def test_names_of_one_entity_share_a_draft() -> None:
    context = context_of_doc(doc_of(MEETING))
    okafor, lindqvist, geneva = (context.entities[number] for number in dict.fromkeys(context.owners))
    assert (okafor.name, okafor.aliases) == ("Ngozi Okafor", ("Okafor",))
    assert (lindqvist.gender, geneva.kind) == (Gender.MASCULINE, EntityKind.PLACE)
    assert context.owners == [0, 1, 2, 0]


def test_each_name_is_a_mention() -> None:
    context = context_of_doc(doc_of(MEETING))
    mentions = [context.entities.mention(number) for number in context.name_mentions]
    assert [(mention.form, mention.entity) for mention in mentions] == [
        (MentionForm.NAME, owner) for owner in context.owners
    ]


def test_titles_and_appositions_describe() -> None:
    described = named_table("speakers/document_context", "titles and appositions describe")
    context = context_of_doc(doc_of(MEETING, described))
    assert {entity for entity, _ in context.described["president"]} == {0}
    [(entity, said)] = context.described["premier"]
    assert (entity, said.modifiers) == (1, frozenset({"norwegian"}))


def test_copula_describes() -> None:
    chemist = "Okafor NNP nsubj is - PERSON\nis VBZ ROOT - be\na DT det chemist\nchemist NN attr is"
    context = context_of_doc(doc_of(MEETING, chemist))
    assert [entity for entity, _ in context.described["chemist"]] == [0]


def test_conjunct_of_a_subject_is_a_subject() -> None:
    context = context_of_doc(doc_of(MEETING))
    sight = context.sight(context.head_token(context.names[1]))
    assert sight.subject
    # It stands where the first of the two does.
    assert sight == context.sight(context.head_token(context.names[0]))


def test_people_called_by_a_role_are_looked_for_once() -> None:
    context = context_of_doc(doc_of(MEETING))
    called = context.people_called("president")
    assert entity_names(context, tuple(called)) == ["Ngozi Okafor"]
    context.entities.set_kind(context.owners[0], EntityKind.OTHER)
    assert context.people_called("president") is called


def discourse(people: int) -> Discourse:
    """So many people, mentioned one a sentence, none as subject."""
    table = EntityTable(3)
    state = Discourse(table)
    for number in range(people):
        entity = table.add(EntityDraft(f"p{number}", EntityKind.PERSON))
        state.see(entity, Sight(10 * number, number, subject=False))
    return state


def test_last_mentioned_is_in_play_first() -> None:
    state = discourse(2)
    assert [entity for entity, _ in state.in_play()] == [1, 0]
    state.see(EntityNumber(0), Sight(20, 2, subject=True))
    assert [(entity, sight.subject) for entity, sight in state.in_play()] == [(0, True), (1, False)]


def test_nobody_is_looked_for_far_back() -> None:
    assert len(list(discourse(2 * MAX_ENTITIES_IN_PLAY).in_play())) == MAX_ENTITIES_IN_PLAY


def test_last_two_of_a_kind_are_a_pair_until_a_group_is_named() -> None:
    state = discourse(3)
    assert state.last_pair(EntityKind.PERSON) == (1, 2)
    state.see_pair((EntityNumber(0), EntityNumber(2)), 4)
    assert state.last_pair(EntityKind.PERSON) == (0, 2)


def test_a_long_list_is_no_pair() -> None:
    state = discourse(4)
    people = [EntityNumber(number) for number in range(4)]
    state.see_pair(tuple(people[:3]), 3)
    assert state.last_pair(None) == (0, 1, 2)
    state.see_pair(tuple(people), 4)
    assert state.last_pair(None) == ()


HER_AIDE = named_table("speakers/candidates", "her aide")


def candidates(doc: Doc) -> list[MentionCandidate]:
    context = context_of_doc(doc)
    return find_mention_candidates(context, Roles.of(context))


def test_names_nouns_and_pronouns_in_text_order() -> None:
    doc = doc_of(MEETING, HER_AIDE)
    found = candidates(doc)
    assert [(mention.span.of(doc.text), mention.form) for mention in found] == [
        ("Ngozi Okafor", MentionForm.NAME),
        ("Erik Lindqvist", MentionForm.NAME),
        ("Geneva", MentionForm.NAME),
        ("Okafor", MentionForm.NAME),
        ("Her aide", MentionForm.NOMINAL),
        ("Her", MentionForm.PRONOUN),
        ("the leaders", MentionForm.NOMINAL),
    ]


READ_MORE = """
READ   NNP  ROOT      -
MORE   NNP  dobj      READ  - ORG
:      :    punct     READ
Okafor NNP  nsubj     meets - PERSON
meets  VBZ  appos     READ
NATO   NNP  dobj      meets - ORG
"""


def test_furniture_names_nobody_and_is_no_antecedent() -> None:
    doc = doc_of(MEETING)
    alone, page = (
        context_of_doc(doc),
        context_of_doc(make_doc(f"{MEETING}\n\n{READ_MORE}\n\n{named_table('speakers/candidates', 'her aide')}")),
    )
    assert [page.entities[owner].name for owner in dict.fromkeys(page.owners)] == [
        alone.entities[owner].name for owner in dict.fromkeys(alone.owners)
    ]
    found = [mention.span.of(page.parsed.text) for mention in find_mention_candidates(page, Roles.of(page))]
    assert found == ["Ngozi Okafor", "Erik Lindqvist", "Geneva", "Okafor", "Her aide", "Her", "the leaders"]


def test_what_is_known_of_each() -> None:
    doc = doc_of(MEETING, HER_AIDE)
    okafor, *_, aide, her, leaders = candidates(doc)
    assert (okafor.owner, okafor.context.is_subject, okafor.kind) == (0, True, EntityKind.PERSON)
    assert (aide.is_definite, aide.context.is_subject, aide.is_plural) == (True, True, False)
    assert her.pronoun is PronounClass.SHE
    assert (leaders.is_plural, leaders.noun) == (True, "leader")
    assert leaders.context.verb == aide.context.verb is not None


def test_who_i_and_you_are_is_not_asked() -> None:
    assert candidates(doc_of("I PRP nsubj saw\nsaw VBD ROOT -\nyou PRP dobj saw")) == []


def test_quotation_around_a_mention_is_known() -> None:
    doc = doc_of(
        "He PRP nsubj said\nsaid VBD ROOT -\n“ `` punct said\nshe PRP nsubj left\nleft VBD ccomp said\n” '' punct said"
    )
    assert [mention.context.passage for mention in candidates(doc)] == [None, 0]


@pytest.mark.parametrize("mark", ["‹", "#", "\u0338", "👍"])
def test_sign_that_the_tagger_takes_for_a_noun_is_no_mention(mark: str) -> None:
    doc = doc_of(f"{mark} NN nsubj saw\nsaw VBD ROOT -\naides NNS dobj saw aide")
    assert [mention.span.of(doc.text) for mention in candidates(doc)] == ["aides"]


def test_sign_behind_a_number_is_a_mention() -> None:
    doc = doc_of("20 CD nummod %\n% NN nsubj fell\nfell VBD ROOT - fall")
    assert [mention.span.of(doc.text) for mention in candidates(doc)] == ["20 %"]


def test_two_of_one_name_are_known_by_their_titles() -> None:
    holms = "{0} NNP compound Holm\nHolm NNP nsubj came - PERSON\ncame VBD ROOT -\n. . punct came"
    entities = context_of_doc(doc_of(holms.format("Mr."), holms.format("Mrs."))).entities
    drafts = [entities[EntityNumber(number)] for number in range(len(entities))]
    assert [(draft.name, draft.aliases) for draft in drafts] == [("Mr. Holm", ("Holm",)), ("Mrs. Holm", ("Holm",))]
