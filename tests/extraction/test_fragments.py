from collections.abc import Sequence
from itertools import pairwise

import attrs
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotesmith.encoder import Role, inside
from quotesmith.records import TextSpan
from tests.cases import Case, each_case
from tests.extraction.encoded import (
    EncodedText,
    Stretch,
    Tagged,
    clipped,
    encoded_texts,
    make_encoded,
    pieces_between,
    read_fragments,
)

SPOKEN = """
    “     content
    We    +
    go    +
    ,     +
    ”     +
    Ann   source
    said  cue
"""


def words(text: EncodedText, fragments: Sequence[Tagged]) -> list[str]:
    return [fragment.span.of(text.text) for fragment in fragments]


def test_tags_show_fragments_by_role() -> None:
    text = make_encoded(SPOKEN)
    found = read_fragments(text)
    assert words(text, found.contents) == ["“We go,”"]
    assert words(text, found.cues) == ["said"]
    assert words(text, found.sources) == ["Ann"]


@each_case("tags/contents", keys={"content", "quoted"})
def test_content_stands_where_its_words_do_and_grows_over_the_passage_that_it_mostly_fills(case: Case) -> None:
    text = make_encoded(case.table)
    found = read_fragments(text).contents
    assert words(text, found) == [expected["content"].replace("\\n", "\n") for expected in case.expected]
    assert [content.is_quoted for content in found] == [expected["quoted"] == "yes" for expected in case.expected]


def test_furniture_is_cut_out_of_fragments() -> None:
    text = make_encoded(SPOKEN)
    silent = tuple(TextSpan(text.text.index(word), text.text.index(word) + len(word)) for word in ("go", "said"))
    found = read_fragments(text, silent)
    assert [words(text, parts) for parts in (found.contents, found.cues, found.sources)] == [["“We", ",”"], [], ["Ann"]]


def test_break_between_two_lines_that_nobody_says_is_no_fragment() -> None:
    text = make_encoded("Go content\nnow +\n<break> +\n02:00 +\nthen +")
    silent = tuple(TextSpan(text.text.index(word), text.text.index(word) + len(word)) for word in ("now", "02:00"))
    assert words(text, read_fragments(text, silent).contents) == ["Go", "then"]


def test_passage_that_ends_in_a_character_without_a_piece_is_not_all_quoted() -> None:
    text = make_encoded("“ content\nGo +\n. +\n\n“ content\nStay +\n. +\n” +")
    at = text.text.index("\n")
    ended = TextSpan(text.marks[0].span.start, at + 1)
    marks = (attrs.evolve(text.marks[0], end=ended.end), *text.marks[1:])
    assert [content.is_quoted for content in read_fragments(text).contents] == [True, True]
    found = read_fragments(attrs.evolve(text, marks=marks)).contents
    assert [(content.span.of(text.text), content.is_quoted) for content in found] == [
        ("“Go.", False),
        ("“Stay.”", True),
    ]


def test_cue_and_source_inside_of_grown_content_are_none() -> None:
    text = make_encoded("“ content\nI source\nsay cue\nwe content\ngo +\n. +\n” +")
    found = read_fragments(text)
    assert words(text, found.contents) == ["“I say we go.”"]
    assert (found.cues, found.sources) == ([], [])


def test_cue_that_touches_content_stays() -> None:
    text = make_encoded("“ content\nGo +\n” +\nsaid cue\nAnn source")
    assert words(text, read_fragments(text).cues) == ["said"]


def test_score_is_the_mean_chance_of_the_words_tags() -> None:
    text = make_encoded("that -\nfail|ed content:0.8\nagain +:0.5")
    [content] = read_fragments(text).contents
    assert content.score == pytest.approx((0.8 + 0.5) / 2)


def test_score_of_grown_content_counts_the_words_that_it_grew_over() -> None:
    text = make_encoded("“ -\nWe content:0.8\ngo +:0.6\n. +:0.7\n” -")
    [content] = read_fragments(text).contents
    assert content.score == pytest.approx((0.9 + 0.8 + 0.6 + 0.7 + 0.9) / 5)


def test_tag_that_only_its_neighbours_leave_has_a_score() -> None:
    text = make_encoded("We -\ngo -")
    tags = np.full_like(text.level.tags, -300)
    tags[:, inside(Role.CONTENT)] = 0
    tags[:, 1::2] = -250
    [content] = read_fragments(attrs.evolve(text, level=attrs.evolve(text.level, tags=tags))).contents
    assert content.score == pytest.approx(0.5)


@given(encoded_texts())
def test_fragments_of_any_numbers_lie_in_the_text_and_apart(text: EncodedText) -> None:
    found = read_fragments(text)
    for fragments in (found.contents, found.cues, found.sources):
        assert list(fragments) == sorted(fragments, key=lambda fragment: fragment.span)
    spans = sorted(tagged.span for fragments in attrs.astuple(found, recurse=False) for tagged in fragments)
    assert all(0 <= span.start < span.end <= len(text.text) for span in spans)
    assert all(before.end <= after.start for before, after in pairwise(spans))


@given(encoded_texts())
def test_fragments_of_any_numbers_cover_just_their_pieces(text: EncodedText) -> None:
    pieces, found = text.level.pieces, read_fragments(text)
    for tagged in (*found.contents, *found.cues, *found.sources):
        assert 0 <= tagged.score <= 1
        assert tagged.span.start == pieces.starts[tagged.stretch.start]
        assert tagged.span.end == pieces.ends[tagged.stretch.end - 1]


@given(encoded_texts())
def test_quoted_content_of_any_numbers_is_a_passage(text: EncodedText) -> None:
    passages = {pair.span for pair in text.marks if pair.depth == 0}
    assert {content.span for content in read_fragments(text).contents if content.is_quoted} <= passages


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
    assert pieces_between(read.level.pieces, start, end) == found


@given(encoded_texts(), st.data())
def test_pieces_between_are_all_that_share_a_character_and_breaks(read: EncodedText, data: st.DataObject) -> None:
    pieces = read.level.pieces
    start, end = sorted(data.draw(st.sets(st.integers(0, len(read.text) + 2), min_size=2, max_size=2)))
    first, last = pieces_between(pieces, start, end)
    sharing = [place for place in range(len(pieces)) if max(start, pieces.starts[place]) < min(end, pieces.ends[place])]
    others = set(range(first, last)).symmetric_difference(sharing)
    assert others <= set(pieces.breaks.tolist())
