"""Quotes as comma-separated values: one row a quote, in UTF-8."""

import csv
import io
from collections.abc import Iterable
from os import PathLike
from pathlib import Path

from quotesmith.export.characters import without_forbidden
from quotesmith.export.tables import COLUMNS, Cell, quote_rows
from quotesmith.records import QuoteDocument

# A spreadsheet takes a cell that starts with one of these for a formula, which may run programs or send data.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def write_csv(documents: Iterable[QuoteDocument], path: str | PathLike[str]) -> None:
    """Write the documents' quotes to a file, one row a quote after a row of column names (see `quote_rows`).

    A cell that a spreadsheet would take for a formula gets a leading apostrophe; characters that files can't
    carry become U+FFFD.
    """
    Path(path).write_bytes(documents_csv(documents).encode())


def documents_csv(documents: Iterable[QuoteDocument]) -> str:
    """The documents' quotes as `write_csv` writes them, with line ends as RFC 4180 has them."""
    table = io.StringIO(newline="")
    writer = csv.writer(table)
    writer.writerow(COLUMNS)
    for row in quote_rows(documents):
        writer.writerow([neutralized(cell) for cell in row.values()])
    return table.getvalue()


def neutralized(cell: Cell) -> Cell:
    """The cell as a spreadsheet may safely read it."""
    if not isinstance(cell, str):
        return cell
    return ("'" if cell.startswith(_FORMULA_STARTS) else "") + without_forbidden(cell)
