"""Lines of fiction: who may speak each, and what speaks for and against them."""

import numpy as np
import pytest
from attrs import evolve

from quotesmith.coreference import EntityNumber
from quotesmith.records import Gender
from quotesmith.speakers.fiction.candidates import find_candidates
from quotesmith.speakers.fiction.features import FIRST_FEATURES, FeatureFinder
from quotesmith.speakers.fiction.line_model import add_around
from quotesmith.speakers.fiction.lines import DialogueText, SourceForm
from quotesmith.speakers.fiction.rounds import LATER_FEATURES, SpeakersAround
from tests.speakers.fiction.dialogues import ANN, BO, CAT, PARAGRAPH, dialogue, in_paragraph, line, mention


def feature(text: DialogueText, number: int, name: str) -> dict[EntityNumber, float]:
    """A feature of a line's candidates."""
    candidates = find_candidates(text)
    rows = FeatureFinder.of(text, candidates)()[number]
    return dict(zip(candidates[number], rows[:, FIRST_FEATURES.index(name)].tolist(), strict=True))


def test_candidates_are_those_mentioned_around_or_who_speak_near() -> None:
    far = 60 * PARAGRAPH
    lines = [line(0, SourceForm.NAME, CAT), line(1), line(60), line(61)]
    text = dialogue(lines, [mention(160, ANN), mention(far - 10, BO)])
    candidates = find_candidates(text)
    assert set(candidates[0]) == {CAT, ANN}
    assert candidates[0][0] == CAT
    assert BO not in candidates[1]
    assert candidates[2][0] == BO


@pytest.mark.parametrize(("form", "expected"), [(SourceForm.NONE, {BO}), (SourceForm.NAME, {ANN, BO})])
def test_who_is_called_in_a_line_does_not_speak_it_unless_its_source_names_them(
    form: SourceForm, expected: set[EntityNumber]
) -> None:
    own = line(1, form, *([ANN] if form is SourceForm.NAME else []))
    called = evolve(own, turn=evolve(own.turn, called=(ANN,)))
    assert set(find_candidates(dialogue([called], [mention(0, ANN), mention(10, BO)]))[0]) == expected


def test_narrator_may_speak_any_line() -> None:
    assert find_candidates(dialogue([line(0)], narrator=ANN)) == [[ANN]]


def test_text_without_anybody_has_no_candidates() -> None:
    text = dialogue([line(0)])
    assert find_candidates(text) == [[]]
    assert FeatureFinder.of(text, [[]])()[0].shape == (0, len(FIRST_FEATURES))
    assert SpeakersAround(text, [[]], [np.zeros(0)])()[0].shape == (0, len(LATER_FEATURES))


def test_turns_are_the_lines_of_a_paragraph_and_of_the_next_where_a_mark_stays_open() -> None:
    first, second, third, fourth = line(0), in_paragraph(line(1), 0), line(2), line(3)
    text = dialogue([first, second, evolve(third, is_open=True), fourth])
    assert [list(turn) for turn in text.turns] == [[0, 1], [2, 3]]
    assert list(text.turn_of) == [0, 0, 1, 1]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("agrees", {ANN: -1.0, BO: 1.0, CAT: 0.0}),
        ("likely", {ANN: 0.0, BO: 1.0, CAT: 0.5}),
        ("likeliest", {ANN: 0.0, BO: 1.0, CAT: 0.0}),
        ("named", {ANN: 1.0, BO: 1.0, CAT: 0.0}),
        ("named_in", {ANN: 1.0, BO: 0.0, CAT: 0.0}),
        ("subject_behind", {ANN: 0.0, BO: 1.0, CAT: 0.0}),
        # Ann is the nearest before, but "he" excludes her.
        ("rank_gap_told", {ANN: 2.0, BO: 1.0, CAT: 0.0}),
        ("fitting", {ANN: 2.0, BO: 2.0, CAT: 2.0}),
    ],
)
def test_feature(name: str, expected: dict[EntityNumber, float]) -> None:
    mentions = [mention(20, CAT), mention(90, ANN), mention(110, ANN, inside=0), mention(160, BO)]
    text = dialogue([line(1, SourceForm.HE, BO, CAT)], mentions)
    assert feature(text, 0, name) == expected


def test_who_is_described_by_the_noun_of_a_source() -> None:
    told = evolve(line(1, SourceForm.NOMINAL, CAT, noun="cook"), described=(ANN,), gender=Gender.FEMININE)
    text = dialogue([told], [mention(0, ANN), mention(10, CAT)])
    assert feature(text, 0, "described") == {ANN: 1.0, CAT: 0.0}
    assert feature(text, 0, "own_words") == {ANN: 0.0, CAT: 1.0}


def test_later_round_sees_the_turns_around() -> None:
    text = dialogue([line(0), line(1), line(2)])
    people = [[ANN, BO]] * 3
    chances = [np.array([0.9, 0.1]), np.array([0.5, 0.5]), np.array([0.8, 0.2])]
    rows = SpeakersAround(text, people, chances)()[1]
    columns = {name: rows[:, place].tolist() for place, name in enumerate(LATER_FEATURES)}
    assert columns["own"] == [0.5, 0.5]
    assert columns["turn_-1"] == pytest.approx([0.9, 0.1])
    assert columns["turn_1"] == pytest.approx([0.8, 0.2])
    assert columns["turn_2"] == [-1.0, -1.0]
    assert columns["around"] == pytest.approx([1.7, 0.3])
    assert columns["best_before"] == pytest.approx([0.9, 0.9])


def test_later_round_sees_the_other_lines_with_the_same_noun() -> None:
    lines = [line(number, SourceForm.NOMINAL, CAT, noun="cook" if number != 1 else "boy") for number in range(3)]
    chances = [np.array([0.9, 0.1]), np.array([0.2, 0.8]), np.array([0.3, 0.7])]
    rows = SpeakersAround(dialogue(lines), [[ANN, CAT]] * 3, chances)()
    place = LATER_FEATURES.index("same_noun")
    assert rows[0][:, place].tolist() == pytest.approx([0.3, 0.7])
    assert rows[1][:, place].tolist() == pytest.approx([0.0, 0.0])


def test_features_of_a_later_round_stand_behind_those_of_the_first() -> None:
    first, around = [np.ones((2, 3), dtype=np.float32)], [np.zeros((2, 1))]
    assert add_around(first, around)[0].tolist() == [[1, 1, 1, 0], [1, 1, 1, 0]]
