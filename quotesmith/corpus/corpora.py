"""Corpus: the quotes of many documents in a folder of tables, made by a run that can be stopped and resumed."""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import Final, TypeAlias

from attrs import evolve, field, frozen

from quotesmith.corpus.index.indexes import Index, open_index
from quotesmith.corpus.index.selections import CorpusSelection
from quotesmith.corpus.plans import Plan, open_plan
from quotesmith.corpus.reading.formats import need_trafilatura
from quotesmith.corpus.reading.inputs import PLAN, Inputs, find_inputs, with_stdin
from quotesmith.corpus.reading.rows import Fault
from quotesmith.corpus.registry.registries import Registry
from quotesmith.corpus.registry.updating import bring_up_to_date, is_current
from quotesmith.corpus.running import clear_partial, run_locally, run_on_ray
from quotesmith.corpus.same_quotes import SameQuote
from quotesmith.corpus.settings import SETTINGS, CorpusSettings, digest, gazetteer_lines, keep_gazetteer
from quotesmith.corpus.shards import Damage, Manifest, Shard, shard_numbers, shard_places
from quotesmith.counts import MOST_AT_A_TIME, MOST_ON_CLUSTERS, check_count, check_processes
from quotesmith.errors import CorpusError, OptionError
from quotesmith.export.arrow_files import need_pyarrow
from quotesmith.files import checked_path
from quotesmith.lexicon.gazetteer import GazetteerSource
from quotesmith.records import QuoteDocument

Engine: TypeAlias = Callable[[Iterable[Shard], int | None], Iterator[Manifest]]
ENGINES: Final[Mapping[str, Engine]] = {"local": run_locally, "ray": run_on_ray}
# As the component takes them, which to import needs spaCy.
_TEXT_STYLES: Final = ("auto", "news", "fiction")
FAULTS: Final = ("stop", "skip")
SHARD_DOCUMENTS: Final = 100


@frozen(kw_only=True)
class Progress:
    """How far a run has come.

    Attributes:
        shards: How many shards are done, in earlier runs too; likewise `documents` and `characters`.
        all_shards: How many shards are planned; likewise `all_documents` and `all_characters`.
        words: How many words this run has read.
        faults: What the plan leaves out of the inputs that are new in this run.
        damaged: What was wrong with shards of earlier runs, which this run makes anew.
    """

    shards: int
    documents: int
    characters: int
    all_shards: int
    all_documents: int
    all_characters: int
    words: int = 0
    faults: tuple[Fault, ...] = ()
    damaged: tuple[Damage, ...] = ()

    def after(self, manifest: Manifest) -> "Progress":
        """The progress once one more shard is done."""
        return evolve(
            self,
            shards=self.shards + 1,
            documents=self.documents + manifest.documents,
            characters=self.characters + manifest.characters,
            words=self.words + manifest.words,
        )


