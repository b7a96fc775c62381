import os
from contextlib import suppress
from pathlib import Path
from typing import Any, cast

import pytest
import spacy

import quotesmith
from quotesmith import cli
from quotesmith.corpus import Corpus
from quotesmith.corpus.running import run_locally
from quotesmith.corpus.shards import Shard
from quotesmith.counts import check_count, check_processes, most_processes
from quotesmith.errors import ArgumentError, OptionError


@pytest.mark.parametrize("value", [1, 2, 50])
def test_right_count_is_taken(value: int) -> None:
    check_count("width", value, most=50, error=OptionError)


@pytest.mark.parametrize("value", [0, -1, 1.5, "2", None, True, float("nan")])
def test_what_is_no_count_is_told(value: object) -> None:
    with pytest.raises(OptionError, match=f"^width must be a whole number of at least 1, not {value!r}$"):
        check_count("width", value, most=50, error=OptionError)


def test_count_that_is_too_large_is_told_with_its_bound() -> None:
    with pytest.raises(ArgumentError, match=r"^width must be at most 50, not 51, since$"):
        check_count("width", 51, most=50, error=ArgumentError, why=", since")


def test_count_that_is_too_long_to_be_written_is_told() -> None:
    with pytest.raises(ArgumentError, match="a number of many digits"):
        check_count("width", 10**5000, most=50, error=ArgumentError)


@pytest.mark.parametrize(("processors", "most"), [(1, 32), (2, 32), (8, 32), (9, 36), (64, 256)])
def test_bound_of_processes_grows_with_the_machine(monkeypatch: pytest.MonkeyPatch, processors: int, most: int) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: set(range(processors)), raising=False)
    assert most_processes() == most
    check_processes("jobs", most, error=OptionError)
    with pytest.raises(OptionError, match=f"at most {most}, not {most + 1}: there are {processors} processors"):
        check_processes("jobs", most + 1, error=OptionError)


class Unread:
    """Texts that nobody may ask for."""

    def __iter__(self) -> "Unread":
        return self

    def __next__(self) -> str:
        pytest.fail("a text was asked for")


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"n_process": 10**6}, "n_process must be at most .*, not 1000000"),
        ({"n_process": -1}, "n_process must be a whole number of at least 1, not -1"),
        ({"batch_size": 10**30}, "batch_size must be at most 1000000, not a number of many digits"),
    ],
)
def test_pipe_refuses_before_it_reads(options: Any, message: str) -> None:
    with pytest.raises(ArgumentError, match=message):
        quotesmith.pipe(Unread(), **options)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"jobs": 10**6}, "jobs must be at most .*, not 1000000"),
        ({"jobs": 10**6, "engine": "ray"}, "jobs must be at most 10000, not 1000000"),
        ({"jobs": 10**6, "engine": lambda shards, _: shards}, "jobs must be at most 10000, not 1000000"),
        ({"shard_documents": 10**7}, "shard_documents must be at most 1000000, not 10000000"),
    ],
)
def test_corpus_refuses_before_it_makes_anything(tmp_path: Path, options: Any, message: str) -> None:
    with pytest.raises(OptionError, match=message):
        Corpus.run(tmp_path, tmp_path / "corpus", **options)
    assert not (tmp_path / "corpus").exists()


def test_evaluate_refuses_before_it_makes_anything(tmp_path: Path) -> None:
    gold = tmp_path / "gold.jsonl"
    gold.write_text("")
    with pytest.raises(OptionError, match="--jobs must be at most"):
        cli.app(["evaluate", "news", str(gold), "-o", str(tmp_path / "out"), "--jobs", "1000000"])
    assert list(tmp_path.iterdir()) == [gold]


@pytest.mark.parametrize(("texts", "started"), [(0, 0), (1, 1), (2, 1), (3, 2), (30, 12)])
def test_pipe_starts_no_more_processes_than_batches(monkeypatch: pytest.MonkeyPatch, texts: int, started: int) -> None:
    asked: list[int] = []

    def refuse(size: int, *_: object) -> None:
        asked.append(size)
        raise RefusedError

    monkeypatch.setattr("quotesmith.pipeline.reading.WorkerPool", refuse)
    with suppress(RefusedError):
        list(quotesmith.pipe(["So."] * texts, nlp=spacy.blank("en"), n_process=12, batch_size=2))
    assert asked == [started] * bool(started)


@pytest.mark.parametrize(("shards", "started"), [(0, 0), (1, 1), (30, 12)])
def test_corpus_starts_no_more_processes_than_shards(
    monkeypatch: pytest.MonkeyPatch, shards: int, started: int
) -> None:
    asked: list[int] = []

    def refuse(size: int, *_: object) -> None:
        asked.append(size)
        raise RefusedError

    monkeypatch.setattr("quotesmith.corpus.running.WorkerPool", refuse)
    with suppress(RefusedError):
        list(run_locally(iter([cast(Shard, None)] * shards), 12))
    assert asked == [started] * bool(started)


class RefusedError(Exception):
    pass
