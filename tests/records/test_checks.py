"""The checks that records make, through records that break one each."""

from typing import Any

import pytest

from quotesmith.errors import InvalidRecordError
from quotesmith.records import Candidate, Entity, Mention, Quote
from quotesmith.records.checks import check_unique


def make_quote(**changes: Any) -> Quote:
    return Quote(**{"id": "q0", "kind": "direct", "content": [(0, 4)], "text": "Go", **changes})


def test_pieces_out_of_order_are_refused() -> None:
    with pytest.raises(InvalidRecordError, match=r"Quote\.content must be in order and apart"):
        make_quote(content=[(5, 9), (0, 4)])


def test_pieces_that_overlap_are_refused() -> None:
    with pytest.raises(InvalidRecordError, match=r"Quote\.cue must be in order and apart"):
        make_quote(cue=[(0, 4), (3, 9)])


def test_pieces_may_touch() -> None:
    assert len(make_quote(content=[(0, 4), (4, 9)]).content) == 2


def test_quote_without_content_is_refused() -> None:
    with pytest.raises(InvalidRecordError, match=r"Quote\.content must not be empty"):
        make_quote(content=[])


def test_mention_without_spans_is_refused() -> None:
    with pytest.raises(InvalidRecordError, match=r"Mention\.spans must not be empty"):
        Mention("m0", [], "name", "e0")


def test_entity_without_a_name_is_refused() -> None:
    with pytest.raises(InvalidRecordError, match=r"Entity\.name must not be empty"):
        Entity("e0", "")


@pytest.mark.parametrize("score", [-0.01, 1.01, float("nan"), float("inf")])
def test_score_that_is_no_probability_is_refused(score: float) -> None:
    with pytest.raises(InvalidRecordError, match=r"Candidate\.score must lie between 0 and 1"):
        Candidate("e0", score)


@pytest.mark.parametrize("score", [0, 1, 0.5])
def test_probability_is_taken(score: float) -> None:
    assert make_quote(score=score).score == score


def test_ids_that_occur_twice_are_listed() -> None:
    with pytest.raises(InvalidRecordError, match=r"quote ids must differ.*: q1, q2$"):
        check_unique("quote", ["q1", "q2", "q2", "q3", "q1"])


def test_different_ids_are_taken() -> None:
    check_unique("quote", ["q1", "q2"])
