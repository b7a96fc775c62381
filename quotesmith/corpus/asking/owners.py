"""Where quotes stand that were given to somebody, as long as they are kept there."""

import weakref
from datetime import date

from attrs import field, frozen

from quotesmith.errors import NameNotFoundError
from quotesmith.records import Quote, QuoteId
from quotesmith.records.types import as_tuple


@frozen
class Finding:
    """What the index knows of a quote.

    Attributes:
        document: The id of its document; `title`, `day`, `outlet` and `url` are the document's, or None.
        quote: Its id there.
        speakers: The names of those who speak, in order; empty where nobody is known.
        addressees: The names of those who are spoken to.
        text: Its words.
        kind: Its kind; `act`, `assertion`, `score` and `speaker_score` are the record's, too.
        number: Its place among all quotes of the corpus, from 0.
        shard: The number of the shard that has it.
    """

    number: int
    shard: int
    document: str
    title: str | None
    day: date | None
    outlet: str | None
    url: str | None
    quote: QuoteId
    kind: str
    act: str
    assertion: str
    score: float
    speaker_score: float
    speakers: tuple[str, ...] = field(converter=as_tuple)
    addressees: tuple[str, ...] = field(converter=as_tuple)
    text: str


class Owners:
    """The findings of quotes that are in use. Copies of an article have equal quotes: the object itself tells which."""

    def __init__(self) -> None:
        self._known: dict[int, tuple[weakref.ref[Quote], Finding]] = {}

    def add(self, quote: Quote, finding: Finding) -> Quote:
        """The quote, which is now known."""
        key = id(quote)
        # Taken by the dictionary's own method: it may be called while Python collects garbage, in any thread.
        forget = self._known.pop
        self._known[key] = weakref.ref(quote, lambda _: forget(key, None)), finding
        return quote

    def __getitem__(self, quote: object) -> Finding:
        known = self._known.get(id(quote))
        if known is None or known[0]() is not quote:
            msg = f"{getattr(quote, 'id', quote)!r} is no quote that this corpus gave; take it from a selection of its"
            raise NameNotFoundError(msg)
        return known[1]

    def __len__(self) -> int:
        return len(self._known)
