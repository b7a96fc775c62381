"""Shards on this machine."""

import multiprocessing
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from quotesmith.corpus import Corpus
from quotesmith.corpus.corpora import Progress
from quotesmith.corpus.local import run_locally
from quotesmith.errors import CorpusError, FormatError
from tests.corpus.articles import all_rows, write_articles

ROOT = Path(__file__).parents[2]


def test_nothing_is_run_before_it_is_asked_for() -> None:
    def shards():  # type: ignore[no-untyped-def]
        raise AssertionError
        yield

    run_locally(shards(), None)
    run_locally(shards(), 2)


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

        with pytest.raises(CorpusError, match="a process died; run again to go on"):
            Corpus.run(path, tmp_path / "corpus", shard_documents=1, jobs=2, watch=kill_one)
        assert len(list(Corpus.run(path, tmp_path / "corpus", shard_documents=1).documents())) == 12

    def test_error_of_ours_comes_through(self, tmp_path: Path) -> None:
        pytest.importorskip("trafilatura")
        for name in "ab":
            (tmp_path / f"{name}.html").write_text("<html></html>", encoding="utf-8")
        with pytest.raises(FormatError, match="no text is found in the page"):
            Corpus.run(tmp_path, tmp_path / "corpus", shard_documents=1, jobs=2)

    @pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
    def test_they_end_when_their_parent_is_killed(self, tmp_path: Path) -> None:
        path = write_articles(tmp_path / "a.jsonl", 400)
        command = [sys.executable, "-c", "from quotesmith.cli import main; main()", "corpus", str(path)]
        options = ["-o", str(tmp_path / "corpus"), "--jobs", "2", "--shard-documents", "5"]
        parent = subprocess.Popen([*command, *options], cwd=ROOT, stderr=subprocess.DEVNULL)
        wait_for(lambda: any((tmp_path / "corpus" / "shards").glob("*")))
        children = set(Path(f"/proc/{parent.pid}/task/{parent.pid}/children").read_text(encoding="ascii").split())
        assert len(children) >= 2
        parent.kill()
        parent.wait()
        wait_for(lambda: not any(is_running(child) for child in children))


def is_running(pid: str) -> bool:
    state = Path(f"/proc/{pid}/stat")
    return state.exists() and state.read_text(encoding="utf-8").rsplit(")", 1)[1].split()[0] != "Z"


def wait_for(condition, *, seconds: float = 120) -> None:  # type: ignore[no-untyped-def]
    """Until the condition holds; an AssertionError when that takes too long."""
    until = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < until
        time.sleep(0.05)
