"""The command that queries a corpus: ask."""

from collections.abc import Callable, Iterator
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer
from rich.console import Console

from quotesmith.command_output import QUOTATIONS_HELP, graph_output, print_data, write_graph_output
from quotesmith.records import Act, QuoteKind
from quotesmith.render.characters import counted, on_one_line

if TYPE_CHECKING:
    from quotesmith.corpus.index.selections import CorpusSelection

_WIDTH: Final = 200


class Answer(StrEnum):
    """What `ask` prints."""

    TEXT = "text"
    JSON = "json"
    JSONL = "jsonl"
    CSV = "csv"


def ask(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="The folder of tables that `corpus` has made.")],
    *,
    by: Annotated[str | None, typer.Option(metavar="NAME", help="Who speaks: a name or an id.")] = None,
    about: Annotated[
        str | None, typer.Option(metavar="TOPIC", help="What it is about: a name, or words in it.")
    ] = None,
    to: Annotated[str | None, typer.Option(metavar="NAME", help="Who is spoken to.")] = None,
    text: Annotated[str | None, typer.Option(metavar="WORDS", help="Words that stand in it side by side.")] = None,
    since: Annotated[str | None, typer.Option(metavar="DAY", help="The first day, as 2024-05-01.")] = None,
    until: Annotated[str | None, typer.Option(metavar="DAY", help="The last day.")] = None,
    outlet: Annotated[str | None, typer.Option(metavar="NAME", help="Who published it.")] = None,
    kind: Annotated[QuoteKind | None, typer.Option(help="How much of it stands in quotation marks.")] = None,
    act: Annotated[Act | None, typer.Option(help="What the reporting words say it is.")] = None,
    min_score: Annotated[float | None, typer.Option(min=0, max=1, help="The lowest score of a quote.")] = None,
    quotations: Annotated[bool, typer.Option("--quotations", help=QUOTATIONS_HELP)] = False,
    limit: Annotated[
        int | None, typer.Option(min=0, help="How many quotes to give and to draw. Without it all, but as text 20.")
    ] = None,
    format: Annotated[Answer, typer.Option(help="text: lines for people; the others: data.")] = Answer.TEXT,
    graph: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Also write the quotes' graph: .graphml, .gexf, .json, .html.")
    ] = None,
) -> None:
    """Show who said what in a corpus: the quotes that meet all conditions.

    First it says who each name was taken to mean; where data is printed, on standard error.

    Example: quotesmith ask tables --by Putin --about China --since 2024-05-01
    """
    from quotesmith.corpus import Corpus

    errors = Console(stderr=True)
    chosen = None if graph is None else graph_output(graph)
    found = Corpus.open(folder, watch=lambda line: _note(errors, line)).quotes
    steps: tuple[tuple[object, Callable[[CorpusSelection], CorpusSelection]], ...] = (
        (by, lambda quotes: quotes.by(by or "")),
        (to, lambda quotes: quotes.to(to or "")),
        (about, lambda quotes: quotes.about(about or "")),
        (text, lambda quotes: quotes.text(text or "")),
        (since or until, lambda quotes: quotes.between(since, until)),
        (outlet, lambda quotes: quotes.outlet(outlet or "")),
        (kind, lambda quotes: quotes.kind(kind or "")),
        (act, lambda quotes: quotes.act(act or "")),
        (min_score, lambda quotes: quotes.min_score(min_score or 0)),
        (quotations or None, lambda quotes: quotes.quotations()),
    )
    for wanted, narrow in steps:
        if wanted is not None:
            found = narrow(found)
    _show(found, format, limit, errors)
    if graph is not None:
        built = (found if limit is None else found[:limit]).graph()
        write_graph_output(built, graph, chosen)
        _note(errors, f"{graph}: {built!r}")


def _show(found: "CorpusSelection", format: Answer, limit: int | None, errors: Console) -> None:
    from quotesmith.corpus.index.answers import name_match_words, show_selection

    if format is Answer.TEXT:
        from quotesmith.corpus.index.selections import QUOTES_SHOWN

        show_selection(found, Console(), limit=QUOTES_SHOWN if limit is None else limit)
        return
    for name_match in found.name_matches:
        _note(errors, name_match_words(name_match))
    _note(errors, counted(len(found), "quote"))
    for data in _data(found if limit is None else found[:limit], format):
        print_data(data)


def _data(found: "CorpusSelection", format: Answer) -> Iterator[bytes]:
    """The quotes as data, in batches."""
    from quotesmith.corpus.index.answers import ROW_COLUMNS, iter_rows, name_match_row
    from quotesmith.export.csv_files import csv_lines
    from quotesmith.export.json_data import encode_json

    rows = iter_rows(found, width=_WIDTH)
    if format is Answer.CSV:
        yield from (line.encode() for line in csv_lines(ROW_COLUMNS, rows))
    elif format is Answer.JSONL:
        yield from (encode_json(row, "a quote") for row in rows)
    else:
        name_matches = [name_match_row(name_match) for name_match in found.name_matches]
        yield encode_json({"name_matches": name_matches, "quotes": list(rows)}, "the answer")


def _note(console: Console, line: str) -> None:
    # It may quote a folder, a name or what somebody typed.
    console.print(on_one_line(line), markup=False, highlight=False, soft_wrap=True)
