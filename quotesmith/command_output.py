"""What the commands write: data on standard output, files that appear once complete, graphs."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from quotesmith.export import graph_format
from quotesmith.export.formats import GraphFormat
from quotesmith.export.replacing import replaced
from quotesmith.graph import QuoteGraph
from quotesmith.render.characters import in_lines


def print_data(data: bytes) -> None:
    """Write data to standard output; to a terminal, without control characters that would act there."""
    shown = in_lines(data.decode()).encode() if sys.stdout.isatty() else data
    sys.stdout.buffer.write(shown)
    sys.stdout.buffer.flush()


@contextmanager
def written(path: Path) -> Iterator[BinaryIO]:
    """A file to write to that replaces `path` once all is written."""
    with replaced(path) as part, part.open("wb") as out:
        yield out


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

        with written(output) as out:
            out.write(graph_to_page(built).encode())
    else:
        with replaced(output) as part:
            chosen.write(built, part)
