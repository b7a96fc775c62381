"""Documents as JSON (one a file) and JSON Lines (one a line), in UTF-8."""

import json
import re
from collections.abc import Iterable, Iterator
from os import PathLike
from pathlib import Path
from typing import Any, NoReturn

from quotesmith.errors import FormatError
from quotesmith.export.characters import REPLACEMENT
from quotesmith.records import QuoteDocument

_SURROGATE_PAIR = re.compile("[\ud800-\udbff][\udc00-\udfff]")


def write_json(document: QuoteDocument, path: str | PathLike[str]) -> None:
    """Write one document to a file, as one line of JSON.

    Raises:
        FormatError: if the document's meta isn't JSON data (NaN and infinity aren't).
    """
    Path(path).write_bytes(document_json(document))


def write_jsonl(documents: Iterable[QuoteDocument], path: str | PathLike[str]) -> None:
    """Write documents to a file, one a line, in their order; each is written before the next is asked for.

    Raises:
        FormatError: if a document's meta isn't JSON data; those before it have been written.
    """
    with Path(path).open("wb") as file:
        for document in documents:
            file.write(document_json(document))


def read_json(path: str | PathLike[str]) -> QuoteDocument:
    """The document of a file that `write_json` wrote, or of any JSON of schema 1.

    Raises:
        FormatError: if the file isn't UTF-8, JSON or a document; names the path and, if it can, the line.
    """
    return _document(Path(path).read_bytes(), str(path), first_line=1)


def read_jsonl(path: str | PathLike[str]) -> Iterator[QuoteDocument]:
    """The documents of a JSON Lines file, in order, each read when it is asked for; skips blank lines.

    Raises:
        FormatError: if a line isn't UTF-8, JSON or a document; names the path and line.
    """
    with Path(path).open("rb") as file:
        for number, line in enumerate(file, start=1):
            if line.strip():
                yield _document(line, f"{path}, line {number}", first_line=number)


def document_json(document: QuoteDocument) -> bytes:
    """The document as one line of JSON in UTF-8, its line end included.

    A lone surrogate is written as an escape and survives. The two halves of a surrogate pair would be read
    back as one character, which would shift all offsets after it: each half becomes U+FFFD.

    Raises:
        FormatError: if the document's meta isn't JSON data.
    """
    try:
        line = json.dumps(document.to_dict(), ensure_ascii=False, allow_nan=False)
    except (TypeError, ValueError, RecursionError) as error:
        msg = f"the meta of document {document.id!r} isn't JSON data: {error}"
        raise FormatError(msg) from error
    return (_SURROGATE_PAIR.sub(REPLACEMENT * 2, line) + "\n").encode("utf-8", "backslashreplace")


def _document(data: bytes, where: str, *, first_line: int) -> QuoteDocument:
    plain = _parsed(_decoded(data, where, first_line), where, first_line)
    try:
        return QuoteDocument.from_dict(plain)
    except FormatError as error:
        msg = f"{where}: {error}"
        raise FormatError(msg) from error


def _decoded(data: bytes, where: str, first_line: int) -> str:
    try:
        # Some editors put a byte order mark before UTF-8.
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = first_line + data.count(b"\n", 0, error.start)
        msg = f"{where}: not UTF-8: byte {data[error.start]:#04x} in line {line}"
        raise FormatError(msg) from error


def _parsed(text: str, where: str, first_line: int) -> Any:
    try:
        return json.loads(text, parse_constant=_refuse_constant)
    except json.JSONDecodeError as error:
        line = first_line + error.lineno - 1
        msg = f"{where}: not JSON: {error.msg} in line {line}, column {error.colno}"
        raise FormatError(msg) from error
    except (ValueError, RecursionError) as error:
        msg = f"{where}: not JSON that can be read: {error}"
        raise FormatError(msg) from error


def _refuse_constant(name: str) -> NoReturn:
    msg = f"{name} is not a number of JSON"
    raise ValueError(msg)
