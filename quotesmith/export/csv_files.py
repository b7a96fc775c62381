"""Quotes as comma-separated values: one row a quote, in UTF-8."""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from os import PathLike

from quotesmith.export.characters import without_forbidden
from quotesmith.export.tables import QUOTE_COLUMNS, Cell, quote_rows
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
