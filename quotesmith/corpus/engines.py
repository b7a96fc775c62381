"""Runs shards: on this machine, in place or in several processes, or on a Ray cluster."""

import multiprocessing
import os
import signal
import threading
from collections import Counter, deque
from collections.abc import Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from importlib.util import find_spec
from itertools import islice
from typing import Any

from attrs import define, field

from quotesmith.corpus.running import run_shard
from quotesmith.corpus.shards import Manifest, Shard
from quotesmith.errors import MissingPackageError, WorkerError

# A shard that kills its workers this often would kill all others too: its text needs more memory than they have.
_MAX_DEATHS = 3


def run_on_ray(shards: Iterable[Shard], jobs: int | None) -> Iterator[Manifest]:
    """The manifests of shards as they are done, run by `jobs` actors, or by one for each processor of the cluster.

    An actor takes one processor and loads its pipeline once. If it is lost, alone or with its machine, another one is
    requested, and its shard is run again. Where this machine belongs to no cluster, Ray is started on it.

    Raises:
        MissingPackageError: if Ray isn't installed.
        WorkerError: if a shard loses its actor three times; and whatever `run_shard` raises.
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
    crew = _Crew(iter(shards), jobs or int(ray.cluster_resources()["CPU"]))
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
            [answer], _ = ray.wait(list(self.busy), num_returns=1)
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
    with ProcessPoolExecutor(jobs, mp_context=context, initializer=_start_worker) as pool:
        running: set[Future[Manifest]] = set()
        try:
            while True:
                running |= {pool.submit(run_shard, shard) for shard in islice(shards, 2 * jobs - len(running))}
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
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


def _start_worker() -> None:
    """Make this process end on an interrupt and with its parent; otherwise it would wait for shards for ever."""
    from quotesmith.pipeline.reading import end_with_parent

    signal.signal(signal.SIGINT, signal.SIG_DFL)
    threading.Thread(target=end_with_parent, daemon=True).start()
