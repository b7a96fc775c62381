import pytest

from quotesmith.marks.dashes import find_dashes, is_dialogue
from quotesmith.records.paragraphs import find_paragraphs


@pytest.mark.parametrize(
    ("paragraph", "dash"),
    [
        pytest.param("— Go away, he said.", "—", id="em"),
        pytest.param("―Go away!", "―", id="bar"),
        pytest.param("– ¿Qué?", "–", id="en"),
        pytest.param("--Go away.", "--", id="hyphens"),
        pytest.param("- Go away.", "-", id="hyphen"),
        pytest.param("— “Go,” he said.", "—", id="before-a-mark"),
    ],
)
def test_dash_at_the_start_is_found(paragraph: str, dash: str) -> None:
    assert [span.of(paragraph) for span in find_dashes(paragraph, find_paragraphs(paragraph)).values()] == [dash]


@pytest.mark.parametrize(
    "paragraph",
    [
        pytest.param("– Red line –", id="heading"),
        pytest.param("– Who is next? –.", id="heading-with-a-point"),
        pytest.param("— Jane", id="signature"),
        pytest.param("-5 degrees.", id="minus"),
        pytest.param("LONDON — The talks ended.", id="dateline"),
        pytest.param("———", id="rule"),
    ],
)
def test_other_dashes_are_left(paragraph: str) -> None:
    assert not find_dashes(paragraph, find_paragraphs(paragraph))


def test_dash_is_known_by_the_position_of_its_paragraph() -> None:
    text = "He came.\n\n— Where?"
    assert list(find_dashes(text, find_paragraphs(text))) == [1]


@pytest.mark.parametrize(
    ("text", "passages", "expected"),
    [
        pytest.param("— Where?\n— Gone.", 0, True, id="dialogue"),
        pytest.param("— Cut taxes.\n— Build roads.", 0, False, id="list"),
        pytest.param("— Where?\n— When?", 0, False, id="questions-only"),
        pytest.param("— Where?\n— Gone.", 1, False, id="other-marks"),
        pytest.param("— Gone!", 0, False, id="one-only"),
    ],
)
def test_dialogue_is_told_from_lists(text: str, passages: int, expected: object) -> None:
    assert is_dialogue(text, find_paragraphs(text), passages) is expected
