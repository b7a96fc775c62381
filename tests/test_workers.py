import multiprocessing
import os
import signal
import time
from collections.abc import Iterator
from concurrent.futures.process import BrokenProcessPool
from multiprocessing.connection import Connection
from multiprocessing.context import BaseContext
from typing import Any

import pytest

from quotesmith.workers import WorkerPool, count_ahead

pytestmark = pytest.mark.filterwarnings("ignore:This process:DeprecationWarning")  # forks beside threads
METHODS = multiprocessing.get_all_start_methods()
_marks: list[Any] = []
_connections: list[Connection] = []


@pytest.fixture(params=[method for method in ("fork", "spawn") if method in METHODS])
def context(request: pytest.FixtureRequest) -> BaseContext:
    method: str = request.param
    return multiprocessing.get_context(method)


def mark(value: str, connection: Connection | None = None) -> None:
    _marks.append(value)
    if connection is not None:
        _connections[:] = [connection]


def square(number: int) -> int:
    return number * number


def marks(_: int) -> list[str]:
    return list(_marks)


def end(_: int) -> None:
    os._exit(3)


def tell_and_work_for_ever(_: int) -> None:
    _connections[0].send(os.getpid())
    while True:
        time.sleep(0.01)


def fail(number: int) -> None:
    raise KeyError(number)


def test_work_is_done_in_other_processes_that_were_started(context: BaseContext) -> None:
    with WorkerPool(2, context, mark, ("begun",)) as pool:
        assert [pool.submit(square, number).result() for number in range(4)] == [0, 1, 4, 9]
        assert pool.submit(marks, 0).result() == ["begun"]
    assert _marks == []


def test_error_of_the_work_is_raised(context: BaseContext) -> None:
    with WorkerPool(1, context) as pool, pytest.raises(KeyError, match="7"):
        pool.submit(fail, 7).result()


def test_end_of_a_process_is_told(context: BaseContext) -> None:
    with WorkerPool(1, context) as pool, pytest.raises(BrokenProcessPool):
        pool.submit(end, 0).result()


def test_work_is_dropped_when_the_pool_is_left(context: BaseContext) -> None:
    ours, theirs = context.Pipe(duplex=False)
    with WorkerPool(1, context, mark, ("begun", theirs)) as pool:
        for number in range(3):
            pool.submit(tell_and_work_for_ever, number)
        worker = ours.recv()
    # The pool waits for its processes; none is given what was still waiting.
    assert worker not in {process.pid for process in multiprocessing.active_children()}
    assert not ours.poll()


@pytest.mark.skipif(not hasattr(signal, "pthread_sigmask"), reason="signals of another kind on this system")
def test_interrupt_between_two_works_is_not_the_workers_concern(context: BaseContext) -> None:
    with WorkerPool(1, context) as pool:
        worker = pool.submit(_own_id, 0).result()
        os.kill(worker, signal.SIGINT)
        assert pool.submit(square, 3).result() == 9


def _own_id(_: int) -> int:
    return os.getpid()


@pytest.mark.skipif(not hasattr(signal, "pthread_sigmask"), reason="signals of another kind on this system")
def test_interrupt_while_processes_start_is_taken_by_the_one_that_starts_them() -> None:
    taken: list[int] = []
    before = signal.signal(signal.SIGINT, lambda number, _: taken.append(number))
    try:
        with WorkerPool(1, multiprocessing.get_context()) as pool:
            future = pool.submit(square, 2)
            os.kill(os.getpid(), signal.SIGINT)
            assert future.result() == 4
            assert signal.SIGINT not in signal.pthread_sigmask(signal.SIG_BLOCK, [])
    finally:
        signal.signal(signal.SIGINT, before)
    assert taken == [signal.SIGINT]


@pytest.mark.parametrize(("there", "most", "counted"), [(0, 3, 0), (1, 12, 1), (3, 3, 3), (9, 3, 3)])
def test_no_more_is_counted_than_is_there_or_asked_for(there: int, most: int, counted: int) -> None:
    number, items = count_ahead(iter(range(there)), most)
    assert number == counted
    assert list(items) == list(range(there))


def test_counting_takes_no_more_than_it_must() -> None:
    taken: list[int] = []

    def items() -> Iterator[int]:
        for number in range(10):
            taken.append(number)
            yield number

    count_ahead(items(), 3)
    assert taken == [0, 1, 2]
