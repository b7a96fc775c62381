"""Runs one shard: reads its documents, analyses them and writes their tables, all or nothing."""

import multiprocessing
import os
import shutil
from collections import Counter, deque
from collections.abc import Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, wait
from concurrent.futures.process import BrokenProcessPool
from functools import lru_cache
from importlib.util import find_spec
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from attrs import define, evolve, field

import quotesmith
from quotesmith.corpus.reading.formats import readable
from quotesmith.corpus.reading.rows import Fault, InputDocument
from quotesmith.corpus.settings import CorpusSettings, kept_gazetteer
from quotesmith.corpus.shards import MANIFEST, PARTIAL, DocumentDigest, Manifest, Shard, iter_row_range
from quotesmith.errors import CorpusError, FormatError, MissingPackageError, WorkerError
from quotesmith.files import create_folder_atomically
from quotesmith.records import QuoteDocument
from quotesmith.workers import WorkerPool, count_ahead

if TYPE_CHECKING:
    from spacy.language import Language

# A shard that kills its workers this often would kill all others too: its text needs more memory than they have.
_MAX_DEATHS = 3

# How often a run on Ray looks whether the cluster still has processors, and how long it waits for one to come back.
_LOOK_SECONDS = 5.0
_MOST_SECONDS_WITHOUT_PROCESSOR = 60.0


def run_shard(shard: Shard) -> Manifest:
    """Analyse a shard's documents and write its tables; if that has been done, only its manifest is read.

    The tables appear all at once or not at all, whenever the process ends, so a shard may be run again, or twice at the
    same time. A process loads its pipeline once.

    Raises:
        CorpusError: if its documents aren't those that were planned, or this machine has other packages.
        FormatError: if there is a fault and `shard.stops`.
        OSError: if an input can't be read or the folder can't be written.
    """
    done = Manifest.read(shard.place)
    if done is not None:
        return done
    # Querying a corpus imports this module, but needs no spaCy.
    from quotesmith.analysis import Stopwatch
    from quotesmith.pipeline.memory import forgetting

    watch = Stopwatch()
    documents, faults = _read(shard)
    watch.stop("reading")
    nlp = _pipeline(Path(shard.folder))
    with forgetting(nlp):
        analysed = list(_analyse(documents, nlp))
    watch.stop("analysis")
    with create_folder_atomically(shard.place, Path(shard.folder) / PARTIAL, f"{shard.number:06}-") as folder:
        from quotesmith.corpus.tables import write_tables

        rows = write_tables(analysed, folder)
        watch.stop("writing")
        manifest = Manifest(
            shard=shard.number,
            digest=shard.digest,
            documents=shard.documents,
            characters=shard.characters,
            words=sum(len(document.text.split()) for document in documents),
            rows=rows,
            faults=tuple(faults),
            seconds=watch.seconds,
        )
        (folder / MANIFEST).write_text(manifest.to_json(), encoding="utf-8")
        _sync([*folder.iterdir(), folder])
    _sync([shard.place.parent])
    return manifest


def clear_partial(folder: Path) -> None:
    """Remove the unfinished shards of runs that were killed."""
    shutil.rmtree(folder / PARTIAL, ignore_errors=True)


def _read(shard: Shard) -> tuple[list[InputDocument], list[Fault]]:
    """The shard's documents, and its faults in the order of their rows."""
    read = DocumentDigest()
    repeated = {fault.place: fault for fault in shard.repeated}
    documents, faults = [], []
    for found in (found for piece in shard.pieces for found in iter_row_range(piece)):
        if isinstance(found, InputDocument) and found.place not in repeated:
            read.add(found)
        taken = repeated.get(found.place) or (found if isinstance(found, Fault) else readable(found))
        if isinstance(taken, InputDocument):
            documents.append(taken)
        else:
            faults.append(taken)
    if str(read) != shard.digest:
        names = ", ".join(dict.fromkeys(piece.file.name for piece in shard.pieces))
        msg = f"{names} changed since the corpus in {shard.folder} was planned; put back what was there"
        raise CorpusError(msg)
    if faults and shard.stops:
        raise FormatError(str(faults[0]))
    return documents, faults


