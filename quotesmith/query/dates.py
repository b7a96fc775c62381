"""When a document was published: its meta's date."""

from collections.abc import Callable, Iterable
from datetime import date, datetime

from quotesmith.errors import ArgumentError, FormatError, OptionError
from quotesmith.records import Quote, QuoteDocument


def document_date(document: QuoteDocument) -> date | None:
    """The day of the document's `meta["date"]`; None where it has none.

    Args:
        document: Its date may be an ISO 8601 string (a day, or a day and a time) or a `datetime`. Only the day of a
            time counts, as written, in its own time zone.

    Raises:
        FormatError: if its date is none of these; names the document.
    """
    value = document.meta.get("date")
    found = day_of(value)
    if found is None and value is not None and value != "":
        msg = f"document {document.id!r} has the date {value!r} in its meta; give it as '2026-11-25', or leave it out"
        raise FormatError(msg)
    return found


def is_between(start: str | date | None, end: str | date | None) -> Callable[[QuoteDocument], bool]:
    """A test whether a document's date lies between two days, both included; errors as in `day_limits`."""
    first, last = day_limits(start, end)

    def has_date_between(document: QuoteDocument) -> bool:
        own = document_date(document)
        return own is not None and first <= own <= last

    return has_date_between


def day_limits(start: str | date | None, end: str | date | None) -> tuple[date, date]:
    """The first and the last day that count; None leaves that side open.

    Raises:
        OptionError: if a string is no ISO date, or the end lies before the start.
        ArgumentError: if one of them is neither a string nor a date.
    """
    first, last = _checked(start) or date.min, _checked(end) or date.max
    if last < first:
        msg = f"the end {end!r} lies before the start {start!r}; give the earlier day first"
        raise OptionError(msg)
    return first, last


def by_date(pairs: Iterable[tuple[QuoteDocument, Quote]]) -> tuple[tuple[date, QuoteDocument, Quote], ...]:
    """Each quote after its document's date and its document, oldest first; quotes without a date are left out.

    Raises:
        FormatError: if the date of a document is none; names the document.
    """
    dated = ((document_date(document), document, quote) for document, quote in pairs)
    known = [(day, document, quote) for day, document, quote in dated if day is not None]
    return tuple(sorted(known, key=lambda row: row[0]))


def day_of(value: object) -> date | None:
    """The day of a date or of an ISO string; None where it is neither."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if not isinstance(value, str):
        return None
    try:
        return datetime.fromisoformat(value.strip()).date()
    except ValueError:
        return None


def _checked(value: object) -> date | None:
    if value is not None and not isinstance(value, str | date):
        msg = f"a day must be a string as '2026-11-25', a date or None, not {type(value).__name__}"
        raise ArgumentError(msg)
    day = day_of(value)
    if day is None and value is not None:
        msg = f"{value!r} is no day; give it as in '2026-11-25'"
        raise OptionError(msg)
    return day
