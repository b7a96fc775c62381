"""Sources within reports of others: "..., said Roe, according to Tass", "Roe said she left, Tass reports"."""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence

import attrs

from quotesmith.extraction.attributions import Attribution
from quotesmith.lexicon.reporting import ReportingLexicon
from quotesmith.parsed_text import ParsedText
from quotesmith.records import TextSpan, TextSpans

_WORD_CHARACTER = re.compile(r"\w")


def detach_nested_sources(
    parsed: ParsedText, quotes: Sequence[Attribution], lexicon: ReportingLexicon
) -> list[Attribution]:
    """Takes from "according to" the content of the next sentence, where the speaker quoted before continues.

    "“...,” said Roe, according to the agency. It “...”" The content becomes a quote without a cue.
    """
    text = parsed.text
    spoken = sorted(span.start for quote in quotes if not has_nested_source(text, quote, lexicon) for span in quote.cue)
    return [
        attrs.evolve(quote, cue=(), source=())
        if has_nested_source(text, quote, lexicon)
        and _goes_on_behind(parsed, quote)
        and _follows_cue(parsed, quote, spoken)
        else quote
        for quote in quotes
    ]


def add_nested_source_quotes(
    parsed: ParsedText,
    quotes: Sequence[Attribution],
    lexicon: ReportingLexicon,
    by_rules: Callable[[], Sequence[Attribution]],
) -> list[Attribution]:
    """The attributions, and what a clause before "according to" reports: "Roe said she left, according to the agency".

    The outer content becomes one piece, in which that lies.

    Args:
        parsed: The text.
        quotes: Attributions of all levels.
        lexicon: The reporting words.
        by_rules: Finds those by rules.
    """
    text = parsed.text
    cues = {span.start for quote in quotes for span in quote.cue}
    outer = sorted(
        (quote.extent, position)
        for position, quote in enumerate(quotes)
        if has_nested_source(text, quote, lexicon)
        and quote.cue[0].start >= quote.extent.end
        and not any(span.overlaps(quote.extent) for span in quote.source)
    )
    if not outer:
        return list(quotes)
    rules = [rule for rule in by_rules() if rule.cue and rule.source and rule.cue[0].start not in cues]
    inside = list(_inside(text, [extent for extent, _ in outer], sorted(rules, key=lambda rule: rule.cue)))
    found = list(quotes)
    for number, _ in inside:
        extent, position = outer[number]
        found[position] = attrs.evolve(found[position], content=(extent,))
    return [*found, *(rule for _, rule in inside)]


def _inside(text: str, extents: Sequence[TextSpan], rules: Sequence[Attribution]) -> Iterator[tuple[int, Attribution]]:
    """Each rule's attribution that lies in an extent, clipped to it, with that one's position; both in order."""
    position = 0
    for rule in rules:
        while position < len(extents) and extents[position].end <= rule.cue[0].start:
            position += 1
        if position == len(extents):
            return
        extent = extents[position]
        content = _clipped(text, rule.content, extent)
        if content and all(extent.contains(span) for span in (*rule.cue, *rule.source)):
            yield position, attrs.evolve(rule, content=content, parent=None)


def _clipped(text: str, spans: TextSpans, extent: TextSpan) -> TextSpans:
    """The spans as far as they lie in the extent and have words there."""
    cut = ((max(span.start, extent.start), min(span.end, extent.end)) for span in spans)
    pieces = (TextSpan(start, end).stripped(text) for start, end in cut if _WORD_CHARACTER.search(text, start, end))
    return tuple(piece for piece in pieces if piece is not None)


def has_nested_source(text: str, quote: Attribution, lexicon: ReportingLexicon) -> bool:
    """Whether the cue is a phrase like "according to"."""
    return bool(quote.cue) and quote.cue[0].of(text).casefold().startswith(
        tuple(map(" ".join, lexicon.nested_source_phrases))
    )


def _goes_on_behind(parsed: ParsedText, quote: Attribution) -> bool:
    """Whether all content begins behind the sentence of the cue."""
    cue = parsed.doc[parsed.tokens(quote.cue[0])[-1]]
    return all(span.start >= cue.sent.end_char for span in quote.content)


def _follows_cue(parsed: ParsedText, quote: Attribution, spoken: Sequence[int]) -> bool:
    """Whether the sentence has another cue before this one."""
    cue = parsed.doc[parsed.tokens(quote.cue[0])[0]]
    position = bisect_left(spoken, quote.cue[0].start)
    return position > 0 and spoken[position - 1] >= cue.sent.start_char
