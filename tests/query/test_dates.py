"""Days of documents."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from quotesmith.errors import ArgumentError, FormatError, OptionError
from quotesmith.query.dates import by_date, document_date, is_between
from quotesmith.records import QuoteDocument
from tests.samples import summit


def dated(value: Any, name: str = "d") -> QuoteDocument:
    return QuoteDocument(name, "", meta={"date": value})


@pytest.mark.parametrize(
    "value",
    [
        "2026-11-25",
        " 2026-11-25 ",
        "20261125",
        "2026-11-25T23:30:00+05:00",
        date(2026, 11, 25),
        datetime(2026, 11, 25, 23, tzinfo=UTC),
    ],
)
def test_day_of_a_document(value: Any) -> None:
    assert document_date(dated(value)) == date(2026, 11, 25)


@pytest.mark.parametrize("document", [QuoteDocument("d", ""), dated(None), dated("")])
def test_document_without_a_day(document: QuoteDocument) -> None:
    assert document_date(document) is None


@pytest.mark.parametrize("value", ["yesterday", "25/11/2026", 20261125])
def test_what_is_no_day_is_told_with_the_document(value: Any) -> None:
    with pytest.raises(FormatError, match=r"document 'd' has the date .* give it as '2026-11-25'"):
        document_date(dated(value))


def test_both_days_are_included() -> None:
    has_date = is_between("2026-11-01", date(2026, 11, 30))
    days = ["2026-10-31", "2026-11-01", "2026-11-30", "2026-12-01"]
    assert [has_date(dated(day)) for day in days] == [False, True, True, False]
    assert not has_date(QuoteDocument("d", ""))


def test_none_leaves_a_side_open() -> None:
    assert is_between(None, "2026-11-30")(dated("0001-01-01"))
    assert is_between("2026-11-30", None)(dated("9999-12-31"))


def test_wrong_limits_are_told() -> None:
    with pytest.raises(OptionError, match="'soon' is no day"):
        is_between("soon", None)
    with pytest.raises(OptionError, match="lies before the start"):
        is_between("2026-11-02", "2026-11-01")
    limit: Any = 2026
    with pytest.raises(ArgumentError, match="not int"):
        is_between(limit, None)


def test_oldest_stand_first_and_undated_are_left_out() -> None:
    quote = summit().quotes[0]
    documents = [dated("2026-11-02", "b"), QuoteDocument("c", ""), dated("2026-11-01", "a")]
    assert [(day.day, document.id) for day, document, _ in by_date((d, quote) for d in documents)] == [
        (1, "a"),
        (2, "b"),
    ]
