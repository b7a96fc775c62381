"""What benchmarks share: shares of right answers, processes of their own, time and memory, and tables."""

import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from attrs import frozen

DATA = Path(__file__).parents[1] / "data"


@frozen
class Figures:
    """How many rows have a right answer, have an answer, have a label, and how many there are."""

    right: int
    given: int
    labelled: int
    total: int = 0

    @property
    def precision(self) -> float:
        """The part of the given answers that is right."""
        return self.right / self.given if self.given else 0.0

    @property
    def recall(self) -> float:
        """The part of the labelled rows whose answer is right."""
        return self.right / self.labelled if self.labelled else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of both."""
        return 2 * self.right / (self.given + self.labelled) if self.given + self.labelled else 0.0


def read_labels(name: str) -> list[dict[str, Any]]:
    """The rows of a file of labels in tests/data."""
    return [json.loads(line) for line in (DATA / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]


def run_apart(benchmark: str, *arguments: object) -> Any:
    """The JSON that a benchmark prints when it is run with these arguments in a process of its own."""
    command = [sys.executable, "-m", f"tests.benchmarks.{benchmark}", *map(str, arguments)]
    return json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)


def peak_megabytes(*kinds: int) -> float:
    """The most memory that this process, or the kinds that `resource` names, had so far."""
    return max(resource.getrusage(kind).ru_maxrss for kind in kinds or (resource.RUSAGE_SELF,)) / 1024


def cpu_seconds(*kinds: int) -> float:
    """The CPU time of the kinds of processes that `resource` names."""
    return sum(usage.ru_utime + usage.ru_stime for usage in map(resource.getrusage, kinds))


def cpu_seconds_of(action: Callable[..., object], *given: object) -> float:
    """The CPU time of one call."""
    start = time.process_time()
    action(*given)
    return time.process_time() - start


def print_head(*columns: str) -> None:
    """Print the head of a table in Markdown."""
    print_row(columns)
    print("| --- " * len(columns) + "|", flush=True)


def print_row(cells: Sequence[object] | Iterator[object]) -> None:
    """Print a row of a table in Markdown."""
    print(f"| {' | '.join(map(str, cells))} |", flush=True)
