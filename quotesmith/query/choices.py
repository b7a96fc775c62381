"""Checks of arguments: one of some choices, a score, an index, a function."""

import math
import operator
from enum import StrEnum
from typing import SupportsIndex, TypeVar

from quotesmith.errors import ArgumentError, OptionError

Option = TypeVar("Option", bound=StrEnum)


def checked_choice(choices: type[Option], option: str, value: str) -> Option:
    """The choice of that value.

    Raises:
        OptionError: if there is none; lists those that there are.
    """
    known = [choice.value for choice in choices]
    if value not in known:
        msg = f"{option} must be one of {', '.join(known)}, not {value!r}"
        raise OptionError(msg)
    return choices(value)


def checked_score(score: float) -> float:
    """The score.

    Raises:
        OptionError: if it isn't a number between 0 and 1.
    """
    is_number = isinstance(score, int | float) and not isinstance(score, bool)
    if not is_number or math.isnan(score) or not 0 <= score <= 1:
        msg = f"a score must be a number between 0 and 1, not {score!r}"
        raise OptionError(msg)
    return score


def checked_index(index: SupportsIndex, length: int) -> int:
    """The place in a sequence of that length, counted from its start.

    Raises:
        TypeError: if the index isn't a whole number.
        IndexError: if the sequence has no such place; says how long it is.
    """
    place = operator.index(index)
    if not -length <= place < length:
        msg = f"index {place} is out of range: there are {length}"
        raise IndexError(msg)
    return place % length


def check_predicate(predicate: object) -> None:
    """Raise `ArgumentError` unless it can be called."""
    if not callable(predicate):
        msg = f"where() needs a function from a quote to true or false, not {type(predicate).__name__}"
        raise ArgumentError(msg)