@frozen(slots=False)
class Corpus:
    """A folder of tables that a run has made.

    Its quotes can be asked for from several threads at a time.

    Attributes:
        folder: Where it is.
    """

    folder: Path = field(converter=checked_path)

    def __attrs_post_init__(self) -> None:
        if CorpusSettings.read(self.folder) is None:
            msg = f"{self.folder} is no corpus: there is no {SETTINGS} in it; make one with Corpus.run"
            raise CorpusError(msg)

    @classmethod
    def run(
        cls,
        inputs: Inputs,
        folder: str | os.PathLike[str],
        *,
        jobs: int | None = None,
        engine: str | Engine = "local",
        format: str | None = None,
        columns: Mapping[str, str] | None = None,
        faults: str = "stop",
        pipeline: str | None = None,
        gazetteer: GazetteerSource | None = None,
        style: str = "auto",
        shard_documents: int = SHARD_DOCUMENTS,
        watch: Callable[[Progress], None] | None = None,
    ) -> "Corpus":
        """Analyse many documents into a folder of tables.

        The documents are first planned as shards and then analysed shard by shard. A run that was stopped, for whatever
        reason, resumes when it is started again. Later runs may add inputs to those that are there.

        Args:
            inputs: Files, folders and patterns; "-" is standard input.
            folder: Where the tables go: a new or an empty folder, or that of an earlier run.
            jobs: How many processes share the work, at most: no more are started than there are shards. By default one
                locally, and on Ray one a processor.
            engine: "local", or "ray" for the Ray cluster that this machine belongs to or that RAY_ADDRESS names; all
                its machines must see inputs and folder under the same paths. Or a function that takes shards and
                `jobs`, runs each shard with `run_shard` and yields the manifests as they are done.
            format: The format of all inputs, whatever their names: text, html, jsonl, csv, tsv or parquet.
            columns: The columns of id, text, title, date, outlet and url, where they have other names, and of whatever
                else meta should keep: `{"text": "body", "author": "byline"}`.
            faults: What happens at a row that is no document, or whose id is taken: "stop" the run before anything is
                analysed, or "skip" the row.
            pipeline: A spaCy pipeline's package or folder; by default the best that is installed.
            gazetteer: Names that are known beforehand, as for `load`; the folder keeps them.
            style: What texts are read as: "news", "fiction", or "auto" where each text decides.
            shard_documents: The most documents that a shard has.
            watch: Called once the plan is made, and after each shard.

        Raises:
            CorpusError: if the folder holds something else, an input or option isn't what it was in an earlier run, or
                another run is at work.
            WorkerError: if workers are lost.
            FormatError: if a file's name has no known ending, or there is a fault and `faults` is "stop".
            OptionError: if an option is none of its choices, or a number is less than 1 or absurdly large: more `jobs`
                than 32 and four for each processor locally and than 10,000 elsewhere, or more than 1,000,000 documents
                in a shard.
            FileNotFoundError: if there is no such input.
            MissingPackageError: if a package isn't installed that a format, the engine or the tables need.
            MissingPipelineError: if there is no such pipeline.
        """
        run_shards = _engine(engine)
        _check_options(faults=faults, style=style)
        check_count("shard_documents", shard_documents, most=MOST_AT_A_TIME, error=OptionError)
        if jobs is not None and engine == "local":
            check_processes("jobs", jobs, error=OptionError)
        elif jobs is not None:
            check_count("jobs", jobs, most=MOST_ON_CLUSTERS, error=OptionError)
        need_pyarrow("A corpus")
        place = _claimed(checked_path(folder).absolute())
        with open_plan(place) as plan:
            names = None if gazetteer is None else gazetteer_lines(gazetteer)
            settings = CorpusSettings.installed(
                pipeline,
                gazetteer=None if names is None else digest(names),
                style=style,
                shard_documents=shard_documents,
            )
            begun = _begun(place, plan)
            if begun is not None:
                begun.check_same(settings, "this run has")
            files = find_inputs(with_stdin(inputs, place, format), format=format, columns=columns)
            if any(file.format == "html" for file in files):
                need_trafilatura()
            left_out = plan.add(files, shard_documents=shard_documents, stops=faults == "stop")
            settings.write(place)
            if names is not None:
                keep_gazetteer(names, place)
            from quotesmith.corpus.damage import set_damaged_aside

            damaged = set_damaged_aside(place, plan.shards(stops=False))
            clear_partial(place)
            try:
                _run(
                    plan,
                    run_shards,
                    jobs,
                    evolve(_progress(plan), faults=left_out, damaged=tuple(damaged)),
                    stops=faults == "stop",
                    watch=watch,
                )
            finally:
                clear_partial(place)
        return cls(place)

    @classmethod
    def open(cls, folder: str | os.PathLike[str], *, watch: Callable[[str], None] | None = None) -> "Corpus":
        """A corpus that an earlier run made, ready to be asked for its `quotes` as it is now.

        If something is new since it was last opened, the registry and the index are built again first; the logger
        "quotesmith" says so.

        Args:
            folder: Where its tables are.
            watch: Called with the same message when one of them is built.

        Raises:
            CorpusError: if the folder has no corpus, its tables can't be read, or corrections contradict each other.
            MissingPackageError: if duckdb or pyarrow isn't installed.
            OSError: if the folder can't be written.
        """
        opened = cls(checked_path(folder).absolute())
        # A cached property's value lies where attrs lets nobody write.
        opened.__dict__["_index"] = _open_index(opened.folder, watch)
        return opened

    @property
    def registry(self) -> Registry:
        """Who is the same across all documents, as of the last update.

        Raises:
            CorpusError: if there is none yet.
        """
        need_pyarrow("A corpus")
        return Registry(self.folder.absolute())

    def update_registry(
        self, gazetteer: GazetteerSource | None = None, *, watch: Callable[[str], None] | None = None
    ) -> Registry:
        """The registry of what is in the tables now, with the user's corrections; built unless it is current.

        Ids are stable: whoever shares most entities with an identity of the previous registry keeps its id.

        Args:
            gazetteer: Names that are known beforehand, as for `load`: the names of an entry belong to one identity. It
                is kept, so later updates need none; by default, that of the corpus' runs.
            watch: Called with a message when the registry is built.

        Raises:
            CorpusError: if the tables can't be read, corrections contradict each other (shows both), or another process
                is updating it.
            GazetteerError: if the gazetteer is malformed or contradicts itself.
            MissingPackageError: if duckdb or pyarrow isn't installed.
            OSError: if the registry can't be written.
        """
        need_pyarrow("A corpus")
        folder = self.folder.absolute()
        bring_up_to_date(folder, gazetteer, watch=watch)
        return Registry(folder)

    @property
    def quotes(self) -> CorpusSelection:
        """All quotes, as a selection that can be narrowed: `corpus.quotes.by("Xi").about("Ukraine")`.

        They are the quotes that the tables had when the corpus was opened, or when this was first asked for. Errors as
        in `open`.
        """
        return CorpusSelection(self._index)

    def same_quotes(self) -> list[SameQuote]:
        """The quotes that several documents have, in the same or nearly the same words; see `find_same_quotes`.

        The texts of all quotes are in memory at once.

        Raises:
            MissingPackageError: if rensa isn't installed.
        """
        return self.quotes.same_quotes()

    @cached_property
    def _index(self) -> Index:
        return _open_index(self.folder.absolute())

    @staticmethod
    def verify(folder: str | os.PathLike[str]) -> list[Damage]:
        """All that is damaged or missing in a corpus' folder: every table is read to its end. Nothing is changed.

        Raises:
            FileNotFoundError: if there is no such folder.
            MissingPackageError: if pyarrow isn't installed.
        """
        need_pyarrow("A corpus")
        from quotesmith.corpus.damage import verify

        return verify(checked_path(folder))

    def count(self, table: str) -> int:
        """How many rows a table has, by its files: documents, quotes, entities, mentions or links.

        Raises:
            OptionError: if there is no such table.
            CorpusError: if a file of it is damaged.
        """
        from quotesmith.corpus.tables import count_rows

        return sum(count_rows(path.parent, table) for path in self.table(table))

    def manifests(self) -> Iterator[Manifest]:
        """The manifest of each shard that is done, in order.

        Raises:
            CorpusError: if one is damaged or missing.
        """
        return (manifest for place in self._places() if (manifest := Manifest.read(place)) is not None)

    def table(self, name: str) -> Iterator[Path]:
        """The Parquet files of a table, in order: documents, quotes, entities, mentions or links.

        Raises:
            OptionError: if there is no such table.
        """
        from quotesmith.corpus.tables import SCHEMAS

        if name not in SCHEMAS:
            msg = f"{name!r} is no table; there are {', '.join(SCHEMAS)}"
            raise OptionError(msg)
        return (place / f"{name}.parquet" for place in self._places())

    def documents(self) -> Iterator[QuoteDocument]:
        """All documents with their quotes, in the order of the inputs; one shard is in memory at a time.

        An iterator, which needs no index. The `documents` of a selection are a sequence: its index knows them.
        """
        from quotesmith.corpus.tables import read_documents

        return (document for place in self._places() for document in read_documents(place))

    def _places(self) -> list[Path]:
        return shard_places(self.folder)


