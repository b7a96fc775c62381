"""Quotes that the tags leave without a cue, with the cue that grammar and layout give their passage."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

import attrs

from quotesmith.extraction.attributions import Attribution
from quotesmith.records import TextSpan, TextSpans


def with_rules_cues(found: Sequence[Attribution], by_rules: Iterable[Attribution]) -> list[Attribution]:
    """The attributions, those without a cue completed by a rule's that starts a content at the same place.

    Signatures ("..." — Jane Roe) and labels (ROE: ...) are rare in running news, and speech that goes on after a
    paragraph has its cue far away: there the rules know more. Where the rule's cue is another's already, the content
    becomes that one's. All content stays.

    Args:
        found: Attributions by tags, of the text's outermost level.
        by_rules: Attributions by rules.
    """
    rules = {span.start: rule for rule in by_rules if rule.cue and rule.parent is None for span in rule.content}
    owners = {span.start: position for position, quote in enumerate(found) for span in quote.cue}
    result = dict(enumerate(found))
    joined: defaultdict[int, list[Attribution]] = defaultdict(list)
    for position, quote in enumerate(found):
        rule = None if quote.cue else rules.get(quote.content[0].start)
        cue = () if rule is None else _beside(rule.cue, quote.content)
        if rule is None or not cue:
            continue
        owner = owners.setdefault(cue[0].start, position)
        if owner == position:
            result[position] = attrs.evolve(
                quote,
                cue=cue,
                source=_beside(rule.source, quote.content),
                act=rule.act,
                assertion=rule.assertion,
                rule=f"{quote.rule}, {rule.rule}",
            )
        else:
            joined[owner].append(result.pop(position))
    return [_joined(quote, joined[position]) for position, quote in result.items()]


def _beside(spans: TextSpans, content: TextSpans) -> TextSpans:
    """The spans without what is content: one token may hold the closing mark and the dash of a signature."""
    beside = []
    for span in spans:
        start, end = span.start, span.end
        for part in content:
            if part.start <= start:
                start = max(start, part.end)
            else:
                end = min(end, part.start)
        if start < end:
            beside.append(TextSpan(start, end))
    return tuple(beside)


def _joined(quote: Attribution, others: Sequence[Attribution]) -> Attribution:
    if not others:
        return quote
    parts = (quote, *others)
    return attrs.evolve(
        quote,
        content=tuple(sorted(span for part in parts for span in part.content)),
        outer_marks=tuple(sorted(mark for part in parts for mark in part.outer_marks)),
    )
