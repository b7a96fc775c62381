import pytest

from quotesmith.records import EntityKind, Gender
from quotesmith.speakers.discourse import Discourse, Sight, Wanted, confidence
from quotesmith.speakers.roster import Draft, Roster

PEOPLE = frozenset({EntityKind.PERSON})


def discourse(*genders: Gender | None) -> Discourse:
    """People of these genders, mentioned one a sentence, none as subject."""
    roster = Roster()
    state = Discourse(roster)
    for number, gender in enumerate(genders):
        entity = roster.add(Draft(f"p{number}", EntityKind.PERSON, gender=gender))
        state.see(entity, Sight(10 * number, number, subject=False, verb=-1))
    return state


def best(state: Discourse, wanted: Wanted) -> int:
    return state.rank(wanted)[0][1]


def test_nearest_is_best_and_gender_excludes() -> None:
    state = discourse(Gender.FEMININE, Gender.MASCULINE)
    assert best(state, Wanted(2, PEOPLE)) == 1
    assert [entity for _, entity in state.rank(Wanted(2, PEOPLE, Gender.FEMININE))] == [0]


def test_subject_of_the_sentence_before_is_better_than_its_object() -> None:
    state = discourse(None, None)
    state.see(0, Sight(20, 2, subject=True, verb=21))
    state.see(1, Sight(22, 2, subject=False, verb=-1))
    assert best(state, Wanted(3, PEOPLE)) == 0


def test_object_is_not_the_subject_of_its_verb() -> None:
    state = discourse(None, None)
    state.see(1, Sight(20, 2, subject=True, verb=21))
    assert best(state, Wanted(2, PEOPLE, verb=21)) == 0


@pytest.mark.parametrize(
    "wanted",
    [
        pytest.param(Wanted(2, PEOPLE, favoured=frozenset({0})), id="coreference"),
        pytest.param(Wanted(2, PEOPLE, reporters=frozenset({0})), id="reported"),
        pytest.param(Wanted(2, PEOPLE, excluded=frozenset({1})), id="excluded"),
        pytest.param(Wanted(2, PEOPLE, speaks=True), id="last-speaker"),
    ],
)
def test_what_outweighs_a_sentence_of_distance(wanted: Wanted) -> None:
    state = discourse(None, None)
    state.last_speakers = (0,)
    assert best(state, wanted) == 0


def test_nobody_is_looked_for_far_back() -> None:
    assert discourse(None).rank(Wanted(90, PEOPLE)) == []


def test_last_two_of_a_kind_are_a_pair_until_a_group_is_named() -> None:
    state = discourse(None, None, None)
    assert state.last_pair(EntityKind.PERSON) == (1, 2)
    state.see_pair((0, 2), 4)
    assert state.last_pair(EntityKind.PERSON) == (0, 2)
    assert state.pair_since(4) == (0, 2)
    assert state.pair_since(5) == ()


def test_confidence_grows_with_the_lead() -> None:
    assert confidence([]) == 0
    assert confidence([(1.0, 0)]) == 1
    assert confidence([(1.0, 0), (1.0, 1)]) == 0
    assert 0 < confidence([(1.0, 0), (0.5, 1)]) < confidence([(1.0, 0), (-9.0, 1)]) == 1
