"""What the commands share: the style of texts, pairs that they are given, data on standard output, and graphs."""

import sys
from collections.abc import Iterable
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Final

import typer

from quotesmith.errors import OptionError
from quotesmith.export import graph_format
from quotesmith.export.formats import GraphFormat
from quotesmith.files import write_atomically
from quotesmith.graph import QuoteGraph
from quotesmith.query.quotations import MIN_QUOTATION_SCORE
from quotesmith.render.characters import in_lines

QUOTATIONS_HELP: Final = (
    f"Only what was said or written: outermost quotes, asserted, with a score of at least {MIN_QUOTATION_SCORE}."
)
"""What the option --quotations does."""


class StyleName(StrEnum):
    """What texts are read as, named as in `quotesmith.extraction.TextStyle`."""

    AUTO = "auto"
    NEWS = "news"
    FICTION = "fiction"


Style = Annotated[StyleName, typer.Option(help="What texts are read as; auto: each text decides.")]


def named_values(option: str, pairs: Iterable[str], *, example: str) -> dict[str, str]:
    """The values by their names, of pairs as in the example, "text=body".

    Raises:
        OptionError: if one is no such pair, or a name has two values; names the option.
    """
    found: dict[str, str] = {}
    for pair in pairs:
        name, sign, value = pair.partition("=")
        if not (name and sign and value):
            msg = f"{option} takes a name and its value, as in {example}, not {pair!r}"
            raise OptionError(msg)
        if found.setdefault(name, value) != value:
            msg = f"{option} gives {name!r} two values, {found[name]!r} and {value!r}; give one"
            raise OptionError(msg)
    return found


def print_data(data: bytes) -> None:
    """Write data to standard output; to a terminal, without control characters that would act there."""
    shown = in_lines(data.decode()).encode() if sys.stdout.isatty() else data
    sys.stdout.buffer.write(shown)
    sys.stdout.buffer.flush()


def graph_output(output: Path) -> GraphFormat | None:
    """The format of a graph's file by the ending of its name; None for a page.

    Raises:
        FormatError: if no format has that ending.
    """
    return None if output.suffix.lower() == ".html" else graph_format(output)


def write_graph_output(built: QuoteGraph, output: Path, chosen: GraphFormat | None) -> None:
    """Write a graph in the format that `graph_output` gave."""
    if chosen is None:
        from quotesmith.render.graph_pages import graph_to_page

        write_atomically(output, graph_to_page(built).encode())
    else:
        chosen.write(built, output)
