from typing import Any

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
        state.see(entity, Sight(10 * number, number, 0, subject=False, verb=-1))
    return state


def asked(sentence: int, *, paragraph: int = 0, **more: Any) -> Wanted:
    """A pronoun for a person in that sentence that looks a few sentences back."""
    return Wanted(sentence, paragraph, PEOPLE, 8, **more)


def best(state: Discourse, wanted: Wanted) -> int:
    return state.rank(wanted)[0][1]


def test_nearest_is_best_and_gender_excludes() -> None:
    state = discourse(Gender.FEMININE, Gender.MASCULINE)
    assert best(state, asked(2)) == 1
    assert [entity for _, entity in state.rank(asked(2, gender=Gender.FEMININE))] == [0]


def test_subject_of_the_sentence_before_is_better_than_its_object() -> None:
    state = discourse(None, None)
    state.see(0, Sight(20, 2, 0, subject=True, verb=21))
    state.see(1, Sight(22, 2, 0, subject=False, verb=-1))
    assert best(state, asked(3)) == 0


def test_object_is_not_the_subject_of_its_verb() -> None:
    state = discourse(None, None)
    state.see(1, Sight(20, 2, 0, subject=True, verb=21))
    assert best(state, asked(2, verb=21)) == 0


@pytest.mark.parametrize(
    "wanted",
    [
        pytest.param(asked(2, favoured=frozenset({0})), id="coreference"),
        pytest.param(asked(2, reporters=frozenset({0})), id="reported"),
        pytest.param(asked(2, excluded=frozenset({1})), id="excluded"),
        pytest.param(asked(2, speaks=True), id="last-speaker"),
    ],
)
def test_what_outweighs_a_sentence_of_distance(wanted: Wanted) -> None:
    state = discourse(None, None)
    state.last_speakers = (0,)
    assert best(state, wanted) == 0


def test_entity_of_the_same_paragraph_is_better() -> None:
    state = discourse(None, None)
    state.see(0, Sight(20, 2, 7, subject=False, verb=-1))
    state.see(1, Sight(25, 2, 6, subject=False, verb=-1))
    assert best(state, asked(3, paragraph=7)) == 0


def test_last_speaker_gives_way_to_the_subject_of_a_new_paragraph() -> None:
    state = discourse(None, None)
    state.last_speakers = (0,)
    state.see(0, Sight(20, 2, 0, subject=True, verb=21))
    state.see(1, Sight(30, 3, 1, subject=True, verb=31))
    assert best(state, asked(4, paragraph=1, speaks=True)) == 1


def test_nobody_is_looked_for_far_back() -> None:
    assert discourse(None).rank(asked(90)) == []


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
