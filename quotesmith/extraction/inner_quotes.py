"""Quotes inside quotes: what the encoder's tags of the second level show, each in one content of another quote."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence

import attrs

from quotesmith.encoder import LevelScores
from quotesmith.extraction.attributions import overlaps_any
from quotesmith.extraction.fragments import SpeechPlaces
from quotesmith.extraction.linking import Linked, find_quotes
from quotesmith.extraction.settings import ExtractionSettings
from quotesmith.parsed_text import ParsedText
from quotesmith.records import TextSpan


def find_inner_quotes(
    parsed: ParsedText, level: LevelScores, outer: Sequence[Linked], settings: ExtractionSettings
) -> list[Linked]:
    """The quotes that have their cue and their words inside one content of `outer`, or one piece of a turn.

    Where the layout gives turns, their pieces are what holds quotes, however the tags cut them; what the tags take for
    an outermost quote lies in the turn there. Linear in the text.

    Args:
        parsed: The text.
        level: What the encoder gives for the quotes right inside others.
        outer: The outermost quotes by the tags.
        settings: The thresholds.
    """
    # A mail goes on behind the one that it quotes.
    turns = sorted(piece for turn in parsed.layout.turns for piece in turn.content)
    contents = (part.span for quote in outer for part in quote.contents)
    outside = (span for span in contents if not overlaps_any(span, turns))
    holders = sorted(_without_marks(parsed, (*turns, *outside)))
    if not holders:
        return []
    places = SpeechPlaces.inside(level.pieces, parsed.marks, holders)
    inner = find_quotes(level, parsed.text, places, settings)
    return [
        quote
        for quote in (*_each_held(outer, turns), *_each_held(inner, holders))
        if all(part.score >= settings.min_inner_probability for part in quote.parts)
    ]


def _each_held(quotes: Sequence[Linked], holders: Sequence[TextSpan]) -> Iterator[Linked]:
    """What stands of each quote in the holder of its cue; holders are in order and apart."""
    openings = [holder.start for holder in holders]
    for quote in quotes:
        if quote.cue is None:
            continue
        position = bisect_right(openings, quote.cue.span.start) - 1
        holder = holders[position] if position >= 0 else None
        if holder is None or not holder.contains(quote.cue.span):
            continue
        contents = tuple(part for part in quote.contents if holder.contains(part.span))
        has_source = quote.source is not None and holder.contains(quote.source.span)
        if contents:
            yield attrs.evolve(quote, contents=contents, source=quote.source if has_source else None)


def _without_marks(parsed: ParsedText, spans: Iterable[TextSpan]) -> Iterator[TextSpan]:
    """Each span without the marks around all of it, and without white space inside of these."""
    opened = {pair.opening.start: pair for pair in parsed.marks}
    closed = {pair.closing.end: pair for pair in parsed.marks if pair.closing is not None}
    for span in spans:
        first, last = opened.get(span.start), closed.get(span.end)
        start, end = span.start, span.end
        # The mark at an edge may be of a passage inside.
        if first is not None and first.end >= span.end:
            start = first.opening.end
        if last is not None and last.closing is not None and last.opening.start <= span.start:
            end = last.closing.start
        words = TextSpan(start, end).stripped(parsed.text) if start < end else None
        yield span if words is None else words
