"""What a corpus is made with, and its plan."""

import json
import os
import random
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest
import spacy
from attrs import asdict, evolve

import quotesmith
from quotesmith.corpus import plans, settings
from quotesmith.corpus.plans import open_plan
from quotesmith.corpus.reading.inputs import PLAN, find_inputs
from quotesmith.corpus.reading.rows import Fault, InputDocument
from quotesmith.corpus.settings import (
    GAZETTEER,
    SETTINGS,
    CorpusSettings,
    digest,
    gazetteer_lines,
    keep_gazetteer,
    kept_gazetteer,
)
from quotesmith.corpus.shards import Shard, iter_row_range
from quotesmith.errors import CorpusError, FormatError, GazetteerError, MissingPipelineError
from quotesmith.lexicon.gazetteer import read_gazetteer

Write = Callable[[str, Any], Path]


def planned(folder: Path, *inputs: Path, size: int = 3, stops: bool = True) -> tuple[list[Shard], tuple[Fault, ...]]:
    with open_plan(folder) as plan:
        faults = plan.add(find_inputs(inputs), shard_documents=size, stops=stops)
        return list(plan.shards(stops=stops)), faults


def ids(shard: Shard) -> list[str]:
    found = [found for piece in shard.pieces for found in iter_row_range(piece)]
    return [document.id for document in found if isinstance(document, InputDocument)]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "corpus").mkdir()
    return tmp_path / "corpus"


def test_documents_are_in_shards_in_order_over_files(folder: Path, write_lines: Write) -> None:
    one = write_lines("1.jsonl", [{"id": f"a{number}", "text": "Go."} for number in range(4)])
    two = write_lines("2.jsonl", [{"id": f"b{number}", "text": "Go."} for number in range(4)])
    shards, faults = planned(folder, two, one)
    assert [ids(shard) for shard in shards] == [["a0", "a1", "a2"], ["a3", "b0", "b1"], ["b2", "b3"]]
    assert [shard.documents for shard in shards] == [3, 3, 2]
    assert [shard.characters for shard in shards] == [9, 9, 6]
    assert faults == ()


def test_long_texts_end_a_shard(folder: Path, write_lines: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plans, "MAX_CHARACTERS", 10)
    path = write_lines("a.jsonl", [{"id": str(number), "text": "x" * number} for number in (1, 9, 30, 2)])
    assert [ids(shard) for shard in planned(folder, path)[0]] == [["1", "9"], ["30"], ["2"]]


def test_plan_is_the_same_whenever_it_is_made(tmp_path: Path, write_lines: Write) -> None:
    rows = [{"text": "Go." * random.Random(number).randrange(5)} for number in range(30)]
    path = write_lines("a.jsonl", rows)
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
    first, second = (planned(tmp_path / name, path)[0] for name in ("one", "two"))
    assert [(shard.pieces, shard.digest) for shard in first] == [(shard.pieces, shard.digest) for shard in second]


def test_faults_and_taken_ids_are_told_with_their_places(folder: Path, write_lines: Write) -> None:
    one = write_lines("1.jsonl", [{"id": "a", "text": "Go."}, "{", {"id": "a", "text": "No."}])
    two = write_lines("2.jsonl", [{"id": "a", "text": "Yes."}, {"id": "b", "text": "Yes."}])
    [shard], faults = planned(folder, one, two, stops=False)
    assert [fault.place for fault in faults] == [f"{one}, line 2", f"{one}, line 3", f"{two}, line 1"]
    taken = f"its id 'a' is that of {one}, line 1 too"
    assert all(fault.reason.startswith(taken) for fault in faults[1:])
    assert shard.repeated == faults[1:]
    assert shard.documents == 2


