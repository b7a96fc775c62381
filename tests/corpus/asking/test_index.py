"""An index is made when it is needed, and never one of other tables is asked."""

import logging
import os
import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from quotesmith.corpus import Corpus
from quotesmith.corpus.asking.coverage import INDEX, covered
from quotesmith.corpus.asking.index import open_index
from quotesmith.errors import CorpusError
from tests.corpus.hand_made import add_documents, article, write_corpus


def test_index_is_made_once_and_that_is_told(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    write_corpus(tmp_path, [article("a", (["Ann"], "Go."))])
    told: list[str] = []
    with caplog.at_level(logging.INFO, "quotesmith"):
        Corpus.open(tmp_path, watch=told.append)
        Corpus.open(tmp_path, watch=told.append)
    assert told == [
        f"{tmp_path}: making the registry of who is one over all documents",
        f"{tmp_path}: making the index of what is new",
    ]
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
