"""Runs shards on this machine: in place, or in several processes."""

import multiprocessing
import signal
import threading
from collections.abc import Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from itertools import islice

from quotesmith.corpus.running import run_shard
from quotesmith.corpus.shards import Manifest, Shard
from quotesmith.errors import WorkerError


def run_locally(shards: Iterable[Shard], jobs: int | None) -> Iterator[Manifest]:
    """The manifests of shards, each run when it is asked for, or with two jobs and more as they are done.

    Raises:
        WorkerError: if a process dies; what else `run_shard` raises.
    """
    return map(run_shard, shards) if jobs is None or jobs == 1 else _run_in_processes(iter(shards), jobs)


def _run_in_processes(shards: Iterator[Shard], jobs: int) -> Iterator[Manifest]:
    # A new interpreter each: a fork would share threads' locks, and Python is giving up forking.
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
    """Let this process end when it is interrupted, and when its parent ends: it would wait for shards for ever."""
    from quotesmith.pipeline.reading import end_with_parent

    signal.signal(signal.SIGINT, signal.SIG_DFL)
    threading.Thread(target=end_with_parent, daemon=True).start()
