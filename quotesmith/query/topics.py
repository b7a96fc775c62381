"""What a quote is about: an entity that its content mentions, or words that stand in it."""

import re
from bisect import bisect_left
from collections.abc import Callable

from quotesmith.errors import ArgumentError
from quotesmith.query.names import fitting_entities, folded
from quotesmith.records import Quote, QuoteDocument


def concerns(document: QuoteDocument, topic: str) -> Callable[[Quote], bool]:
    """A test whether a quote's content mentions an entity of that name, or holds the topic's words.

    Words are compared whole, without case and accents. Where several entities bear the name, each counts.

    Raises:
        ArgumentError: if the topic isn't a string with at least one word in it.
    """
    entities = {entity.id for entity in fitting_entities(document, topic)}
    mentions = sorted(
        (span.start, span.end) for mention in document.mentions if mention.entity in entities for span in mention.spans
    )
    has_words = _word_test(topic)

    def is_about(quote: Quote) -> bool:
        return any(
            _holds(mentions, span.start, span.end) or has_words(span.of(document.text)) for span in quote.content
        )

    return is_about


def _word_test(topic: str) -> Callable[[str], bool]:
    words = folded(topic).split()
    if not words:
        msg = f"a topic needs at least one word; {topic!r} has none"
        raise ArgumentError(msg)
    pattern = re.compile(rf"(?<!\w){re.escape(' '.join(words))}(?!\w)")
    return lambda text: pattern.search(folded(text)) is not None


def _holds(mentions: list[tuple[int, int]], start: int, end: int) -> bool:
    """Whether one of the sorted mentions lies wholly between the two offsets."""
    first, last = bisect_left(mentions, (start, 0)), bisect_left(mentions, (end, 0))
    return any(mention_end <= end for _, mention_end in mentions[first:last])
