"""Chapters: read from `meta`, and what is refused."""

from typing import Any

import pytest

from quotesmith.errors import InvalidRecordError
from quotesmith.records import CHAPTERS_KEY, Chapter, QuoteDocument, TextSpan, chapters_data

TEXT = "A word before.\n\nI\n\nGo.\n\nII\n\nStay."
CHAPTERS = (Chapter("I", TextSpan(16, 24)), Chapter("II", TextSpan(24, 33)))


def test_chapters_come_from_meta_and_back() -> None:
    document = QuoteDocument("d", TEXT, meta={CHAPTERS_KEY: chapters_data(CHAPTERS)})
    assert document.chapters == QuoteDocument.from_dict(document.to_dict()).chapters == CHAPTERS


def test_document_without_the_key_has_none() -> None:
    assert QuoteDocument("d", TEXT).chapters == ()


@pytest.mark.parametrize(
    ("given", "message"),
    [
        pytest.param(12, "must be a list", id="number"),
        pytest.param("I", "must be a list", id="string"),
        pytest.param(["I"], r"\['chapters'\]\[0\] must have 'title', 'start' and 'end'", id="titles-alone"),
        pytest.param([{"title": "I", "start": 0}], "must have 'title', 'start' and 'end'", id="no-end"),
        pytest.param([{"title": "", "start": 0, "end": 2}], "title must not be empty", id="no-title"),
        pytest.param([{"title": 1, "start": 0, "end": 2}], "title must be a string", id="number-as-title"),
        pytest.param([{"title": "I", "start": 2, "end": 2}], "after start", id="empty"),
        pytest.param([{"title": "I", "start": 0, "end": 99}], "the text ends at 33", id="beyond-the-text"),
        pytest.param(chapters_data(CHAPTERS[::-1]), "in text order", id="out-of-order"),
    ],
)
def test_malformed_chapters_are_refused(given: Any, message: str) -> None:
    with pytest.raises(InvalidRecordError, match=message):
        QuoteDocument("d", TEXT, meta={CHAPTERS_KEY: given})
