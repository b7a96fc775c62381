"""CorpusSelection: some quotes of a corpus, in order of documents and text, found by its index."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any, Final, overload

from attrs import evolve, field, frozen

from quotesmith.corpus.database import Numbers
from quotesmith.corpus.index import filters
from quotesmith.corpus.index.filters import ADDRESSED, SAID, Condition, Filter
from quotesmith.corpus.index.indexes import (
    Finding,
    Index,
    LazySequence,
    iter_dated,
    iter_documents,
    iter_findings,
    iter_pairs,
    iter_quotes,
    read_documents_of,
)
from quotesmith.corpus.index.names import NameMatch, find_entity, find_speaker, find_topic, outlet_key
from quotesmith.errors import ArgumentError
from quotesmith.graph import build_graph
from quotesmith.query.choices import check_predicate, checked_choice, checked_index, checked_score
from quotesmith.query.dates import day_limits
from quotesmith.query.phrases import matches_text, phrase_words
from quotesmith.records import Act, Assertion, Entity, Quote, QuoteDocument, QuoteKind

if TYPE_CHECKING:
    import pandas as pd

    from quotesmith.corpus.same_quotes import SameQuote
    from quotesmith.graph import QuoteGraph

QUOTES_SHOWN: Final = 20
"""How many quotes a notebook or a terminal shows unless more are asked for."""
_NUMBERS = """
SELECT q.number FROM quotes AS q JOIN documents AS d ON d.number = q.document
WHERE d.id = ? AND q.quote IN (SELECT unnest(CAST(? AS VARCHAR[])))
"""
_MEMBERS = """
SELECT d.id, m.entity, m.identity FROM members AS m JOIN documents AS d ON d.number = m.document
WHERE m.named AND d.id IN (SELECT unnest(CAST(? AS VARCHAR[])))
"""


@frozen(slots=False, eq=False, repr=False)
class CorpusSelection(Sequence[Quote]):
    """A `Selection` of a corpus' quotes, found by its index.

    Only names are looked up at once; all else when it is needed. The corpus is as it was when it was opened.

    Attributes:
        name_matches: Whom each name that was asked for was taken to mean.
    """

    _index: Index
    _filter: Filter = field(factory=Filter)
    name_matches: tuple[NameMatch, ...] = ()

    @cached_property
    def _numbers(self) -> Numbers:
        return self._asked(self._filter.ordered())

    def _asked(self, query: Condition) -> Numbers:
        return self._index.numbers(query.sql, query.parameters)

    def __len__(self) -> int:
        return len(self._numbers)

    def __iter__(self) -> Iterator[Quote]:
        return iter_quotes(self._index, self._numbers)

    def __reversed__(self) -> Iterator[Quote]:
        return iter_quotes(self._index, self._numbers[::-1])

    @overload
    def __getitem__(self, index: int) -> Quote: ...

    @overload
    def __getitem__(self, index: slice) -> "CorpusSelection": ...

    def __getitem__(self, index: int | slice) -> "Quote | CorpusSelection":
        if not isinstance(index, slice):
            return next(iter_quotes(self._index, self._numbers[[checked_index(index, len(self))]]))
        if index.step is not None and index.step < 0:
            msg = "a selection stands in text order; for another order, slice tuple(selection)"
            raise ArgumentError(msg)
        part = self._narrowed(self._filter.sliced(*index.indices(len(self))))
        # The numbers are known, so that showing the first of many quotes costs no second search.
        part.__dict__["_numbers"] = self._numbers[index]
        return part

    def by(self, name: str | Entity) -> "CorpusSelection":
        """The quotes that somebody speaks; see `Selection.by`, and `find_speaker` for whom a name means.

        A name may also be an id as `name_matches` and errors show it ("i17"), or an identifier of yours. An entity
        without a proper name ("analysts") is known in its own document only.
        """
        return self._linked(SAID, name)

    def to(self, name: str | Entity) -> "CorpusSelection":
        """The quotes that are spoken to somebody; names, entities and errors as in `by`."""
        return self._linked(ADDRESSED, name)

    def about(self, topic: str) -> "CorpusSelection":
        """The quotes about somebody, something or some words; see `Selection.about`."""
        words = phrase_words(topic)
        name_match = find_topic(self._index, topic)
        return evolve(
            self._narrowed(self._filter.having(filters.concerning(words, name_match.whos))),
            name_matches=(*self.name_matches, name_match),
        )

    def text(self, phrase: str) -> "CorpusSelection":
        """The quotes in which the words stand side by side; see `Selection.text`."""
        return self._having(filters.holding(phrase_words(phrase)))

    def matching(self, pattern: str) -> "CorpusSelection":
        """The quotes in which a regular expression finds something; see `Selection.matching`.

        Python searches the texts of all quotes that are left, at once.
        """
        has_match = matches_text(pattern)
        return self._having(filters.among([own.number for own in self.findings() if has_match(own.text)]))

    def kind(self, kind: str) -> "CorpusSelection":
        """The quotes of that kind; see `Selection.kind`."""
        return self._having(filters.equals("kind", checked_choice(QuoteKind, "kind", kind).value))

    def act(self, act: str) -> "CorpusSelection":
        """The quotes of that act; see `Selection.act`."""
        return self._having(filters.equals("act", checked_choice(Act, "act", act).value))

    def assertion(self, assertion: str) -> "CorpusSelection":
        """The quotes of that assertion; see `Selection.assertion`."""
        return self._having(filters.equals("assertion", checked_choice(Assertion, "assertion", assertion).value))

    def between(self, start: str | date | None, end: str | date | None) -> "CorpusSelection":
        """The quotes of documents of some days; see `Selection.between`."""
        return self._having(filters.dated(*day_limits(start, end)))

    def min_score(self, score: float) -> "CorpusSelection":
        """The quotes whose score is at least that; see `Selection.min_score`."""
        return self._having(filters.scored(checked_score(score)))

    def outlet(self, outlet: str) -> "CorpusSelection":
        """The quotes of documents that one outlet published; see `Selection.outlet`."""
        return self._having(filters.published(outlet_key(self._index, outlet)))

    def where(self, predicate: Callable[[Quote], object]) -> "CorpusSelection":
        """The quotes for which the predicate holds; see `Selection.where`.

        The records of all quotes that are left are read at once.
        """
        check_predicate(predicate)
        return self._having(filters.among([self._index.owners[quote].number for quote in self if predicate(quote)]))

    def quotations(self) -> "CorpusSelection":
        """The quotes that a newsroom counts; see `Selection.quotations`."""
        return self._having(filters.is_quotation())

    def outer(self) -> "CorpusSelection":
        """The quotes inside which these stand; see `Selection.outer`."""
        return self._narrowed(self._filter.outer())

    def inner(self) -> "CorpusSelection":
        """The quotes that stand inside these; see `Selection.inner`."""
        return self._narrowed(self._filter.inner())

    def findings(self) -> Iterator[Finding]:
        """What the index knows of each quote: much faster than reading the records."""
        return iter_findings(self._index, self._numbers)

    @property
    def pairs(self) -> Sequence[tuple[QuoteDocument, Quote]]:
        """The quotes, each after its document, read in batches."""
        return LazySequence(self._numbers, partial(iter_pairs, self._index))

    @property
    def documents(self) -> Sequence[QuoteDocument]:
        """The documents that have some of these quotes, in order, read in batches."""
        return LazySequence(self._asked(self._filter.one_a_document()), partial(iter_documents, self._index))

    def document_of(self, quote: Quote) -> QuoteDocument:
        """The document that a quote is in, read from its shard.

        Raises:
            NameNotFoundError: if the quote doesn't come from a selection of this corpus.
        """
        finding = self._index.owners[quote]
        return read_documents_of(self._index.folder, [finding])[finding.document]

    def names(self, quote: Quote) -> tuple[str, ...]:
        """The names of the quote's speakers; errors as of `document_of`."""
        return self._index.owners[quote].speakers

    def timeline(self) -> Sequence[tuple[date, QuoteDocument, Quote]]:
        """Each quote after its day and its document, oldest first; see `Selection.timeline`."""
        return LazySequence(self._asked(self._filter.by_day()), partial(iter_dated, self._index))

    def to_dicts(self, *, width: int = 200) -> list[dict[str, Any]]:
        """One dictionary a quote; see `Selection.to_dicts`."""
        from quotesmith.export.tables import selection_rows

        return list(selection_rows(self.pairs, width=width))

    def to_pandas(self, *, width: int = 200) -> "pd.DataFrame":
        """One row a quote; see `Selection.to_pandas`."""
        from quotesmith.export.tables import selection_to_pandas

        return selection_to_pandas(self.pairs, width=width)

    def graph(self) -> "QuoteGraph":
        """The graph of these quotes and their documents; nodes of entities have the ids of the registry as keys."""
        return selection_graph(self._index, self.pairs)

    def same_quotes(self) -> "list[SameQuote]":
        """The quotes among these that several documents have, in the same or nearly the same words.

        Raises:
            MissingPackageError: if rensa isn't installed.
        """
        from quotesmith.corpus.same_quotes import Utterance, find_same_quotes

        return find_same_quotes(
            Utterance(own.document, own.quote, own.text, own.speakers, own.day, own.outlet) for own in self.findings()
        )

    def _linked(self, relation: str, name: str | Entity) -> "CorpusSelection":
        if isinstance(name, Entity):
            return self._with_entity(relation, name)
        name_match = find_speaker(self._index, name, relation)
        narrowed = self._narrowed(self._filter.of(relation, name_match.whos))
        return evolve(narrowed, name_matches=(*self.name_matches, name_match))

    def _with_entity(self, relation: str, entity: Entity) -> "CorpusSelection":
        found = find_entity(self._index, entity)
        taken = () if found.somebody is None else (found.somebody,)
        name_match = NameMatch(relation, entity.name, taken)
        if taken:
            narrowed = self._narrowed(self._filter.of(relation, name_match.whos))
        else:
            [document] = read_documents_of(self._index.folder, [found]).values()
            quotes = document.quotes.by(entity) if relation == SAID else document.quotes.to(entity)
            numbers = self._index.numbers(_NUMBERS, [document.id, [quote.id for quote in quotes]])
            narrowed = self._having(filters.among(numbers.tolist()))
        return evolve(narrowed, name_matches=(*self.name_matches, name_match))

    def _having(self, condition: Condition) -> "CorpusSelection":
        return self._narrowed(self._filter.having(condition))

    def _narrowed(self, narrower: Filter) -> "CorpusSelection":
        return CorpusSelection(self._index, narrower, self.name_matches)

    def _repr_html_(self) -> str:
        from quotesmith.render.characters import on_one_line
        from quotesmith.render.html import pairs_to_html

        owner = on_one_line(self._index.folder.name)
        return pairs_to_html(tuple(self[:QUOTES_SHOWN].pairs), len(self), owner, has_several=True)

    def __repr__(self) -> str:
        return f"<CorpusSelection: {len(self)} quotes of {self._index.folder}>"


def selection_graph(index: Index, pairs: Iterable[tuple[QuoteDocument, Quote]]) -> "QuoteGraph":
    """The graph of quotes, each given after its document; an identity of the index is one node.

    A document that is given several times, even as different objects, is taken once.
    """
    drawn = []
    documents: dict[str, QuoteDocument] = {}
    for document, quote in pairs:
        drawn.append((documents.setdefault(document.id, document), quote))
    known = {(document, entity): key for document, entity, key in index.rows(_MEMBERS, [list(documents)])}

    def identity(document: QuoteDocument, entity: Entity) -> str | None:
        return known.get((document.id, entity.id))

    return build_graph(documents.values(), identity=identity, only=drawn)
