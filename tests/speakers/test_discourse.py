from quotesmith.records import EntityKind
from quotesmith.speakers.document_context import IN_PLAY, Discourse, Sight
from quotesmith.speakers.entities import MOST_MEMBERS, EntityDraft, EntityTable


def discourse(people: int) -> Discourse:
    """So many people, mentioned one a sentence, none as subject."""
    roster = EntityTable()
    state = Discourse(roster)
    for number in range(people):
        entity = roster.add(EntityDraft(f"p{number}", EntityKind.PERSON))
        state.see(entity, Sight(10 * number, number, subject=False))
    return state


def test_last_mentioned_is_in_play_first() -> None:
    state = discourse(2)
    assert [entity for entity, _ in state.in_play()] == [1, 0]
    state.see(0, Sight(20, 2, subject=True))
    assert [(entity, sight.subject) for entity, sight in state.in_play()] == [(0, True), (1, False)]


def test_nobody_is_looked_for_far_back() -> None:
    assert len(list(discourse(2 * IN_PLAY).in_play())) == IN_PLAY


def test_last_two_of_a_kind_are_a_pair_until_a_group_is_named() -> None:
    state = discourse(3)
    assert state.last_pair(EntityKind.PERSON) == (1, 2)
    state.see_pair((0, 2), 4)
    assert state.last_pair(EntityKind.PERSON) == (0, 2)
    assert state.pair_since(4) == (0, 2)
    assert state.pair_since(5) == ()


def test_a_long_list_is_no_pair() -> None:
    state = discourse(0)
    state.see_pair(tuple(range(MOST_MEMBERS)), 3)
    assert len(state.pair_since(3)) == MOST_MEMBERS
    state.see_pair(tuple(range(MOST_MEMBERS + 1)), 4)
    assert state.pair_since(3) == ()
