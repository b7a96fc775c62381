from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import tests.strategies  # noqa: F401 - loads the profile that fails no test by the clock

torch = pytest.importorskip("torch")

from quotesmith.training.processes import (  # noqa: E402 - skipped where there is no torch
    divide,
    is_first,
    own_jobs,
    run_in_processes,
    share_gradients,
    weight_of,
)


@given(st.lists(st.integers(1, 500), max_size=40), st.integers(1, 5))
def test_each_job_is_one_process_s_and_none_has_much_more_to_do(costs: Sequence[int], number: int) -> None:
    shares = divide(costs, number)
    assert sorted(position for share in shares for position in share) == list(range(len(costs)))
    burdens = [sum(costs[position] for position in share) for share in shares]
    assert max(burdens) - min(burdens) <= max(costs, default=0)


def test_alone_a_process_does_all_and_means_count_as_they_are() -> None:
    assert own_jobs([3, 1, 2]) == [0, 1, 2]
    assert weight_of(3, 3) == 1


ITEMS = [1.0, 2.0, 6.0]


def write_gradients(folder: Path) -> None:
    """What a process learns from its own part of the items; only the first has a gradient of the second weight."""
    one, other = (torch.nn.Parameter(torch.zeros(2)) for _ in range(2))
    own = own_jobs(ITEMS)
    mean = torch.stack([ITEMS[at] * one.sum() for at in own]).mean()
    torch.autograd.backward(weight_of(len(own), len(ITEMS)) * mean)
    if is_first():
        torch.autograd.backward(other.sum())
    share_gradients([one, other])
    name = "first" if is_first() else "second"
    (folder / name).write_text(f"{own} {one.grad.tolist()} {other.grad.tolist()}")


def test_processes_have_the_gradient_of_the_mean_over_all_items(tmp_path: Path) -> None:
    run_in_processes(2, write_gradients, (tmp_path,))
    found = {path.name: path.read_text() for path in tmp_path.iterdir()}
    assert found == {"first": "[2] [3.0, 3.0] [0.5, 0.5]", "second": "[0, 1] [3.0, 3.0] [0.5, 0.5]"}
