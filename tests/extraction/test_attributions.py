from typing import Any

import pytest

from quotesmith.errors import InvalidRecordError
from quotesmith.extraction import Attribution
from quotesmith.records import Act, Assertion, QuoteKind, TextSpan


def make_attribution(**changes: Any) -> Attribution:
    parts: dict[str, Any] = {
        "content": (TextSpan(3, 9), TextSpan(20, 25)),
        "kind": QuoteKind.DIRECT,
        "act": Act.SPEECH,
        "assertion": Assertion.ASSERTED,
        "score": 1,
        "rule": "test",
    }
    return Attribution(**{**parts, **changes})


def test_extent_goes_from_the_first_to_the_last_character_of_the_content() -> None:
    assert make_attribution().extent == TextSpan(3, 25)


@pytest.mark.parametrize("score", [1.6, -0.1, float("nan")])
def test_score_that_is_no_probability_is_refused(score: float) -> None:
    with pytest.raises(InvalidRecordError, match=r"Attribution\.score must lie between 0 and 1"):
        make_attribution(score=score)
