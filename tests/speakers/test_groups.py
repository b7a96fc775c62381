from quotesmith.records import EntityKind
from quotesmith.speakers.collectives import named_pairs, paired_members
from quotesmith.speakers.document_context import Sight
from tests.speakers.scenes import MEETING, context_of_doc, doc_of, entity_names


def test_names_joined_by_and_are_a_pair() -> None:
    context = context_of_doc(doc_of(MEETING))
    assert named_pairs(context) == [(1, (0, 1))]


def test_both_leaders_are_the_last_two_people() -> None:
    context = context_of_doc(doc_of(MEETING, "Both DT det leaders\nleaders NNS ROOT - leader"))
    for number in (0, 1):
        context.discourse.see(number, Sight(number, 0, subject=True))
    members = paired_members(context, list(context.parsed.doc)[-2:])
    assert entity_names(context, members) == ["Ngozi Okafor", "Erik Lindqvist"]


def test_two_countries_are_not_two_people() -> None:
    context = context_of_doc(
        doc_of(MEETING, "the DT det countries\ntwo CD nummod countries\ncountries NNS ROOT - country")
    )
    context.discourse.see_pair((0, 1), 0)
    assert paired_members(context, list(context.parsed.doc)[-3:]) == ()


def test_two_of_many_are_nobody_known() -> None:
    context = context_of_doc(doc_of(MEETING, "two CD nummod leaders\nleaders NNS ROOT - leader"))
    context.discourse.see_pair((0, 1), 0)
    assert paired_members(context, list(context.parsed.doc)[-2:]) == ()
    assert context.roster.drafts[0].kind is EntityKind.PERSON
