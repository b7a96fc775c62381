"""Spans that overlap as pieces that don't, so that a tree can hold them."""

from collections.abc import Sequence

from attrs import frozen

from quotesmith.records import TextSpan

# XML readers refuse elements nested some hundreds deep.
MAX_DEPTH = 100


@frozen
class NestedPiece:
    """A stretch of a span, and the span's place among those that were given."""

    start: int
    end: int
    span: int


def nested_pieces(spans: Sequence[TextSpan]) -> list[NestedPiece]:
    """The spans cut into pieces of which any two are nested or apart, in the order in which they begin.

    A span that crosses the end of one that began before it is cut there. Of two equal spans the earlier one holds the
    other. Pieces more than `MAX_DEPTH` deep are left out. Time grows with the number of spans.

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
    return [NestedPiece(start, end, place) for (start, place), end in zip(begun, ends, strict=True)]
