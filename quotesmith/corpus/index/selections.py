"""CorpusSelection: some of a corpus' quotes, in order of documents and text, found by its index."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from functools import cached_property
from itertools import groupby
from typing import TYPE_CHECKING, Any, overload

from attrs import evolve, field, frozen

from quotesmith.corpus.index import filters
from quotesmith.corpus.index.filters import ADDRESSED, SAID, Condition, Filter
from quotesmith.corpus.index.indexes import (
    Finding,
    Index,
    Numbers,
    iter_findings,
    iter_pairs,
    iter_quotes,
    read_documents_of,
)
from quotesmith.corpus.index.names import Meaning, find_outlet, find_speaker, find_topic
from quotesmith.errors import ArgumentError
from quotesmith.graph import QuoteGraph, build_graph
from quotesmith.query.choices import check_predicate, checked_choice, checked_score
from quotesmith.query.dates import day_limits
from quotesmith.query.phrases import matches_text, phrase_words
from quotesmith.records import Act, Assertion, Entity, Quote, QuoteDocument, QuoteKind

if TYPE_CHECKING:
    import pandas as pd

    from quotesmith.corpus.same_quotes import SameQuote
    from quotesmith.graph import QuoteGraph

_QUOTES_SHOWN = 20


@frozen(slots=False, eq=False, repr=False)
class CorpusSelection(Sequence[Quote]):
    """Quotes of a corpus, in order of documents and text: a sequence that can be narrowed as one of a document's can.

    Nothing is looked up before it is needed, but for names; what is read is read anew each time and not kept. The
    corpus is as it was when it was opened.

    Attributes:
        meanings: Whom each name that was asked for was taken to mean.
    """

    _index: Index
    _filter: Filter = field(factory=Filter)
    meanings: tuple[Meaning, ...] = ()

    @cached_property
    def _numbers(self) -> Numbers:
        query = self._filter.ordered()
        return self._index.numbers(query.sql, query.parameters)

    def __len__(self) -> int:
        return len(self._numbers)

    def __iter__(self) -> Iterator[Quote]:
        return iter_quotes(self._index, self._numbers)

    @overload
    def __getitem__(self, index: int) -> Quote: ...

    @overload
    def __getitem__(self, index: slice) -> "CorpusSelection": ...

    def __getitem__(self, index: int | slice) -> "Quote | CorpusSelection":
        if not isinstance(index, slice):
            return next(iter_quotes(self._index, self._numbers[[index]]))
        if index.step is not None and index.step < 0:
            msg = "a selection stands in text order; for another order, slice tuple(selection)"
            raise ArgumentError(msg)
        part = self._narrowed(self._filter.sliced(*index.indices(len(self))))
        # They are known: what is shown of a long answer costs no second search.
        part.__dict__["_numbers"] = self._numbers[index]
        return part

    def by(self, name: str) -> "CorpusSelection":
        """The quotes that somebody speaks, alone or as one of a group; whom a name means says `find_speaker`.

        Args:
            name: A name or alias (case and accents don't count; a last name suffices), an id as `meanings` and errors
                have it ("i17"), or an identifier of yours.

        Raises:
            NameNotFoundError: if nobody bears the name; lists close names.
            AmbiguousNameError: if several do; lists them.
        """
        return self._linked(SAID, name)

    def to(self, name: str) -> "CorpusSelection":
        """The quotes that are spoken to somebody; names and errors as in `by`."""
        return self._linked(ADDRESSED, name)

    def about(self, topic: str) -> "CorpusSelection":
        """The quotes whose content mentions somebody or something of that name, or holds the words themselves.

        Raises:
            ArgumentError: if the topic isn't a string with at least one word in it.
        """
        words = phrase_words(topic)
        meaning = find_topic(self._index, topic)
        return evolve(
            self._narrowed(self._filter.having(filters.concerning(words, meaning.whos))),
            meanings=(*self.meanings, meaning),
        )

    def text(self, phrase: str) -> "CorpusSelection":
        """The quotes in which the words stand side by side; whole words, without case and accents.

        Raises:
            ArgumentError: if the phrase isn't a string with at least one word in it.
        """
        return self._having(filters.holding(phrase_words(phrase)))

    def matching(self, pattern: str) -> "CorpusSelection":
        """The quotes in whose text the regular expression finds something; case and accents don't count.

        Python looks through the texts of all quotes that are left, at once. A pattern is a program: take none from
        those whom you don't trust.

        Raises:
            OptionError: if it is no regular expression.
            ArgumentError: if it isn't a string.
        """
        has_match = matches_text(pattern)
        return self._having(filters.among([own.number for own in self.findings() if has_match(own.text)]))

    def kind(self, kind: str) -> "CorpusSelection":
        """The quotes of that kind: direct, mixed or indirect; `OptionError` if there is no such kind."""
        return self._having(filters.equals("kind", checked_choice(QuoteKind, "kind", kind).value))

    def act(self, act: str) -> "CorpusSelection":
        """The quotes of that act: speech, writing, thought or attitude; `OptionError` if there is no such act."""
        return self._having(filters.equals("act", checked_choice(Act, "act", act).value))

    def assertion(self, assertion: str) -> "CorpusSelection":
        """The quotes of that assertion: asserted, negated, hypothetical, question or future.

        Raises:
            OptionError: if there is no such assertion.
        """
        return self._having(filters.equals("assertion", checked_choice(Assertion, "assertion", assertion).value))

    def between(self, start: str | date | None, end: str | date | None) -> "CorpusSelection":
        """The quotes of documents whose date lies between two days, both included.

        Args:
            start: A day as "2026-11-25" or a date; None for no limit.
            end: The same. Documents without a date are left out whatever the limits.

        Raises:
            OptionError: if a string is no day, or the end lies before the start.
        """
        return self._having(filters.dated(*day_limits(start, end)))

    def min_score(self, score: float) -> "CorpusSelection":
        """The quotes whose `score`, in [0, 1], is at least that; `OptionError` if it isn't such a number."""
        return self._having(filters.scored(checked_score(score)))

    def outlet(self, outlet: str) -> "CorpusSelection":
        """The quotes of documents that one outlet published; case and accents don't count.

        Raises:
            NameNotFoundError: if the corpus has no such outlet; lists close ones.
        """
        return self._having(filters.published(find_outlet(self._index, outlet)))

    def where(self, predicate: Callable[[Quote], object]) -> "CorpusSelection":
        """The quotes for which the predicate holds: the records of all quotes that are left are read, at once.

        Raises:
            ArgumentError: if the predicate can't be called.
        """
        check_predicate(predicate)
        return self._having(filters.among([self._index.owners[quote].number for quote in self if predicate(quote)]))

    def outer(self) -> "CorpusSelection":
        """The quotes inside whose content these stand: who reports what they say. `by("Putin").outer()`."""
        return self._narrowed(self._filter.outer())

    def inner(self) -> "CorpusSelection":
        """The quotes that stand inside the content of these: what they report of others' words."""
        return self._narrowed(self._filter.inner())

    def findings(self) -> Iterator[Finding]:
        """What the index knows of each quote, without reading records: much faster than those."""
        return iter_findings(self._index, self._numbers)

    @property
    def pairs(self) -> Iterator[tuple[QuoteDocument, Quote]]:
        """The quotes, each after its document, read some at a time."""
        return iter_pairs(self._index, self._numbers)

    @property
    def documents(self) -> Iterator[QuoteDocument]:
        """The documents that have some of these quotes, in order, read some at a time."""
        return (next(pairs)[0] for _, pairs in groupby(self.pairs, key=lambda pair: pair[0].id))

    def document_of(self, quote: Quote) -> QuoteDocument:
        """The document that a quote is in, read from its shard.

        Raises:
            NameNotFoundError: if it isn't a quote that a selection of this corpus gave.
        """
        finding = self._index.owners[quote]
        return read_documents_of(self._index.folder, [finding])[finding.document]

    def names(self, quote: Quote) -> tuple[str, ...]:
        """The names of the quote's speakers, in order; empty where nobody is known.

        Raises:
            NameNotFoundError: if it isn't a quote that a selection of this corpus gave.
        """
        return self._index.owners[quote].speakers

    def timeline(self) -> Iterator[tuple[date, QuoteDocument, Quote]]:
        """Each quote after the date of its document and its document, oldest first.

        Quotes of documents without a date are left out.
        """
        query = self._filter.by_day()
        for document, quote in iter_pairs(self._index, self._index.numbers(query.sql, query.parameters)):
            day = self._index.owners[quote].day
            if day is not None:
                yield day, document, quote

    def to_dicts(self, *, width: int = 200) -> list[dict[str, Any]]:
        """One dictionary a quote, with the columns of `to_pandas`; errors as there."""
        from quotesmith.export.tables import selection_rows

        return list(selection_rows(self.pairs, width=width))

    def to_pandas(self, *, width: int = 200) -> "pd.DataFrame":
        """One row a quote: the columns of a document's `to_pandas`, and `context`, the text around it.

        Args:
            width: How many characters of context to give on either side.

        Raises:
            MissingPackageError: if pandas isn't installed.
            OptionError: if the width isn't a whole number of at least 0.
        """
        from quotesmith.export.tables import selection_to_pandas

        return selection_to_pandas(self.pairs, width=width)

    def graph(self) -> "QuoteGraph":
        """The graph of these quotes, in which who is one over many documents is one node, whose key is the id.

        All documents that have some of the quotes are in memory at a time.
        """
        return selection_graph(self._index, self.pairs)

    def same_quotes(self) -> "list[SameQuote]":
        """Those of the quotes that several documents have, in the same or nearly the same words.

        Raises:
            MissingPackageError: if rensa isn't installed.
        """
        from quotesmith.corpus.same_quotes import Utterance, find_same_quotes

        return find_same_quotes(
            Utterance(own.document, own.quote, own.text, own.speakers, own.day, own.outlet) for own in self.findings()
        )

    def _linked(self, relation: str, name: str) -> "CorpusSelection":
        meaning = find_speaker(self._index, name, relation)
        narrowed = self._narrowed(self._filter.of(relation, meaning.whos))
        return evolve(narrowed, meanings=(*self.meanings, meaning))

    def _having(self, condition: Condition) -> "CorpusSelection":
        return self._narrowed(self._filter.having(condition))

    def _narrowed(self, narrower: Filter) -> "CorpusSelection":
        return CorpusSelection(self._index, narrower, self.meanings)

    def _repr_html_(self) -> str:
        from quotesmith.render.characters import on_one_line
        from quotesmith.render.html import pairs_to_html

        owner = on_one_line(self._index.folder.name)
        return pairs_to_html(tuple(self[:_QUOTES_SHOWN].pairs), len(self), owner, has_several=True)

    def __repr__(self) -> str:
        return f"<CorpusSelection: {len(self)} quotes of {self._index.folder}>"


_MEMBERS = """
SELECT d.id, m.entity, m.identity FROM members AS m JOIN documents AS d ON d.number = m.document
WHERE d.id IN (SELECT unnest(CAST(? AS VARCHAR[])))
"""


def selection_graph(index: Index, pairs: Iterable[tuple[QuoteDocument, Quote]]) -> QuoteGraph:
    """The graph of quotes, each given after its document; who is one in the index is one node.

    Documents that come several times, in whatever objects, are taken once.
    """
    drawn = []
    documents: dict[str, QuoteDocument] = {}
    for document, quote in pairs:
        drawn.append((documents.setdefault(document.id, document), quote))
    known = {(document, entity): key for document, entity, key in index.rows(_MEMBERS, [list(documents)])}

    def identity(document: QuoteDocument, entity: Entity) -> str | None:
        return known.get((document.id, entity.id))

    return build_graph(documents.values(), identity=identity, only=drawn)
