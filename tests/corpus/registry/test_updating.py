"""Brings a registry up to date."""

import json
import sqlite3
from pathlib import Path

import pytest

from quotesmith.corpus.registry import updating
from quotesmith.corpus.registry.corrections import Correction
from quotesmith.corpus.registry.updating import bring_up_to_date, correct, is_current, read_state
from quotesmith.errors import CorpusError, GazetteerError
from tests.corpus.hand_made import add_documents, naming, write_corpus

JOIN = Correction(do="join", one="Ann Roe", other="Bo Lind")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_corpus(tmp_path / "tables", [naming("a", "Ann Roe"), naming("b", "Bo Lind")])
    return tmp_path / "tables"


def test_registry_is_made_once(folder: Path) -> None:
    told: list[str] = []
    assert read_state(folder) is None
    assert not is_current(folder)
    state = bring_up_to_date(folder, watch=told.append)
    assert state == read_state(folder)
    assert (state.shards, state.next_number, state.unused) == (1, 3, ())
    assert bring_up_to_date(folder, watch=told.append) == state
    assert len(told) == 1
    assert {path.name for path in folder.iterdir()} == {"corpus.json", "shards", "registry", "registry.lock"}


def test_after_new_shards_and_corrections_it_is_not_current(folder: Path) -> None:
    bring_up_to_date(folder)
    add_documents(folder, [naming("c", "Ann Roe")])
    assert not is_current(folder)
    bring_up_to_date(folder)
    assert is_current(folder)
    correct(folder, JOIN)
    assert not is_current(folder)
    bring_up_to_date(folder)
    assert is_current(folder)
    before = read_state(folder)
    assert bring_up_to_date(folder, [{"name": "Ann Roe"}]) != before
    assert is_current(folder)


def test_corrections_and_gazetteer_are_kept(folder: Path) -> None:
    bring_up_to_date(folder, [{"name": "Ann Roe", "identifier": "Q1"}])
    correct(folder, JOIN)
    correct(folder, Correction(do="join", one="Nobody", other="Somebody"))
    state = bring_up_to_date(folder)
    assert state.unused == ("join 'Nobody' and 'Somebody'",)
    assert json.loads((folder / "registry" / "gazetteer.jsonl").read_text())["identifier"] == "Q1"
    assert len((folder / "registry" / "corrections.jsonl").read_text().splitlines()) == 2
    bring_up_to_date(folder, [])
    assert (folder / "registry" / "gazetteer.jsonl").read_text() == ""


def test_corrections_of_another_folder_hold_from_the_first_update_on(folder: Path) -> None:
    (folder / "registry").mkdir()
    (folder / "registry" / "corrections.jsonl").write_text('{"do": "join", "one": "Ann Roe", "other": "Bo Lind"}\n')
    assert bring_up_to_date(folder).next_number == 2
    assert (folder / "registry" / "corrections.jsonl").is_file()


def test_gazetteer_of_the_runs_is_taken_unless_there_is_another(folder: Path) -> None:
    (folder / "gazetteer.jsonl").write_text('{"name": "Ann Roe", "identifier": "Q7"}\n')
    bring_up_to_date(folder)
    assert "Q7" in (folder / "registry" / "gazetteer.jsonl").read_text()


def test_registry_stays_as_it_was_where_it_cannot_be_made(folder: Path) -> None:
    before = bring_up_to_date(folder)
    tables = {path.name: path.read_bytes() for path in (folder / "registry").iterdir()}
    add_documents(folder, [naming("c", "Ann Roe")])
    (folder / "shards" / "000001" / "entities.parquet").write_bytes(b"")
    with pytest.raises(CorpusError, match="can't be made"):
        bring_up_to_date(folder)
    with pytest.raises(GazetteerError):
        bring_up_to_date(folder, [{"name": ""}])
    assert read_state(folder) == before
    assert {path.name: path.read_bytes() for path in (folder / "registry").iterdir()} == tables
    assert not (folder / "registry.part").exists()


def test_process_that_ended_while_replacing_is_mended(folder: Path) -> None:
    before = bring_up_to_date(folder)
    (folder / "registry").rename(folder / "registry.old")
    (folder / "registry.part").mkdir()
    (folder / "registry.part" / "work.duckdb").write_bytes(b"left")
    assert bring_up_to_date(folder) == before
    assert not (folder / "registry.old").exists()


def test_one_process_at_a_time(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bring_up_to_date(folder)
    monkeypatch.setattr(updating, "_PATIENCE", 0.0)
    other = sqlite3.connect(folder / "registry.lock", isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    with pytest.raises(CorpusError, match="another process is at it"):
        correct(folder, JOIN)
    other.close()
    correct(folder, JOIN)


def test_folder_that_cannot_be_written_is_told(folder: Path) -> None:
    (folder / "registry.lock").mkdir()
    with pytest.raises(CorpusError, match="it can't be written"):
        bring_up_to_date(folder)


def test_registry_of_another_version_is_told(folder: Path) -> None:
    bring_up_to_date(folder)
    (folder / "registry" / "registry.json").write_text("{}")
    with pytest.raises(CorpusError, match="delete it"):
        read_state(folder)
