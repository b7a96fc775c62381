import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotesmith.extraction.stretches import Stretch, clipped, pieces_between
from tests.extraction.encoded import EncodedText, encoded_texts, make_encoded

APART = [Stretch(1, 3), Stretch(3, 5), Stretch(8, 9)]


@pytest.mark.parametrize(
    ("start", "end", "found"),
    [
        pytest.param(0, 1, {}, id="before-all"),
        pytest.param(9, 20, {}, id="behind-all"),
        pytest.param(5, 8, {}, id="touches-both-sides"),
        pytest.param(0, 9, dict(enumerate(APART)), id="whole"),
        pytest.param(2, 4, {0: Stretch(2, 3), 1: Stretch(3, 4)}, id="cut-at-both-ends"),
        pytest.param(4, 20, {1: Stretch(4, 5), 2: Stretch(8, 9)}, id="cut-in-front"),
        pytest.param(4, 4, {}, id="nothing-inside-a-stretch"),
        pytest.param(4, 2, {}, id="backwards"),
    ],
)
def test_stretches_are_cut_to_the_range(start: int, end: int, found: dict[int, Stretch]) -> None:
    assert clipped(APART, start, end) == found


def test_no_stretches_share_nothing() -> None:
    assert clipped([], 0, 9) == {}


@given(st.sets(st.integers(0, 40)), st.integers(0, 40), st.integers(0, 40))
def test_cut_stretches_hold_just_the_pieces_in_both(cuts: set[int], start: int, end: int) -> None:
    edges = sorted(cuts)
    stretches = [Stretch(*edge) for edge in zip(edges[::2], edges[1::2], strict=False)]
    pieces = {
        position: [piece for piece in range(stretch.start, stretch.end) if start <= piece < end]
        for position, stretch in enumerate(stretches)
    }
    found = clipped(stretches, start, end)
    assert {position: [*range(part.start, part.end)] for position, part in found.items()} == {
        position: shared for position, shared in pieces.items() if shared
    }


def test_length_is_the_number_of_pieces() -> None:
    assert len(Stretch(3, 8)) == 5


@pytest.mark.parametrize(
    ("start", "end", "found"),
    [
        pytest.param(0, 3, (0, 1), id="one-word"),
        pytest.param(1, 2, (0, 1), id="inside-a-piece"),
        pytest.param(3, 4, (1, 1), id="white-space"),
        pytest.param(5, 9, (1, 3), id="two-pieces-of-a-word"),
        pytest.param(4, 10, (1, 3), id="break-behind"),
        pytest.param(8, 13, (2, 5), id="break-inside"),
        pytest.param(12, 14, (4, 5), id="break-before"),
        pytest.param(50, 60, (5, 5), id="behind-all"),
    ],
)
def test_pieces_between_are_those_that_share_a_character(start: int, end: int, found: tuple[int, int]) -> None:
    read = make_encoded("""
        Ann  -
        fail|ed  -

        Go  -
    """)
    assert read.text == "Ann failed\n\nGo"
    assert pieces_between(read.encoded.pieces, start, end) == found


@given(encoded_texts(), st.data())
def test_pieces_between_are_all_that_share_a_character_and_breaks(read: EncodedText, data: st.DataObject) -> None:
    pieces = read.encoded.pieces
    start, end = sorted(data.draw(st.sets(st.integers(0, len(read.text) + 2), min_size=2, max_size=2)))
    first, last = pieces_between(pieces, start, end)
    sharing = [place for place in range(len(pieces)) if max(start, pieces.starts[place]) < min(end, pieces.ends[place])]
    others = set(range(first, last)).symmetric_difference(sharing)
    assert others <= set(pieces.breaks.tolist())
