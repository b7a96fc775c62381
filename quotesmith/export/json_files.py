"""Documents as JSON (one, or a list) and JSON Lines (one a line), in UTF-8."""

from collections.abc import Iterable, Iterator
from os import PathLike
from pathlib import Path
from typing import Any

from quotesmith.errors import FormatError
from quotesmith.export.json_data import decode_json, encode_json
from quotesmith.files import replace_atomically
from quotesmith.records import QuoteDocument


def write_json(documents: Iterable[QuoteDocument], path: str | PathLike[str]) -> None:
    """Write documents to a file as JSON: one as an object, none or several as a list of objects.

    Raises:
        FormatError: if a document's meta isn't JSON data (NaN and infinity aren't); nothing is written.
    """
    with replace_atomically(path) as part:
        part.write_bytes(documents_json(documents))


def write_jsonl(documents: Iterable[QuoteDocument], path: str | PathLike[str]) -> None:
    """Write documents to a file, one a line, in their order; each is written before the next is asked for.

    Raises:
        FormatError: if a document's meta isn't JSON data; nothing is written.
    """
    with replace_atomically(path) as part, part.open("wb") as file:
        file.writelines(map(document_json, documents))


def read_json(path: str | PathLike[str]) -> Iterator[QuoteDocument]:
    """The documents of a file that `write_json` wrote, or of any JSON of schema 1: one, or those of a list.

    Raises:
        FormatError: if the file isn't UTF-8, JSON or documents; names the path and, if it can, the place.
    """
    data = decode_json(Path(path).read_bytes(), str(path))
    if not isinstance(data, list):
        yield _document(data, str(path))
        return
    for number, row in enumerate(data, start=1):
        yield _document(row, f"{path}, document {number}")


def read_jsonl(path: str | PathLike[str]) -> Iterator[QuoteDocument]:
    """The documents of a JSON Lines file, in order, each read when it is asked for; skips blank lines.

    Raises:
        FormatError: if a line isn't UTF-8, JSON or a document; names the path and line.
    """
    with Path(path).open("rb") as file:
        for number, line in enumerate(file, start=1):
            if line.strip():
                where = f"{path}, line {number}"
                yield _document(decode_json(line, where, first_line=number), where)


def document_json(document: QuoteDocument) -> bytes:
    """The document as one line of JSON in UTF-8, its line end included; see `encode_json` for surrogates.

    Raises:
        FormatError: if the document's meta isn't JSON data.
    """
    return encode_json(document.to_dict(), f"the meta of document {document.id!r}")


def documents_json(documents: Iterable[QuoteDocument]) -> bytes:
    """One document as `document_json` gives it, none or several as a list of such lines.

    Raises:
        FormatError: if a document's meta isn't JSON data.
    """
    lines = [document_json(document) for document in documents]
    return lines[0] if len(lines) == 1 else b"[" + b",".join(lines) + b"]\n"


def _document(data: Any, where: str) -> QuoteDocument:
    try:
        return QuoteDocument.from_dict(data)
    except FormatError as error:
        msg = f"{where}: {error}"
        raise FormatError(msg) from error
