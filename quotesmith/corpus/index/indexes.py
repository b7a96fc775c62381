"""An open index, and what it finds: findings, records and documents, read in batches."""

import logging
import re
import shutil
import time
import weakref
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NoReturn, Protocol, TypeVar, overload
from uuid import uuid4

import numpy as np
from attrs import field, frozen

from quotesmith.corpus.database import Numbers, connect, is_parquet, iter_rows, literal, need_duckdb
from quotesmith.corpus.index.building import INDEX, INDEX_FILES, PART, build_index, covered
from quotesmith.corpus.shards import SHARDS
from quotesmith.errors import CorpusError, NameNotFoundError
from quotesmith.export.characters import without_surrogates
from quotesmith.query.choices import checked_index
from quotesmith.records import Quote, QuoteDocument, QuoteId
from quotesmith.records.types import as_tuple

if TYPE_CHECKING:
    import duckdb

PAGE: Final = 500
"""How many quotes, or their documents, are in memory at a time."""
_FINDINGS: Final = """
SELECT q.number, d.shard, d.id, d.title, q.day, d.outlet, d.url, q.quote, q.kind, q.act, q.assertion, q.score,
    q.speaker_score, q.speakers, q.addressees, q.text
FROM quotes AS q JOIN documents AS d ON d.number = q.document
WHERE q.number BETWEEN ? AND ? AND q.number IN (SELECT unnest(CAST(? AS BIGINT[])))
"""
_LOG = logging.getLogger("quotesmith")
_DIGEST = re.compile("[0-9a-f]{16}")
_DAY: Final = 24 * 60 * 60
_Item_co = TypeVar("_Item_co", covariant=True)


@frozen
class Finding:
    """What the index knows about a quote.

    Attributes:
        document: The id of its document; `title`, `day`, `outlet` and `url` are the document's, or None.
        quote: Its id in the document.
        speakers: The names of its speakers, in order; empty where nobody is known.
        addressees: The names of those who are spoken to.
        text: Its words.
        kind: Its kind; `act`, `assertion`, `score` and `speaker_score` are also those of the record.
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
    """The findings of quotes in use. Copies of an article have equal quotes, so quotes are told apart by identity."""

    def __init__(self) -> None:
        self._known: dict[int, tuple[weakref.ref[Quote], Finding]] = {}

    def add(self, quote: Quote, finding: Finding) -> Quote:
        """The quote, whose finding is kept as long as the quote is in use."""
        key = id(quote)
        # A bound method of the dictionary: it may be called during garbage collection, in any thread.
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


@frozen(eq=False)
class Index:
    """The index of a corpus as it was when it was opened; several threads may query it at a time.

    Attributes:
        folder: The corpus' folder.
        owners: Where the quotes that were given out come from.
    """

    folder: Path
    _connection: "duckdb.DuckDBPyConnection" = field(repr=False)
    owners: Owners = field(factory=Owners, repr=False)

    def __reduce__(self) -> NoReturn:
        # The numbers in a selection's filter mean something in this index only, and the corpus may get another.
        msg = f"a selection of {self.folder} can't be pickled; open the corpus there again, or take tuple(selection)"
        raise CorpusError(msg)

    def rows(self, sql: str, parameters: Sequence[object] = ()) -> Iterator[tuple[Any, ...]]:
        """The rows of an answer, read in batches.

        Raises:
            CorpusError: if the index has been replaced or can't be read.
        """
        return iter_rows(self._asked(sql, parameters))

    def numbers(self, sql: str, parameters: Sequence[object] = ()) -> Numbers:
        """The only column of an answer; errors as in `rows`."""
        [column] = self._asked(sql, parameters).fetchnumpy().values()
        return np.asarray(column, dtype=np.int64)

    def _asked(self, sql: str, parameters: Sequence[object]) -> "duckdb.DuckDBPyConnection":
        import duckdb

        carried = [_carried(own) for own in parameters]
        try:
            return self._connection.cursor().execute(sql, carried)
        except duckdb.IOException as error:
            msg = f"the index of {self.folder} has been replaced or can't be read; open the corpus again ({error})"
            raise CorpusError(msg) from error


def _carried(value: object) -> object:
    """The value as a parameter of a query, without surrogates, which the tables don't have either."""
    if isinstance(value, str):
        return without_surrogates(value)
    return list(map(_carried, value)) if isinstance(value, tuple | list) else value


def open_index(folder: Path, *, watch: Callable[[str], None] | None = None) -> Index:
    """The index of what is in the corpus' folder now, built if there is none yet.

    Args:
        folder: The corpus' folder.
        watch: Called with a message when the index is built.

    Raises:
        CorpusError: if the tables can't be read.
        MissingPackageError: if duckdb isn't installed.
        OSError: if the index can't be written.
    """
    need_duckdb()
    place = folder / INDEX / covered(folder)
    if not is_whole(place):
        shutil.rmtree(place, ignore_errors=True)
        message = f"{folder}: building the index"
        _LOG.info(message)
        if watch is not None:
            watch(message)
        build_index(folder, place)
        _clear(place)
    connection = connect(":memory:", place.with_name(f"spill-{uuid4().hex}"))
    for name in INDEX_FILES:
        connection.from_parquet(literal(place / f"{name}.parquet")).create_view(name)
    return Index(folder, connection)


