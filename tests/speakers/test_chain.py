from itertools import product

import numpy as np
import pytest

from quotesmith.speakers.dialogue.chain import find_marginals


def by_all_ways(
    local: np.ndarray, stay: list[float], back: list[float]
) -> tuple[np.ndarray, np.ndarray, np.ndarray, float]:
    """The same marginals, by the weight of each way to give the turns speakers."""
    turns, people = local.shape
    speakers, stays, returns, total = np.zeros(local.shape), np.zeros(turns - 1), np.zeros(turns - 1), 0.0
    for way in product(range(people), repeat=turns):
        weight, other, stayed, returned = local[0, way[0]], -1, np.zeros(turns - 1), np.zeros(turns - 1)
        for turn in range(1, turns):
            stayed[turn - 1] = way[turn] == way[turn - 1]
            returned[turn - 1] = way[turn] == other and not stayed[turn - 1]
            other = other if stayed[turn - 1] else way[turn - 1]
            factor = stay[turn - 1] if stayed[turn - 1] else back[turn - 1] if returned[turn - 1] else 1.0
            weight *= factor * local[turn, way[turn]]
        total += weight
        stays += weight * stayed
        returns += weight * returned
        for turn, speaker in enumerate(way):
            speakers[turn, speaker] += weight
    return speakers / total, stays / total, returns / total, float(np.log(total))


@pytest.mark.parametrize(("turns", "people"), [(1, 3), (2, 2), (5, 3), (6, 4)])
def test_marginals_are_those_of_all_ways_to_give_turns(turns: int, people: int) -> None:
    rng = np.random.default_rng(turns)
    local = rng.random((turns, people))
    local[turns // 2, 1:] = 0
    stay, back = (list(3 * rng.random(turns - 1)) for _ in range(2))
    found, wanted = find_marginals(local, stay, back), by_all_ways(local, stay, back)
    for one, other in zip((found.speakers, found.stays, found.returns, found.log_total), wanted, strict=True):
        assert one == pytest.approx(other)


def test_long_chain_of_unlikely_turns_has_marginals() -> None:
    found = find_marginals(np.full((3000, 3), 1e-13), [0.1] * 2999, [9.0] * 2999)
    assert found.speakers.sum(axis=1) == pytest.approx(1)
