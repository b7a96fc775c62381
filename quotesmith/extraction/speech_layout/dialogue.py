"""Turns of dialogue: paragraphs of nothing but speech, which in novels are another speaker's."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cache

import attrs

from quotesmith.extraction.fragments import MarkedText
from quotesmith.extraction.linking import Linked
from quotesmith.extraction.settings import ExtractionSettings

_WHOLE_WORD = re.compile(r"\w+")


def split_turns(text: MarkedText, quotes: Sequence[Linked], settings: ExtractionSettings) -> list[Linked]:
    """The quotes; in dialogue, turns in other paragraphs than their cue become quotes of their own.

    A paragraph that is one passage goes on with the speech before in news, where its last paragraph may well be
    closed; where such paragraphs follow each other it is the other speaker's, and becomes a quote
    without a cue. A passage whose opening mark repeats an unclosed one goes on in any text.
    """
    starts = text.paragraph_starts
    turns = dict(_find_turns(text))
    numbers = set(turns.values())
    following = sum(number - 1 in numbers for number in numbers)
    # Fewer of them side by side are paragraphs of one speech.
    if following <= len(numbers) * settings.dialogue_share:
        return list(quotes)
    found = [part for quote in quotes for part in _split(quote, turns, starts)]
    return sorted(found, key=lambda quote: quote.contents[0].stretch)


def _find_turns(text: MarkedText) -> Iterator[tuple[int, int]]:
    """Start and paragraph of each closed outermost passage that is all of its paragraph and begins a speech."""
    starts = text.paragraph_starts
    ends = [*starts[1:], len(text.text)]

    @cache
    def words(number: int) -> tuple[int, int]:
        """Where the paragraph's first word starts and its last one ends; it is read once, however many marks it has."""
        found = [word.span() for word in _WHOLE_WORD.finditer(text.text, starts[number], ends[number])]
        return (found[0][0], found[-1][1]) if found else (ends[number], starts[number])

    for pair in text.marks:
        if pair.depth == 0 and pair.closing is not None and pair.continues is None:
            number = bisect_right(starts, pair.span.start) - 1
            first, last = words(number)
            if pair.span.start <= first and last <= pair.end:
                yield pair.span.start, number


def _split(quote: Linked, turns: dict[int, int], starts: Sequence[int]) -> Iterator[Linked]:
    if quote.cue is None:
        yield quote
        return
    own = bisect_right(starts, quote.cue.span.start) - 1
    kept = []
    for part in quote.contents:
        if turns.get(part.span.start, own) == own:
            kept.append(part)
        else:
            yield attrs.evolve(quote, contents=(part,), cue=None, source=None)
    if kept:
        yield attrs.evolve(quote, contents=tuple(kept))