def test_fault_may_stop_and_then_nothing_is_planned(folder: Path, write_lines: Write) -> None:
    path = write_lines("a.jsonl", [{"text": "Go."}, *["{"] * 20])
    with pytest.raises(FormatError, match="line 2: not JSON") as told:
        planned(folder, path)
    assert str(told.value).count("not JSON") == 10
    assert planned(folder)[0] == []
    path.write_text('{"text": "Go."}\n', encoding="utf-8")
    assert len(planned(folder, path)[0]) == 1


def test_more_inputs_are_added_and_the_rest_stays(folder: Path, write_lines: Write) -> None:
    one = write_lines("1.jsonl", [{"id": "a", "text": "Go."}])
    two = write_lines("0.jsonl", [{"id": "b", "text": "Go."}, {"id": "a", "text": "No."}])
    before, _ = planned(folder, one)
    after, faults = planned(folder, one, two, stops=False)
    assert after == [*(Shard.from_json(shard.to_json()) for shard in after[:1]), after[1]]
    assert (after[0].pieces, after[0].digest) == (before[0].pieces, before[0].digest)
    assert ids(after[1])[0] == "b"
    assert [fault.place for fault in faults] == [f"{two}, line 2"]
    assert len(planned(folder, two, stops=False)[0]) == 2


def test_input_that_changed_is_an_error(folder: Path, write_lines: Write) -> None:
    path = write_lines("a.jsonl", [{"text": "Go."}])
    planned(folder, path)
    os.utime(path, (1, 1))
    planned(folder, path)
    write_lines("a.jsonl", [{"text": "No."}])
    os.utime(path, (2, 2))
    with pytest.raises(CorpusError, match="has changed since it was planned"):
        planned(folder, path)


def test_other_columns_are_an_error(folder: Path, write_lines: Write) -> None:
    path = write_lines("a.jsonl", [{"text": "Go.", "lead": "x"}])
    planned(folder, path)
    with open_plan(folder) as plan, pytest.raises(CorpusError, match="was planned as jsonl with the columns"):
        plan.add(find_inputs(path, columns={"text": "lead"}), shard_documents=3, stops=True)


def test_totals_count_all_shards(folder: Path, write_lines: Write) -> None:
    planned(folder, write_lines("a.jsonl", [{"text": "Go."}] * 4))
    with open_plan(folder) as plan:
        assert plan.totals() == (2, 4, 12)


def test_plan_is_open_once(folder: Path) -> None:
    with open_plan(folder), pytest.raises(CorpusError, match="another run is at work"), open_plan(folder):
        pass
    with open_plan(folder):
        pass


def test_lock_ends_with_the_block_also_where_shards_are_half_read(folder: Path, write_lines: Write) -> None:
    path = write_lines("a.jsonl", [{"text": "Go."}] * 4)
    with open_plan(folder) as plan:
        plan.add(find_inputs(path), shard_documents=1, stops=True)
        shards = plan.shards(stops=True)
        next(shards)
    with open_plan(folder) as plan:
        assert plan.totals()[0] == 4
    assert shards is not None


def test_other_file_is_an_error(folder: Path) -> None:
    (folder / PLAN).write_bytes(b"no database" * 100)
    with pytest.raises(CorpusError, match="can't be used"), open_plan(folder):
        pass


SOME = CorpusSettings(
    quotesmith="0.1", weights="w", spacy="3.8", pipeline="en_test", pipeline_version="1.0", shard_documents=100
)


def test_settings_survive_their_file(tmp_path: Path) -> None:
    SOME.write(tmp_path)
    assert CorpusSettings.read(tmp_path) == SOME
    assert [path.name for path in tmp_path.iterdir()] == [SETTINGS]


def test_folder_without_settings_has_none(tmp_path: Path) -> None:
    assert CorpusSettings.read(tmp_path) is None


@pytest.mark.parametrize("data", [[], {"format": 2}, {"format": 1}])
def test_corpus_of_another_version_is_an_error(tmp_path: Path, data: object) -> None:
    (tmp_path / SETTINGS).write_text(json.dumps(data), encoding="utf-8")
    with pytest.raises(CorpusError, match="not of a corpus that this version knows"):
        CorpusSettings.read(tmp_path)


