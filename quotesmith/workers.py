"""Worker processes that end with whoever started them, at once and without a word."""

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from itertools import chain, islice
from multiprocessing.connection import Connection, wait
from multiprocessing.context import BaseContext
from types import TracebackType
from typing import Any, TypeVar

_Task = TypeVar("_Task")
_Answer = TypeVar("_Answer")
# What a program that starts workers may answer in its own way, which a fork would copy.
_ENDING_SIGNALS = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]
# In a worker: becomes readable when nobody waits for its work any more.
_over: list[Connection] = []
_has_begun = threading.Event()


class WorkerPool:
    """Some processes that work until the pool is left; then they drop what they are at.

    An interrupt is for the process that started them. They hear of it when that leaves the pool, and answer none of
    their own: Ctrl+C in a terminal reaches them all. If that process ends without notice, as when the system kills it,
    they end too.

    Args:
        size: The most processes; with start methods other than "fork", one starts only where all others are at work.
        context: How they are started.
        start: Called once in each, before it works, if there is one.
        arguments: What `start` is called with.
    """

    def __init__(
        self,
        size: int,
        context: BaseContext,
        start: Callable[..., None] | None = None,
        arguments: tuple[Any, ...] = (),
    ) -> None:
        self._reader, self._writer = context.Pipe(duplex=False)
        self._pool = ProcessPoolExecutor(
            size, mp_context=context, initializer=_start, initargs=(self._reader, start, arguments)
        )

    def submit(self, work: Callable[[_Task], _Answer], item: _Task) -> "Future[_Answer]":
        """Have a function of a module called with an item, in one of the processes.

        The answer raises `BrokenProcessPool` if a process ended before its work was done.
        """
        with _interrupts_held():
            return self._pool.submit(_run, work, item)

    def __enter__(self) -> "WorkerPool":
        return self

    def __exit__(
        self, error: type[BaseException] | None, value: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._writer.send_bytes(b"over")
        self._pool.shutdown(cancel_futures=True)
        self._writer.close()
        self._reader.close()


def count_ahead(items: Iterator[_Task], most: int) -> tuple[int, Iterator[_Task]]:
    """How many items there are, up to `most`, and all of them again: no more workers are started than have work."""
    first = list(islice(items, most))
    return len(first), chain(first, items)


@contextmanager
def _interrupts_held() -> Iterator[None]:
    """A process that is started here takes no interrupt before it is ready to, and its start isn't left half done.

    What comes for this process comes a little later.
    """
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])
    try:
        with _answers_held():
            yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


@contextmanager
def _answers_held() -> Iterator[None]:
    """Whatever thread takes a signal, the main thread answers it: here, not before the end."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    came: list[int] = []
    answers = {number: answer for number in _ENDING_SIGNALS if callable(answer := signal.getsignal(number))}
    for number in answers:
        signal.signal(number, lambda number, _: came.append(number))
    try:
        yield
    finally:
        for number, answer in answers.items():
            signal.signal(number, answer)
        for number in came:
            signal.raise_signal(number)


def _start(over: Connection, start: Callable[..., None] | None, arguments: tuple[Any, ...]) -> None:
    for number in _ENDING_SIGNALS:
        signal.signal(number, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, [signal.SIGINT])
    _over[:] = [over]
    threading.Thread(target=_watch, args=(over,), daemon=True).start()
    if start is not None:
        start(*arguments)


def _watch(over: Connection) -> None:
    """Interrupt the work when nobody waits for it any more, and end with the process that asked for it."""
    parent = multiprocessing.parent_process()
    if parent is None:
        return
    if parent.sentinel not in wait([parent.sentinel, over]) and _has_begun.is_set():
        signal.raise_signal(signal.SIGINT)
        parent.join()
    # Until it works a process only imports, which takes seconds and can't be interrupted.
    os._exit(1)


def _run(work: Callable[[Any], Any], item: Any) -> Any:
    """What the work gives; None where nobody waits for it any more."""
    # Only the work is interrupted: a process that ended while it sends its answer would leave the reader waiting.
    _has_begun.set()
    signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        return None if _over[0].poll() else work(item)
    except KeyboardInterrupt:
        return None
    finally:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