def is_whole(place: Path) -> bool:
    """Whether all files of an index are there, none of them cut."""
    return all(is_parquet(place / f"{name}.parquet") for name in INDEX_FILES)


def _clear(place: Path) -> None:
    """Remove all other indexes, and unfinished ones that are at least a day old."""
    for other in place.parent.iterdir():
        is_old = _DIGEST.fullmatch(other.name) and other != place
        is_left = other.name.startswith(PART) and other.stat().st_mtime < time.time() - _DAY
        if is_old or is_left:
            shutil.rmtree(other, ignore_errors=True)


def iter_findings(index: Index, numbers: Numbers) -> Iterator[Finding]:
    """What the index knows about the quotes of these numbers, in the order given."""
    for page in _pages(numbers):
        found = {row[0]: Finding(*row) for row in index.rows(_FINDINGS, [min(page), max(page), page])}
        yield from (found[number] for number in page)


def iter_quotes(index: Index, numbers: Numbers) -> Iterator[Quote]:
    """The quotes of these numbers, in the order given, read from the shards in batches."""
    from quotesmith.corpus.tables import read_quotes

    for findings in _grouped(iter_findings(index, numbers)):
        found: dict[tuple[str, str], Quote] = {}
        for place, own in _by_shard(index.folder, findings).items():
            found |= read_quotes(place, [(finding.document, finding.quote) for finding in own])
        for finding in findings:
            yield index.owners.add(found[finding.document, finding.quote], finding)


@frozen(eq=False, repr=False)
class LazySequence(Sequence[_Item_co]):
    """A sequence whose items are read from the tables each time they are needed, and not kept."""

    _numbers: Numbers
    _read: Callable[[Numbers], Iterator[_Item_co]]

    def __len__(self) -> int:
        return len(self._numbers)

    def __iter__(self) -> Iterator[_Item_co]:
        return self._read(self._numbers)

    def __reversed__(self) -> Iterator[_Item_co]:
        return self._read(self._numbers[::-1])

    @overload
    def __getitem__(self, index: int) -> _Item_co: ...

    @overload
    def __getitem__(self, index: slice) -> "LazySequence[_Item_co]": ...

    def __getitem__(self, index: int | slice) -> "_Item_co | LazySequence[_Item_co]":
        if isinstance(index, slice):
            return LazySequence(self._numbers[index], self._read)
        return next(self._read(self._numbers[[checked_index(index, len(self))]]))

    def __repr__(self) -> str:
        return f"<LazySequence: {len(self)} items>"


def iter_dated(index: Index, numbers: Numbers) -> Iterator[tuple[date, QuoteDocument, Quote]]:
    """The quotes of these numbers that have a day, each after it and its document, in the order given."""
    for document, quote in iter_pairs(index, numbers):
        day = index.owners[quote].day
        if day is not None:
            yield day, document, quote


def iter_pairs(index: Index, numbers: Numbers) -> Iterator[tuple[QuoteDocument, Quote]]:
    """The quotes of these numbers, each after its document, in the order given, read from the shards in batches."""
    for findings in _grouped(iter_findings(index, numbers)):
        documents = read_documents_of(index.folder, findings)
        for finding in findings:
            document = documents[finding.document]
            yield document, index.owners.add(document.quote(finding.quote), finding)


def iter_documents(index: Index, numbers: Numbers) -> Iterator[QuoteDocument]:
    """The documents of the quotes of these numbers, one for each quote, in the order given."""
    return (document for document, _ in iter_pairs(index, numbers))


class Placed(Protocol):
    """Something with a document and its shard: a finding, or an entity that was found."""

    @property
    def document(self) -> str:
        """The document's id."""

    @property
    def shard(self) -> int:
        """The number of its shard."""


_PlacedT = TypeVar("_PlacedT", bound=Placed)


def read_documents_of(folder: Path, found: Iterable[Placed]) -> Mapping[str, QuoteDocument]:
    """The documents of what was found, by their ids, in order of shards."""
    from quotesmith.corpus.tables import read_documents

    return {
        document.id: document
        for place, own in _by_shard(folder, found).items()
        for document in read_documents(place, {placed.document for placed in own})
    }


def _by_shard(folder: Path, found: Iterable[_PlacedT]) -> Mapping[Path, Sequence[_PlacedT]]:
    shards: dict[Path, list[_PlacedT]] = defaultdict(list)
    for placed in found:
        shards[folder / SHARDS / f"{placed.shard:06}"].append(placed)
    return shards


def _pages(numbers: Numbers) -> Iterator[list[int]]:
    for start in range(0, len(numbers), PAGE):
        yield numbers[start : start + PAGE].tolist()


def _grouped(findings: Iterable[Finding]) -> Iterator[list[Finding]]:
    for _, page in groupby(enumerate(findings), key=lambda place: place[0] // PAGE):
        yield [finding for _, finding in page]