def test_broken_settings_are_an_error(tmp_path: Path) -> None:
    (tmp_path / SETTINGS).write_text("{", encoding="utf-8")
    with pytest.raises(FormatError, match="not JSON"):
        CorpusSettings.read(tmp_path)


def test_settings_written_before_there_were_styles_are_read(tmp_path: Path) -> None:
    old = {name: value for name, value in asdict(SOME).items() if name != "style"}
    (tmp_path / SETTINGS).write_text(json.dumps(old))
    assert CorpusSettings.read(tmp_path) == SOME


def test_all_that_differs_is_told() -> None:
    with pytest.raises(
        CorpusError, match=r"this run has spacy '3\.9' instead of '3\.8', gazetteer 'g' instead of None"
    ):
        SOME.check_same(evolve(SOME, spacy="3.9", gazetteer="g"), "this run has")
    SOME.check_same(evolve(SOME), "this run has")


def test_installed_are_the_versions_here(tmp_path: Path) -> None:
    folder = tmp_path / "pipeline"
    spacy.blank("en").to_disk(folder)
    found = CorpusSettings.installed(str(folder), gazetteer=None, shard_documents=3)
    assert (found.quotesmith, found.spacy) == (quotesmith.__version__, version("spacy"))
    assert (found.pipeline, found.pipeline_version) == (str(folder), "0.0.0")
    found.check_installed()
    with pytest.raises(CorpusError, match="this machine has quotesmith"):
        evolve(found, quotesmith="0.0.1").check_installed()


def test_missing_pipeline_is_told() -> None:
    with pytest.raises(MissingPipelineError, match="'en_nowhere'"):
        CorpusSettings.installed("en_nowhere", gazetteer=None, shard_documents=3)


def test_weights_are_those_that_are_shipped(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(settings, "_pipeline_version", lambda _: "1.0")
    before = CorpusSettings.installed("en_test", gazetteer=None, shard_documents=3)
    (tmp_path / "card.json").write_text("{}", encoding="utf-8")
    monkeypatch.setattr(settings, "SHIPPED", tmp_path)
    assert CorpusSettings.installed("en_test", gazetteer=None, shard_documents=3).weights != before.weights


def test_gazetteer_is_kept_in_the_folder(tmp_path: Path) -> None:
    entries = [{"name": "Jane Roe", "aliases": ["the mayor"], "identifier": "Q1"}]
    lines = gazetteer_lines(entries)
    keep_gazetteer(lines, tmp_path)
    assert read_gazetteer(tmp_path / GAZETTEER) == read_gazetteer(entries)
    assert gazetteer_lines(tmp_path / GAZETTEER) == lines
    begun = evolve(SOME, gazetteer=digest(lines))
    assert kept_gazetteer(begun, tmp_path) == tmp_path / GAZETTEER
    assert kept_gazetteer(SOME, tmp_path) is None


@pytest.mark.parametrize("content", [None, b"", b'{"name": "Ann"}\n'], ids=["missing", "empty", "another"])
def test_gazetteer_that_is_another_now_is_an_error(content: bytes | None, tmp_path: Path) -> None:
    lines = gazetteer_lines([{"name": "Jane Roe"}])
    if content is not None:
        (tmp_path / GAZETTEER).write_bytes(content)
    begun = evolve(SOME, gazetteer=digest(lines))
    with pytest.raises(CorpusError, match="not the gazetteer"):
        kept_gazetteer(begun, tmp_path)
    keep_gazetteer(lines, tmp_path)
    assert kept_gazetteer(begun, tmp_path) == tmp_path / GAZETTEER


def test_bad_gazetteer_is_an_error() -> None:
    with pytest.raises(GazetteerError):
        gazetteer_lines([{"alias": "Ann"}])
