"""Overlapping spans as nested pieces."""

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotesmith.export.overlaps import MAX_DEPTH, nested_pieces
from quotesmith.records import TextSpan

SPANS = st.lists(st.tuples(st.integers(0, 12), st.integers(1, 6)).map(lambda pair: TextSpan(pair[0], sum(pair))))


@given(SPANS)
def test_pieces_of_a_span_make_the_span(spans: list[TextSpan]) -> None:
    pieces = nested_pieces(spans)
    for place, span in enumerate(spans):
        own = [piece for piece in pieces if piece.span == place]
        assert (own[0].start, own[-1].end) == (span.start, span.end)
        assert all(before.end == after.start for before, after in pairwise(own))


@given(SPANS)
def test_of_two_pieces_one_holds_the_other_or_they_are_apart(spans: list[TextSpan]) -> None:
    pieces = nested_pieces(spans)
    for place, one in enumerate(pieces):
        assert one.start < one.end
        for later in pieces[place + 1 :]:
            # The one that begins first is never inside the later one.
            assert later.start >= one.start
            assert later.start >= one.end or later.end <= one.end


@pytest.mark.parametrize(
    ("spans", "pieces"),
    [
        pytest.param([], [], id="none"),
        pytest.param([(0, 3), (3, 5)], [(0, 3, 0), (3, 5, 1)], id="side-by-side"),
        pytest.param([(2, 3), (0, 5)], [(0, 5, 1), (2, 3, 0)], id="nested"),
        pytest.param([(0, 5), (0, 5)], [(0, 5, 0), (0, 5, 1)], id="equal"),
        pytest.param([(0, 2), (0, 5)], [(0, 5, 1), (0, 2, 0)], id="same-start"),
        pytest.param([(0, 5), (3, 5)], [(0, 5, 0), (3, 5, 1)], id="same-end"),
        pytest.param([(0, 4), (2, 6)], [(0, 4, 0), (2, 4, 1), (4, 6, 1)], id="crossing"),
        pytest.param(
            [(0, 4), (1, 6), (2, 8)],
            [(0, 4, 0), (1, 4, 1), (2, 4, 2), (4, 6, 1), (4, 6, 2), (6, 8, 2)],
            id="three-crossing",
        ),
    ],
)
def test_spans_are_cut_where_they_cross(spans: list[tuple[int, int]], pieces: list[tuple[int, int, int]]) -> None:
    found = nested_pieces([TextSpan(*span) for span in spans])
    assert [(piece.start, piece.end, piece.span) for piece in found] == pieces


def test_what_is_too_deep_is_left_out_and_time_stays_small() -> None:
    spans = [TextSpan(start, 100_000 - start) for start in range(20_000)]
    start = time.process_time()
    assert [piece.span for piece in nested_pieces(spans)] == list(range(MAX_DEPTH))
    assert time.process_time() - start < 5
