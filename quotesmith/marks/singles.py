"""Pairs single quotation marks among apostrophes that look like them."""

from collections.abc import Iterator, Sequence

from quotesmith.marks.nesting import MarkedPassage
from quotesmith.marks.tokens import Fit, Mark


def pair_singles(marks: Sequence[Mark]) -> Iterator[MarkedPassage]:
    """The passages among single marks that share an outer passage; some unclosed, in no special order.

    An opening mark is closed by the surest of the closing marks before the next opening that is as sure as it
    is, the first among equals: in 'the players' locker is fine,' the last. If there is none, a later sure
    mark that closes nothing else closes it.

    Note:
        Linear in the marks: each stretch between two sure openings is searched once from its first opening.
    """
    unclosed: list[Mark] = []
    position = 0
    while position < len(marks):
        mark = marks[position]
        position += 1
        if not mark.opens:
            if unclosed and mark.closes is Fit.SURE and _is_closed_by(unclosed[-1], mark):
                yield MarkedPassage(unclosed.pop(), mark)
            continue
        closing, searched = _find_closing(marks, position, mark)
        if closing is not None:
            yield MarkedPassage(mark, marks[closing])
            position = closing + 1
        elif mark.opens is Fit.SURE:
            unclosed.append(mark)
            position = searched
    for opening in unclosed:
        yield MarkedPassage(opening, None)


def _find_closing(marks: Sequence[Mark], first: int, opening: Mark) -> tuple[int | None, int]:
    """Position of the mark that closes `opening`, and of the mark that ended the search for it."""
    best: int | None = None
    for position in range(first, len(marks)):
        mark = marks[position]
        if best is None:
            ended = mark.opens >= opening.opens and not mark.closes
        else:
            ended = mark.opens >= min(opening.opens, max(Fit.FAIR, marks[best].closes))
        if ended:
            return best, position
        if _is_closed_by(opening, mark) and (best is None or mark.closes > marks[best].closes):
            best = position
    return best, len(marks)


def _is_closed_by(opening: Mark, mark: Mark) -> bool:
    # A clipped word in front ('em) and one behind (th') are no passage.
    return mark.closes > Fit.NONE and max(mark.closes, opening.opens) > Fit.WEAK
