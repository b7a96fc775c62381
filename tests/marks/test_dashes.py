from quotesmith.marks.dashes import find_dashes, is_dialogue
from quotesmith.records.paragraphs import find_paragraphs
from tests.cases import each_row


@each_row("paragraph, dash", "marks", "dashes at the start")
def test_dash_at_the_start_is_found(paragraph: str, dash: str) -> None:
    assert [span.of(paragraph) for span in find_dashes(paragraph, find_paragraphs(paragraph)).values()] == [dash]


@each_row("paragraph", "marks", "other dashes")
def test_other_dashes_are_left(paragraph: str) -> None:
    assert not find_dashes(paragraph, find_paragraphs(paragraph))


def test_dash_is_known_by_the_position_of_its_paragraph() -> None:
    text = "He came.\n\n— Where?"
    assert list(find_dashes(text, find_paragraphs(text))) == [1]


@each_row("text, passages, expected", "marks", "dialogue")
def test_dialogue_is_told_from_lists(text: str, passages: int, expected: object) -> None:
    assert is_dialogue(text, find_paragraphs(text), passages) is expected
