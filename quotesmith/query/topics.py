"""What a quote is about: an entity that its content mentions, or words that stand in it."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from graphlib import TopologicalSorter
from itertools import chain

from quotesmith.query.names import fitting_entities
from quotesmith.query.phrases import holds_phrase
from quotesmith.records import EntityId, Mention, MentionForm, MentionId, Quote, QuoteDocument, QuoteId, TextSpan

_Places = list[tuple[int, int, Mention]]


def mentioned_entities(quotes: Iterable[Quote], mentions: Iterable[Mention]) -> Mapping[QuoteId, tuple[EntityId, ...]]:
    """The entities that each quote is about, in order of mention: names, descriptions and pronouns in its content.

    A mention counts if one of its pieces lies wholly within a piece of the content. Two sorts don't count, in the quote
    itself and in those that hold it: the source of a quote, which says who speaks, and a pronoun that means the quote's
    own speaker ("I", or "he" in "Xi said that he would go").
    """
    quotes = tuple(quotes)
    places = sorted(
        ((span.start, span.end, mention) for mention in mentions for span in mention.spans),
        key=lambda place: place[:2],
    )
    inside = {quote.id: tuple(chain.from_iterable(_within(places, span) for span in quote.content)) for quote in quotes}
    own = _own_mentions(quotes, inside)
    return {
        quote: tuple(dict.fromkeys(mention.entity for mention in found if mention.id not in own[quote]))
        for quote, found in inside.items()
    }


def _own_mentions(
    quotes: tuple[Quote, ...], inside: Mapping[QuoteId, tuple[Mention, ...]]
) -> Mapping[QuoteId, set[MentionId]]:
    """The mentions by which each quote, or one inside it, refers to its own speaker."""
    own: dict[QuoteId, set[MentionId]] = defaultdict(set)
    for quote in quotes:
        own[quote.id].update(
            mention.id
            for mention in inside[quote.id]
            if mention.form is MentionForm.PRONOUN and mention.entity in quote.speakers
        )
        if quote.source is not None:
            own[quote.id].add(quote.source)
    parents = {quote.id: quote.parent for quote in quotes if quote.parent is not None}
    outer_first = tuple(TopologicalSorter({inner: [outer] for inner, outer in parents.items()}).static_order())
    for inner in reversed(outer_first):
        if inner in parents:
            own[parents[inner]] |= own[inner]
    return own


def _within(places: _Places, span: TextSpan) -> Iterator[Mention]:
    """The mentions with a piece wholly inside the span, in text order."""
    first = bisect_left(places, span.start, key=lambda place: place[0])
    last = bisect_left(places, span.end, key=lambda place: place[0])
    return (mention for _, end, mention in places[first:last] if end <= span.end)


def concerns(document: QuoteDocument, topic: str) -> Callable[[Quote], bool]:
    """A test whether a quote is about an entity of that name, or has the topic's words in its content.

    Where the name fits several entities equally well, each of them counts.

    Raises:
        ArgumentError: if the topic isn't a string with at least one word in it.
    """
    entities = {entity.id for entity in fitting_entities(document, topic)}
    mentioned = document._index.mentioned
    has_words = holds_phrase(document, topic)
    return lambda quote: not entities.isdisjoint(mentioned[quote.id]) or has_words(quote)
