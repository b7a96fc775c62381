"""Runs a corpus on Spark or Dask: engines for `Corpus.run` around `run_shard`, as `--engine ray` is one.

All machines must see the inputs and the corpus' folder under the same paths, and have quotesmith and a pipeline.

    session = SparkSession.builder.getOrCreate()
    Corpus.run("/shared/articles", "/shared/tables", engine=on_spark(session), jobs=200)

    client = dask.distributed.Client("scheduler:8786")
    Corpus.run("/shared/articles", "/shared/tables", engine=run_on_dask, jobs=200)
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

import pandas as pd

from quotesmith.corpus import Manifest, Shard, run_shard


def run_frames(frames: Iterable[pd.DataFrame]) -> Iterator[pd.DataFrame]:
    """Run the shards of frames with a column `shard`; gives frames with a column `manifest`, both as JSON.

    The process loads its pipeline once. A shard whose worker is lost may be run again: it is there once.
    """
    for frame in frames:
        manifests = [run_shard(Shard.from_json(shard)).to_json() for shard in frame["shard"]]
        yield pd.DataFrame({"manifest": manifests}, dtype="object")


def on_spark(session: Any) -> Callable[[Iterable[Shard], int | None], Iterator[Manifest]]:
    """An engine that works in the executors of a Spark session, with `jobs` tasks at a time, two unless said."""

    def run_on_spark(shards: Iterable[Shard], jobs: int | None) -> Iterator[Manifest]:
        rows = [(shard.to_json(),) for shard in shards]
        if rows:
            # Several tasks for each that runs at a time: then none is left with much work at the end.
            tasks = min(len(rows), 8 * (jobs or 2))
            frame = session.createDataFrame(rows, "shard string").repartition(tasks)
            for row in frame.mapInPandas(run_frames, "manifest string").toLocalIterator(prefetchPartitions=True):
                yield Manifest.from_json(row.manifest)

    return run_on_spark


def run_on_dask(shards: Iterable[Shard], jobs: int | None) -> Iterator[Manifest]:
    """An engine that works where Dask does: on the cluster of the client that was made last, or in processes here."""
    import dask.dataframe as dd

    rows = [shard.to_json() for shard in shards]
    if rows:
        frame = dd.from_pandas(pd.DataFrame({"shard": rows}), npartitions=min(len(rows), 8 * (jobs or 2)))
        manifests = frame.map_partitions(lambda part: next(run_frames([part])), meta={"manifest": "object"})
        yield from map(Manifest.from_json, manifests.compute()["manifest"])
