import pytest

from tests.cases import named_table
from tests.docs import make_doc
from tests.extraction.found import add_nested_source_quotes, detach_nested_sources
from tests.extraction.worded import attribution

GOES_ON = make_doc(named_table("extraction/nested_sources", "goes on"))
NESTED = "Roe said she left, according to Tass."


def test_next_sentence_is_not_the_outer_source_s() -> None:
    text = GOES_ON.text
    said = attribution(text, "It is safe", cue="said", source="Roe")
    outer = attribution(text, "They wait", cue="according to", source="Tass")
    first, second = detach_nested_sources(GOES_ON, [said, outer])
    assert first == said
    assert (second.cue, second.source, second.content) == ((), (), outer.content)


def test_next_sentence_stays_with_a_source_that_quotes_nobody() -> None:
    outer = attribution(GOES_ON.text, "They wait", cue="according to", source="Tass")
    assert detach_nested_sources(GOES_ON, [outer]) == [outer]


def test_nested_clause_is_a_quote_inside() -> None:
    outer = attribution(NESTED, "Roe said", "she left", cue="according to", source="Tass")
    rule = attribution(NESTED, "she left, according to Tass", cue="said", source="Roe", rule="clause")
    outer, inner = add_nested_source_quotes(NESTED, [outer], [rule])
    assert [span.of(NESTED) for span in outer.content] == ["Roe said she left"]
    assert [span.of(NESTED) for span in inner.content] == ["she left"]


@pytest.mark.parametrize("content", ["she left", "said she left"])
def test_speaker_beside_the_outer_words_is_among_them(content: str) -> None:
    outer = attribution(NESTED, content, cue="according to", source="Tass")
    rule = attribution(NESTED, "she left", cue="said", source="Roe", rule="clause")
    outer, inner = add_nested_source_quotes(NESTED, [outer], [rule])
    assert [span.of(NESTED) for span in outer.content] == ["Roe said she left"]
    assert [span.of(NESTED) for span in inner.content] == ["she left"]


def test_nested_words_have_no_white_space_at_their_edges() -> None:
    outer = attribution(NESTED, "Roe said she left", cue="according to", source="Tass")
    rule = attribution(NESTED, " she left, according", cue="said", source="Roe", rule="clause")
    _, inner = add_nested_source_quotes(NESTED, [outer], [rule])
    assert [span.of(NESTED) for span in inner.content] == ["she left"]


def test_outer_quote_whose_source_stands_between_its_words_stays_in_pieces() -> None:
    text = "No, Tass, Roe said she left, according to"
    outer = attribution(text, "No,", "Roe said she left", cue="according to", source="Tass")
    rule = attribution(text, "she left", cue="said", source="Roe", rule="clause")
    assert add_nested_source_quotes(text, [outer], [rule]) == [outer]


def test_cue_that_the_tags_know_is_left_to_them() -> None:
    outer = attribution(NESTED, "Roe said she left", cue="according to", source="Tass")
    said = attribution(NESTED, "she left", cue="said", source="Roe")
    assert add_nested_source_quotes(NESTED, [outer, said], [said]) == [outer, said]


def test_nested_clause_without_a_word_inside_is_none() -> None:
    text = "Roe said: “we left”, according to Tass"
    outer = attribution(text, "Roe said: “", cue="according to", source="Tass")
    rule = attribution(text, "“we left”", cue="said", source="Roe", rule="clause")
    assert add_nested_source_quotes(text, [outer], [rule]) == [outer]
