"""Learning in several processes of one thread each, which on CPU is faster than one process of several threads."""

import tempfile
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import torch
from torch import distributed, nn

from quotesmith.counts import check_processes
from quotesmith.errors import OptionError


def run_in_processes(number: int, work: Callable[..., None], arguments: Sequence[Any]) -> None:
    """Calls `work` with the arguments in each of some processes, which share their gradients; waits for all.

    Args:
        number: How many processes.
        work: A function of a module.
        arguments: Can be pickled.

    Raises:
        OptionError: if there can't be so many processes.
    """
    check_processes("processes", number, error=OptionError)
    with tempfile.TemporaryDirectory() as folder:
        torch.multiprocessing.spawn(  # type: ignore[no-untyped-call]
            _start, (number, Path(folder) / "meeting", work, tuple(arguments)), nprocs=number
        )


def _start(rank: int, number: int, meeting: Path, work: Callable[..., None], arguments: tuple[Any, ...]) -> None:
    torch.set_num_threads(1)
    distributed.init_process_group("gloo", init_method=meeting.as_uri(), world_size=number, rank=rank)
    work(*arguments)
    distributed.destroy_process_group()


def is_first() -> bool:
    """Whether this is the process that writes, the only one or the first of several."""
    return not distributed.is_initialized() or distributed.get_rank() == 0


def own_jobs(costs: Sequence[float]) -> list[int]:
    """Positions of the jobs that this process does: the costliest go first, each to the process with least to do.

    Args:
        costs: Of all jobs, the same in each process.
    """
    if not distributed.is_initialized():
        return list(range(len(costs)))
    return divide(costs, distributed.get_world_size())[distributed.get_rank()]


def divide(costs: Sequence[float], number: int) -> list[list[int]]:
    """Positions of the jobs of each of some processes, in order, so that all have about as much to do."""
    shares: list[list[int]] = [[] for _ in range(number)]
    burdens = [0.0] * number
    for position in sorted(range(len(costs)), key=lambda at: -costs[at]):
        idlest = burdens.index(min(burdens))
        burdens[idlest] += costs[position]
        shares[idlest].append(position)
    return [sorted(share) for share in shares]


def weight_of(own: int, total: int) -> float:
    """What the mean over this process's items counts, so that the mean over processes is that over all items."""
    return own / total * (distributed.get_world_size() if distributed.is_initialized() else 1)


def share_gradients(parameters: Iterable[nn.Parameter]) -> None:
    """Puts the mean over all processes in place of each gradient; a process that has none counts as 0."""
    if not distributed.is_initialized():
        return
    shared = list(parameters)
    flat = torch.cat([torch.zeros(p.numel()) if p.grad is None else p.grad.flatten() for p in shared])
    distributed.all_reduce(flat)
    flat /= distributed.get_world_size()
    for parameter, mean in zip(shared, flat.split([p.numel() for p in shared]), strict=True):
        parameter.grad = mean.view_as(parameter)