def _open_index(folder: Path, watch: Callable[[str], None] | None = None) -> Index:
    need_pyarrow("A corpus")
    if not is_current(folder):
        bring_up_to_date(folder, watch=watch)
    return open_index(folder, watch=watch)


def _run(
    plan: Plan,
    engine: Engine,
    jobs: int | None,
    progress: Progress,
    *,
    stops: bool,
    watch: Callable[[Progress], None] | None,
) -> None:
    if watch is not None:
        watch(progress)
    for manifest in engine((shard for shard in plan.shards(stops=stops) if not shard.is_done), jobs):
        progress = progress.after(manifest)
        if watch is not None:
            watch(progress)
    missing = [shard.number for shard in plan.shards(stops=stops) if not shard.is_done]
    if missing:
        msg = f"{len(missing)} shards have no tables, number {missing[0]} first; run again to make them"
        raise CorpusError(msg)


def _begun(folder: Path, plan: Plan) -> CorpusSettings | None:
    """What earlier runs were made with; None for a new corpus.

    Raises:
        CorpusError: if there are shards that the plan doesn't know, or of which nobody knows how they were made.
    """
    settings = CorpusSettings.read(folder)
    made = shard_numbers(folder)
    planned, _, _ = plan.totals()
    if made and max(made) >= planned:
        counts = f"knows {planned} shards, and there are {max(made) + 1}"
        msg = f"{folder / PLAN} {counts}; put it back as it was, or run into another folder"
        raise CorpusError(msg)
    if settings is None and made:
        unknown = f"{folder / SETTINGS} is missing, so nobody knows with what its shards were made"
        msg = f"{unknown}; put it back, or run into another folder"
        raise CorpusError(msg)
    return settings


