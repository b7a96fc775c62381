"""Quotes by the words that stand in them."""

import re
from collections.abc import Callable

from quotesmith.errors import ArgumentError, OptionError
from quotesmith.lexicon.folding import fold_text, unaccented
from quotesmith.query.names import check_string
from quotesmith.records import Quote, QuoteDocument


def holds_phrase(document: QuoteDocument, phrase: str) -> Callable[[Quote], bool]:
    """A test whether a quote's text has the words of a phrase side by side, as whole words, without case and accents.

    Raises:
        ArgumentError: if the phrase isn't a string with at least one word in it.
    """
    words = phrase_words(phrase)
    pattern = re.compile(rf"(?<!\w){re.escape(words)}(?!\w)")
    text_of = document._index.words
    return lambda quote: pattern.search(text_of(quote)) is not None


def phrase_words(phrase: str) -> str:
    """The phrase, folded for comparing.

    Raises:
        ArgumentError: if it isn't a string with at least one word in it.
    """
    check_string("a phrase or topic", phrase)
    words = fold_text(phrase)
    if not any(map(str.isalnum, words)):
        msg = f"a phrase or topic needs at least one word; {phrase!r} has none"
        raise ArgumentError(msg)
    return words


def matches(pattern: str) -> Callable[[Quote], bool]:
    """A test whether a regular expression finds something in a quote's text; errors as in `matches_text`."""
    has_match = matches_text(pattern)
    return lambda quote: has_match(quote.text)


def matches_text(pattern: str) -> Callable[[str], bool]:
    """A test whether a regular expression finds something in a text; case and accents don't count in either.

    Raises:
        ArgumentError: if the pattern isn't a string.
        OptionError: if it is no regular expression; says where and why.
    """
    check_string("a pattern", pattern)
    try:
        compiled = re.compile(unaccented(pattern), re.IGNORECASE)
    except (re.error, OverflowError, RecursionError) as error:
        msg = f"{pattern!r} is no regular expression: {error}; to look for the words themselves, use text()"
        raise OptionError(msg) from error
    return lambda text: compiled.search(unaccented(text)) is not None
