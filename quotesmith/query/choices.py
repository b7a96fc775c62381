"""Checks of arguments: one of some choices, a score, a function."""

import math
from enum import StrEnum
from typing import TypeVar

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
    if not isinstance(score, int | float) or math.isnan(score) or not 0 <= score <= 1:
        msg = f"a score must be a number between 0 and 1, not {score!r}"
        raise OptionError(msg)
    return score


def check_predicate(predicate: object) -> None:
    """Raise `ArgumentError` unless it can be called."""
    if not callable(predicate):
        msg = f"where() needs a function from a quote to true or false, not {type(predicate).__name__}"
        raise ArgumentError(msg)
