import copy
import os
import pickle
import signal
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pytest

from quotesmith.per_process import PerProcess, fork_safe_lock

needs_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork on this system")
ignores_fork_warning = pytest.mark.filterwarnings("ignore::DeprecationWarning")


def in_child(answer: Callable[[], bool]) -> bool:
    """What a forked child answers."""
    child = os.fork()
    if child == 0:
        signal.alarm(20)  # a child that waits for ever is a failure too
        code = 2
        try:
            code = 0 if answer() else 1
        finally:
            os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


def test_value_is_made_when_first_asked_for_and_once() -> None:
    made: list[int] = []

    def make() -> list[int]:
        made.append(1)
        return made

    value = PerProcess(make)
    assert made == []
    assert value.get() is value.get() is made
    assert made == [1]


def test_threads_share_one_value() -> None:
    def make() -> object:
        time.sleep(0.05)
        return object()

    value, together = PerProcess(make), threading.Barrier(8)

    def ask(_: int) -> object:
        together.wait()
        return value.get()

    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(ask, range(8)))) == 1


def test_value_may_need_another() -> None:
    inner = PerProcess(partial(int, "7"))
    assert PerProcess(lambda: inner.get() + 1).get() == 8


def test_what_making_raises_is_raised_and_the_next_call_tries_again() -> None:
    answers: Iterator[ValueError | int] = iter([ValueError("not yet"), 7])

    def make() -> int:
        answer = next(answers)
        if isinstance(answer, ValueError):
            raise answer
        return answer

    value = PerProcess(make)
    with pytest.raises(ValueError, match="not yet"):
        value.get()
    assert value.get() == 7


def pickled(value: PerProcess[int]) -> PerProcess[int]:
    again: PerProcess[int] = pickle.loads(pickle.dumps(value))  # noqa: S301 - our own
    return again


@pytest.mark.parametrize("carried", [copy.copy, copy.deepcopy, pickled])
def test_value_is_carried_as_the_function_that_makes_it(carried: Callable[[PerProcess[int]], PerProcess[int]]) -> None:
    value = PerProcess(os.getpid)
    value.get()
    again = carried(value)
    assert again is not value
    assert again.get() == os.getpid()


@needs_fork
@ignores_fork_warning
def test_forked_child_makes_its_own_value() -> None:
    value = PerProcess(os.getpid)
    assert value.get() == os.getpid()
    assert in_child(lambda: value.get() == os.getpid())
    assert value.get() == os.getpid()


@needs_fork
@ignores_fork_warning
def test_fork_while_another_thread_makes_a_value_leaves_the_child_free_to_make_one() -> None:
    is_making = threading.Event()

    def make() -> int:
        is_making.set()
        time.sleep(0.2)
        return os.getpid()

    value = PerProcess(make)
    thread = threading.Thread(target=value.get)
    thread.start()
    is_making.wait()
    assert in_child(lambda: value.get() == os.getpid())
    thread.join()


@needs_fork
@ignores_fork_warning
def test_fork_waits_for_a_lock_and_the_child_can_take_it() -> None:
    lock, is_held = fork_safe_lock(), threading.Event()

    def hold() -> None:
        with lock:
            is_held.set()
            time.sleep(0.2)

    thread = threading.Thread(target=hold)
    thread.start()
    is_held.wait()
    assert in_child(lambda: lock.acquire(timeout=5))
    thread.join()
