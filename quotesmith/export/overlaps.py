"""Spans that overlap as pieces that don't, so that a tree can hold them."""

from collections.abc import Sequence

from attrs import frozen

from quotesmith.records import TextSpan

# XML readers refuse elements that are nested some hundreds deep.
MAX_DEPTH = 100


@frozen
class Piece:
    """A stretch of a span, and the span's place among those that were given."""

    start: int
    end: int
    span: int


def nested_pieces(spans: Sequence[TextSpan]) -> list[Piece]:
    """The spans cut so that of two pieces one holds the other or they are apart; in the order in which they begin.

    A span that crosses the end of one that began before it is cut there. Of two equal spans the earlier one holds the
    other. What would stand more than `MAX_DEPTH` deep is left out. Time grows with the number of spans.

    Examples:
        >>> [(p.start, p.end, p.span) for p in nested_pieces([TextSpan(0, 4), TextSpan(2, 6)])]
        [(0, 4, 0), (2, 4, 1), (4, 6, 1)]
    """
    starting: dict[int, list[int]] = {}
    for place in sorted(range(len(spans)), key=lambda place: -spans[place].end):
        starting.setdefault(spans[place].start, []).append(place)
    begun: list[tuple[int, int]] = []
    ends: list[int] = []
    stack: list[int] = []  # places in `begun` of the pieces that go on, the innermost last
    for position in sorted(starting.keys() | {span.end for span in spans}):
        over = next((n for n, piece in enumerate(stack) if spans[begun[piece][1]].end == position), len(stack))
        cut = stack[over:]
        del stack[over:]
        for piece in cut:
            ends[piece] = position
        going_on = [begun[piece][1] for piece in cut if spans[begun[piece][1]].end > position]
        for place in (*going_on, *starting.get(position, ()))[: MAX_DEPTH - len(stack)]:
            stack.append(len(begun))
            begun.append((position, place))
            ends.append(position)
    return [Piece(start, end, place) for (start, place), end in zip(begun, ends, strict=True)]
