"""A corpus' quotes as rows of a table, with when and where they were published."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final

from quotesmith.export.tables import QUOTE_COLUMNS, Cell, selection_rows

if TYPE_CHECKING:
    from quotesmith.corpus.asking.meanings import Meaning, Somebody
    from quotesmith.corpus.asking.selections import CorpusSelection

PUBLISHED: Final = ("date", "outlet", "title", "url")
ROW_COLUMNS: Final = (*QUOTE_COLUMNS, "context", *PUBLISHED)


def iter_rows(selection: "CorpusSelection", *, width: int) -> Iterator[dict[str, Cell]]:
    """One row a quote, in order, read some at a time; the keys are `ROW_COLUMNS`.

    Args:
        selection: The quotes.
        width: How many characters of context to give on either side.

    Raises:
        OptionError: if the width isn't a whole number of at least 0.
    """
    for pair, finding in zip(selection.pairs, selection.findings(), strict=True):
        [row] = selection_rows([pair], width=width)
        day = None if finding.day is None else finding.day.isoformat()
        yield {**row, "date": day, "outlet": finding.outlet, "title": finding.title, "url": finding.url}


def meaning_row(meaning: "Meaning") -> dict[str, Any]:
    """Whom a name was taken to mean, as JSON data."""
    parts = {"taken": meaning.taken, "passed_over": meaning.passed_over}
    return {
        "relation": meaning.relation,
        "typed": meaning.typed,
        **{name: list(map(_somebody_row, somebody)) for name, somebody in parts.items()},
    }


def _somebody_row(own: "Somebody") -> dict[str, Any]:
    return {"identity": own.identity, "name": own.name, "kind": own.kind, "quotes": own.said}
