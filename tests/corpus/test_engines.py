"""Shards on this machine and on a Ray cluster."""

import importlib.util
import multiprocessing
import os
import signal
from collections import deque
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from quotesmith.corpus import Corpus, Progress
from quotesmith.corpus.running import run_locally
from quotesmith.corpus.shards import Shard
from quotesmith.errors import FormatError, WorkerError
from tests.corpus.hand_made import all_rows, write_articles

ROOT = Path(__file__).parents[2]
RAY = importlib.util.find_spec("ray") is not None


@pytest.fixture(scope="class")
def cluster() -> Iterator[Any]:
    """A cluster of one machine with one processor, to which others may be added."""
    ray = pytest.importorskip("ray")
    cluster_utils = pytest.importorskip("ray.cluster_utils")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", str(ROOT))
        patch.setenv("RAY_USAGE_STATS_ENABLED", "0")
        made = cluster_utils.Cluster(initialize_head=True, head_node_args={"num_cpus": 1})
        ray.init(address=made.address, log_to_driver=False)
        yield made
        ray.shutdown()
        made.shutdown()


@pytest.mark.model
@pytest.mark.usefixtures("nlp")
@pytest.mark.skipif(not RAY, reason="needs Ray")
@pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.filterwarnings("ignore:.*:FutureWarning:ray", "ignore:.*:DeprecationWarning")
class TestCluster:
    def test_machine_that_is_killed_loses_and_doubles_nothing(self, cluster: Any, tmp_path: Path) -> None:
        path = write_articles(tmp_path / "a.jsonl", 40)
        second = cluster.add_node(num_cpus=1)
        cluster.wait_for_nodes()
        nodes = deque([second])

        def kill_second(progress: Progress) -> None:
            if progress.shards >= 3 and nodes:
                cluster.remove_node(nodes.popleft(), allow_graceful=False)

        on_ray = Corpus.run(path, tmp_path / "ray", shard_documents=2, engine="ray", jobs=2, watch=kill_second)
        assert not nodes
        here = Corpus.run(path, tmp_path / "here", shard_documents=2)
        assert all_rows(on_ray) == all_rows(here)
        assert list(on_ray.manifests()) == list(here.manifests())

    def test_error_of_ours_comes_through(self, cluster: Any, tmp_path: Path) -> None:
        assert cluster.address
        pytest.importorskip("trafilatura")
        (tmp_path / "a.html").write_text("<html></html>", encoding="utf-8")
        with pytest.raises(FormatError, match="no text is found in the page"):
            Corpus.run(tmp_path / "a.html", tmp_path / "corpus", engine="ray")

    def test_shard_that_loses_its_actors_is_told(
        self, cluster: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        assert cluster.address
        monkeypatch.setattr("quotesmith.corpus.running.Worker", Dying)
        path = write_articles(tmp_path / "a.jsonl", 1)
        with pytest.raises(WorkerError, match="shard 0 has lost 3 actors"):
            Corpus.run(path, tmp_path / "corpus", engine="ray")


@pytest.mark.model
@pytest.mark.usefixtures("nlp")
@pytest.mark.skipif(not RAY, reason="needs Ray")
@pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.filterwarnings("ignore:.*:FutureWarning:ray", "ignore:.*:DeprecationWarning")
def test_run_whose_only_machine_is_killed_ends_and_goes_on_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ray = pytest.importorskip("ray")
    cluster_utils = pytest.importorskip("ray.cluster_utils")
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    monkeypatch.setenv("RAY_USAGE_STATS_ENABLED", "0")
    monkeypatch.setattr("quotesmith.corpus.running._LOOK_SECONDS", 1.0)
    monkeypatch.setattr("quotesmith.corpus.running._MOST_SECONDS_WITHOUT_PROCESSOR", 3.0)
    path = write_articles(tmp_path / "a.jsonl", 20)
    made = cluster_utils.Cluster(initialize_head=True, head_node_args={"num_cpus": 0})
    try:
        ray.init(address=made.address, log_to_driver=False)
        nodes = deque([made.add_node(num_cpus=1)])
        made.wait_for_nodes()

        def kill(progress: Progress) -> None:
            if progress.shards and nodes:
                made.remove_node(nodes.popleft(), allow_graceful=False)

        with pytest.raises(WorkerError, match="no machine with a processor for 3 seconds; start one and run again"):
            Corpus.run(path, tmp_path / "ray", shard_documents=2, engine="ray", jobs=1, watch=kill)
    finally:
        ray.shutdown()
        made.shutdown()
    again = Corpus.run(path, tmp_path / "ray", shard_documents=2)
    assert all_rows(again) == all_rows(Corpus.run(path, tmp_path / "here", shard_documents=2))


class Dying:
    """A worker whose process ends with each shard."""

    def greet(self) -> None:
        pass

    def run(self, _: object) -> None:
        import os

        os._exit(1)


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
