"""Sources within reports of others: "..., said Roe, according to Tass", "Roe said she left, Tass reports"."""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence

import attrs
from attrs import frozen

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
    reports = [_Report(position, extent, _reach(parsed, extent, quotes[position])) for extent, position in outer]
    found = list(quotes)
    for report, extent, rule in _inside(text, reports, sorted(rules, key=lambda rule: rule.cue)):
        found[report.position] = attrs.evolve(found[report.position], content=(extent,))
        found.append(rule)
    return found


@frozen
class _Report:
    """What stands before "according to".

    Attributes:
        position: Which of the attributions it is.
        extent: From its first word to its last.
        reach: The sentence, in which the words that name the speaker may stand beside it.
    """

    position: int
    extent: TextSpan
    reach: TextSpan


def _reach(parsed: ParsedText, extent: TextSpan, quote: Attribution) -> TextSpan:
    first = parsed.doc[parsed.token_at(extent.start)]
    return TextSpan(min(first.sent.start_char, extent.start), quote.cue[0].start)


def _inside(
    text: str, reports: Sequence[_Report], rules: Sequence[Attribution]
) -> Iterator[tuple[_Report, TextSpan, Attribution]]:
    """Each rule's attribution that lies in a report, with that and its words with speaker and cue; both in order."""
    position = 0
    for rule in rules:
        while position < len(reports) and reports[position].reach.end <= rule.cue[0].start:
            position += 1
        if position == len(reports):
            return
        report = reports[position]
        named = (*rule.cue, *rule.source)
        if not all(map(report.reach.contains, named)):
            continue
        start = min(report.extent.start, *(span.start for span in named))
        whole = TextSpan(start, max(report.extent.end, *(span.end for span in named)))
        content = _clipped(text, rule.content, whole)
        if any(span.overlaps(report.extent) for span in content):
            yield report, whole, attrs.evolve(rule, content=content, parent=None)


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
