"""Files that are one document each: plain text, and pages of HTML."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from quotesmith.corpus.reading.opening import opened
from quotesmith.corpus.reading.rows import Position, Row
from quotesmith.errors import FormatError
from quotesmith.export.characters import decode_utf8


def iter_text(path: Path, at: Position, _: Mapping[str, str]) -> Iterator[Row]:
    """The file as one row with a text, line ends as they are and without a byte order mark."""
    where = "the file"
    with opened(path) as file:
        data = file.read()
    try:
        text = decode_utf8(data, where).removeprefix("\ufeff")
    except FormatError as error:
        yield Row(at, fault=str(error).removeprefix(f"{where}: "))
    else:
        yield Row(at, {"text": text})


def iter_html(path: Path, at: Position, _: Mapping[str, str]) -> Iterator[Row]:
    """The file as one row with markup."""
    with opened(path) as file:
        yield Row(at, markup=file.read())
