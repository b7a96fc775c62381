"""The numbers that a network multiplies while it learns: bfloat16 where the processor is faster with it."""

import time
from functools import cache

import torch


def run_fast() -> torch.autocast:
    """The context in which a network runs as fast as it can here."""
    return torch.autocast("cpu", dtype=torch.bfloat16, enabled=is_bfloat_fast())


@cache
def is_bfloat_fast() -> bool:
    """Whether this processor multiplies bfloat16 faster than float32; without instructions for it, it is far slower."""
    bfloat, single = (_time_product(kind) for kind in (torch.bfloat16, torch.float32))
    return bfloat < single


def _time_product(kind: torch.dtype) -> float:
    """The least time that a product of two matrices takes, so that other load doesn't count."""
    matrix = torch.ones(512, 512, dtype=kind)
    times = []
    for _ in range(7):
        start = time.perf_counter()
        torch.mm(matrix, matrix)
        times.append(time.perf_counter() - start)
    return min(times)
