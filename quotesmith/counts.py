"""How many: the counts that callers ask for, and their bounds."""

import os
from typing import Final

from quotesmith.errors import QuotesmithError

MOST_AT_A_TIME: Final = 1_000_000
"""Of what is worked on or kept together: texts of a batch, documents of a shard."""
MOST_ON_CLUSTERS: Final = 10_000
"""Of the jobs of a cluster of machines, whose size this one doesn't know."""
# More than a few for each processor only wait for it; each takes 0.5 GB of memory. A small machine is no reason to
# refuse what was written for a larger one.
_PROCESSES_A_PROCESSOR = 4
_ALWAYS_ALLOWED = 32
_LONGEST_SHOWN = 10**18


def count_processors() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def most_processes() -> int:
    """How many processes may be asked for on this machine: four a processor, and 32 on any."""
    return max(_ALWAYS_ALLOWED, _PROCESSES_A_PROCESSOR * count_processors())


def check_count(name: str, value: object, *, most: int, error: type[QuotesmithError], why: str = "") -> None:
    """Refuse what is no whole number from 1 to `most`.

    Args:
        name: The argument's name, as the caller knows it.
        value: What was given.
        most: The largest number that is allowed.
        error: What is raised otherwise; it says the name, the value and what is allowed.
        why: Why there may not be more, to be added to the error.
    """
    if not isinstance(value, int) or isinstance(value, bool) or value < 1:
        msg = f"{name} must be a whole number of at least 1, not {value!r}"
        raise error(msg)
    if value > most:
        # A number of many digits could not even be written.
        given = f"{value}" if value < _LONGEST_SHOWN else "a number of many digits"
        msg = f"{name} must be at most {most}, not {given}{why}"
        raise error(msg)


def check_processes(name: str, value: object, *, error: type[QuotesmithError]) -> None:
    """Refuse what is no number of processes that this machine can bear, as `check_count` does."""
    why = (
        f": there are {count_processors()} processors for us here, and further processes only take memory, about 0.5 "
        "GB each"
    )
    check_count(name, value, most=most_processes(), error=error, why=why)
