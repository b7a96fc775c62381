"""From numbers of quotes to what they are."""

from pathlib import Path

import numpy as np
import pytest

from quotesmith.corpus.asking import reading
from quotesmith.corpus.asking.index import Index, open_index
from quotesmith.corpus.asking.reading import iter_findings, iter_pairs, iter_quotes, read_documents_of
from tests.corpus.hand_made import write_corpus
from tests.samples import summit

ORDER = np.array([20, 0, 7, 6, 13])


@pytest.fixture
def index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Index:
    monkeypatch.setattr(reading, "PAGE", 2)
    write_corpus(tmp_path, [summit("a"), summit("b"), summit("c")])
    return open_index(tmp_path)


def test_findings_come_in_the_order_of_the_numbers(index: Index) -> None:
    found = list(iter_findings(index, ORDER))
    assert [finding.number for finding in found] == ORDER.tolist()
    assert [(finding.document, finding.quote) for finding in found[:2]] == [("c", "q6"), ("a", "q0")]


def test_records_are_those_of_the_documents(index: Index) -> None:
    quotes = list(iter_quotes(index, ORDER))
    assert quotes == [summit().quotes[number % 7] for number in ORDER]
    assert [index.owners[quote].document for quote in quotes] == ["c", "a", "b", "a", "b"]


def test_pairs_have_whole_documents(index: Index) -> None:
    pairs = list(iter_pairs(index, ORDER))
    assert [document for document, _ in pairs] == [summit(name) for name in "cabab"]
    assert all(quote in document.quotes for document, quote in pairs)


def test_documents_are_read_once_each(index: Index) -> None:
    found = read_documents_of(index.folder, iter_findings(index, ORDER))
    assert found == {name: summit(name) for name in "abc"}


def test_no_numbers_are_nothing(index: Index) -> None:
    assert list(iter_pairs(index, ORDER[:0])) == []
    assert list(iter_quotes(index, ORDER[:0])) == []
