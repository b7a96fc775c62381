"""What can be done with a document: `iter_use_faults` does it and says what comes back wrong; `show_pages` shows it."""

import io
from collections.abc import Iterator
from pathlib import Path

from rich.console import Console

import quotesmith
from quotesmith.export.characters import without_surrogates
from quotesmith.export.formats import DOCUMENT_FORMATS, GRAPH_FORMATS
from quotesmith.graph.projections import hearsay_chains, project_co_speakers, project_speakers
from quotesmith.query import find_differences
from quotesmith.records import QuoteDocument
from quotesmith.render.articles import document_to_page
from quotesmith.render.graph_pages import graph_to_page
from quotesmith.render.terminal import show_by_speaker, show_document, show_text

_WIDTHS = (1, 20, 80)


def iter_use_faults(document: QuoteDocument, folder: Path) -> Iterator[str]:
    """Writes, shows and asks the document in all ways but pages; what fails raises.

    Args:
        document: Any document.
        folder: Where files may be written; they are removed again.
    """
    yield from _files(document, folder)
    yield from _graph_files(document, folder)
    _show(document)
    yield from _ask(document)


def _files(document: QuoteDocument, folder: Path) -> Iterator[str]:
    has_surrogates = without_surrogates(document.text) != document.text
    for known in DOCUMENT_FORMATS:
        path = folder / f"d{known.suffix}"
        known.write([document], path)
        if known.read is not None:
            [back] = known.read(path)
            if known.keeps == "all" and not has_surrogates and back != document:
                yield f"{known.suffix} gives another document back"
            if len(back.quotes) != len(document.quotes) or without_surrogates(back.text) != without_surrogates(
                document.text
            ):
                yield f"{known.suffix} gives other quotes or another text back"
        for written in folder.iterdir():
            written.unlink()


def _graph_files(document: QuoteDocument, folder: Path) -> Iterator[str]:
    graph = document.graph()
    for known in GRAPH_FORMATS:
        path = folder / f"g{known.suffix}"
        known.write(graph, path)
        back = known.read(path)
        if len(back.nx) != len(graph.nx) or back.nx.number_of_edges() != graph.nx.number_of_edges():
            yield f"{known.suffix} gives another graph back"
        path.unlink()


def _show(document: QuoteDocument) -> None:
    graph = document.graph()
    for shown in (
        document,
        document.quotes,
        document.segments(),
        graph,
        *document.quotes,
        *document.entities,
        *document.mentions,
    ):
        repr(shown)
        shown._repr_html_()
    for width in _WIDTHS:
        console = Console(file=io.StringIO(), width=width, force_terminal=True)
        show_document(document, console)
        show_by_speaker(document, console)
        show_text(document, console)


def show_pages(document: QuoteDocument) -> None:
    """Makes the pages of a document, which take longer than all other uses together."""
    document_to_page(document)
    graph_to_page(document.graph())


def _ask(document: QuoteDocument) -> Iterator[str]:
    graph, quotes = document.graph(), document.quotes
    project_speakers(graph)
    project_co_speakers(graph)
    hearsay_chains(graph)
    quotes.to_dicts()
    quotes.to_pandas()
    quotes.timeline()
    if "".join(segment.text for segment in document.segments()) != document.text:
        yield "segments are another text"
    if len(quotes.inner()) != sum(quote.parent is not None for quote in quotes):
        yield "inner() gives others than the quotes with a parent"
    for speaker in document.speakers:
        own = quotes.by(speaker)
        if not own:
            yield f"{speaker.name!r} speaks, but by() finds nothing"
        own.about(speaker.name), own.text(speaker.name), quotes.to(speaker), own.outer()
    for quote in quotes:
        if not document.context(quote, width=5).contains(quote.content[0]):
            yield f"quote {quote.id}: outside of its context"
        corrected = document.with_speaker(quote, "Zuzanna Newcomer")
        if corrected.names(corrected.quote(quote.id)) != ("Zuzanna Newcomer",):
            yield f"quote {quote.id}: another speaker than the corrected one"
    if find_differences(document, document).quotes:
        yield "differs from itself"
    quotesmith.build_graph([document, document.from_dict({**document.to_dict(), "id": "again"})])
