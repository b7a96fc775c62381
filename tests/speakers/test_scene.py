from quotesmith.records import EntityKind, Gender, MentionForm
from tests.speakers.scenes import MEETING, context_of_doc, doc_of, entity_names


def test_names_of_one_entity_share_a_draft() -> None:
    context = context_of_doc(doc_of(MEETING))
    okafor, lindqvist, geneva = context.roster.drafts
    assert (okafor.name, okafor.aliases) == ("Ngozi Okafor", ("Okafor",))
    assert (lindqvist.gender, geneva.kind) == (Gender.MASCULINE, EntityKind.PLACE)
    assert context.owners == [0, 1, 2, 0]


def test_each_name_is_a_mention() -> None:
    context = context_of_doc(doc_of(MEETING))
    assert [m.form for m in context.roster.mentions] == [MentionForm.NAME] * 4
    assert context.name_mention(3) == 3


def test_titles_and_appositions_describe() -> None:
    context = context_of_doc(
        doc_of(
            MEETING,
            """
        Lindqvist  NNP  nsubj  left  -  PERSON
        ,          ,    punct  Lindqvist
        the        DT   det    premier
        Norwegian  JJ   amod   premier
        premier    NN   appos  Lindqvist
        ,          ,    punct  Lindqvist
        left       VBD  ROOT   -
    """,
        )
    )
    assert {entity for entity, _ in context.described["president"]} == {0}
    [(entity, said)] = context.described["premier"]
    assert (entity, said.modifiers) == (1, frozenset({"norwegian"}))


def test_copula_describes() -> None:
    context = context_of_doc(
        doc_of(
            MEETING,
            """
        Okafor  NNP  nsubj  is  -  PERSON
        is      VBZ  ROOT   -   be
        a       DT   det    chemist
        chemist NN   attr   is
    """,
        )
    )
    assert [entity for entity, _ in context.described["chemist"]] == [0]


def test_conjunct_of_a_subject_is_a_subject() -> None:
    context = context_of_doc(doc_of(MEETING))
    sight = context.sight(context.head_token(context.names[1]))
    assert sight.subject
    # It stands where the first of the two does.
    assert sight == context.sight(context.head_token(context.names[0]))


def test_people_called_by_a_role_are_looked_for_once() -> None:
    context = context_of_doc(doc_of(MEETING))
    [said] = {said for entity, said in context.described["president"] if entity == 0}
    called = context.people_called("president")
    assert entity_names(context, tuple(called)) == ["Ngozi Okafor"]
    context.described["president"].append((1, said))
    assert context.people_called("president") is called
