"""Quotes as the rows of a table, and as a pandas DataFrame."""

from collections.abc import Iterable, Iterator
from importlib.util import find_spec
from typing import TYPE_CHECKING, TypeAlias

from quotesmith.errors import MissingPackageError
from quotesmith.records import Quote, QuoteDocument, TextSpans

if TYPE_CHECKING:
    import pandas as pd

Cell: TypeAlias = str | int | float | None

COLUMNS = (
    "document",
    "quote",
    "speakers",
    "addressees",
    "kind",
    "act",
    "assertion",
    "text",
    "source",
    "cue",
    "start",
    "end",
    "parent",
    "score",
    "speaker_score",
    "method",
)


def quote_rows(documents: Iterable[QuoteDocument]) -> Iterator[dict[str, Cell]]:
    """One row a quote, documents and quotes in order; the keys are `COLUMNS`.

    Several speakers or addressees are joined by "; ", the pieces of source and cue by " … ". `start` and
    `end` are the offsets of the content's first character and of the one after its last; `parent` is None
    where the quote stands in no other.
    """
    for document in documents:
        for quote in document.quotes:
            yield dict(zip(COLUMNS, _cells(document, quote), strict=True))


def to_pandas(documents: Iterable[QuoteDocument]) -> "pd.DataFrame":
    """A DataFrame with the rows and columns of `quote_rows`.

    Raises:
        MissingPackageError: if pandas isn't installed.
    """
    if find_spec("pandas") is None:
        msg = "to_pandas needs pandas; install it with: pip install 'quotesmith[pandas]'"
        raise MissingPackageError(msg)
    import pandas as pd

    return pd.DataFrame(list(quote_rows(documents)), columns=list(COLUMNS))


def _cells(document: QuoteDocument, quote: Quote) -> tuple[Cell, ...]:
    return (
        document.id,
        quote.id,
        "; ".join(document.names(quote)),
        "; ".join(document.entity(addressee).name for addressee in quote.addressees),
        quote.kind.value,
        quote.act.value,
        quote.assertion.value,
        quote.text,
        _words(document, document.source_spans(quote)),
        _words(document, quote.cue),
        quote.content[0].start,
        quote.content[-1].end,
        quote.parent,
        quote.score,
        quote.speaker_score,
        quote.evidence.method,
    )


def _words(document: QuoteDocument, spans: TextSpans) -> str:
    return " … ".join(span.of(document.text) for span in spans)
