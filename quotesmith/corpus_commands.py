"""The command over many documents: corpus."""

import time
from collections import Counter
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

from quotesmith.command_output import Style, StyleName, named_values

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
        list[str],
        typer.Argument(metavar="IN...", help="Files, folders of documents and patterns; - for standard input."),
    ],
    output: Annotated[Path, typer.Option("--output", "-o", help="The folder of tables, new or of an earlier run.")],
    *,
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

    Example: quotesmith corpus articles/*.jsonl -o tables --jobs 4
    """
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
    rows: Counter[str] = Counter()
    left_out = 0
    for manifest in made.manifests():
        rows.update(manifest.rows)
        left_out += len(manifest.faults)
    return f"{made.folder}: {rows['documents']} documents, {rows['quotes']} quotes; {left_out} rows left out"


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
            self._bar.console.print(f"left out: {fault}", markup=False, highlight=False, soft_wrap=True)
        if len(faults) > FAULTS_LISTED:
            self._bar.console.print(f"left out: {len(faults) - FAULTS_LISTED} more; the shards' manifests list all")
