"""Runs over many documents."""

import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from quotesmith.corpus import Corpus, Progress
from quotesmith.corpus.database import connect
from quotesmith.corpus.near_duplicates import group_near_duplicates
from quotesmith.corpus.plans import open_plan
from quotesmith.corpus.reading.formats import iter_parquet, readable
from quotesmith.corpus.reading.rows import INPUT_COLUMNS, InputDocument, Position
from quotesmith.corpus.running import run_on_ray
from quotesmith.errors import CorpusError, FormatError, MissingPackageError, OptionError
from tests.corpus.hand_made import all_rows, write_articles

Write = Callable[[str, Any], Path]
ROOT = Path(__file__).parents[2]


@pytest.mark.usefixtures("fake_analysis")
class TestRun:
    def test_it_makes_tables_of_documents(self, tmp_path: Path, write_lines: Write) -> None:
        path = write_lines("a.jsonl", [{"id": f"d{number}", "text": "“Go.”"} for number in range(25)])
        corpus = Corpus.run(path, tmp_path / "corpus", shard_documents=10)
        assert [document.id for document in corpus.documents()] == [f"d{number}" for number in range(25)]
        assert [manifest.rows["quotes"] for manifest in corpus.manifests()] == [10, 10, 5]
        assert len(list(corpus.table("links"))) == 3
        assert Corpus(tmp_path / "corpus") == corpus

    def test_it_tells_how_far_it_is(self, tmp_path: Path, write_lines: Write) -> None:
        path = write_lines("a.jsonl", [{"text": "“Go on.”"}, "{", {"text": "“No.”"}, {"text": "“Yes.”"}])
        seen: list[Progress] = []
        Corpus.run(path, tmp_path / "corpus", shard_documents=2, faults="skip", watch=seen.append)
        done = [(one.shards, one.documents, one.characters, one.words) for one in seen]
        assert done == [(0, 0, 0, 0), (1, 2, 13, 3), (2, 3, 19, 4)]
        assert {(one.all_shards, one.all_documents, one.all_characters) for one in seen} == {(2, 3, 19)}
        assert [fault.place for fault in seen[0].faults] == [f"{path}, line 2"]

    def test_it_goes_on_where_it_was_stopped(
        self, tmp_path: Path, write_lines: Write, fake_analysis: list[str]
    ) -> None:
        path = write_lines("a.jsonl", [{"text": str(number)} for number in range(9)])

        def stop(progress: Progress) -> None:
            if progress.shards == 2:
                raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            Corpus.run(path, tmp_path / "corpus", shard_documents=2, watch=stop)
        seen: list[Progress] = []
        Corpus.run(path, tmp_path / "corpus", shard_documents=2, watch=seen.append)
        assert (seen[0].shards, seen[0].documents) == (2, 4)
        assert fake_analysis == [str(number) for number in range(9)]

    def test_later_inputs_are_added(self, tmp_path: Path, write_lines: Write, fake_analysis: list[str]) -> None:
        one = write_lines("b.jsonl", [{"id": "b", "text": "1"}])
        two = write_lines("a.jsonl", [{"id": "a", "text": "2"}])
        three = write_lines("c.jsonl", [{"id": "c", "text": "3"}])
        Corpus.run(one, tmp_path / "corpus")
        Corpus.run([one, two], tmp_path / "corpus")
        corpus = Corpus.run(three, tmp_path / "corpus")
        assert [document.id for document in corpus.documents()] == ["b", "a", "c"]
        assert fake_analysis == ["1", "2", "3"]

    def test_corpus_in_its_inputs_folder_is_no_input(self, tmp_path: Path, write_lines: Write) -> None:
        write_lines("a.jsonl", [{"id": "a", "text": "1"}])
        for _ in range(2):
            corpus = Corpus.run(tmp_path, tmp_path / "tables", gazetteer=[{"name": "Ann"}])
        write_lines("b.jsonl", [{"id": "b", "text": "2"}])
        Corpus.run(tmp_path, tmp_path / "tables", gazetteer=[{"name": "Ann"}])
        assert [document.id for document in corpus.documents()] == ["a", "b"]

    def test_fault_stops_it_before_anything_is_analysed(
        self, tmp_path: Path, write_lines: Write, fake_analysis: list[str]
    ) -> None:
        path = write_lines("a.jsonl", [{"id": "a", "text": "1"}, {"id": "a", "text": "2"}])
        with pytest.raises(FormatError, match="line 2: its id 'a' is that of"):
            Corpus.run(path, tmp_path / "corpus", shard_documents=1)
        assert fake_analysis == []
        Corpus.run(path, tmp_path / "corpus", shard_documents=1, faults="skip")
        assert fake_analysis == ["1"]

    @pytest.mark.parametrize(
        "option",
        [{"shard_documents": 7}, {"pipeline": "other"}, {"style": "fiction"}, {"gazetteer": [{"name": "Ann"}]}],
    )
    def test_changed_option_is_an_error(self, tmp_path: Path, write_lines: Write, option: Any) -> None:
        path = write_lines("a.jsonl", [{"text": "Go."}])
        Corpus.run(path, tmp_path / "corpus")
        with pytest.raises(CorpusError, match=f"this run has {next(iter(option))} .+ instead of"):
            Corpus.run(path, tmp_path / "corpus", **option)

    def test_folder_with_other_things_is_left_alone(self, tmp_path: Path, write_lines: Write) -> None:
        path = write_lines("a.jsonl", [{"text": "Go."}])
        with pytest.raises(CorpusError, match="holds something else than a corpus"):
            Corpus.run(path, tmp_path)
        assert [one.name for one in tmp_path.iterdir()] == ["a.jsonl"]

    def test_two_runs_at_once_are_an_error(self, tmp_path: Path, write_lines: Write) -> None:
        path = write_lines("a.jsonl", [{"text": "Go."}])
        Corpus.run(path, tmp_path / "corpus")
        with open_plan(tmp_path / "corpus"), pytest.raises(CorpusError, match="another run is at work"):
            Corpus.run(path, tmp_path / "corpus")

    @pytest.mark.parametrize(
        ("options", "told"),
        [
            ({"engine": "spark"}, "engine must be a function or one of local, ray, not 'spark'"),
            ({"style": "prose"}, "style must be one of auto, news, fiction, not 'prose'"),
            ({"faults": "ignore"}, "faults must be one of stop, skip, not 'ignore'"),
            ({"jobs": 0}, "jobs must be a whole number of at least 1, not 0"),
            ({"shard_documents": 1.5}, "shard_documents must be a whole number"),
        ],
    )
    def test_option_that_is_no_choice_is_an_error(self, tmp_path: Path, options: Any, told: str) -> None:
        with pytest.raises(OptionError, match=told):
            Corpus.run(tmp_path, tmp_path / "corpus", **options)
        assert list(tmp_path.iterdir()) == []

    def test_unknown_table_is_an_error(self, tmp_path: Path, write_lines: Write) -> None:
        corpus = Corpus.run(write_lines("a.jsonl", []), tmp_path / "corpus")
        assert list(corpus.documents()) == []
        with pytest.raises(OptionError, match="'words' is no table; there are documents, quotes"):
            corpus.table("words")


