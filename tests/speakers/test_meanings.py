import numpy as np
import pytest

from quotesmith.coreference import Links, MentionCandidate, Pairs, PronounClass
from quotesmith.coreference.pairs import PAIR_FEATURES
from quotesmith.records import EntityKind, Gender, MentionForm, TextSpan
from quotesmith.speakers.pronouns.third_person import AntecedentDistributions, find_distributions


def name(place: int, owner: int) -> MentionCandidate:
    return mention(place, MentionForm.NAME, EntityKind.PERSON, owner=owner)


def noun(place: int) -> MentionCandidate:
    return mention(place, MentionForm.NOMINAL, EntityKind.PERSON)


def pronoun(place: int, kind: PronounClass = PronounClass.HE) -> MentionCandidate:
    return mention(place, MentionForm.PRONOUN, EntityKind.PERSON, pronoun=kind)


def mention(
    place: int, form: MentionForm, kind: EntityKind, *, owner: int = -1, pronoun: PronounClass | None = None
) -> MentionCandidate:
    """A mention of one word; the word's number is its place."""
    return MentionCandidate(
        span=TextSpan(place, place + 1),
        start=place,
        end=place + 1,
        head=place,
        form=form,
        kind=kind,
        owner=owner,
        pronoun=pronoun,
    )


def distributions(mentions: list[MentionCandidate], chances: dict[int, dict[int, float]]) -> AntecedentDistributions:
    """The distributions where each anaphor takes up these candidates with these chances, and nobody with the rest."""
    anaphors = list(chances)
    candidates = [candidate for row in chances.values() for candidate in row]
    links = Links(
        np.array([chance for row in chances.values() for chance in row.values()]),
        np.array([1 - sum(row.values()) for row in chances.values()]),
    )
    empty = np.zeros((len(candidates), PAIR_FEATURES), dtype=np.float32)
    bounds = np.cumsum([0, *map(len, chances.values())])
    pairs = Pairs(np.array(anaphors), bounds, np.array(candidates), empty, empty[: len(anaphors)])
    return find_distributions(mentions, pairs, links)


def test_mentions_of_one_entity_add_up() -> None:
    found = distributions([name(0, 7), name(1, 8), name(2, 7), pronoun(3)], {3: {0: 0.3, 1: 0.4, 2: 0.3}}).at(3)
    assert found is not None
    assert [entity for entity, _ in found.ranked] == [7, 8]
    assert dict(found.ranked)[7] == pytest.approx(0.6)


def test_pronoun_means_what_the_pronoun_before_it_means() -> None:
    found = distributions([name(0, 7), pronoun(1), pronoun(2)], {1: {0: 1.0}, 2: {1: 0.9}}).at(2)
    assert found is not None
    assert found.ranked[0][0] == 7
    assert found.ranked[0][1] > 0.85


def test_whom_no_name_names_is_known_by_the_mention() -> None:
    found = distributions([noun(0), pronoun(1)], {1: {0: 0.9}}).at(1)
    assert found is not None
    assert found.ranked[0][0] == ~0


def test_gender_of_an_entity_s_other_pronouns_tells() -> None:
    mentions = [name(0, 7), name(1, 8), pronoun(2), pronoun(3), pronoun(4), pronoun(5, PronounClass.SHE)]
    others = {2: {0: 1.0}, 3: {0: 1.0}, 4: {0: 1.0}}
    alone = distributions(mentions, {5: {0: 0.6, 1: 0.4}}).at(5)
    beside = distributions(mentions, {**others, 5: {0: 0.6, 1: 0.4}}).at(5)
    assert alone is not None
    assert beside is not None
    assert (alone.ranked[0][0], beside.ranked[0][0]) == (7, 8)


@pytest.mark.parametrize(
    ("kinds", "gender"),
    [
        pytest.param([PronounClass.HE, PronounClass.HE], Gender.MASCULINE, id="he"),
        pytest.param([PronounClass.SHE], Gender.FEMININE, id="she"),
        pytest.param([PronounClass.HE, PronounClass.SHE], None, id="both"),
        pytest.param([], None, id="none"),
    ],
)
def test_pronouns_give_a_gender(kinds: list[PronounClass], gender: Gender | None) -> None:
    mentions = [name(0, 7), *(pronoun(place, kind) for place, kind in enumerate(kinds, 1))]
    found = distributions(mentions, {place: {0: 1.0} for place in range(1, len(mentions))})
    assert found.gender(7) is gender


def test_word_that_is_no_anaphor_has_no_meaning() -> None:
    assert distributions([name(0, 7)], {}).at(0) is None


def test_mentions_that_begin_among_tokens_are_found() -> None:
    found = distributions([name(0, 7), noun(3), pronoun(5)], {2: {0: 1.0}})
    assert [list(found.places(tokens)) for tokens in (range(6), range(1, 5), range(1, 3))] == [[0, 1, 2], [1], []]
