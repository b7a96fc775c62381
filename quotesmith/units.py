"""The units of settings: each field of a class of settings is annotated with one, and its values are checked for it."""

import math
from collections.abc import Sequence
from typing import Annotated, Any, TypeAlias, TypeGuard, get_args

import attrs

from quotesmith.errors import OptionError


def _check_count(value: object) -> str | None:
    is_right = type(value) is int and value >= 0
    return None if is_right else "must be a whole number of at least 0"


def _check_share(value: object) -> str | None:
    is_right = _is_number(value) and 0 <= value <= 1
    return None if is_right else "must lie between 0 and 1"


def _check_weight(value: object) -> str | None:
    is_right = _is_number(value) and math.isfinite(value)
    return None if is_right else "must be a finite number"


def _is_number(value: object) -> TypeGuard[float]:
    return isinstance(value, int | float) and not isinstance(value, bool)


Count: TypeAlias = Annotated[int, _check_count]
"""A whole number of at least 0."""
Share: TypeAlias = Annotated[float, _check_share]
"""A share or a probability, in [0, 1]."""
Weight: TypeAlias = Annotated[float, _check_weight]
"""Points, a factor or an expected number: finite."""


def check_units(_: type[Any], fields: "Sequence[attrs.Attribute[Any]]") -> "list[attrs.Attribute[Any]]":
    """For `field_transformer` of attrs: each field with a unit refuses other values by an `OptionError`."""
    return [field.evolve(validator=_check) if get_args(field.type)[1:] else field for field in fields]


def _check(settings: Any, field: "attrs.Attribute[Any]", value: object) -> None:
    fault = get_args(field.type)[1](value)
    if fault is not None:
        msg = f"{type(settings).__name__}.{field.name} {fault}, not {value!r}"
        raise OptionError(msg)
