"""An index is made when it is needed, and never one of other tables is asked."""

import gc
import logging
import os
import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from quotesmith.corpus import Corpus
from quotesmith.corpus.index import indexes
from quotesmith.corpus.index.building import INDEX, covered
from quotesmith.corpus.index.indexes import (
    Finding,
    Index,
    Owners,
    iter_findings,
    iter_pairs,
    iter_quotes,
    open_index,
    read_documents_of,
)
from quotesmith.errors import CorpusError, NameNotFoundError
from quotesmith.records import Quote
from tests.corpus.hand_made import add_documents, article, write_corpus
from tests.samples import summit


def test_index_is_made_once_and_that_is_told(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    write_corpus(tmp_path, [article("a", (["Ann"], "Go."))])
    told: list[str] = []
    with caplog.at_level(logging.INFO, "quotesmith"):
        Corpus.open(tmp_path, watch=told.append)
        Corpus.open(tmp_path, watch=told.append)
    assert told == [f"{tmp_path}: building the registry of identities", f"{tmp_path}: building the index"]
    assert [record.message for record in caplog.records] == told


def test_new_shards_are_answered_for_when_the_corpus_is_opened_again(tmp_path: Path) -> None:
    write_corpus(tmp_path, [article("a", (["Ann"], "Go."))])
    assert len(Corpus.open(tmp_path).quotes.by("Ann")) == 1
    add_documents(tmp_path, [article("b", (["Ann"], "Stay."))])
    assert len(Corpus.open(tmp_path).quotes.by("Ann")) == 2
    assert [path.name for path in (tmp_path / INDEX).iterdir()] == [covered(tmp_path)]


def test_index_that_was_replaced_is_told_and_gives_no_other_answers(tmp_path: Path) -> None:
    write_corpus(tmp_path, [article("a", (["Ann"], "Go."))])
    corpus = Corpus.open(tmp_path)
    add_documents(tmp_path, [article("b", (["Ann"], "Stay."))])
    Corpus.open(tmp_path)
    with pytest.raises(CorpusError, match="open the corpus again"):
        len(corpus.quotes)


def test_corpus_that_was_not_opened_is_indexed_when_it_is_asked(tmp_path: Path) -> None:
    corpus = write_corpus(tmp_path, [article("a", (["Ann"], "Go."))])
    assert not (tmp_path / INDEX).exists()
    assert len(corpus.quotes) == 1
    assert corpus == Corpus.open(tmp_path)


def test_only_old_remains_of_others_are_removed(tmp_path: Path) -> None:
    write_corpus(tmp_path, [article("a", (["Ann"], "Go."))])
    for name in ("partial-old", "partial-new", "0123456789abcdef", "mine"):
        (tmp_path / INDEX / name).mkdir(parents=True)
    os.utime(tmp_path / INDEX / "partial-old", (1, 1))
    open_index(tmp_path)
    assert {path.name for path in (tmp_path / INDEX).iterdir()} == {covered(tmp_path), "partial-new", "mine"}


def test_folder_may_have_any_name_and_be_moved(tmp_path: Path) -> None:
    folder = tmp_path / "a [x]*'ü {y}"
    write_corpus(folder, [article("a", (["Ann"], "Go."))])
    assert len(Corpus.open(folder).quotes.by("Ann")) == 1
    shutil.move(folder, tmp_path / "moved")
    told: list[str] = []
    assert len(Corpus.open(tmp_path / "moved", watch=told.append).quotes.by("Ann")) == 1
    assert told == []


def test_several_threads_ask_at_a_time(tmp_path: Path) -> None:
    names = [f"Person{number} Roe{number}" for number in range(8)]
    write_corpus(tmp_path, [article(name, ([name], f"Go {name}.")) for name in names])
    corpus = Corpus.open(tmp_path)

    def ask(name: str) -> list[tuple[tuple[str, ...], str]]:
        found = corpus.quotes.by(name)
        return [(corpus.quotes.names(quote), quote.text) for quote in found]

    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(ask, names * 10))
    assert answers == [[((name,), f"Go {name}.")] for name in names * 10]


def test_corpus_without_documents_is_asked_too(tmp_path: Path) -> None:
    write_corpus(tmp_path, [])
    quotes = Corpus.open(tmp_path).quotes
    assert (len(quotes), list(quotes.about("anything")), list(quotes.timeline())) == (0, [], [])


def finding(number: int) -> Finding:
    return Finding(
        number, 0, f"d{number}", None, None, None, None, "q0", "direct", "speech", "asserted", 1, 1, ["Ann"], [], "Go"
    )


def quote() -> Quote:
    return Quote("q0", "direct", [(0, 2)], "Go")


def test_equal_quotes_of_two_documents_are_told_apart() -> None:
    owners, one, other = Owners(), quote(), quote()
    owners.add(one, finding(1))
    owners.add(other, finding(2))
    assert one == other
    assert (owners[one].document, owners[other].document) == ("d1", "d2")


def test_quote_that_nobody_keeps_is_forgotten() -> None:
    owners = Owners()
    kept = owners.add(quote(), finding(1))
    for number in range(100):
        owners.add(quote(), finding(number))
    gc.collect()
    assert len(owners) == 1
    assert owners[kept].number == 1


@pytest.mark.parametrize("other", [quote(), None, "q0"])
def test_what_was_not_given_is_an_error(other: object) -> None:
    owners = Owners()
    kept = owners.add(quote(), finding(1))
    with pytest.raises(NameNotFoundError, match="no quote that this corpus gave"):
        owners[other]
    assert kept.id == "q0"


ORDER = np.array([20, 0, 7, 6, 13])


@pytest.fixture
def index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Index:
    monkeypatch.setattr(indexes, "PAGE", 2)
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
