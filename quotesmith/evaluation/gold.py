"""Readers of gold data: JSON Lines, one document a line, plain or gzipped."""

import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from quotesmith.errors import FormatError

_GZIP = b"\x1f\x8b"


def iter_gold(path: Path, *, key: str) -> Iterator[dict[str, Any]]:
    """The documents of a gold file in order, each a mapping with its id under `key` and its `text`.

    Raises:
        FormatError: if a line isn't such a document; names the line.
    """
    with path.open("rb") as file:
        is_gzip = file.read(len(_GZIP)) == _GZIP
        file.seek(0)
        lines = gzip.GzipFile(fileobj=file) if is_gzip else file
        for number, line in enumerate(lines, 1):
            yield _document(line, f"{path}, line {number}", key)


def _document(line: bytes, where: str, key: str) -> dict[str, Any]:
    try:
        row = json.loads(line)
    except ValueError as error:
        msg = f"{where}: not JSON: {error}"
        raise FormatError(msg) from error
    if not isinstance(row, dict) or not isinstance(row.get(key), str) or not isinstance(row.get("text"), str):
        msg = f"{where}: a gold document needs the strings {key!r} and 'text'"
        raise FormatError(msg)
    return row
