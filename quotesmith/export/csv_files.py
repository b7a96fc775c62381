"""Comma-separated values in UTF-8: one row a quote, a character, or a speaker, an addressee and a chapter."""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from os import PathLike

from quotesmith.export.characters import without_forbidden
from quotesmith.export.tables import (
    ADDRESSEE_COLUMNS,
    CAST_COLUMNS,
    QUOTE_COLUMNS,
    Cell,
    addressee_rows,
    cast_rows,
    quote_rows,
)
from quotesmith.files import replace_atomically
from quotesmith.records import QuoteDocument

# What a spreadsheet takes for a formula, which may run programs or send data: a cell that starts with one of these
# signs, narrow or wide. A spreadsheet that splits cells at semicolons or tabs finds cells inside ours, too.
_FORMULA = re.compile(r'^(?=[=+\-@＝＋－＠\t\r\n])|(?<=[;\t\r\n])(?="*[=+\-@＝＋－＠])')


def write_csv(documents: Iterable[QuoteDocument], path: str | PathLike[str]) -> None:
    """Write the documents' quotes to a file, one row a quote after a row of column names (see `quote_rows`).

    What a spreadsheet would take for a formula gets an apostrophe before it, also after a semicolon, a tab or a line
    end inside a cell; characters that files can't carry become U+FFFD.
    """
    with replace_atomically(path) as part:
        part.write_bytes(documents_csv(documents).encode())


def documents_csv(documents: Iterable[QuoteDocument]) -> str:
    """The documents' quotes as `write_csv` writes them, with line ends as RFC 4180 has them."""
    return "".join(csv_lines(QUOTE_COLUMNS, quote_rows(documents)))


def write_cast_csv(documents: Iterable[QuoteDocument], path: str | PathLike[str]) -> None:
    """Write the casts of documents to a file, one row a character (see `cast_rows`); as `write_csv` does."""
    with replace_atomically(path) as part:
        part.write_bytes(cast_csv(documents).encode())


def cast_csv(documents: Iterable[QuoteDocument]) -> str:
    """The casts of documents as `write_cast_csv` writes them."""
    return "".join(csv_lines(CAST_COLUMNS, cast_rows(document.cast() for document in documents)))


def write_addressees_csv(documents: Iterable[QuoteDocument], path: str | PathLike[str]) -> None:
    """Write to a file who speaks to whom in which chapter, one row a pair (see `addressee_rows`)."""
    with replace_atomically(path) as part:
        part.write_bytes(addressees_csv(documents).encode())


def addressees_csv(documents: Iterable[QuoteDocument]) -> str:
    """Who speaks to whom as `write_addressees_csv` writes it."""
    return "".join(csv_lines(ADDRESSEE_COLUMNS, addressee_rows(documents)))


def csv_lines(columns: Sequence[str], rows: Iterable[Mapping[str, Cell]]) -> Iterator[str]:
    """A row of column names and the rows, each with its line end, as `write_csv` writes them."""
    table = io.StringIO(newline="")
    writer = csv.writer(table)
    for cells in chain([columns], ([neutralized(row[name]) for name in columns] for row in rows)):
        writer.writerow(cells)
        yield table.getvalue()
        table.seek(0)
        table.truncate()


def neutralized(cell: Cell) -> Cell:
    """The cell as a spreadsheet may safely read it."""
    if not isinstance(cell, str):
        return cell
    return _FORMULA.sub("'", without_forbidden(cell))
