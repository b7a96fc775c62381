from typing import Any

import pytest

from quotesmith.errors import InvalidRecordError
from quotesmith.extraction import Attribution
from quotesmith.records import TextSpan
from tests.extraction.found import with_parents
from tests.extraction.worded import attribution, quote_at


def test_extent_goes_from_the_first_to_the_last_character_of_the_content() -> None:
    assert quote_at((3, 9), (20, 25)).extent == TextSpan(3, 25)


@pytest.mark.parametrize("score", [1.6, -0.1, float("nan"), True, "1", None])
def test_score_that_is_no_probability_is_refused(score: Any) -> None:
    with pytest.raises(InvalidRecordError, match=r"Attribution\.score must lie between 0 and 1"):
        attribution("Go", "Go", score=score)


@pytest.mark.parametrize(
    ("quotes", "parents"),
    [
        pytest.param([], [], id="none"),
        pytest.param([quote_at((0, 9)), quote_at((20, 29))], [None, None], id="apart"),
        pytest.param([quote_at((0, 9)), quote_at((4, 9), cue=(1, 3))], [None, 0], id="inside"),
        pytest.param([quote_at((0, 9)), quote_at((4, 9), cue=(10, 12))], [None, None], id="cue-outside"),
        pytest.param([quote_at((0, 9)), quote_at((4, 12), cue=(1, 3))], [None, None], id="crossing"),
        pytest.param(
            [quote_at((0, 30)), quote_at((4, 30), cue=(1, 3)), quote_at((10, 20), cue=(6, 8))],
            [None, 0, 1],
            id="innermost",
        ),
        pytest.param(
            [quote_at((0, 9), (20, 29), cue=(10, 14)), quote_at((24, 29), cue=(21, 23))],
            [None, 0],
            id="in-second-piece",
        ),
        pytest.param([quote_at((0, 9), (20, 29)), quote_at((4, 24))], [None, None], id="across-pieces"),
        pytest.param([quote_at((0, 9), (20, 29)), quote_at((20, 29), cue=(4, 8))], [None, 0], id="one-in-each-piece"),
        pytest.param(
            [quote_at((0, 9), (20, 29)), quote_at((0, 3), (20, 29), cue=(4, 8))], [None, 0], id="pieces-in-pieces"
        ),
        pytest.param(
            [quote_at((0, 9), (20, 29)), quote_at((20, 29), cue=(12, 14))], [None, None], id="cue-between-pieces"
        ),
        pytest.param([quote_at((0, 9), (20, 29)), quote_at((0, 9), (20, 29))], [None, 0], id="the-same-pieces"),
        pytest.param(
            [quote_at((0, 30)), quote_at((2, 20)), quote_at((4, 25))], [None, 0, 0], id="around-a-crossing-one"
        ),
        pytest.param(
            [quote_at((0, 30), cue=(32, 34)), quote_at((5, 20)), quote_at((21, 25))], [None, 0, 0], id="siblings"
        ),
        pytest.param([quote_at((0, 9)), quote_at((5, 9))], [None, 0], id="same-end"),
        pytest.param([quote_at((0, 9)), quote_at((0, 5))], [None, 0], id="same-start"),
    ],
)
def test_parent_is_the_innermost_quote_around_content_and_cue(
    quotes: list[Attribution], parents: list[int | None]
) -> None:
    assert [found.parent for found in with_parents(quotes)] == parents


def test_quotes_stay_as_they_were() -> None:
    before = quote_at((0, 9), cue=(10, 12))
    assert with_parents([before]) == [before]
