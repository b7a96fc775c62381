"""QuoteGraph: questions to a graph, and how it shows and writes itself."""

from pathlib import Path

import pytest

from quotesmith.errors import ArgumentError, NameNotFoundError, OptionError
from quotesmith.export import read_graphml
from quotesmith.graph import QuoteGraph, build_graph
from tests.samples import summit


def test_speakers_stand_most_quotes_first_then_in_node_order() -> None:
    assert build_graph([summit("d")]).speakers() == ("d/e0", "d/e3", "d/e4", "d/e5", "d/e6")


def test_quotes_of_a_speaker_stand_in_text_order() -> None:
    assert build_graph([summit("d")]).quotes_of("d/e0") == ("d/q0", "d/q1")


def test_one_who_is_only_spoken_to_has_no_quotes() -> None:
    assert build_graph([summit("d")]).quotes_of("d/e1") == ()


def test_speakers_of_a_quote_may_be_nobody() -> None:
    graph = build_graph([summit("d")])
    assert (graph.speakers_of("d/q3"), graph.speakers_of("d/q6")) == (("d/e4",), ())


@pytest.mark.parametrize("ask", ["quotes_of", "speakers_of"])
def test_unknown_key_is_told(ask: str) -> None:
    with pytest.raises(NameNotFoundError, match=r"no node 'Xi'; keys look like 'document/e0'"):
        getattr(build_graph([summit()]), ask)("Xi")


def test_keys_are_those_of_one_sort_of_node() -> None:
    graph = build_graph([summit("b"), summit("a")])
    assert graph.keys("document") == ("b", "a")
    assert len(graph.keys("quote")) == 14


def test_unknown_sort_of_node_lists_the_choices() -> None:
    with pytest.raises(OptionError, match="must be one of entity, quote, document, not 'person'"):
        summit().graph().keys("person")


def test_graph_says_what_it_holds() -> None:
    assert repr(summit().graph()) == "<QuoteGraph: 1 documents, 7 entities, 7 quotes, 18 edges>"


def test_notebook_gets_a_table_of_the_speakers() -> None:
    assert summit().graph()._repr_html_().count("<tr>") == 6


def test_graph_writes_itself(tmp_path: Path) -> None:
    path = tmp_path / "quotes.graphml"
    summit().graph().write(path)
    assert read_graphml(path).speakers() == summit().graph().speakers()


def test_quotes_of_a_graph_can_be_selected() -> None:
    graph = build_graph([summit("b"), summit("a")])
    assert len(graph.quotes.by("Xi").kind("mixed")) == 2


def test_graph_without_documents_has_no_quotes_to_select_from() -> None:
    graph = build_graph([summit()])
    with pytest.raises(ArgumentError, match="a graph from a file has no documents"):
        _ = QuoteGraph(graph.nx).quotes
