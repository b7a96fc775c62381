"""Sets that grow together."""

from hypothesis import given
from hypothesis import strategies as st

from quotesmith.corpus.registry.uniting import Sets


def test_set_stands_under_the_root_of_the_first() -> None:
    sets = Sets[str]()
    sets.join("a", "b")
    sets.join("c", "a")
    sets.add("d")
    assert sets.groups() == {"c": ["a", "b", "c"], "d": ["d"]}


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=20))
def test_sets_are_the_parts_of_the_graph(pairs: list[tuple[int, int]]) -> None:
    sets = Sets[int]()
    wanted = {number: {number} for number in range(10)}
    for one, other in pairs:
        sets.join(one, other)
        both = wanted[one] | wanted[other]
        wanted.update(dict.fromkeys(both, both))
    assert all((sets.root(one) == sets.root(other)) == (other in wanted[one]) for one in wanted for other in wanted)