def _analyse(documents: list[InputDocument], nlp: "Language") -> Iterator[tuple[QuoteDocument, str]]:
    texts = ((document.text, document) for document in documents)
    for analysed, document in quotesmith.pipe(texts, as_tuples=True, nlp=nlp):
        yield evolve(analysed, id=document.id, meta={**analysed.meta, **document.meta}), document.place


@lru_cache(maxsize=1)
def _pipeline(folder: Path) -> "Language":
    settings = CorpusSettings.read(folder)
    if settings is None:
        msg = f"{folder} has no corpus; is it the same folder on this machine?"
        raise CorpusError(msg)
    settings.check_installed()
    return quotesmith.load(settings.pipeline, gazetteer=kept_gazetteer(settings, folder), style=settings.style)


def _sync(paths: Iterable[Path]) -> None:
    """Flush the files and folders to disk: otherwise a name may survive a power failure that its content does not."""
    if os.name == "nt":
        return
    for path in paths:
        handle = os.open(path, os.O_RDONLY)
        os.fsync(handle)
        os.close(handle)


def run_on_ray(shards: Iterable[Shard], jobs: int | None) -> Iterator[Manifest]:
    """The manifests of shards as they are done, run by `jobs` actors, or by one for each processor of the cluster.

    An actor takes one processor and loads its pipeline once. If it is lost, alone or with its machine, another one is
    requested, and its shard is run again. Where this machine belongs to no cluster, Ray is started on it.

    Raises:
        MissingPackageError: if Ray isn't installed.
        WorkerError: if a shard loses its actor three times, or the cluster has had no processor for a minute; and
            whatever `run_shard` raises.
    """
    if find_spec("ray") is None:
        msg = "the engine 'ray' needs Ray; install it with: pip install 'quotesmith[ray]'"
        raise MissingPackageError(msg)
    # Ray would report its use to its makers.
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
    import ray

    started = not ray.is_initialized()
    if started:
        ray.init(log_to_driver=False)
    size, shards = count_ahead(iter(shards), jobs or max(1, int(ray.cluster_resources().get("CPU", 0))))
    crew = _Crew(shards, size)
    try:
        yield from crew.run()
    finally:
        crew.dismiss()
        if started:
            ray.shutdown()


class Worker:
    """What an actor does."""

    def greet(self) -> None:
        """Do nothing: an answer shows that there was a processor for the actor."""

    def run(self, shard: Shard) -> Manifest:
        """Run one shard."""
        return run_shard(shard)


