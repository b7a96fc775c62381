from quotesmith.records import EntityKind
from quotesmith.speakers.discourse import Sight
from quotesmith.speakers.groups import named_pairs, paired_members
from tests.speakers.scenes import MEETING, doc_of, entity_names, scene_of


def test_names_joined_by_and_are_a_pair() -> None:
    scene = scene_of(doc_of(MEETING))
    assert named_pairs(scene) == [(1, (0, 1))]


def test_both_leaders_are_the_last_two_people() -> None:
    scene = scene_of(doc_of(MEETING, "Both DT det leaders\nleaders NNS ROOT - leader"))
    for number in (0, 1):
        scene.discourse.see(number, Sight(number, 0, subject=True))
    members = paired_members(scene, list(scene.layout.doc)[-2:])
    assert entity_names(scene, members) == ["Ngozi Okafor", "Erik Lindqvist"]


def test_two_countries_are_not_two_people() -> None:
    scene = scene_of(doc_of(MEETING, "the DT det countries\ntwo CD nummod countries\ncountries NNS ROOT - country"))
    scene.discourse.see_pair((0, 1), 0)
    assert paired_members(scene, list(scene.layout.doc)[-3:]) == ()


def test_two_of_many_are_nobody_known() -> None:
    scene = scene_of(doc_of(MEETING, "two CD nummod leaders\nleaders NNS ROOT - leader"))
    scene.discourse.see_pair((0, 1), 0)
    assert paired_members(scene, list(scene.layout.doc)[-2:]) == ()
    assert scene.roster.drafts[0].kind is EntityKind.PERSON
