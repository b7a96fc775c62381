from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import tests.strategies  # noqa: F401 - loads the profile that fails no test by the clock
from quotesmith.encoder.pieces import Pieces
from quotesmith.encoder.windows import OVERLAP, SIZE, Window, cut_windows


def make_pieces(number: int, *breaks: int) -> Pieces:
    """So many pieces, each a word, with breaks at the positions given."""
    places = np.arange(number)
    return Pieces(places, places, places, places + 1, places, np.array(breaks, dtype=np.int64))


@st.composite
def broken_pieces(draw: st.DrawFn, *, most: int = 1500) -> Pieces:
    number = draw(st.integers(0, most))
    breaks = draw(st.sets(st.integers(1, most), max_size=12))
    return make_pieces(number, *sorted(place for place in breaks if place < number))


@given(broken_pieces())
def test_each_piece_is_owned_by_one_window_that_shows_it(pieces: Pieces) -> None:
    windows = cut_windows(pieces)
    assert [piece for window in windows for piece in range(window.owned_start, window.owned_end)] == [
        *range(len(pieces))
    ]
    assert all(window.start <= window.owned_start < window.owned_end <= window.end for window in windows)


@given(broken_pieces())
def test_windows_are_bounded_and_overlap_no_more_than_asked(pieces: Pieces) -> None:
    windows = cut_windows(pieces)
    assert all(0 < len(window) <= SIZE for window in windows)
    assert all(0 < before.end - after.start <= OVERLAP for before, after in pairwise(windows))


@given(broken_pieces(most=200), st.integers(4, 40), st.data())
def test_any_size_with_an_overlap_up_to_its_half_covers_all(pieces: Pieces, size: int, data: st.DataObject) -> None:
    windows = cut_windows(pieces, size=size, overlap=data.draw(st.integers(1, size // 2)))
    assert {piece for window in windows for piece in range(window.start, window.end)} == set(range(len(pieces)))
    assert all(len(window) <= size for window in windows)


def test_windows_that_share_nothing_touch() -> None:
    windows = cut_windows(make_pieces(24, 8), size=10, overlap=0)
    assert windows == [Window(0, 8, 0, 8), Window(8, 18, 8, 18), Window(18, 24, 18, 24)]


@given(broken_pieces())
def test_pieces_owned_away_from_the_edges_are_seen_from_both_sides(pieces: Pieces) -> None:
    windows = cut_windows(pieces)
    for before, after in pairwise(windows):
        shared = before.end - after.start
        assert before.owned_end == after.owned_start
        assert min(before.end - before.owned_end, after.owned_start - after.start) == shared // 2


@pytest.mark.parametrize(
    ("number", "breaks", "windows"),
    [
        pytest.param(0, (), [], id="no pieces"),
        pytest.param(1, (), [Window(0, 1, 0, 1)], id="one piece"),
        pytest.param(10, (), [Window(0, 10, 0, 10)], id="just one window"),
        pytest.param(11, (), [Window(0, 10, 0, 8), Window(6, 11, 8, 11)], id="one more than fits"),
        pytest.param(12, (7,), [Window(0, 7, 0, 5), Window(3, 12, 5, 12)], id="ends with a paragraph"),
        pytest.param(12, (5,), [Window(0, 10, 0, 8), Window(6, 12, 8, 12)], id="no end in the first half"),
        pytest.param(14, (8, 10), [Window(0, 10, 0, 9), Window(8, 14, 9, 14)], id="starts with a paragraph"),
    ],
)
def test_windows_of_ten_that_share_four(number: int, breaks: tuple[int, ...], windows: list[Window]) -> None:
    assert cut_windows(make_pieces(number, *breaks), size=10, overlap=4) == windows
