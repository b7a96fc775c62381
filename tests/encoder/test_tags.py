from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import tests.strategies  # noqa: F401 - loads the profile that fails no test by the clock
from quotesmith.encoder.tags import OUTSIDE_TAG, TAGS, Fragment, Role, begin, best_tags, find_fragments, inside

SCORES = st.floats(-20, 0, width=32)


def follows(tag: int, before: int) -> bool:
    """Whether the tag may stand behind the other, said another way than the module says it."""
    continues = {inside(role): {begin(role), inside(role)} for role in Role}
    return tag not in continues or before in continues[tag]


def is_valid(tags: tuple[int, ...]) -> bool:
    return all(follows(tag, before) for before, tag in zip((OUTSIDE_TAG, *tags), tags, strict=False))


@st.composite
def fragment_rows(draw: st.DrawFn) -> tuple[int, list[Fragment]]:
    """A number of words, and fragments among them in order and apart."""
    fragments: list[Fragment] = []
    at = 0
    for _ in range(draw(st.integers(0, 6))):
        start = at + draw(st.integers(0, 3))
        at = start + draw(st.integers(1, 4))
        fragments.append(Fragment(draw(st.sampled_from(Role)), start, at))
    return at + draw(st.integers(0, 3)), fragments


def test_roles_have_two_tags_each() -> None:
    tags = [OUTSIDE_TAG, *(tag for role in Role for tag in (begin(role), inside(role)))]
    assert tags == list(range(TAGS))


@given(st.integers(1, 3).flatmap(lambda words: st.lists(SCORES, min_size=words * TAGS, max_size=words * TAGS)))
def test_best_tags_are_the_likeliest_of_all_that_may_follow_each_other(numbers: list[float]) -> None:
    scores = np.array(numbers, dtype=np.float32).reshape(-1, TAGS)
    words = range(len(scores))
    best = max(
        sum(float(scores[word, tag]) for word, tag in zip(words, tags, strict=True))
        for tags in product(range(TAGS), repeat=len(scores))
        if is_valid(tags)
    )
    found = tuple(best_tags(scores).tolist())
    assert is_valid(found)
    assert sum(float(scores[word, tag]) for word, tag in zip(words, found, strict=True)) == pytest.approx(best)


def test_unlikely_tags_follow_what_begins_them_and_no_words_have_none() -> None:
    assert best_tags(np.empty((0, TAGS), dtype=np.float32)).tolist() == []
    scores = np.full((2, TAGS), -5.0)
    scores[1, inside(Role.CUE)] = 0
    scores[1, OUTSIDE_TAG] = -6
    assert best_tags(scores).tolist() == [begin(Role.CUE), inside(Role.CUE)]
    scores = np.full((3, TAGS), -9.0)
    scores[0, [OUTSIDE_TAG, begin(Role.SOURCE)]] = -0.5, -1.0
    scores[1:, inside(Role.SOURCE)] = -0.1
    assert find_fragments(best_tags(scores)) == [Fragment(Role.SOURCE, 0, 3)]


@given(fragment_rows())
def test_fragments_come_back_from_their_tags_certain_or_not(row: tuple[int, list[Fragment]]) -> None:
    words, fragments = row
    tags = np.full(words, OUTSIDE_TAG)
    for fragment in fragments:
        tags[fragment.start : fragment.end] = inside(fragment.role)
        tags[fragment.start] = begin(fragment.role)
    assert find_fragments(tags) == fragments
    scores = np.full((words, TAGS), -10.0)
    scores[:, OUTSIDE_TAG] = -1
    for fragment in fragments:
        scores[fragment.start : fragment.end, inside(fragment.role)] = 0
        scores[fragment.start, [begin(fragment.role), inside(fragment.role)]] = 0, -10
    assert find_fragments(best_tags(scores)) == fragments
