"""The command line: show, cast, html, analyze, convert, graph, diff, corpus, ask, registry, evaluate, info."""

import json
import sys
from collections.abc import Iterable, Iterator
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

import quotesmith
from quotesmith.ask_command import ask
from quotesmith.command_output import (
    QUOTATIONS_HELP,
    Style,
    StyleName,
    graph_output,
    named_values,
    print_data,
    write_graph_output,
)
from quotesmith.corpus.reading.works import text_work
from quotesmith.corpus_commands import corpus
from quotesmith.counts import check_processes
from quotesmith.errors import ArgumentError, OptionError, QuotesmithError
from quotesmith.evaluation import Task, iter_predictions
from quotesmith.export import (
    DOCUMENT_FORMATS,
    GRAPH_FORMATS,
    DocumentFormat,
    document_format,
    open_document,
    open_documents,
    write_graph,
)
from quotesmith.export.csv_files import cast_csv
from quotesmith.export.json_data import encode_json
from quotesmith.files import replace_atomically, write_atomically
from quotesmith.graph import build_graph
from quotesmith.query import with_quotations_only
from quotesmith.query.differences import MARGIN, DocumentDifference, find_differences, pair_documents
from quotesmith.records import QuoteDocument
from quotesmith.registry_command import registry
from quotesmith.render.characters import on_one_line, shortened

app = typer.Typer(
    help="Reads English text and says who said what.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

_STDIN = Path("-")
_ERROR_CHARACTERS = 2_000
OneFile = Annotated[
    Path,
    typer.Argument(
        metavar="FILE",
        help="A text, page (.html) or e-book (.epub), or a folder with a file for each chapter; - for standard input.",
    ),
]
Files = Annotated[
    list[Path],
    typer.Argument(
        metavar="FILE...",
        help="Texts, pages (.html) and e-books (.epub); a folder is one work with a file for each chapter (of a folder "
        "of articles, name the files, or use corpus); - for standard input.",
    ),
]
Encoding = Annotated[str | None, typer.Option(help="Of texts that aren't UTF-8: cp1252, latin-1, ...")]


_DOCUMENT_SUFFIXES = ", ".join(known.suffix for known in DOCUMENT_FORMATS)
_GRAPH_SUFFIXES = ", ".join(known.suffix for known in GRAPH_FORMATS)


class Format(StrEnum):
    """The formats that can be printed, by their names in `quotesmith.export.DOCUMENT_FORMATS`."""

    JSON = "json"
    JSONL = "jsonl"
    CSV = "csv"
    JSONLD = "jsonld"
    ANNO = "anno"
    TEI = "tei"
    SCRIPT = "script"
    SSML = "ssml"
    SEGMENTS = "segments"
    CAST = "cast"
    ADDRESSEES = "addressees"


Printed = Annotated[
    Format | None,
    typer.Option(
        help="anno (W3C Web Annotation), tei, script and ssml take one text. Without it the output's suffix decides, "
        "or else json."
    ),
]
QuotationsOnly = Annotated[bool, typer.Option("--quotations", help=QUOTATIONS_HELP)]
GivenVoices = Annotated[
    list[str] | None,
    typer.Option(
        "--voice",
        metavar="NAME=VOICE",
        help="For ssml: the voice of a speaker, of the other feminine or masculine ones, or of NARRATOR; repeatable.",
    ),
]


class View(StrEnum):
    """How `show` orders what it shows."""

    TURNS = "turns"
    SPEAKERS = "speakers"
    TEXT = "text"


@app.command()
def show(
    file: OneFile,
    view: Annotated[
        View, typer.Option(help="turns: quotes in text order; speakers: quotes by speaker; text: all of the text.")
    ] = (View.TURNS),
    *,
    style: Style = StyleName.AUTO,
    encoding: Encoding = None,
    quotations: QuotationsOnly = False,
) -> None:
    """Show who says what, in colours.

    Example: quotesmith show article.txt --view text

    A novel: quotesmith show novel.epub
    """
    from quotesmith.render.terminal import show_by_speaker, show_document, show_text

    shown = {View.TURNS: show_document, View.SPEAKERS: show_by_speaker, View.TEXT: show_text}
    shown[view](_read(file, encoding=encoding, style=style, quotations=quotations), Console())


class CastFormat(StrEnum):
    """What `cast` prints."""

    TEXT = "text"
    CSV = "csv"
    JSON = "json"


@app.command()
def cast(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="As of show, or what analyze has written: .json, .jsonl, .parquet.")
    ],
    format: Annotated[CastFormat, typer.Option(help="text: a table; csv and json: data.")] = CastFormat.TEXT,
    plot: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Also draw the characters' lines in each chapter: .png, .svg, .pdf."),
    ] = None,
    *,
    style: Style = StyleName.AUTO,
    encoding: Encoding = None,
) -> None:
    """Show who speaks and who is spoken to: lines, words and chapters of each.

    Example: quotesmith cast novel.txt --plot lines.png
    """
    from quotesmith.render.terminal import show_cast

    can_be_opened = file.name.lower().endswith(tuple(known.suffix for known in DOCUMENT_FORMATS if known.read))
    document = open_document(file) if can_be_opened else _read(file, encoding=encoding, style=style, quotations=False)
    found = document.cast()
    if plot is not None:
        from quotesmith.render.chapter_plots import plot_chapters, write_plot

        write_plot(plot_chapters(found), plot)
    if format is CastFormat.TEXT:
        show_cast(found, Console())
    elif format is CastFormat.CSV:
        print_data(cast_csv([found.document]).encode())
    else:
        print_data(encode_json(found.to_dicts(), "the cast"))


