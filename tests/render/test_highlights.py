"""A text cut at the edges of its marks."""

from hypothesis import given
from hypothesis import strategies as st

from quotesmith.records import TextSpan
from quotesmith.render.colors import NO_SPEAKER
from quotesmith.render.highlights import Highlight, iter_pieces


def mark(start: int, end: int, label: str = "") -> Highlight:
    return Highlight(TextSpan(start, end), NO_SPEAKER, "", label)


def cut(marks: list[Highlight], length: int) -> list[tuple[int, int, str]]:
    return [(start, end, "".join(one.label for one in found)) for start, end, found in iter_pieces(marks, length)]


def test_text_without_marks_is_one_piece() -> None:
    assert cut([], 5) == [(0, 5, "")]


def test_empty_text_has_no_pieces() -> None:
    assert cut([], 0) == []


def test_nested_mark_stands_after_the_one_around_it() -> None:
    assert cut([mark(2, 4, "b"), mark(1, 6, "a")], 7) == [
        (0, 1, ""),
        (1, 2, "a"),
        (2, 4, "ab"),
        (4, 6, "a"),
        (6, 7, ""),
    ]


def test_marks_that_overlap_share_the_middle() -> None:
    assert cut([mark(0, 4, "a"), mark(2, 6, "b")], 6) == [(0, 2, "a"), (2, 4, "ab"), (4, 6, "b")]


def test_of_marks_with_one_start_the_longer_is_the_outer() -> None:
    assert cut([mark(0, 2, "b"), mark(0, 4, "a")], 4) == [(0, 2, "ab"), (2, 4, "a")]


def test_of_equal_marks_the_first_is_the_outer() -> None:
    assert cut([mark(0, 2, "a"), mark(0, 2, "b")], 2) == [(0, 2, "ab")]


def test_text_is_cut_where_it_is_asked_too() -> None:
    found = [(start, end, len(marks)) for start, end, marks in iter_pieces([mark(1, 5)], 6, cuts=[3])]
    assert found == [(0, 1, 0), (1, 3, 1), (3, 5, 1), (5, 6, 0)]


def test_only_the_innermost_four_are_told() -> None:
    nested = [mark(place, 20 - place, "abcdef"[place]) for place in range(6)]
    assert cut(nested, 20)[5] == (5, 15, "cdef")


@st.composite
def marked_lengths(draw: st.DrawFn) -> tuple[list[Highlight], int]:
    length = draw(st.integers(1, 20))
    pairs = st.tuples(st.integers(0, length), st.integers(0, length)).filter(lambda pair: pair[0] != pair[1])
    return [mark(min(pair), max(pair)) for pair in draw(st.lists(pairs, max_size=4))], length


@given(marked_lengths())
def test_pieces_cover_the_text_and_know_their_marks(case: tuple[list[Highlight], int]) -> None:
    marks, length = case
    offsets: list[int] = []
    for start, end, found in iter_pieces(marks, length):
        offsets += range(start, end)
        piece = TextSpan(start, end)
        assert sorted(one.span for one in found) == sorted(one.span for one in marks if one.span.contains(piece))
        assert all(one in found or not one.span.overlaps(piece) for one in marks)
    assert offsets == list(range(length))
