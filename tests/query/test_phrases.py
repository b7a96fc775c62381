"""Quotes by their words."""

from typing import Any

import pytest

from quotesmith.errors import ArgumentError, OptionError
from quotesmith.query.phrases import holds_phrase, matches
from quotesmith.records import QuoteDocument
from tests.samples import summit


def holding(phrase: Any) -> list[str]:
    document: QuoteDocument = summit()
    return [quote.id for quote in filter(holds_phrase(document, phrase), document.quotes)]


def matching(pattern: Any) -> list[str]:
    return [quote.id for quote in filter(matches(pattern), summit().quotes)]


@pytest.mark.parametrize(
    ("phrase", "quotes"),
    [
        pytest.param("not for SALE", ["q1"], id="case"),
        pytest.param("Ukraine's  borders", ["q1"], id="apostrophe-and-spaces"),
        pytest.param("cafe", ["q4", "q5"], id="accent"),
        pytest.param("caf", [], id="part-of-a-word"),
        pytest.param("talks tariffs", [], id="apart"),
    ],
)
def test_words_stand_side_by_side(phrase: str, quotes: list[str]) -> None:
    assert holding(phrase) == quotes


def test_pattern_ignores_case_and_accents_in_both() -> None:
    assert matching(r"\bCAFÉ\b") == ["q4", "q5"]
    assert matching("^go") == ["q6"]


def test_wrong_arguments_are_told() -> None:
    with pytest.raises(ArgumentError, match="needs at least one word"):
        holding(" ")
    with pytest.raises(ArgumentError, match="must be a string, not int"):
        holding(1)
    with pytest.raises(OptionError, match=r"is no regular expression: .*use text"):
        matching("(")
    with pytest.raises(ArgumentError, match="must be a string, not NoneType"):
        matching(None)
