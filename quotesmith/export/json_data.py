"""JSON data as bytes and back: strict, in UTF-8, with errors that name the place."""

import json
import math
import re
from collections import Counter
from typing import Any, NoReturn

from quotesmith.errors import FormatError
from quotesmith.export.characters import REPLACEMENT, decode_utf8, without_surrogates

_SURROGATE_PAIR = re.compile("[\ud800-\udbff][\udc00-\udfff]")


def encode_json(value: Any, what: str) -> bytes:
    """The value as one line of JSON in UTF-8, its line end included.

    A lone surrogate is written as an escape and survives. The two halves of a surrogate pair would be read
    back as one character, which would shift all offsets after it: each half becomes U+FFFD.

    Args:
        value: Any JSON data.
        what: What it is, for the error.

    Raises:
        FormatError: if the value isn't JSON data (NaN and infinity aren't).
    """
    try:
        line = json.dumps(value, ensure_ascii=False, allow_nan=False)
    except (TypeError, ValueError, RecursionError) as error:
        msg = f"{what} isn't JSON data: {error}"
        raise FormatError(msg) from error
    return (_SURROGATE_PAIR.sub(REPLACEMENT * 2, line) + "\n").encode("utf-8", "backslashreplace")


def decode_json(data: bytes, where: str, *, first_line: int = 1) -> Any:
    """The value that the bytes hold; a byte order mark, which some editors put before UTF-8, is no harm.

    Args:
        data: JSON in UTF-8.
        where: The file, for the error.
        first_line: The number in that file of the first line of `data`.

    Raises:
        FormatError: if it isn't UTF-8 or JSON, has NaN, infinity or a number too large, names a key of an object twice
            (readers differ on which counts), or is nested too deep.
    """
    text = decode_utf8(data, where, first_line=first_line).removeprefix("\ufeff")
    try:
        return json.loads(
            text, parse_constant=_refuse_constant, parse_float=_finite, object_pairs_hook=_without_doubles
        )
    except json.JSONDecodeError as error:
        line = first_line + error.lineno - 1
        msg = f"{where}: not JSON: {error.msg} in line {line}, column {error.colno}"
        raise FormatError(msg) from error
    except (ValueError, RecursionError) as error:
        msg = f"{where}: not JSON that can be read: {error}"
        raise FormatError(msg) from error


def plain_data(value: Any) -> Any:
    """The JSON data with U+FFFD for each surrogate in its strings, for formats that hold only characters."""
    if isinstance(value, str):
        return without_surrogates(value)
    if isinstance(value, list | tuple):
        return [plain_data(item) for item in value]
    if isinstance(value, dict):
        return {plain_data(key): plain_data(item) for key, item in value.items()}
    return value


def _refuse_constant(name: str) -> NoReturn:
    msg = f"{name} is not a number of JSON"
    raise ValueError(msg)


def _finite(digits: str) -> float:
    number = float(digits)
    if math.isinf(number):
        msg = f"the number {digits:.40} is too large"
        raise ValueError(msg)
    return number


def _without_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    data = dict(pairs)
    if len(data) < len(pairs):
        [(twice, _)] = Counter(key for key, _ in pairs).most_common(1)
        msg = f"an object has the key {twice!r:.80} more than once"
        raise ValueError(msg)
    return data
