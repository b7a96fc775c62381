"""QuoteGraph: questions to a graph, and how it shows and writes itself."""

from pathlib import Path

import pytest

from quotesmith.errors import NameNotFoundError
from quotesmith.export import read_graphml
from quotesmith.graph import build_graph
from tests.samples import summit


def test_speakers_stand_most_quotes_first_then_in_node_order() -> None:
    assert build_graph([summit("d")]).speakers() == ("d/e0", "d/e3", "d/e4", "d/e5", "d/e6")


def test_quotes_of_a_speaker_stand_in_text_order() -> None:
    assert build_graph([summit("d")]).quotes_of("d/e0") == ("d/q0", "d/q1")


def test_one_who_is_only_spoken_to_has_no_quotes() -> None:
    assert build_graph([summit("d")]).quotes_of("d/e1") == ()


def test_unknown_key_is_told() -> None:
    with pytest.raises(NameNotFoundError, match="no node 'Xi'"):
        build_graph([summit()]).quotes_of("Xi")


def test_graph_says_what_it_holds() -> None:
    assert repr(summit().graph()) == "<QuoteGraph: 6 entities, 7 quotes, 11 edges>"


def test_notebook_gets_a_table_of_the_speakers() -> None:
    assert summit().graph()._repr_html_().count("<tr>") == 6


def test_graph_writes_itself(tmp_path: Path) -> None:
    path = tmp_path / "quotes.graphml"
    summit().graph().write(path)
    assert read_graphml(path).speakers() == summit().graph().speakers()