PACKAGES: list[tuple[str, str, Callable[[Path], object]]] = [
    ("corpus.reading.formats", r"quotesmith\[html\]", lambda path: Corpus.run(path, path.with_name("corpus"))),
    ("corpus.reading.formats", r"quotesmith\[html\]", lambda _: readable(InputDocument("a", "", {}, "a.html", b"<p>"))),
    ("export.arrow_files", r"A corpus needs pyarrow", lambda path: Corpus.run(path, path.with_name("corpus"))),
    ("export.arrow_files", r"quotesmith\[parquet\]", lambda path: list(iter_parquet(path, Position(), INPUT_COLUMNS))),
    (
        "corpus.near_duplicates",
        r"rensa.*quotesmith\[corpus\]",
        lambda _: group_near_duplicates(["we will do it all again"] * 2),
    ),
    ("corpus.database", r"quotesmith\[corpus\]", lambda path: connect(":memory:", path.parent)),
    ("corpus.running", r"quotesmith\[ray\]", lambda _: list(run_on_ray([], None))),
]


@pytest.mark.parametrize(("module", "told", "ask"), PACKAGES)
def test_missing_package_is_told_before_anything_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, module: str, told: str, ask: Callable[[Path], object]
) -> None:
    (tmp_path / "a.html").touch()
    monkeypatch.setattr(f"quotesmith.{module}.find_spec", lambda _: None)
    with pytest.raises(MissingPackageError, match=told):
        ask(tmp_path / "a.html")


def test_folder_without_a_corpus_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match=r"is no corpus: there is no corpus\.json in it"):
        Corpus(tmp_path)


@pytest.mark.model
@pytest.mark.usefixtures("nlp")
@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_run_that_is_killed_ends_its_workers_and_goes_on_with_each_document_once(tmp_path: Path) -> None:
    path = write_articles(tmp_path / "a.jsonl", 60)
    shards = tmp_path / "killed" / "shards"
    command = [sys.executable, "-c", "from quotesmith.cli import main; main()", "corpus", str(path)]
    options = ["-o", str(tmp_path / "killed"), "--jobs", "2", "--shard-documents", "4"]
    run = subprocess.Popen([*command, *options], cwd=ROOT, stderr=subprocess.DEVNULL)
    wait_for(lambda: run.poll() is not None or any(shards.glob("*")))
    workers = Path(f"/proc/{run.pid}/task/{run.pid}/children").read_text(encoding="ascii").split()
    assert len(workers) >= 2
    run.kill()
    run.wait()
    wait_for(lambda: not any(is_running(worker) for worker in workers))
    assert 1 <= len(list(shards.glob("*"))) < 15
    killed = Corpus.run(path, tmp_path / "killed", shard_documents=4)
    undisturbed = Corpus.run(path, tmp_path / "undisturbed", shard_documents=4)
    assert all_rows(killed) == all_rows(undisturbed)
    assert [document.id for document in killed.documents()] == [f"article {number}" for number in range(60)]
    assert not list((tmp_path / "killed").glob("partial/*"))


def is_running(process: str) -> bool:
    state = Path(f"/proc/{process}/stat")
    return state.exists() and state.read_text(encoding="utf-8").rsplit(")", 1)[1].split()[0] != "Z"


def wait_for(condition: Callable[[], bool]) -> None:
    """Until the condition holds; an error when that takes minutes."""
    until = time.monotonic() + 240
    while not condition():
        assert time.monotonic() < until
        time.sleep(0.02)
