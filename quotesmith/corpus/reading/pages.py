"""Files that are one document each, plain text or a page of HTML, and how files are opened, packed ones too."""

import gzip
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any, BinaryIO, cast

from attrs import evolve

from quotesmith.corpus.reading.rows import Fault, InputDocument, Position, Row
from quotesmith.errors import FormatError, MissingPackageError
from quotesmith.export.characters import decode_utf8

PACKED = ".gz"


@contextmanager
def opened(path: Path) -> Iterator[BinaryIO]:
    """The file's bytes, unpacked where its name ends in .gz; seeking in a packed file reads all before.

    Raises:
        FormatError: if a packed file is broken.
    """
    if path.suffix.lower() != PACKED:
        with path.open("rb") as file:
            yield file
        return
    try:
        with gzip.open(path, "rb") as packed:
            yield cast("BinaryIO", packed)
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        msg = f"the file can't be unpacked: {error}"
        raise FormatError(msg) from error


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


# What a document's meta calls what trafilatura finds.
_FOUND = {"title": "title", "date": "date", "outlet": "sitename", "url": "url", "author": "author"}


def readable(document: InputDocument) -> InputDocument | Fault:
    """The document with the text and meta of its markup, or itself where it has none.

    Paragraphs are parted by blank lines. A page without any text is a fault.

    Raises:
        MissingPackageError: if there is markup, and trafilatura isn't installed.
    """
    if document.markup is None:
        return document
    page = _extracted(document.markup)
    if page is None or not page.text:
        return Fault(document.place, "no text is found in the page")
    found = {name: getattr(page, key) for name, key in _FOUND.items()}
    meta = {name: value for name, value in found.items() if value}
    text = page.text.replace("\n", "\n\n")
    return evolve(document, text=text, meta={**meta, **document.meta}, markup=None)


def need_trafilatura() -> None:
    """Nothing, or `MissingPackageError` where trafilatura isn't installed."""
    if find_spec("trafilatura") is None:
        msg = "HTML needs trafilatura; install it with: pip install 'quotesmith[html]'"
        raise MissingPackageError(msg)


def _extracted(markup: bytes) -> Any:
    need_trafilatura()
    import trafilatura

    return trafilatura.bare_extraction(markup, with_metadata=True, include_comments=False)
