"""The command over many documents: corpus."""

import time
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

from quotesmith.command_output import Style, StyleName, named_values
from quotesmith.errors import OptionError
from quotesmith.render.characters import on_one_line

if TYPE_CHECKING:
    from quotesmith import corpus as corpora


class InputFormatName(StrEnum):
    """The formats of inputs, by their names in `quotesmith.corpus.reading.formats.INPUT_FORMATS`."""

    TEXT = "text"
    HTML = "html"
    EPUB = "epub"
    JSONL = "jsonl"
    CSV = "csv"
    TSV = "tsv"
    PARQUET = "parquet"


class EngineName(StrEnum):
    """Where the work is done, named as in `quotesmith.corpus.corpora.ENGINES`."""

    LOCAL = "local"
    RAY = "ray"


class Faults(StrEnum):
    """What happens with a row that is no document, as in `quotesmith.corpus.corpora.FAULTS`."""

    STOP = "stop"
    SKIP = "skip"


def corpus(
    inputs: Annotated[
        list[str] | None,
        typer.Argument(metavar="IN...", help="Files, folders of documents and patterns; - for standard input."),
    ] = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="The folder of tables, new or of an earlier run.")
    ] = None,
    *,
    verify: Annotated[
        Path | None,
        typer.Option(
            metavar="FOLDER", help="Read all of a corpus, say what is damaged or missing, and change nothing."
        ),
    ] = None,
    jobs: Annotated[
        int | None, typer.Option(min=1, help="Processes to work in: 1 unless said; on Ray, one a processor.")
    ] = None,
    engine: Annotated[EngineName, typer.Option(help="local: this machine; ray: a Ray cluster.")] = EngineName.LOCAL,
    format: Annotated[
        InputFormatName | None, typer.Option(help="Of all inputs; without it, their names decide.")
    ] = None,
    column: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME=COLUMN", help="Where id, text, title, date, outlet, url or more to keep stand."),
    ] = None,
    faults: Annotated[
        Faults,
        typer.Option(help="What happens with a bad row, or one whose id is taken: stop the run, or skip the row."),
    ] = Faults.STOP,
    pipeline: Annotated[str | None, typer.Option(help="A spaCy pipeline instead of the best installed.")] = None,
    gazetteer: Annotated[Path | None, typer.Option(help="Names that are known: .json, .jsonl or .csv.")] = None,
    style: Style = StyleName.AUTO,
    shard_documents: Annotated[int | None, typer.Option(min=1, help="How many documents a shard has, 100.")] = None,
) -> None:
    """Analyse many documents into a folder of Parquet tables; a run that was stopped resumes when started again.

    Example: quotesmith corpus articles/*.jsonl -o tables --jobs 4; quotesmith corpus --verify tables
    """
    if verify is not None:
        if inputs or output is not None:
            msg = "--verify takes a corpus' folder, and neither inputs nor --output"
            raise OptionError(msg)
        raise typer.Exit(_verify(verify))
    if not inputs or output is None:
        msg = "corpus takes inputs and --output, the folder of tables; or --verify and the folder of a corpus"
        raise OptionError(msg)
    from quotesmith.corpus import Corpus
    from quotesmith.corpus.corpora import SHARD_DOCUMENTS

    console = Console(stderr=True)
    with _Display(console) as display:
        made = Corpus.run(
            inputs,
            output,
            jobs=jobs,
            engine=engine.value,
            format=None if format is None else format.value,
            columns=named_values("--column", column or (), example="text=body"),
            faults=faults.value,
            pipeline=pipeline,
            gazetteer=gazetteer,
            style=style.value,
            shard_documents=SHARD_DOCUMENTS if shard_documents is None else shard_documents,
            watch=display.show,
        )
    typer.echo(_summary(made))


def _summary(made: "corpora.Corpus") -> str:
    left_out = sum(len(manifest.faults) for manifest in made.manifests())
    return (
        f"{made.folder}: {made.count('documents')} documents, {made.count('quotes')} quotes; {left_out} rows left out"
    )


def _verify(folder: Path) -> int:
    """Say what is wrong in a corpus' folder; the exit code."""
    from quotesmith.corpus import Corpus

    found = Corpus.verify(folder)
    for damage in found:
        typer.echo(on_one_line(str(damage)))
    if not found:
        typer.echo(_summary(Corpus(folder)))
    return 1 if found else 0


class _Display:
    """A progress bar with the speed and the time left, below the faults that the plan leaves out."""

    def __init__(self, console: Console) -> None:
        self._bar = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            TextColumn("{task.fields[speed]}"),
            TimeElapsedColumn(),
            TextColumn("left"),
            TimeRemainingColumn(),
            console=console,
        )
        self._task = self._bar.add_task("planning", total=None, speed="")
        self._begun = time.monotonic()
        self._has_begun = False

    def __enter__(self) -> "_Display":
        self._bar.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._bar.stop()

    def show(self, progress: "corpora.Progress") -> None:
        """Show how far the run is."""
        if not self._has_begun:
            self._has_begun, self._begun = True, time.monotonic()
            for damage in progress.damaged:
                self._print(f"made anew: {damage.path}: {damage.what}")
            self._list([str(fault) for fault in progress.faults])
        seconds = time.monotonic() - self._begun
        self._bar.update(
            self._task,
            description=f"{progress.documents} of {progress.all_documents} documents",
            completed=progress.characters,
            total=progress.all_characters,
            speed=f"{progress.words / seconds:.0f} words a second" if progress.words else "",
        )

    def _list(self, faults: list[str]) -> None:
        from quotesmith.corpus.plans import FAULTS_LISTED

        for fault in faults[:FAULTS_LISTED]:
            self._print(f"left out: {fault}")
        if len(faults) > FAULTS_LISTED:
            self._print(f"left out: {len(faults) - FAULTS_LISTED} more; the shards' manifests list all")

    def _print(self, line: str) -> None:
        self._bar.console.print(on_one_line(line), markup=False, highlight=False, soft_wrap=True)
