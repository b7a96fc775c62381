"""QuoteSelection: some of a document's quotes, in text order."""

import math
from collections.abc import Callable, Iterator, Sequence
from enum import StrEnum
from typing import TypeVar, overload

from attrs import frozen

from quotesmith.errors import ArgumentError, OptionError
from quotesmith.query.groups import includes
from quotesmith.query.names import find_entity, own_entity
from quotesmith.query.topics import concerns
from quotesmith.records import Act, Entity, Quote, QuoteDocument, QuoteKind

Choice = TypeVar("Choice", bound=StrEnum)


@frozen(repr=False)
class QuoteSelection(Sequence[Quote]):
    """Quotes of one document, in text order: a sequence that can be narrowed again and again.

    Attributes:
        document: The document whose quotes they are.

    Example:
        >>> document = QuoteDocument("d", "“Go,” she said.")
        >>> len(document.quotes.kind("direct").min_score(0.8))
        0
    """

    document: QuoteDocument
    _quotes: tuple[Quote, ...]

    def __len__(self) -> int:
        return len(self._quotes)

    def __iter__(self) -> Iterator[Quote]:
        return iter(self._quotes)

    @overload
    def __getitem__(self, index: int) -> Quote: ...

    @overload
    def __getitem__(self, index: slice) -> "QuoteSelection": ...

    def __getitem__(self, index: int | slice) -> "Quote | QuoteSelection":
        if isinstance(index, slice):
            return QuoteSelection(self.document, self._quotes[index])
        return self._quotes[index]

    def names(self, quote: Quote) -> tuple[str, ...]:
        """The names of the quote's speakers, in order; empty where nobody is known."""
        return self.document.names(quote)

    def by(self, name: str | Entity) -> "QuoteSelection":
        """The quotes that somebody speaks, alone or as one of a group.

        Args:
            name: A name or alias (case and accents don't count; a last name suffices), or one of the
                document's entities.

        Raises:
            NameNotFoundError: if nobody in the document bears the name; lists close names and who is there.
            AmbiguousNameError: if several do; lists them.
        """
        has_entity = includes(self.document, self._entity(name))
        return self.where(lambda quote: has_entity(quote.speakers))

    def to(self, name: str | Entity) -> "QuoteSelection":
        """The quotes that are spoken to somebody; names and errors as in `by`."""
        has_entity = includes(self.document, self._entity(name))
        return self.where(lambda quote: has_entity(quote.addressees))

    def about(self, topic: str) -> "QuoteSelection":
        """The quotes whose content mentions an entity of that name ("he" too), or holds the words themselves.

        Raises:
            ArgumentError: if the topic isn't a string with at least one word in it.
        """
        return self.where(concerns(self.document, topic))

    def kind(self, kind: str) -> "QuoteSelection":
        """The quotes of that kind: direct, mixed or indirect.

        Raises:
            OptionError: if there is no such kind.
        """
        wanted = _choice(QuoteKind, "kind", kind)
        return self.where(lambda quote: quote.kind is wanted)

    def act(self, act: str) -> "QuoteSelection":
        """The quotes of that act: speech, writing, thought or attitude.

        Raises:
            OptionError: if there is no such act.
        """
        wanted = _choice(Act, "act", act)
        return self.where(lambda quote: quote.act is wanted)

    def min_score(self, score: float) -> "QuoteSelection":
        """The quotes whose `score`, in [0, 1], is at least that.

        Raises:
            OptionError: if the score isn't a number between 0 and 1.
        """
        if not isinstance(score, int | float) or math.isnan(score) or not 0 <= score <= 1:
            msg = f"a score must be a number between 0 and 1, not {score!r}"
            raise OptionError(msg)
        return self.where(lambda quote: quote.score >= score)

    def where(self, predicate: Callable[[Quote], object]) -> "QuoteSelection":
        """The quotes for which the predicate holds.

        Raises:
            ArgumentError: if the predicate can't be called.
        """
        _check_callable(predicate)
        return QuoteSelection(self.document, tuple(quote for quote in self._quotes if predicate(quote)))

    def _entity(self, name: str | Entity) -> Entity:
        return own_entity(self.document, name) if isinstance(name, Entity) else find_entity(self.document, name)

    def _repr_html_(self) -> str:
        from quotesmith.render.html import selection_to_html

        return selection_to_html(self)

    def __repr__(self) -> str:
        whole = len(self.document.quotes)
        return f"<QuoteSelection: {len(self._quotes)} of the {whole} quotes of {self.document.id!r}>"


def _check_callable(predicate: object) -> None:
    if not callable(predicate):
        msg = f"where() needs a function from a quote to true or false, not {type(predicate).__name__}"
        raise ArgumentError(msg)


def _choice(choices: type[Choice], option: str, value: str) -> Choice:
    known = [choice.value for choice in choices]
    if value not in known:
        msg = f"{option} must be one of {', '.join(known)}, not {value!r}"
        raise OptionError(msg)
    return choices(value)
