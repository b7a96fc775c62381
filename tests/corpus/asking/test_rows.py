"""A corpus' quotes as rows."""

from pathlib import Path

from attrs import evolve

from quotesmith.corpus import Corpus
from quotesmith.corpus.asking.rows import ROW_COLUMNS, iter_rows, meaning_row
from tests.corpus.hand_made import article, write_corpus
from tests.samples import summit


def test_row_has_the_columns_of_a_document_and_where_it_was_published(tmp_path: Path) -> None:
    document = evolve(summit(), meta={"date": "2024-05-01", "outlet": "Post", "title": "Talks", "url": "x:y"})
    write_corpus(tmp_path, [document, evolve(summit("b"), meta={})])
    found = list(iter_rows(Corpus.open(tmp_path).quotes.by("Xi").kind("mixed"), width=0))
    assert [list(row) for row in found] == [list(ROW_COLUMNS)] * 2
    [theirs] = document.quotes.by("Xi").kind("mixed").to_dicts(width=0)
    assert found[0] == {**theirs, "date": "2024-05-01", "outlet": "Post", "title": "Talks", "url": "x:y"}
    assert [found[1][name] for name in ("document", "date", "outlet", "title", "url")] == ["b", None, None, None, None]


def test_meaning_tells_who_is_meant_and_who_is_not(tmp_path: Path) -> None:
    write_corpus(tmp_path, [article("a", *[(["Ann Lee"], "Go.")] * 9, (["Bo Lee"], "No."))])
    [meaning] = Corpus.open(tmp_path).quotes.by("Lee").meanings
    assert meaning_row(meaning) == {
        "relation": "said",
        "typed": "Lee",
        "taken": [{"identity": "i1", "name": "Ann Lee", "kind": "person", "quotes": 9}],
        "passed_over": [{"identity": "i2", "name": "Bo Lee", "kind": "person", "quotes": 1}],
    }
