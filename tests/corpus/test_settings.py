"""What a corpus is made with."""

import json
from importlib.metadata import version
from pathlib import Path

import pytest
import spacy
from attrs import evolve

import quotesmith
from quotesmith.corpus import settings
from quotesmith.corpus.settings import GAZETTEER, SETTINGS, CorpusSettings, keep_gazetteer
from quotesmith.errors import CorpusError, FormatError, GazetteerError, MissingPipelineError
from quotesmith.lexicon.gazetteer import read_gazetteer

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


def test_gazetteer_is_kept_in_the_folder_once(tmp_path: Path) -> None:
    entries = [{"name": "Jane Roe", "aliases": ["the mayor"], "identifier": "Q1"}]
    first = keep_gazetteer(entries, tmp_path)
    assert read_gazetteer(tmp_path / GAZETTEER) == read_gazetteer(entries)
    assert keep_gazetteer(tmp_path / GAZETTEER, tmp_path) == first
    SOME.write(tmp_path)
    assert keep_gazetteer([{"name": "Ann"}], tmp_path) != first
    assert read_gazetteer(tmp_path / GAZETTEER) == read_gazetteer(entries)


def test_no_gazetteer_is_none_and_a_bad_one_an_error(tmp_path: Path) -> None:
    assert keep_gazetteer(None, tmp_path) is None
    with pytest.raises(GazetteerError):
        keep_gazetteer([{"alias": "Ann"}], tmp_path)
    assert list(tmp_path.iterdir()) == []
