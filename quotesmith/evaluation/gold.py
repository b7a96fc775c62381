"""Readers of gold data: JSON Lines, one document a line, plain or gzipped."""

import gzip
import json
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

from quotesmith.errors import FormatError

_GZIP = b"\x1f\x8b"
_MAX_LINE_BYTES = 1 << 26  # bytes of a line: a small gzipped file may hold an endless one


def iter_gold(path: Path, *, key: str) -> Iterator[dict[str, Any]]:
    """The documents of a gold file in order, each a mapping with its id under `key` and its `text`.

    Raises:
        FormatError: if a line isn't such a document, or is longer than 64 MiB; names the line.
    """
    with path.open("rb") as file:
        is_gzip = file.read(len(_GZIP)) == _GZIP
        file.seek(0)
        lines = _lines(gzip.GzipFile(fileobj=file) if is_gzip else file, path)
        for number, line in enumerate(lines, 1):
            yield _document(line, f"{path}, line {number}", key)


def _lines(file: gzip.GzipFile | BinaryIO, path: Path) -> Iterator[bytes]:
    try:
        while line := file.readline(_MAX_LINE_BYTES + 1):
            yield line
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        msg = f"{path}: not gzip that can be read: {error}"
        raise FormatError(msg) from error


def _document(line: bytes, where: str, key: str) -> dict[str, Any]:
    if len(line) > _MAX_LINE_BYTES:
        msg = f"{where}: longer than {_MAX_LINE_BYTES:,} bytes, which no document is"
        raise FormatError(msg)
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:
        msg = f"{where}: not JSON: {error}"
        raise FormatError(msg) from error
    if not isinstance(row, dict) or not isinstance(row.get(key), str) or not isinstance(row.get("text"), str):
        msg = f"{where}: a gold document needs the strings {key!r} and 'text'"
        raise FormatError(msg)
    return row
