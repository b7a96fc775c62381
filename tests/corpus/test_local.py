"""Shards on this machine."""

import multiprocessing
import os
import signal
from pathlib import Path

import pytest

from quotesmith.corpus import Corpus
from quotesmith.corpus.corpora import Progress
from quotesmith.corpus.local import run_locally
from quotesmith.corpus.shards import Shard
from quotesmith.errors import FormatError, WorkerError
from tests.corpus.articles import all_rows, write_articles


def test_nothing_is_run_before_it_is_asked_for() -> None:
    class Shards:
        def __iter__(self) -> "Shards":
            return self

        def __next__(self) -> Shard:
            pytest.fail("a shard was asked for")

    run_locally(Shards(), None)
    run_locally(Shards(), 2)


@pytest.mark.model
@pytest.mark.usefixtures("nlp")
class TestProcesses:
    def test_they_give_the_same_tables(self, tmp_path: Path) -> None:
        path = write_articles(tmp_path / "a.jsonl", 12)
        one = Corpus.run(path, tmp_path / "one", shard_documents=3)
        two = Corpus.run(path, tmp_path / "two", shard_documents=3, jobs=2)
        assert all_rows(one) == all_rows(two)
        assert list(one.manifests()) == list(two.manifests())

    def test_dead_one_is_told_and_the_run_goes_on_later(self, tmp_path: Path) -> None:
        path = write_articles(tmp_path / "a.jsonl", 12)

        def kill_one(progress: Progress) -> None:
            if progress.shards:
                os.kill(multiprocessing.active_children()[0].pid or 0, signal.SIGKILL)

        with pytest.raises(WorkerError, match="a process died; run again to go on"):
            Corpus.run(path, tmp_path / "corpus", shard_documents=1, jobs=2, watch=kill_one)
        assert len(list(Corpus.run(path, tmp_path / "corpus", shard_documents=1).documents())) == 12

    def test_error_of_ours_comes_through(self, tmp_path: Path) -> None:
        pytest.importorskip("trafilatura")
        for name in "ab":
            (tmp_path / f"{name}.html").write_text("<html></html>", encoding="utf-8")
        with pytest.raises(FormatError, match="no text is found in the page"):
            Corpus.run(tmp_path, tmp_path / "corpus", shard_documents=1, jobs=2)
