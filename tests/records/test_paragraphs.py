from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotesmith.errors import ArgumentError
from quotesmith.records import TextSpan, ends_sentence, find_paragraphs

WRAPPED = """\
It was a long way to the village, and the road was bad after the rain
of the night before. "We shall be late," he said, "and they will have
gone without us." She said nothing.

They walked on in silence until the first of the houses could be seen
through the trees."""
texts = st.text(st.sampled_from('ab A."\n\r\f\t\u2028\u2029\x85\x1c'), max_size=80) | st.text()


def paragraphs(text: str) -> list[str]:
    return [paragraph.of(text) for paragraph in find_paragraphs(text)]


def test_blank_lines_part_wrapped_paragraphs() -> None:
    assert paragraphs(WRAPPED) == WRAPPED.split("\n\n")


def test_lines_of_news_are_paragraphs() -> None:
    lines = ["The talks ended on Tuesday.", "“No,” she said.", "He left.", "Nobody else spoke to the press that day."]
    assert paragraphs("\n".join(lines)) == lines


def test_indented_line_after_a_sentence_starts_a_paragraph_of_a_wrapped_text() -> None:
    text = "   He came in and sat\ndown by the fire.\n   Nobody spoke to\nhim there."
    assert paragraphs(text) == ["He came in and sat\ndown by the fire.", "Nobody spoke to\nhim there."]


def test_indented_verse_stays_in_its_paragraph() -> None:
    text = "and then he sang of ships\nand of the sea,\n   and of the long\n   way home again."
    assert paragraphs(text) == [text]


def test_full_lines_are_wrapped_whatever_their_case() -> None:
    line = "天" * 30 + "地" * 20
    assert paragraphs(f"{line}\n{line}\n{line}") == [f"{line}\n{line}\n{line}"]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\f", "\v", "\x85", "\u2028", "\u2029"])
def test_every_line_end_parts_lines(end: str) -> None:
    assert paragraphs(f"One.{end}Two.") == ["One.", "Two."]


def test_paragraph_separator_parts_a_wrapped_text_too() -> None:
    assert paragraphs("one line\nand more\u2029and another\nand more") == [
        "one line\nand more",
        "and another\nand more",
    ]


@pytest.mark.parametrize("text", ["", " \n\t\n", "\r\n\r\n"])
def test_empty_text_has_none(text: str) -> None:
    assert find_paragraphs(text) == ()


def test_text_that_is_no_string_is_refused() -> None:
    with pytest.raises(ArgumentError, match="not NoneType"):
        find_paragraphs(None)  # type: ignore[arg-type]


@given(texts)
def test_paragraphs_hold_all_but_white_space_in_order(text: str) -> None:
    spans = find_paragraphs(text)
    assert "".join(text.split()) == "".join("".join(span.of(text).split()) for span in spans)
    assert all(before.end < after.start for before, after in pairwise(spans))
    assert all(span.of(text) == span.of(text).strip() for span in spans)


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        pytest.param("It rained.", True, id="stop"),
        pytest.param("“It rained!” (", True, id="marks-behind"),
        pytest.param("Rain in spring", False, id="heading"),
        pytest.param("It rained. Then it", False, id="stop-before"),
    ],
)
def test_sentence_ends_with_a_stop(text: str, *, ends: bool) -> None:
    assert ends_sentence(f"{text}. Go", TextSpan(0, len(text))) is ends