@app.command()
def html(
    file: OneFile,
    output: Annotated[Path, typer.Option("--output", "-o", help="Where to write the page.")],
    *,
    style: Style = StyleName.AUTO,
    encoding: Encoding = None,
    quotations: QuotationsOnly = False,
) -> None:
    """Write a page to read the text in, with its quotes in their speakers' colours, evidence and filters.

    Example: quotesmith html article.txt -o article.html

    A novel: quotesmith html novel.epub -o novel.html
    """
    from quotesmith.render.articles import document_to_page

    page = document_to_page(_read(file, encoding=encoding, style=style, quotations=quotations))
    write_atomically(output, page.encode())


@app.command()
def analyze(
    files: Files,
    format: Printed = None,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", help=f"A file instead of standard output: {_DOCUMENT_SUFFIXES}."),
    ] = None,
    voice: GivenVoices = None,
    *,
    style: Style = StyleName.AUTO,
    encoding: Encoding = None,
    quotations: QuotationsOnly = False,
) -> None:
    """Print the quotes, speakers and mentions of texts as data.

    Example: quotesmith analyze article.txt -o quotes.jsonl

    Scripts: quotesmith analyze story.txt --format script

    Speech: quotesmith analyze story.txt -o story.ssml --voice "Ann Lee=en-GB-SoniaNeural"
    """
    _give(
        _documents(files, encoding=encoding, style=style, quotations=quotations), _chosen(format, output, voice), output
    )


@app.command()
def convert(
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE...", help="Files of documents: .json, .jsonl, .parquet, .arrow, .ann.")
    ],
    format: Printed = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output", "-o", help=f"As of analyze ({_DOCUMENT_SUFFIXES}), or for the graph: .graphml, .gexf."
        ),
    ] = None,
    voice: GivenVoices = None,
    *,
    quotations: QuotationsOnly = False,
) -> None:
    """Print analysed texts in another format.

    Example: quotesmith convert quotes.json -o quotes.tei.xml
    """
    opened = (document for file in files for document in open_documents(file))
    documents = map(with_quotations_only, opened) if quotations else opened
    if format is None and output is not None and output.suffix.lower() in (".graphml", ".gexf"):
        write_graph(build_graph(documents), output)
    else:
        _give(documents, _chosen(format, output, voice), output)


@app.command()
def graph(
    files: Files,
    output: Annotated[Path, typer.Option("--output", "-o", help=f"Where to write it: {_GRAPH_SUFFIXES}, .html.")],
    *,
    style: Style = StyleName.AUTO,
    encoding: Encoding = None,
    quotations: QuotationsOnly = False,
) -> None:
    """Write the graph of speakers and quotes of one or more texts, or as .html a page that draws its speakers.

    Example: quotesmith graph article.txt -o quotes.gexf
    """
    chosen = graph_output(output)
    built = build_graph(_documents(files, encoding=encoding, style=style, quotations=quotations))
    write_graph_output(built, output, chosen)
    typer.echo(f"{on_one_line(str(output))}: {built!r}")


class TextOrJson(StrEnum):
    """What `diff` and `info` print."""

    TEXT = "text"
    JSON = "json"


@app.command()
def diff(
    before: Annotated[Path, typer.Argument(metavar="A", help="A .json or .jsonl file of `analyze`.")],
    after: Annotated[Path, typer.Argument(metavar="B", help="Another, of the same texts.")],
    format: Annotated[TextOrJson, typer.Option(help="text: lines for people; json: an object.")] = TextOrJson.TEXT,
    margin: Annotated[float, typer.Option(min=0, max=1, help="Scores that differ by no more are the same.")] = MARGIN,
) -> None:
    """Show how two readings of the same texts differ.

    Files of several documents are compared by the documents' ids. The exit status is 0 if nothing differs, 1 if
    something does, and 2 after an error.

    Example: quotesmith diff before.json after.json
    """
    try:
        found = _differences(before, after, margin)
    except (QuotesmithError, OSError) as error:
        _print_error(error)
        raise typer.Exit(2) from None
    if format is TextOrJson.JSON:
        print_data(_differences_json(found))
    else:
        from quotesmith.render.differences import show_difference

        console = Console()
        for difference in found:
            show_difference(difference, console)
    if found:
        raise typer.Exit(1)


