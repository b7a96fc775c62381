"""Selection: what quotes of one document, of many in memory and of a corpus on disk can all be asked."""

from collections.abc import Callable, Collection, Reversible, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, Protocol, Self, overload

from quotesmith.records import Entity, Quote, QuoteDocument

if TYPE_CHECKING:
    import pandas as pd

    from quotesmith.graph import QuoteGraph


class Selection(Reversible[Quote], Collection[Quote], Protocol):
    """Quotes in order of documents and text: a sequence that can be narrowed again and again.

    `QuoteSelection` (documents in memory) and `CorpusSelection` (a corpus on disk) both are one. The methods that
    narrow give a new selection and leave this one as it is; they check their arguments, and look up names, at once.

    All that a selection holds is in memory, or read from disk when it is asked for and not kept:

    - `len`, the methods that narrow and, in a corpus, `names` read no documents; only `where` reads the records of all
      quotes that are left, and `matching` their texts.
    - Iterating, and the items of `documents`, `pairs` and `timeline()`, read a bounded number of documents at a time.
    - `to_dicts`, `to_pandas` and `graph` need memory for all of the quotes; `graph` for their documents too.
    """

    @overload
    def __getitem__(self, index: int) -> Quote: ...

    @overload
    def __getitem__(self, index: slice) -> Self: ...

    def __getitem__(self, index: int | slice) -> "Quote | Self":
        """A quote, or the selection of a slice.

        Raises:
            IndexError: if there is no such quote; says how many there are.
            TypeError: if the index is neither a whole number nor a slice.
            ArgumentError: if the slice runs backwards.
        """

    @property
    def documents(self) -> Sequence[QuoteDocument]:
        """The documents that have some of these quotes, in order.

        A sequence, as their number is known. `Corpus.documents()` iterates over all of a corpus, finished or not.
        """

    @property
    def pairs(self) -> Sequence[tuple[QuoteDocument, Quote]]:
        """The quotes, each after its document."""

    def document_of(self, quote: Quote) -> QuoteDocument:
        """The document that a quote is in.

        Raises:
            NameNotFoundError: if the quote doesn't come from here.
        """

    def names(self, quote: Quote) -> tuple[str, ...]:
        """The names of the quote's speakers, in order; empty where nobody is known.

        Raises:
            NameNotFoundError: if the quote doesn't come from here.
        """

    def by(self, name: str | Entity) -> Self:
        """The quotes that somebody speaks, alone, in a group or through a metonym.

        Args:
            name: A name or alias (case and accents don't count; a person's last name suffices), or an entity of one of
                the documents. In the other documents those who are surely the same count too: in memory as
                `find_identities` has it, in a corpus as its registry has it.

        Raises:
            NameNotFoundError: if nobody bears the name, which lists similar names, or no document has the entity.
            AmbiguousNameError: if several bear it equally well; lists them. In memory that is two entities of one
                document, or people of different full names in several. In a corpus, where almost any name has several
                bearers, it takes one who has nine tenths of their quotes, and `name_matches` says who was passed over.
            ArgumentError: if it is neither a string nor an entity.
        """

    def to(self, name: str | Entity) -> Self:
        """The quotes that are spoken to somebody; names and errors as in `by`."""

    def about(self, topic: str) -> Self:
        """The quotes whose content mentions somebody or something of that name ("he" too), or has the words themselves.

        Raises:
            ArgumentError: if the topic isn't a string with at least one word in it.
        """

    def text(self, phrase: str) -> Self:
        """The quotes in which the words stand side by side: whole words; case and accents don't count.

        Raises:
            ArgumentError: if the phrase isn't a string with at least one word in it.
        """

    def matching(self, pattern: str) -> Self:
        """The quotes in whose text the regular expression finds something; case and accents don't count.

        A pattern is a program: take none from people whom you don't trust.

        Raises:
            OptionError: if it is no regular expression.
            ArgumentError: if it isn't a string.
        """

    def kind(self, kind: str) -> Self:
        """The quotes of that kind: direct, mixed or indirect; `OptionError` if there is no such kind."""

    def act(self, act: str) -> Self:
        """The quotes of that act: speech, writing, thought or attitude; `OptionError` if there is no such act."""

    def assertion(self, assertion: str) -> Self:
        """The quotes of that assertion: asserted, negated, hypothetical, question or future.

        Raises:
            OptionError: if there is no such assertion.
        """

    def between(self, start: str | date | None, end: str | date | None) -> Self:
        """The quotes of documents whose date, `meta["date"]`, lies between two days, both included.

        Args:
            start: A day as "2026-11-25" or a date; None for no limit.
            end: The same. Documents without a date are left out whatever the limits.

        Raises:
            OptionError: if a string is no day, or the end lies before the start.
            FormatError: if the date of a document in memory is none; names the document.
        """

    def outlet(self, outlet: str) -> Self:
        """The quotes of documents that one outlet published, by `meta["outlet"]`; case and accents don't count.

        Raises:
            NameNotFoundError: if none of the documents has that outlet; lists similar ones.
            ArgumentError: if it isn't a string.
        """

    def min_score(self, score: float) -> Self:
        """The quotes whose `score`, in [0, 1], is at least that; `OptionError` if it isn't such a number."""

    def where(self, predicate: Callable[[Quote], object]) -> Self:
        """The quotes for which the predicate holds.

        Raises:
            ArgumentError: if the predicate can't be called.
        """

    def quotations(self) -> Self:
        """The quotes that a newsroom counts: outermost, speech or writing, asserted, with a score of at least 0.9."""

    def outer(self) -> Self:
        """The quotes inside whose content these stand: who reports what they say. `by("Putin").outer()`."""

    def inner(self) -> Self:
        """The quotes that stand inside the content of these: what they report of others' words."""

    def timeline(self) -> Sequence[tuple[date, QuoteDocument, Quote]]:
        """Each quote after the date of its document (`meta["date"]`) and its document, oldest first.

        Quotes of documents without a date are left out.

        Raises:
            FormatError: if the date of a document in memory is none; names the document.
        """

    def to_dicts(self, *, width: int = 200) -> list[dict[str, Any]]:
        """One dictionary a quote, with the columns of `to_pandas`.

        Args:
            width: How many characters of context to give on either side.

        Raises:
            OptionError: if the width isn't a whole number of at least 0.
        """

    def to_pandas(self, *, width: int = 200) -> "pd.DataFrame":
        """One row a quote: the columns of a document's `to_pandas`, and `context`, the text around it.

        Args:
            width: How many characters of context to give on either side.

        Raises:
            MissingPackageError: if pandas isn't installed.
            OptionError: if the width isn't a whole number of at least 0.
        """

    def graph(self) -> "QuoteGraph":
        """The graph of these quotes; an entity that is surely the same in several documents is one node."""

    def _repr_html_(self) -> str:
        """A table of the quotes for notebooks, the first of them where there are many."""
