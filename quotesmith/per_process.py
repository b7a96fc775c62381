"""Values that each process makes for itself, and locks that survive a fork."""

import os
import threading
from collections.abc import Callable
from typing import Generic, TypeVar

LazyValue = TypeVar("LazyValue")


def fork_safe_lock() -> "threading.RLock":
    """A reentrant lock that no child process finds taken by a thread it doesn't have.

    A fork waits until the lock is free. Make these at import time, since their fork handlers are never removed.
    """
    lock = threading.RLock()
    if hasattr(os, "register_at_fork"):
        os.register_at_fork(before=lock.acquire, after_in_parent=lock.release, after_in_child=lock.release)
    return lock


# One for all values: with one each, two threads that make values which need each other could wait for ever.
_making = fork_safe_lock()


class PerProcess(Generic[LazyValue]):
    """A value that each process makes when it first asks for it, for things that no fork or pickle can carry.

    Threads share it; a forked child makes its own. It is pickled and copied as the function that makes the value.

    Examples:
        >>> numbers = PerProcess(list)
        >>> numbers.get() is numbers.get()
        True
    """

    def __init__(self, make: Callable[[], LazyValue]) -> None:
        self._make = make
        # A forked child keeps its parent's value, too: destroying that there could wait for the parent's threads.
        self._values: dict[int, LazyValue] = {}

    def get(self) -> LazyValue:
        """This process's value; what `make` raises is raised, and the next call tries again."""
        process = os.getpid()
        if process not in self._values:
            with _making:
                if process not in self._values:
                    self._values[process] = self._make()
        return self._values[process]

    def __reduce__(self) -> tuple[type["PerProcess[LazyValue]"], tuple[Callable[[], LazyValue]]]:
        return PerProcess, (self._make,)
