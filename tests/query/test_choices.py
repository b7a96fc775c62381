"""What the words of a selection take."""

from typing import Any

import pytest

from quotesmith.errors import ArgumentError, OptionError
from quotesmith.query.choices import check_predicate, checked_choice, checked_score
from quotesmith.records import Act


def test_choice_is_found_by_its_value() -> None:
    assert checked_choice(Act, "act", "thought") is Act.THOUGHT


@pytest.mark.parametrize("value", ["dance", "", 3, None])
def test_no_choice_is_an_error_that_lists_them(value: Any) -> None:
    with pytest.raises(OptionError, match="act must be one of speech, writing, thought, attitude, not "):
        checked_choice(Act, "act", value)


def test_edges_are_scores() -> None:
    assert (checked_score(0), checked_score(1.0)) == (0, 1.0)


@pytest.mark.parametrize("score", [-0.1, 1.1, float("nan"), "1"])
def test_no_probability_is_no_score(score: Any) -> None:
    with pytest.raises(OptionError, match="between 0 and 1"):
        checked_score(score)


def test_predicate_can_be_called() -> None:
    check_predicate(bool)
    with pytest.raises(ArgumentError, match="not str"):
        check_predicate("bool")
