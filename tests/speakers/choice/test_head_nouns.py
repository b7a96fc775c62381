import pytest

from quotesmith.records import EntityKind
from quotesmith.speakers.choice.head_nouns import HeadNouns

PERSON, ORGANIZATION = EntityKind.PERSON, EntityKind.ORGANIZATION
SOURCES = [("senator", True, PERSON)] * 8 + [("senator", False, PERSON)] * 2 + [("agency", False, ORGANIZATION)] * 2


def test_rare_nouns_are_left_out() -> None:
    assert list(HeadNouns.count(SOURCES, 3).counts) == ["senator"]
    assert HeadNouns.count(SOURCES, 1).counts["agency"][:2] == [2, 0]


def test_noun_tells_whether_it_is_named_and_of_which_kind() -> None:
    named, other, unnamed = HeadNouns.count(SOURCES, 1).describe(
        "senator", [(True, PERSON), (True, ORGANIZATION), (False, PERSON)]
    )
    assert (named.noun_unnamed, unnamed.noun_named) == (0, 0)
    assert named.noun_named + unnamed.noun_unnamed == pytest.approx(1)
    assert named.noun_named > 0.5
    assert named.noun_kind > 0.5 > other.noun_kind


@pytest.mark.parametrize("noun", ["", "potter"])
def test_unknown_noun_tells_nothing_of_its_own(noun: str) -> None:
    [found] = HeadNouns.count(SOURCES, 1).describe(noun, [(True, PERSON)])
    assert found.noun_count == 0


def test_empty_tables_describe_too() -> None:
    assert HeadNouns().describe("senator", [(True, PERSON)])[0].noun_count == 0
