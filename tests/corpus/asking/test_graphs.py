"""The graph of a corpus' quotes."""

from pathlib import Path

from quotesmith.corpus import Corpus, CorpusSelection
from quotesmith.corpus.asking.index import open_index
from quotesmith.graph.schema import iter_faults
from tests.corpus.hand_made import article, write_corpus, write_registry


def test_one_of_many_documents_is_one_node_by_the_registry(tmp_path: Path) -> None:
    write_corpus(tmp_path, [article("a", (["Joe Biden"], "Go.")), article("b", (["Joseph Biden", "analysts"], "No."))])
    members = [("a", "e0", "i7"), ("b", "e0", "i7")]
    write_registry(tmp_path, [("i7", "Joe Biden", "person", None, None, 2)], [("i7", "Joe Biden")], members)
    graph = CorpusSelection(open_index(tmp_path)).graph()
    assert graph.speakers() == ("i7", "b/e1")
    assert graph.nx.nodes["i7"]["document_count"] == 2
    assert list(iter_faults(graph.nx)) == []


def test_quotes_on_several_pages_of_one_document_are_drawn_in_one(tmp_path: Path) -> None:
    said = [(["Ann Lee"], f"Go {number}.") for number in range(1_001)]
    write_corpus(tmp_path, [article("a", *said), article("b", *said[:2])])
    graph = Corpus.open(tmp_path).quotes.by("Lee")[1:].graph()
    assert len(graph.keys("quote")) == 1_002
    assert graph.keys("document") == ("a", "b")
