"""Who speaks of whom, laid out in the plane."""

import math
from itertools import combinations

import pytest
from hypothesis import given

from quotesmith.errors import OptionError
from quotesmith.records import Entity, Quote, QuoteDocument
from quotesmith.render.colors import NO_SPEAKER, speaker_tones
from quotesmith.render.networks import lay_out, node_size, tie_width
from tests.samples import summit
from tests.strategies import documents


def talk(*pairs: tuple[str, str], alone: tuple[str, ...] = ()) -> QuoteDocument:
    """One quote of each pair's first, spoken to the second; those alone speak to nobody."""
    said = [*pairs, *((name, "") for name in alone)]
    names = dict.fromkeys(name for pair in said for name in pair if name)
    quotes = [
        Quote(f"q{place}", "direct", [(0, 2)], "Go", speakers=[one], addressees=[other] if other else [])
        for place, (one, other) in enumerate(said)
    ]
    return QuoteDocument("d", "Go", quotes=quotes, entities=[Entity(name, name) for name in names])


def test_who_matters_most_comes_first_and_the_rest_is_left_out() -> None:
    graph = talk(("Ann", "Bo"), ("Ann", "Bo"), ("Cy", "Di")).graph()
    network = lay_out(graph, most=2)
    assert [(node.name, node.quote_count) for node in network.nodes] == [("Ann", 2), ("Bo", 0)]
    assert [(tie.source, tie.target, tie.addresses, tie.weight) for tie in network.ties] == [("d/Ann", "d/Bo", 2, 2)]
    assert network.left_out == 2


def test_speakers_have_the_tones_of_their_document() -> None:
    document = summit()
    tones = {f"summit/{entity}": tone for entity, tone in speaker_tones(document).items()}
    assert {node.key: node.tone for node in lay_out(document.graph(), most=9).nodes} == {
        **dict.fromkeys(["summit/e1", "summit/e2"], NO_SPEAKER),
        **tones,
    }


def test_layout_is_the_same_each_time_and_no_two_lie_on_one_spot() -> None:
    document = talk(("Ann", "Bo"), ("Bo", "Cy"), ("Di", "Ed"), alone=("Flo",))
    assert lay_out(document.graph(), most=9) == lay_out(document.graph(), most=9)
    pairs = [(f"a{n}", f"b{n % 3}") for n in range(20)]
    nodes = lay_out(talk(*pairs, alone=tuple(f"c{n}" for n in range(20))).graph(), most=99).nodes
    assert len(nodes) == 43
    assert min(math.dist((one.x, one.y), (other.x, other.y)) for one, other in combinations(nodes, 2)) > 0.1


def test_more_quotes_are_larger_and_more_weight_is_wider() -> None:
    network = lay_out(talk(("Ann", "Bo"), ("Ann", "Bo"), ("Bo", "Cy")).graph(), most=9)
    sizes = {node.name: node_size(node) for node in network.nodes}
    assert sizes["Ann"] > sizes["Bo"] > sizes["Cy"]
    assert tie_width(network.ties[0]) > tie_width(network.ties[1])


@pytest.mark.parametrize("most", [0, -1, 1.5, "3", True])
def test_wrong_number_is_an_error(most: int) -> None:
    with pytest.raises(OptionError, match=rf"most must be a whole number from 1 on, not {most!r}"):
        lay_out(summit().graph(), most=most)


@given(documents())
def test_any_graph_is_laid_out(document: QuoteDocument) -> None:
    network = lay_out(document.graph(), most=9)
    assert len(network.nodes) == min(9, len(network.nodes) + network.left_out) >= min(9, len(document.speakers))
    assert all(math.isfinite(node.x) and math.isfinite(node.y) for node in network.nodes)