@define(eq=False)
class _Crew:
    """The actors of a run, and what each of them works on.

    Attributes:
        shards: The shards that no actor has been given yet.
        size: How many actors the run is to have.
        returned: Shards whose actors were lost.
        deaths: How many actors each shard, by its number, has lost; under None, how many in a row were lost while they
            started.
        idle: Actors that wait for a shard.
        busy: For each awaited answer its actor and the shard that it works on, None while the actor starts.
    """

    shards: Iterator[Shard]
    size: int
    returned: deque[Shard] = field(factory=deque)
    deaths: Counter[int | None] = field(factory=Counter)
    idle: deque[Any] = field(factory=deque)
    busy: dict[Any, tuple[Any, Shard | None]] = field(factory=dict)

    def run(self) -> Iterator[Manifest]:
        import ray

        for _ in range(self.size):
            self._hire()
        while self._assign():
            answer = self._next_answer()
            actor, shard = self.busy.pop(answer)
            manifest, loss = _answer(answer)
            if loss is not None:
                ray.kill(actor)
                self._bear(loss, shard)
                self._hire()
                continue
            self.idle.append(actor)
            if manifest is None:
                self.deaths[None] = 0
            else:
                yield manifest

    def _next_answer(self) -> Any:
        """The first answer that comes; `WorkerError` where no machine is left that could give one."""
        import ray

        without = 0.0
        while not (answers := ray.wait(list(self.busy), num_returns=1, timeout=_LOOK_SECONDS)[0]):
            # Ray itself waits for ever for a machine that may yet come.
            without = 0.0 if ray.cluster_resources().get("CPU") else without + _LOOK_SECONDS
            if without >= _MOST_SECONDS_WITHOUT_PROCESSOR:
                msg = (
                    f"the Ray cluster has had no machine with a processor for {without:.0f} seconds; start one and run "
                    "again to go on: what is done is kept"
                )
                raise WorkerError(msg)
        return answers[0]

    def dismiss(self) -> None:
        """End all actors."""
        import ray

        for actor in (*self.idle, *(actor for actor, _ in self.busy.values())):
            ray.kill(actor)

    def _hire(self) -> None:
        import ray

        # An actor that waits for a processor is given nothing yet: a shard could wait there while others are idle.
        actor: Any = ray.remote(Worker).options(num_cpus=1).remote()
        self.busy[actor.greet.remote()] = (actor, None)

    def _assign(self) -> bool:
        """Give shards to idle actors; whether there is anything to wait for."""
        while self.idle:
            shard = self.returned.popleft() if self.returned else next(self.shards, None)
            if shard is None:
                return any(own is not None for _, own in self.busy.values())
            actor = self.idle.popleft()
            self.busy[actor.run.remote(shard)] = (actor, shard)
        return True

    def _bear(self, loss: Exception, shard: Shard | None) -> None:
        """Take back the shard of a lost actor, or raise `WorkerError` where it has lost too many."""
        key = None if shard is None else shard.number
        self.deaths[key] += 1
        if self.deaths[key] >= (_MAX_DEATHS if shard is not None else _MAX_DEATHS * self.size):
            what = "actors can't be started" if shard is None else f"shard {shard.number} has lost {_MAX_DEATHS} actors"
            msg = f"{what}; see Ray's log: {loss}"
            raise WorkerError(msg) from loss
        if shard is not None:
            self.returned.append(shard)


def _answer(answer: Any) -> tuple[Manifest | None, Exception | None]:
    """What an actor answered, or the error by which it was lost."""
    import ray
    from ray import exceptions

    lost = (
        exceptions.RayActorError,
        exceptions.OutOfMemoryError,
        exceptions.WorkerCrashedError,
        exceptions.ObjectLostError,
    )
    try:
        return ray.get(answer), None
    except lost as error:
        return None, error
    except exceptions.RayTaskError as error:
        raise error.cause from None


def run_locally(shards: Iterable[Shard], jobs: int | None) -> Iterator[Manifest]:
    """The manifests of shards: in order, each run on demand, or with two or more jobs as they are done.

    Raises:
        WorkerError: if a process dies; and whatever `run_shard` raises.
    """
    return map(run_shard, shards) if jobs is None or jobs == 1 else _run_in_processes(iter(shards), jobs)


def _run_in_processes(shards: Iterator[Shard], jobs: int) -> Iterator[Manifest]:
    # A new interpreter for each: a fork would copy locked locks of other threads, and Python is moving away from it.
    context = multiprocessing.get_context("spawn")
    number, shards = count_ahead(shards, jobs)
    if number == 0:
        return
    try:
        # Where the run is stopped, shards are dropped half done: each is there as a whole or not at all.
        with WorkerPool(number, context) as pool:
            running: set[Future[Manifest]] = set()
            while True:
                running |= {pool.submit(run_shard, shard) for shard in islice(shards, 2 * number - len(running))}
                if not running:
                    return
                done, running = wait(running, return_when=FIRST_COMPLETED)
                yield from [future.result() for future in done]
    except BrokenProcessPool as error:
        msg = (
            "a process died; run again to go on, with fewer jobs if memory was short (each takes 0.5 GB). A script"
            " that runs several jobs must do so under `if __name__ == '__main__':`"
        )
        raise WorkerError(msg) from error
