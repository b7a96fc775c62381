"""JSON Lines: an object a line."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from quotesmith.corpus.reading.opening import opened
from quotesmith.corpus.reading.rows import Position, Row
from quotesmith.errors import FormatError
from quotesmith.export.json_data import decode_json


def iter_json_lines(path: Path, at: Position, _: Mapping[str, str]) -> Iterator[Row]:
    """A row for each line from `at` on, read when it is asked for; skips blank lines."""
    with opened(path) as file:
        file.seek(at.offset)
        offset = at.offset
        for number, line in enumerate(file, at.number):
            here = Position(offset, number)
            offset += len(line)
            if line.strip():
                yield _row(here, line)


def _row(at: Position, line: bytes) -> Row:
    where = "the line"
    try:
        value = decode_json(line.rstrip(b"\r\n"), where, first_line=at.number)
    except FormatError as error:
        return Row(at, fault=str(error).removeprefix(f"{where}: "))
    return Row(at, value) if isinstance(value, dict) else Row(at, fault=f"{where} must be an object, not {line[:40]!r}")