def _differences(before: Path, after: Path, margin: float) -> list[DocumentDifference]:
    pairs = pair_documents(open_documents(before), open_documents(after))
    found = [
        DocumentDifference(one, other) if one is None or other is None else find_differences(one, other, margin=margin)
        for one, other in pairs
    ]
    return [difference for difference in found if not difference.is_empty]


def _differences_json(found: list[DocumentDifference]) -> bytes:
    data = {"equal": not found, "documents": [difference.to_dict() for difference in found]}
    return encode_json(data, "the difference")


app.command()(corpus)
app.command()(ask)
app.command()(registry)


@app.command()
def evaluate(
    task: Annotated[Task, typer.Argument(help="The sort of gold corpus.")],
    gold: Annotated[Path, typer.Argument(help="JSON Lines, plain or gzipped.", exists=True, dir_okay=False)],
    output: Annotated[Path, typer.Option("--output", "-o", help="Where to write the predictions, as JSON Lines.")],
    jobs: Annotated[int, typer.Option(min=1, help="Processes to work in.")] = 1,
) -> None:
    """Write predictions for a gold corpus, in the form that its scorer takes.

    Example: quotesmith evaluate news dev.jsonl.gz -o predictions.jsonl
    """
    check_processes("--jobs", jobs, error=OptionError)

    def pipe(texts: Iterable[str]) -> Iterator[QuoteDocument]:
        return quotesmith.pipe(texts, n_process=jobs)

    with replace_atomically(output) as part, part.open("wb") as out:
        out.writelines(json.dumps(row).encode() + b"\n" for row in iter_predictions(task, gold, pipe=pipe))


@app.command()
def info(
    format: Annotated[TextOrJson, typer.Option(help="text: lines for people; json: an object.")] = TextOrJson.TEXT,
) -> None:
    """Show versions, extras, the English pipeline and the weights, and whether their files are as they were published.

    Example: quotesmith info
    """
    from quotesmith.installation import describe_installation
    from quotesmith.render.installations import show_installation

    data = describe_installation()
    if format is TextOrJson.JSON:
        print_data(encode_json(data, "what is installed"))
    else:
        show_installation(data, Console())


def main() -> None:
    """Run the command line; an error of ours is one line on standard error and exit status 1."""
    try:
        app()
    except (QuotesmithError, OSError) as error:
        _print_error(error)
        raise SystemExit(1) from None


def _print_error(error: Exception) -> None:
    # It may quote a file or its name.
    typer.secho(f"quotesmith: {shortened(str(error), _ERROR_CHARACTERS)}", err=True, fg=typer.colors.RED)


def _read(file: Path, *, encoding: str | None, style: StyleName, quotations: bool) -> QuoteDocument:
    """The document of a file, with its path as id: with all quotes, or with quotations only."""
    if file == _STDIN:
        work = text_work(sys.stdin.buffer.read(), "stdin", encoding=encoding)
        document = quotesmith.read(work.text, id=work.id, meta=work.meta, style=style.value, progress=True)
    else:
        document = quotesmith.read_file(file, encoding=encoding, style=style.value, progress=True)
    return with_quotations_only(document) if quotations else document


def _documents(
    files: list[Path], *, encoding: str | None, style: StyleName, quotations: bool
) -> Iterator[QuoteDocument]:
    """The documents of the files, one after another."""
    twice = sorted({str(file) for file in files if files.count(file) > 1})
    if twice:
        msg = f"each file once: {', '.join(twice)} would give several documents of one id"
        raise ArgumentError(msg)
    return (_read(file, encoding=encoding, style=style, quotations=quotations) for file in files)


def _give(documents: Iterable[QuoteDocument], chosen: DocumentFormat, output: Path | None) -> None:
    """Print the documents, or write them to a file that takes the place of `output` when all is written."""
    if output is None:
        for chunk in chosen.encode(documents) if chosen.encode else ():
            print_data(chunk)
    else:
        chosen.write(documents, output)


def _chosen(format: Format | None, output: Path | None, voices: list[str] | None) -> DocumentFormat:
    """The format by its name or by the output's suffix, with the voices of "Alice=en-GB-SoniaNeural"."""
    if format is None and output is not None:
        chosen = document_format(output)
    else:
        name = format or Format.JSON
        chosen = next(known for known in DOCUMENT_FORMATS if known.name == name)
    return chosen.voiced(named_values("--voice", voices, example='"Ann Lee=en-GB-SoniaNeural"') if voices else None)
