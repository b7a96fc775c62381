"""Stretches of text."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotesmith.errors import ArgumentError, InvalidRecordError
from quotesmith.records import TextSpan, ends_sentence, find_paragraphs
from quotesmith.records.spans import as_spans


@st.composite
def text_spans(draw: st.DrawFn) -> TextSpan:
    start = draw(st.integers(0, 20))
    return TextSpan(start, start + draw(st.integers(1, 20)))


def test_span_gives_its_words_and_its_length_in_characters() -> None:
    assert TextSpan(4, 7).of("one two three") == "two"
    assert len(TextSpan(4, 7)) == 3


@pytest.mark.parametrize(
    ("text", "words"),
    [
        pytest.param("one", "one", id="nothing-around"),
        pytest.param(" \n one two\t\u2003", "one two", id="around"),
        pytest.param("two ", "two", id="behind"),
    ],
)
def test_stripped_span_has_no_white_space_at_its_edges(text: str, words: str) -> None:
    stripped = TextSpan(3, 3 + len(text)).stripped(f"...{text}...")
    assert stripped is not None
    assert stripped.of(f"...{text}...") == words


def test_white_space_alone_leaves_no_span() -> None:
    assert TextSpan(1, 4).stripped("a \n b") is None


@pytest.mark.parametrize(
    ("start", "end"),
    [
        pytest.param(-1, 3, id="before-the-text"),
        pytest.param(3, 3, id="empty"),
        pytest.param(3, 2, id="backwards"),
        pytest.param(True, 3, id="start-is-a-flag"),
        pytest.param(1, 3.0, id="end-is-a-float"),
        pytest.param(None, 3, id="no-start"),
    ],
)
def test_span_that_is_none_is_refused(start: int, end: int) -> None:
    with pytest.raises(InvalidRecordError, match="whole number"):
        TextSpan(start, end)


@given(text_spans(), text_spans())
def test_spans_overlap_and_contain_by_their_offsets(one: TextSpan, other: TextSpan) -> None:
    shared = set(range(one.start, one.end)) & set(range(other.start, other.end))
    assert one.overlaps(other) == bool(shared)
    assert one.contains(other) == set(range(one.start, one.end)).issuperset(range(other.start, other.end))


def test_shifted_span_is_as_long_and_not_before_the_text() -> None:
    assert TextSpan(4, 7).shifted(10) == TextSpan(14, 17)
    with pytest.raises(InvalidRecordError):
        TextSpan(4, 7).shifted(-5)


def test_pairs_become_spans_which_are_ordered_by_start_then_end() -> None:
    assert as_spans([(0, 2), TextSpan(4, 6)]) == (TextSpan(0, 2), TextSpan(4, 6))
    assert sorted([TextSpan(1, 5), TextSpan(1, 2), TextSpan(0, 9)]) == [TextSpan(0, 9), TextSpan(1, 2), TextSpan(1, 5)]


WRAPPED = """\
It was a long way to the village, and the road was bad after the rain
of the night before. "We shall be late," he said, "and they will have
gone without us." She said nothing.

They walked on in silence until the first of the houses could be seen
through the trees."""
texts = st.text(st.sampled_from('ab A."\n\r\f\t\u2028\u2029\x85\x1c'), max_size=80) | st.text()


def paragraphs(text: str) -> list[str]:
    return [paragraph.of(text) for paragraph in find_paragraphs(text)]


def test_blank_lines_part_wrapped_paragraphs_and_lines_those_of_news() -> None:
    assert paragraphs(WRAPPED) == WRAPPED.split("\n\n")
    lines = ["The talks ended on Tuesday.", "“No,” she said.", "He left.", "Nobody else spoke to the press that day."]
    assert paragraphs("\n".join(lines)) == lines


def test_indented_line_starts_a_paragraph_after_a_sentence_but_not_in_verse() -> None:
    text = "   He came in and sat\ndown by the fire.\n   Nobody spoke to\nhim there."
    assert paragraphs(text) == ["He came in and sat\ndown by the fire.", "Nobody spoke to\nhim there."]
    text = "and then he sang of ships\nand of the sea,\n   and of the long\n   way home again."
    assert paragraphs(text) == [text]


def test_full_lines_are_wrapped_whatever_their_case() -> None:
    line = "天" * 30 + "地" * 20
    assert paragraphs(f"{line}\n{line}\n{line}") == [f"{line}\n{line}\n{line}"]


@pytest.mark.parametrize(
    "lines",
    [
        ["“Where did you put the long ladder?” Roe asked.", "“Behind the barn.”"],
        ["— You never asked me about it, said Roe. I would have told you.", "— I did ask you, Lee answered. Twice."],
    ],
)
def test_long_lines_that_end_with_sentences_are_not_wrapped(lines: list[str]) -> None:
    assert paragraphs("\n".join(lines)) == lines


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
