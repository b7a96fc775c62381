"""Pairs the marks that are never apostrophes: doubles, guillemets, corners."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from attrs import evolve, frozen

from quotesmith.marks.styles import CLOSING_FAMILIES, OPENING_STYLES, Family
from quotesmith.marks.tokens import Fit, Mark


@frozen
class MarkedPassage:
    """An opening mark and the mark that closes it, if any does."""

    opening: Mark
    closing: Mark | None


def nest_marks(marks: Sequence[Mark]) -> list[MarkedPassage]:
    """The passages of one paragraph, in no special order.

    A closing mark closes the nearest open passage of its family; what was opened inside it stays unclosed.
    """
    stack: list[Mark] = []
    open_counts: Counter[Family] = Counter()
    passages = []
    for mark in _settle_doubles(marks):
        if mark.closes and open_counts[mark.family]:
            while stack[-1].family is not mark.family:
                opening = stack.pop()
                open_counts[opening.family] -= 1
                passages.append(MarkedPassage(opening, None))
            passages.append(MarkedPassage(stack.pop(), mark))
            open_counts[mark.family] -= 1
        elif mark.opens:
            stack.append(mark)
            open_counts[mark.family] += 1
    return passages + [MarkedPassage(opening, None) for opening in stack]


def _settle_doubles(marks: Sequence[Mark]) -> list[Mark]:
    """The marks without inches; doubles take turns where that explains more of them than their places do."""
    kept = _without_inches(marks)
    doubles = [mark for mark in kept if mark.family is Family.DOUBLE]
    turns = {mark.start: turn % 2 == 0 for turn, mark in enumerate(doubles)}
    # A mark whose shape, not only its place, contradicts its turn counts twice.
    against = sum(
        1 if mark.glyph in {'"', "＂"} else 2
        for mark in doubles
        if (mark.opens if turns[mark.start] else mark.closes) is Fit.NONE
    )
    possible = all(mark.glyph in (OPENING_STYLES if turns[mark.start] else CLOSING_FAMILIES) for mark in doubles)
    if not possible or _count_unpaired(doubles) <= against + len(doubles) % 2:
        return kept
    return [_turned(mark, opens=turns[mark.start]) if mark.start in turns else mark for mark in kept]


def _turned(mark: Mark, *, opens: bool) -> Mark:
    return evolve(mark, opens=Fit.SURE if opens else Fit.NONE, closes=Fit.NONE if opens else Fit.SURE)


def _without_inches(marks: Sequence[Mark]) -> list[Mark]:
    """The marks without those after a number that close nothing, or that a surer closing mark follows.

    So in 'a 5" pipe. "It leaks," she said.', and in '"A 12" screen," she said.'
    """
    kept = []
    closing_follows = False
    for mark in reversed(list(_without_idle(marks))):
        if mark.family is Family.DOUBLE:
            if mark.closes is Fit.WEAK and closing_follows:
                continue
            if mark.closes is not Fit.WEAK:
                closing_follows = mark.opens is Fit.NONE
        kept.append(mark)
    return kept[::-1]


def _without_idle(marks: Iterable[Mark]) -> Iterator[Mark]:
    """The marks without those after a number before which no passage is open."""
    depth = 0
    for mark in marks:
        if mark.family is Family.DOUBLE:
            if mark.opens:
                # A mark that may do both counts as opening: a number may end the passage that it opens.
                depth += 1
            elif mark.closes is not Fit.WEAK:
                depth = max(0, depth - 1)
            elif not depth:
                continue
        yield mark


def _count_unpaired(marks: Iterable[Mark]) -> int:
    depth = strays = 0
    for mark in marks:
        if mark.closes and depth:
            depth -= 1
        elif mark.opens:
            depth += 1
        elif mark.closes is not Fit.WEAK:
            strays += 1
    return depth + strays
