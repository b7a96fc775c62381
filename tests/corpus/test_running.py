"""Shards and manifests as data, and running one shard."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from spacy.language import Language

from quotesmith.corpus import running, shards
from quotesmith.corpus.plans import open_plan
from quotesmith.corpus.reading.inputs import InputFile, find_inputs
from quotesmith.corpus.reading.rows import Fault, InputDocument, Position
from quotesmith.corpus.running import clear_partial, run_shard
from quotesmith.corpus.settings import CorpusSettings, digest, gazetteer_lines, keep_gazetteer
from quotesmith.corpus.shards import MANIFEST, DocumentDigest, Manifest, RowRange, Shard, iter_row_range
from quotesmith.corpus.tables import SCHEMAS, read_documents
from quotesmith.errors import CorpusError, FormatError

Write = Callable[[str, Any], Path]


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    (tmp_path / "corpus").mkdir()
    return tmp_path / "corpus"


def plan(corpus: Path, path: Path, *, stops: bool = False, columns: dict[str, str] | None = None) -> Shard:
    with open_plan(corpus) as opened:
        opened.add(find_inputs(path, columns=columns or {}), shard_documents=100, stops=stops)
        [shard] = opened.shards(stops=stops)
        return shard


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_tables_and_manifest_appear(corpus: Path, write_lines: Write, fake_analysis: list[str]) -> None:
    rows = [{"id": "a", "text": "“Go.”", "outlet": "Daily"}, "{", {"id": "a", "text": "No."}, {"id": "b", "text": ""}]
    shard = plan(corpus, write_lines("a.jsonl", rows))
    manifest = run_shard(shard)
    assert names(shard.place) == sorted([MANIFEST, *(f"{name}.parquet" for name in SCHEMAS)])
    assert manifest == Manifest.read(shard.place)
    assert manifest.rows == {"documents": 2, "quotes": 1, "entities": 1, "mentions": 1, "links": 2}
    assert [fault.place.split(", ")[1] for fault in manifest.faults] == ["line 2", "line 3"]
    assert (manifest.words, manifest.documents, manifest.characters) == (1, 2, 5)
    assert list(manifest.seconds) == ["reading", "analysis", "writing"]
    first, second = read_documents(shard.place)
    assert (first.id, first.meta, first.names(first.quotes[0])) == ("a", {"outlet": "Daily"}, ("Ann",))
    assert (second.id, len(second.quotes)) == ("b", 0)
    assert fake_analysis == ["“Go.”", ""]
    assert names(corpus / "partial") == []


def test_what_is_done_is_not_done_again(corpus: Path, write_lines: Write, fake_analysis: list[str]) -> None:
    shard = plan(corpus, write_lines("a.jsonl", [{"text": "Go."}]))
    assert run_shard(shard) == run_shard(shard)
    assert fake_analysis == ["Go."]


def test_of_two_at_the_same_time_the_first_stays(
    corpus: Path, write_lines: Write, fake_analysis: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    shard = plan(corpus, write_lines("a.jsonl", [{"text": "Go."}]))
    sync = running._sync

    def sync_after_the_other(paths: list[Path]) -> None:
        monkeypatch.setattr(running, "_sync", sync)
        run_shard(shard)
        (shard.place / "first").touch()
        sync(paths)

    monkeypatch.setattr(running, "_sync", sync_after_the_other)
    run_shard(shard)
    assert fake_analysis == ["Go.", "Go."]
    assert (shard.place / "first").exists()
    assert names(corpus / "partial") == []


@pytest.mark.usefixtures("fake_analysis")
def test_error_while_writing_leaves_nothing(corpus: Path, write_lines: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    shard = plan(corpus, write_lines("a.jsonl", [{"text": "Go."}]))

    def full(_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(running, "_sync", full)
    with pytest.raises(OSError, match="No space left"):
        run_shard(shard)
    assert not shard.place.exists()
    assert names(corpus / "partial") == []


@pytest.mark.usefixtures("fake_analysis")
def test_input_that_changed_since_the_plan_is_an_error(corpus: Path, write_lines: Write) -> None:
    shard = plan(corpus, write_lines("a.jsonl", [{"text": "Go."}]))
    for rows in ([{"text": "No."}], ["{"], [], [{"text": "Go."}, {"text": "Go."}]):
        write_lines("a.jsonl", rows)
        if len(rows) < 2:
            with pytest.raises(CorpusError, match=r"a\.jsonl changed since the corpus in .+ was planned"):
                run_shard(evolve(shard, stops=True))
            assert not shard.place.exists()
    assert run_shard(shard).rows["documents"] == 1


@pytest.mark.usefixtures("fake_analysis")
def test_page_without_text_is_a_fault_that_may_stop(corpus: Path, tmp_path: Path) -> None:
    pytest.importorskip("trafilatura")
    (tmp_path / "a.html").write_text("<html></html>", encoding="utf-8")
    shard = plan(corpus, tmp_path / "a.html", stops=True)
    with pytest.raises(FormatError, match=r"a\.html: no text is found"):
        run_shard(shard)
    manifest = run_shard(evolve(shard, stops=False))
    assert [fault.reason for fault in manifest.faults] == ["no text is found in the page"]
    assert manifest.rows["documents"] == 0


def test_rests_of_killed_runs_are_removed(corpus: Path) -> None:
    (corpus / "partial" / "000000-x").mkdir(parents=True)
    clear_partial(corpus)
    clear_partial(corpus)
    assert names(corpus) == []


def test_folder_that_this_machine_does_not_see_is_an_error(corpus: Path, write_lines: Write) -> None:
    shard = plan(corpus, write_lines("a.jsonl", [{"text": "Go."}]))
    with pytest.raises(CorpusError, match="is it the same folder on this machine"):
        run_shard(shard)


@pytest.mark.model
@pytest.mark.usefixtures("nlp")
def test_shard_is_read_with_the_corpus_gazetteer(corpus: Path, write_lines: Write) -> None:
    names = gazetteer_lines([{"name": "Jane Roe", "identifier": "Q1"}])
    keep_gazetteer(names, corpus)
    CorpusSettings.installed(None, gazetteer=digest(names), shard_documents=100).write(corpus)
    shard = plan(corpus, write_lines("a.jsonl", [{"text": "“The bridge is closed,” said Mayor Jane Roe."}]))
    run_shard(shard)
    [document] = read_documents(shard.place)
    assert [entity.identifier for entity in document.speakers] == ["Q1"]


@pytest.mark.model
@pytest.mark.usefixtures("nlp")
def test_layouts_are_kept_beside_what_the_rows_hold(corpus: Path, write_lines: Write) -> None:
    CorpusSettings.installed(None, gazetteer=None, shard_documents=100).write(corpus)
    chat = "12/03/2024, 10:01 - Ann: Go on.\n12/03/2024, 10:02 - Bo: No, you.\n"
    rows = [{"id": "a", "text": chat, "outlet": "Daily"}, {"id": "b", "text": chat, "layout": "mine"}]
    shard = plan(corpus, write_lines("a.jsonl", rows), columns={"layout": "layout"})
    run_shard(shard)
    assert [one.meta for one in read_documents(shard.place)] == [
        {"outlet": "Daily", "layout": "chat", "style": "news"},
        {"layout": "mine", "style": "news"},
    ]


@pytest.mark.model
def test_pipeline_forgets_the_words_of_a_shard(corpus: Path, write_lines: Write, nlp: Language) -> None:
    CorpusSettings.installed(None, gazetteer=None, shard_documents=100).write(corpus)
    shard = plan(corpus, write_lines("a.jsonl", [{"text": "“Brumblewick,” said Mayor Quindle Ostrafoy."}]))
    run_shard(shard)
    assert nlp is not None
    assert "Ostrafoy" not in running._pipeline(corpus).vocab.strings


MADE = Shard(
    folder="/corpus",
    number=12,
    pieces=(RowRange(InputFile("/a.jsonl", "a.jsonl", "jsonl"), Position(30, 3), 2),),
    digest="d",
    repeated=(Fault("a.jsonl, line 4", "its id is taken"),),
    documents=2,
    characters=10,
)


def test_shard_survives_json() -> None:
    assert Shard.from_json(MADE.to_json()) == MADE
    assert MADE.place == Path("/corpus/shards/000012")


def test_manifest_survives_json() -> None:
    rows = {"documents": 2, "quotes": 3}
    manifest = Manifest(shard=1, digest="d", documents=2, characters=9, words=2, rows=rows, faults=MADE.repeated)
    assert Manifest.from_json(manifest.to_json()) == manifest


def test_manifest_that_is_not_there_is_none(tmp_path: Path) -> None:
    assert Manifest.read(tmp_path) is None


def test_batches_are_all_shards_in_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shards, "SHARDS_AT_ONCE", 2)
    for number in (10, 2, 1):
        place = tmp_path / "shards" / f"{number:06}"
        place.mkdir(parents=True)
        (place / "manifest.json").touch()
    found = [[place.name for place in places] for places in shards.shard_batches(tmp_path)]
    assert found == [["000001", "000002"], ["000010"]]


def test_piece_is_its_rows(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("Go.", encoding="utf-8")
    [document] = iter_row_range(RowRange(InputFile(str(path), "a.txt", "text"), Position(), 1))
    assert document == InputDocument("a.txt", "Go.", {}, "a.txt")


@pytest.mark.parametrize(
    "other",
    [
        InputDocument("b", "Go.", {}, ""),
        InputDocument("a", "Go", {}, ""),
        InputDocument("a", "Go.", {"title": "T"}, ""),
        InputDocument("a", "", {}, "", b"No."),
        InputDocument("a", "\ud800", {}, ""),
    ],
)
def test_digest_tells_documents_apart(other: InputDocument) -> None:
    digests = []
    for document in (InputDocument("a", "Go.", {}, "here"), InputDocument("a", "Go.", {}, "there"), other):
        digest = DocumentDigest()
        digest.add(document)
        digests.append(str(digest))
    assert digests[0] == digests[1] != digests[2]
