"""QuoteSelection: some quotes of one document or several, in order of documents and text."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property
from itertools import chain, groupby
from typing import TYPE_CHECKING, Any, Protocol, overload

from attrs import field, frozen

from quotesmith.errors import ArgumentError, NameNotFoundError
from quotesmith.lexicon.folding import fold_text
from quotesmith.query.choices import check_predicate, checked_choice, checked_index, checked_score
from quotesmith.query.dates import by_date, is_between
from quotesmith.query.groups import includes
from quotesmith.query.libraries import Library
from quotesmith.query.outlets import document_outlet, find_outlet
from quotesmith.query.phrases import holds_phrase, matches
from quotesmith.query.quotations import is_quotation
from quotesmith.query.topics import concerns
from quotesmith.records import Act, Assertion, Entity, EntityId, Quote, QuoteDocument, QuoteKind, delegates

if TYPE_CHECKING:
    import pandas as pd

    from quotesmith.graph import QuoteGraph

Part = tuple[QuoteDocument, tuple[Quote, ...]]


class HasQuotes(Protocol):
    """Something with quotes to select from: a document, a graph."""

    @property
    def quotes(self) -> "QuoteSelection":
        """All of its quotes."""


def select(documents: Iterable[QuoteDocument]) -> "QuoteSelection":
    """All quotes of several documents, as one selection that can be narrowed.

    Names are looked up in all documents together, in a table that is made once: it is faster to narrow one selection
    several times than to select again.

    Raises:
        ArgumentError: if something isn't a document.
        InvalidRecordError: if two documents have one id.
    """
    library = Library.of(documents)
    return QuoteSelection(library, tuple((document, document._quotes) for document in library.documents))


def what_did(
    source: "HasQuotes | QuoteSelection | Iterable[QuoteDocument]",
    name: str,
    *,
    about: str | None = None,
) -> "QuoteSelection":
    """What somebody says, or what they say about a topic.

    Args:
        source: A document, a graph, a selection, or documents.
        name: Who speaks; as in `QuoteSelection.by`.
        about: A topic; as in `QuoteSelection.about`.

    Raises:
        NameNotFoundError: if nobody bears the name; lists close names.
        AmbiguousNameError: if several do; lists them.
        ArgumentError: if the source has no quotes to select from.
    """
    said = _quotes_of(source).by(name)
    return said if about is None else said.about(about)


def _quotes_of(source: object) -> "QuoteSelection":
    if isinstance(source, QuoteSelection):
        return source
    quotes = getattr(source, "quotes", None)
    if isinstance(quotes, QuoteSelection):
        return quotes
    if isinstance(source, Iterable) and not isinstance(source, str | bytes | Mapping):
        return select(source)
    msg = f"expected a document, documents, a graph or a selection of quotes, not {type(source).__name__}"
    raise ArgumentError(msg)


@frozen(slots=False, repr=False)
class QuoteSelection(Sequence[Quote]):
    """A `Selection` of quotes of documents that are in memory.

    Examples:
        >>> document = QuoteDocument("d", "“Go,” she said.")
        >>> len(document.quotes.kind("direct").min_score(0.8))
        0
    """

    _library: Library = field(eq=False)
    _parts: tuple[Part, ...]

    @property
    def documents(self) -> Sequence[QuoteDocument]:
        """The documents that have some of these quotes, in order."""
        return tuple(document for document, quotes in self._parts if quotes)

    @property
    def pairs(self) -> Sequence[tuple[QuoteDocument, Quote]]:
        """The quotes, each after its document."""
        return tuple((document, quote) for document, quotes in self._parts for quote in quotes)

    @cached_property
    def _quotes(self) -> tuple[Quote, ...]:
        if len(self._parts) == 1:
            # Of one document there is nothing to join: `doc.quotes[i]` takes as long for many quotes as for few.
            return self._parts[0][1]
        return tuple(chain.from_iterable(quotes for _, quotes in self._parts))

    @cached_property
    def _owners(self) -> dict[int, QuoteDocument]:
        return {id(quote): document for document, quotes in reversed(self._parts) for quote in quotes}

    def __len__(self) -> int:
        return len(self._quotes)

    def __iter__(self) -> Iterator[Quote]:
        return iter(self._quotes)

    @overload
    def __getitem__(self, index: int) -> Quote: ...

    @overload
    def __getitem__(self, index: slice) -> "QuoteSelection": ...

    def __getitem__(self, index: int | slice) -> "Quote | QuoteSelection":
        if not isinstance(index, slice):
            return self._quotes[checked_index(index, len(self))]
        if index.step is not None and index.step < 0:
            msg = "a selection stands in text order; for another order, slice tuple(selection)"
            raise ArgumentError(msg)
        # Documents that are versions of one another may share a quote: its place tells which is meant.
        places = groupby(self.pairs[index], key=lambda pair: pair[0].id)
        chosen = (list(pairs) for _, pairs in places)
        return self._kept((pairs[0][0], tuple(quote for _, quote in pairs)) for pairs in chosen)

    def document_of(self, quote: Quote) -> QuoteDocument:
        """The document that a quote of the selection is in; of several that share it, the first.

        Raises:
            NameNotFoundError: if it isn't one of these quotes.
        """
        owner = self._owners.get(id(quote))
        if owner is None:
            owner = next((document for document, quotes in self._parts if quote in quotes), None)
        if owner is None:
            msg = f"{getattr(quote, 'id', quote)!r} is not a quote of this selection of {len(self)}; take it from there"
            raise NameNotFoundError(msg)
        return owner

    def names(self, quote: Quote) -> tuple[str, ...]:
        """The names of the quote's speakers; errors as of `document_of`."""
        return self.document_of(quote).names(quote)

    def by(self, name: str | Entity) -> "QuoteSelection":
        """The quotes that somebody speaks; see `Selection.by`."""
        return self._with(name, lambda quote: quote.speakers)

    def to(self, name: str | Entity) -> "QuoteSelection":
        """The quotes that are spoken to somebody; see `Selection.to`."""
        return self._with(name, lambda quote: quote.addressees)

    def about(self, topic: str) -> "QuoteSelection":
        """The quotes about somebody, something or some words; see `Selection.about`."""
        return self._by_document(lambda document: concerns(document, topic))

    def text(self, phrase: str) -> "QuoteSelection":
        """The quotes in which the words stand side by side; see `Selection.text`."""
        return self._by_document(lambda document: holds_phrase(document, phrase))

    def matching(self, pattern: str) -> "QuoteSelection":
        """The quotes in which a regular expression finds something; see `Selection.matching`."""
        return self.where(matches(pattern))

    def kind(self, kind: str) -> "QuoteSelection":
        """The quotes of that kind; see `Selection.kind`."""
        wanted = checked_choice(QuoteKind, "kind", kind)
        return self.where(lambda quote: quote.kind is wanted)

    def act(self, act: str) -> "QuoteSelection":
        """The quotes of that act; see `Selection.act`."""
        wanted = checked_choice(Act, "act", act)
        return self.where(lambda quote: quote.act is wanted)

    def assertion(self, assertion: str) -> "QuoteSelection":
        """The quotes of that assertion; see `Selection.assertion`."""
        wanted = checked_choice(Assertion, "assertion", assertion)
        return self.where(lambda quote: quote.assertion is wanted)

    def between(self, start: str | date | None, end: str | date | None) -> "QuoteSelection":
        """The quotes of documents of some days; see `Selection.between`."""
        has_date = is_between(start, end)
        return self._kept(part for part in self._parts if has_date(part[0]))

    def outlet(self, outlet: str) -> "QuoteSelection":
        """The quotes of documents that one outlet published; see `Selection.outlet`."""
        key = find_outlet(outlet, self._library.outlets, "of these")
        return self._kept(part for part in self._parts if fold_text(document_outlet(part[0])) == key)

    def min_score(self, score: float) -> "QuoteSelection":
        """The quotes whose score is at least that; see `Selection.min_score`."""
        least = checked_score(score)
        return self.where(lambda quote: quote.score >= least)

    def where(self, predicate: Callable[[Quote], object]) -> "QuoteSelection":
        """The quotes for which the predicate holds; see `Selection.where`."""
        check_predicate(predicate)
        return self._kept((document, tuple(filter(predicate, quotes))) for document, quotes in self._parts)

    def quotations(self) -> "QuoteSelection":
        """The quotes that a newsroom counts; see `Selection.quotations`."""
        return self.where(is_quotation)

    def outer(self) -> "QuoteSelection":
        """The quotes inside which these stand; see `Selection.outer`."""
        parents = {document.id: {quote.parent for quote in quotes} for document, quotes in self._parts}
        return self._of_all(lambda document, quote: quote.id in parents[document.id])

    def inner(self) -> "QuoteSelection":
        """The quotes that stand inside these; see `Selection.inner`."""
        own = {document.id: {quote.id for quote in quotes} for document, quotes in self._parts}
        return self._of_all(lambda document, quote: quote.parent in own[document.id])

    def timeline(self) -> Sequence[tuple[date, QuoteDocument, Quote]]:
        """Each quote after its day and its document, oldest first; see `Selection.timeline`."""
        return by_date(self.pairs)

    def to_dicts(self, *, width: int = 200) -> list[dict[str, Any]]:
        """One dictionary a quote; see `Selection.to_dicts`."""
        return list(delegates.selection_rows(self.pairs, width=width))

    def to_pandas(self, *, width: int = 200) -> "pd.DataFrame":
        """One row a quote; see `Selection.to_pandas`."""
        return delegates.selection_to_pandas(self.pairs, width=width)

    def graph(self) -> "QuoteGraph":
        """The graph of these quotes and their documents; see `Selection.graph`."""
        return delegates.build_graph(self.documents, identity=self._library.identity, only=self.pairs)

    def _with(self, name: str | Entity, ids_of: Callable[[Quote], Sequence[EntityId]]) -> "QuoteSelection":
        found = self._library.entities(name)
        tests = (
            (document, quotes, includes(document, found[document.id]))
            for document, quotes in self._parts
            if document.id in found
        )
        return self._kept(
            (document, tuple(quote for quote in quotes if has_entity(ids_of(quote))))
            for document, quotes, has_entity in tests
        )

    def _by_document(self, make_test: Callable[[QuoteDocument], Callable[[Quote], bool]]) -> "QuoteSelection":
        # A wrong topic is an error in an empty selection too.
        make_test(QuoteDocument("", ""))
        tests = ((document, quotes, make_test(document)) for document, quotes in self._parts)
        return self._kept((document, tuple(filter(test, quotes))) for document, quotes, test in tests)

    def _of_all(self, predicate: Callable[[QuoteDocument, Quote], object]) -> "QuoteSelection":
        """The quotes, among all of the documents that are left, for which the predicate holds."""
        return self._kept(
            (document, tuple(quote for quote in document._quotes if predicate(document, quote)))
            for document, _ in self._parts
        )

    def _kept(self, parts: Iterable[Part]) -> "QuoteSelection":
        return QuoteSelection(self._library, tuple(part for part in parts if part[1]))

    def _repr_html_(self) -> str:
        return delegates.selection_to_html(self)

    def __repr__(self) -> str:
        documents = self._library.documents
        whole = sum(len(document._quotes) for document in documents)
        owner = repr(documents[0].id) if len(documents) == 1 else f"{len(documents)} documents"
        return f"<QuoteSelection: {len(self)} of the {whole} quotes of {owner}>"
