"""The engines in examples/."""

import importlib.util
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pandas as pd
import pytest

from quotesmith.corpus import Corpus, Manifest, Shard
from quotesmith.corpus.plans import open_plan

Write = Callable[[str, Any], Path]
RunFrames = Callable[[Iterable[pd.DataFrame]], Iterator[pd.DataFrame]]
EXAMPLE = Path(__file__).parents[2] / "examples" / "corpus_engines.py"


@pytest.fixture(scope="module")
def engines() -> ModuleType:
    spec = importlib.util.spec_from_file_location("corpus_engines", EXAMPLE)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def articles(write_lines: Write) -> Path:
    return write_lines("a.jsonl", [{"id": f"d{number}", "text": "“Go.”"} for number in range(5)])


@pytest.mark.usefixtures("fake_analysis")
def test_frame_of_shards_becomes_one_of_manifests(engines: ModuleType, articles: Path, tmp_path: Path) -> None:
    corpus = Corpus.run(articles, tmp_path / "corpus", shard_documents=2)
    with open_plan(tmp_path / "corpus") as plan:
        shards = [shard.to_json() for shard in plan.shards(stops=True)]
    [found] = engines.run_frames([pd.DataFrame({"shard": shards})])
    assert [Manifest.from_json(data) for data in found["manifest"]] == list(corpus.manifests())


class Session:
    """What of Spark the example uses, in this process: Spark itself needs Java."""

    def createDataFrame(self, rows: list[tuple[str]], schema: str) -> "Session":  # noqa: N802 - Spark's name
        assert schema == "shard string"
        self._frames = [pd.DataFrame(rows, columns=["shard"])]
        return self

    def repartition(self, tasks: int) -> "Session":
        [frame] = self._frames
        self._frames = [frame.iloc[start::tasks] for start in range(tasks)]
        return self

    def mapInPandas(self, function: RunFrames, schema: str) -> "Session":  # noqa: N802
        assert schema == "manifest string"
        self._frames = list(function(self._frames))
        return self

    def toLocalIterator(self, *, prefetchPartitions: bool) -> Iterator[SimpleNamespace]:  # noqa: N802, N803
        assert prefetchPartitions
        return (SimpleNamespace(manifest=data) for frame in self._frames for data in frame["manifest"])


@pytest.mark.usefixtures("fake_analysis")
def test_spark_is_an_engine(engines: ModuleType, articles: Path, tmp_path: Path) -> None:
    corpus = Corpus.run(articles, tmp_path / "corpus", engine=engines.on_spark(Session()), shard_documents=2, jobs=2)
    assert [document.id for document in corpus.documents()] == [f"d{number}" for number in range(5)]
    Corpus.run(articles, tmp_path / "corpus", engine=engines.on_spark(None), shard_documents=2)


@pytest.mark.usefixtures("fake_analysis")
def test_dask_is_an_engine(engines: ModuleType, articles: Path, tmp_path: Path) -> None:
    dask = pytest.importorskip("dask")
    pytest.importorskip("dask.dataframe")
    with dask.config.set(scheduler="synchronous"):
        corpus = Corpus.run(articles, tmp_path / "corpus", engine=engines.run_on_dask, shard_documents=2)
    assert [document.id for document in corpus.documents()] == [f"d{number}" for number in range(5)]


def test_nothing_left_asks_for_nothing(engines: ModuleType) -> None:
    none: list[Shard] = []
    assert list(engines.on_spark(None)(none, None)) == []
