"""Quotes inside quotes: which attribution's content holds which."""

from bisect import bisect_right
from collections.abc import Sequence

import attrs

from quotesmith.extraction.attributions import Attribution
from quotesmith.records import TextSpan


def with_parents(attributions: Sequence[Attribution]) -> list[Attribution]:
    """The attributions, each with the position of the innermost one whose content holds its content and cue.

    Args:
        attributions: In order of their extent's start, longer ones first; no cue lies in its own content.

    Note:
        In n log n of the attributions' spans: the stack of open spans is kept nested, for what ends earlier
        than a span that opens later holds nothing that the later one doesn't.
    """
    extents = [_with_cue(attribution) for attribution in attributions]
    openings = sorted(
        ((span, position) for position, attribution in enumerate(attributions) for span in attribution.content),
        key=lambda opening: (opening[0].start, -opening[0].end, opening[1]),
    )
    parents: dict[int, int] = {}
    stack: list[tuple[TextSpan, int]] = []
    following = 0
    for position in sorted(range(len(attributions)), key=lambda p: extents[p].start):
        extent = extents[position]
        while following < len(openings) and openings[following][0].start <= extent.start:
            while stack and stack[-1][0].end < openings[following][0].end:
                stack.pop()
            stack.append(openings[following])
            following += 1
        # Ends fall from the bottom of the stack to its top.
        holding = bisect_right(stack, -extent.end, key=lambda opening: -opening[0].end)
        held_by = next((p for _, p in reversed(stack[max(0, holding - 2) : holding]) if p != position), None)
        if held_by is not None:
            parents[position] = held_by
    return [attrs.evolve(a, parent=parents.get(position)) for position, a in enumerate(attributions)]


def _with_cue(attribution: Attribution) -> TextSpan:
    spans = (*attribution.content, *attribution.cue)
    return TextSpan(min(span.start for span in spans), max(span.end for span in spans))
