"""Validators of the records: each raises `InvalidRecordError` and says what was found."""

import sys
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from graphlib import CycleError, TopologicalSorter
from itertools import pairwise
from numbers import Real
from reprlib import Repr
from typing import Any

from attrs import Attribute

from quotesmith.errors import InvalidRecordError


class _Shown(Repr):
    """Python refuses to write whole numbers of over 4,300 digits, and a list in a list a thousand deep."""

    def __init__(self) -> None:
        super().__init__()
        self.maxlevel = 3
        self.maxstring = self.maxother = 80

    def repr_int(self, x: int, level: int) -> str:
        return super().repr_int(x, level) if abs(x) <= sys.maxsize else f"a number of {x.bit_length():,} bits"


_SHOWN = _Shown()


def shown(value: object) -> str:
    """Any value for a message: short, whatever it is."""
    return _SHOWN.repr(value)


def _name(instance: Any, attribute: "Attribute[Any]") -> str:
    return f"{type(instance).__name__}.{attribute.alias}"


def check_start(instance: Any, attribute: "Attribute[int]", value: int) -> None:
    """A span starts at a whole number, not before the text, and not behind the end that any text can have."""
    if type(value) is not int or not 0 <= value <= sys.maxsize:
        msg = f"{_name(instance, attribute)} must be a whole number of at least 0, not {shown(value)}"
        raise InvalidRecordError(msg)


def check_end(instance: Any, attribute: "Attribute[int]", value: int) -> None:
    """A span ends after its start."""
    if type(value) is not int or not instance.start < value <= sys.maxsize:
        msg = f"{_name(instance, attribute)} must be a whole number after start {instance.start}, not {shown(value)}"
        raise InvalidRecordError(msg)


def check_string(instance: Any, attribute: "Attribute[str]", value: object) -> None:
    """A string."""
    if not isinstance(value, str):
        msg = f"{_name(instance, attribute)} must be a string, not {shown(value)}"
        raise InvalidRecordError(msg)


def check_string_or_none(instance: Any, attribute: "Attribute[Any]", value: object) -> None:
    """A string, or None."""
    if value is not None:
        check_string(instance, attribute, value)


def check_flag(instance: Any, attribute: "Attribute[bool]", value: object) -> None:
    """True or False."""
    if not isinstance(value, bool):
        msg = f"{_name(instance, attribute)} must be True or False, not {shown(value)}"
        raise InvalidRecordError(msg)


def check_is(kind: type) -> Callable[[Any, "Attribute[Any]", Any], None]:
    """A value of that kind."""

    def check(instance: Any, attribute: "Attribute[Any]", value: Any) -> None:
        if not isinstance(value, kind):
            msg = f"{_name(instance, attribute)} must be a {kind.__name__}, not {shown(value)}"
            raise InvalidRecordError(msg)

    return check


def check_each_is(kind: type) -> Callable[[Any, "Attribute[Any]", Any], None]:
    """A tuple of values of that kind."""

    def check(instance: Any, attribute: "Attribute[Any]", value: Any) -> None:
        name = _name(instance, attribute)
        if not isinstance(value, tuple):
            msg = f"{name} must be a list of {kind.__name__}, not {shown(value)}"
            raise InvalidRecordError(msg)
        for place, item in enumerate(value):
            if not isinstance(item, kind):
                msg = f"{name}[{place}] must be a {kind.__name__}, not {shown(item)}"
                raise InvalidRecordError(msg)

    return check


def check_id(instance: Any, attribute: "Attribute[str]", value: object) -> None:
    """A string that isn't empty."""
    check_string(instance, attribute, value)
    check_not_empty(instance, attribute, value)


def check_distinct(instance: Any, attribute: "Attribute[Any]", value: Any) -> None:
    """No item twice."""
    if len(set(value)) != len(value):
        twice = next(item for item, count in Counter(value).items() if count > 1)
        msg = f"{_name(instance, attribute)} of {instance.id!r} must have each id once, but {twice!r} is there twice"
        raise InvalidRecordError(msg)


def check_mapping(instance: Any, attribute: "Attribute[Any]", value: object) -> None:
    """A mapping."""
    if not isinstance(value, Mapping):
        msg = f"{_name(instance, attribute)} must be a mapping, not {shown(value)}"
        raise InvalidRecordError(msg)


def check_ordered(instance: Any, attribute: "Attribute[Any]", value: Any) -> None:
    """Spans of one role stand in text order and don't overlap."""
    for before, after in pairwise(value):
        if after.start < before.end:
            msg = f"{_name(instance, attribute)} must be in order and apart; {before} is followed by {after}"
            raise InvalidRecordError(msg)


def check_not_empty(instance: Any, attribute: "Attribute[Any]", value: Any) -> None:
    """At least one item, or one character."""
    if not value:
        msg = f"{_name(instance, attribute)} must not be empty"
        raise InvalidRecordError(msg)


def check_score(instance: Any, attribute: "Attribute[float]", value: Any) -> None:
    """A probability, which NaN is not."""
    is_number = isinstance(value, Real) and not isinstance(value, bool)
    if not is_number or not 0 <= value <= 1:
        msg = f"{_name(instance, attribute)} must lie between 0 and 1, not {shown(value)}"
        raise InvalidRecordError(msg)


def check_unique(kind: str, ids: list[str]) -> None:
    """No id of one kind occurs twice in a document."""
    if len(set(ids)) != len(ids):
        twice = sorted(i for i, count in Counter(ids).items() if count > 1)
        msg = f"{kind} ids must differ, but these occur more than once: {', '.join(twice)}"
        raise InvalidRecordError(msg)


def check_no_circle(circle: str, leads: Mapping[str, Sequence[str]]) -> None:
    """Nothing leads back to itself.

    Args:
        circle: What is wrong if something does, for the message.
        leads: The ids to which each id leads; all of them are keys.

    Raises:
        InvalidRecordError: if something does; names what lies between.
    """
    try:
        TopologicalSorter(leads).prepare()
    except CycleError as error:
        msg = f"{circle}: {' to '.join(map(repr, error.args[1]))}"
        raise InvalidRecordError(msg) from error
