"""Stretches of text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotesmith.errors import InvalidRecordError
from quotesmith.records import TextSpan
from quotesmith.records.spans import as_spans


@st.composite
def text_spans(draw: st.DrawFn) -> TextSpan:
    start = draw(st.integers(0, 20))
    return TextSpan(start, start + draw(st.integers(1, 20)))


def test_span_gives_its_words() -> None:
    assert TextSpan(4, 7).of("one two three") == "two"


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


def test_length_is_in_characters() -> None:
    assert len(TextSpan(4, 7)) == 3


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
def test_spans_overlap_where_they_share_an_offset(one: TextSpan, other: TextSpan) -> None:
    shared = set(range(one.start, one.end)) & set(range(other.start, other.end))
    assert one.overlaps(other) == bool(shared)


@given(text_spans(), text_spans())
def test_span_contains_one_whose_offsets_are_all_its_own(one: TextSpan, other: TextSpan) -> None:
    assert one.contains(other) == set(range(one.start, one.end)).issuperset(range(other.start, other.end))


def test_shifted_span_is_as_long_and_later() -> None:
    assert TextSpan(4, 7).shifted(10) == TextSpan(14, 17)


def test_span_is_not_shifted_before_the_text() -> None:
    with pytest.raises(InvalidRecordError):
        TextSpan(4, 7).shifted(-5)


def test_spans_are_ordered_by_start_then_end() -> None:
    assert sorted([TextSpan(1, 5), TextSpan(1, 2), TextSpan(0, 9)]) == [TextSpan(0, 9), TextSpan(1, 2), TextSpan(1, 5)]


def test_pairs_become_spans() -> None:
    assert as_spans([(0, 2), TextSpan(4, 6)]) == (TextSpan(0, 2), TextSpan(4, 6))