def _progress(plan: Plan) -> Progress:
    """How far earlier runs have come."""
    done = [(shard.documents, shard.characters) for shard in plan.shards(stops=True) if shard.is_done]
    shards, documents, characters = plan.totals()
    return Progress(
        shards=len(done),
        documents=sum(own for own, _ in done),
        characters=sum(own for _, own in done),
        all_shards=shards,
        all_documents=documents,
        all_characters=characters,
    )


def _engine(engine: str | Engine) -> Engine:
    if not isinstance(engine, str):
        return engine
    if engine not in ENGINES:
        msg = f"engine must be a function or one of {', '.join(ENGINES)}, not {engine!r}"
        raise OptionError(msg)
    return ENGINES[engine]


def _check_options(*, faults: str, style: str) -> None:
    if faults not in FAULTS:
        msg = f"faults must be one of {', '.join(FAULTS)}, not {faults!r}"
        raise OptionError(msg)
    if style not in _TEXT_STYLES:
        msg = f"style must be one of {', '.join(_TEXT_STYLES)}, not {style!r}"
        raise OptionError(msg)


def _claimed(folder: Path) -> Path:
    """The folder, made if need be; `CorpusError` where it holds something else."""
    folder.mkdir(parents=True, exist_ok=True)
    if not (folder / PLAN).exists() and any(folder.iterdir()):
        is_corpus = (folder / SETTINGS).is_file() or shard_numbers(folder)
        lost = f"{folder / PLAN} is missing; put it back, or run into another folder"
        other = f"{folder} holds something else than a corpus; name a new or an empty folder"
        raise CorpusError(lost if is_corpus else other)
    return folder
