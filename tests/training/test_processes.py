from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

import tests.strategies  # noqa: F401 - loads the profile that fails no test by the clock

pytest.importorskip("torch")

from quotesmith.training.processes import divide, own_jobs, weight_of


@given(st.lists(st.integers(1, 500), max_size=40), st.integers(1, 5))
def test_each_job_is_one_process_s_and_none_has_much_more_to_do(costs: Sequence[int], number: int) -> None:
    shares = divide(costs, number)
    assert sorted(position for share in shares for position in share) == list(range(len(costs)))
    burdens = [sum(costs[position] for position in share) for share in shares]
    assert max(burdens) - min(burdens) <= max(costs, default=0)


def test_alone_a_process_does_all_and_means_count_as_they_are() -> None:
    assert own_jobs([3, 1, 2]) == [0, 1, 2]
    assert weight_of(3, 3) == 1
