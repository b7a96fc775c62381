"""Registries: asked, corrected, and brought up to date."""

import json
import sqlite3
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from quotesmith.corpus import Corpus, Registry
from quotesmith.corpus.registry import updating
from quotesmith.corpus.registry.corrections import Correction
from quotesmith.corpus.registry.updating import bring_up_to_date, correct, is_current, read_state
from quotesmith.errors import (
    AmbiguousNameError,
    ArgumentError,
    CorpusError,
    GazetteerError,
    NameNotFoundError,
    OptionError,
    QuotesmithError,
)
from quotesmith.graph import build_graph
from quotesmith.records import Entity, Quote, QuoteDocument, QuoteKind, TextSpan
from tests.corpus.hand_made import add_documents, article, naming, write_corpus


@pytest.fixture
def corpus(tmp_path: Path) -> Corpus:
    documents = [
        naming("a", Entity("e0", "Bill Roe", "person", aliases=["Bill"]), "Joel Lind"),
        naming("b", "William Roe", "Joel A. Lind"),
        naming("c", "Bill Roe", "Joel B. Lind"),
    ]
    return write_corpus(tmp_path / "tables", documents)


def test_there_is_none_before_an_update(corpus: Corpus) -> None:
    with pytest.raises(CorpusError, match=r"Corpus\.update_registry"):
        _ = corpus.registry
    assert isinstance(corpus.update_registry(), Registry)
    assert {own.name for own in corpus.registry} == {"Bill Roe", "Joel Lind", "Joel A. Lind", "Joel B. Lind"}
    assert [own.identity for own in corpus.registry] == ["i1", "i2", "i3", "i4"]


def test_whoever_is_meant_is_found(corpus: Corpus) -> None:
    known = corpus.update_registry([{"name": "Joel Lind", "identifier": "Q5"}])
    bill = known.find("Bill Roe")
    for name in ("bill roe", "William Roe", "Bill", bill.identity):
        assert known.find(name) == bill
    assert known.find("Q5").name == "Joel Lind"
    assert str(bill) == f"Bill Roe (person, {bill.identity})"


def test_nobody_and_several_are_told(tmp_path: Path) -> None:
    oslo = Entity("e1", "Oslo", "place")
    known = write_corpus(
        tmp_path / "tables", [naming("a", Entity("e0", "Oslo", "organization"), oslo)]
    ).update_registry()
    with pytest.raises(AmbiguousNameError, match=r"Oslo \(organization, i1\), Oslo \(place, i2\)"):
        known.find("Oslo")
    with pytest.raises(NameNotFoundError, match="close: Oslo"):
        known.find("Oslos")
    with pytest.raises(NameNotFoundError, match=r"nobody in the registry is called 'i99'$"):
        known.find("i99")
    with pytest.raises(ArgumentError):
        known.find(1)  # type: ignore[arg-type]


def test_explanation_has_names_with_reasons_and_near_ones(corpus: Corpus) -> None:
    known = corpus.update_registry()
    lines = str(known.explain("William Roe")).splitlines()
    assert lines == [
        f"Bill Roe (person, {known.find('Bill Roe').identity}): 3 documents",
        "  Bill Roe: 2 documents",
        "  Bill: 1 document; stands for Bill Roe in the same document",
        "  William Roe: 1 document; the names fit",
    ]
    told = {(own.other_name, own.reason) for own in known.explain("Joel Lind").near}
    assert told == {
        ("Joel A. Lind", "Joel Lind fits several people"),
        ("Joel B. Lind", "Joel Lind fits several people"),
    }
    assert {own.other_name for own in known.explain("Joel A. Lind").near} == {"Joel Lind", "Joel B. Lind"}


def test_corrections_hold_from_the_next_update_on(corpus: Corpus) -> None:
    known = corpus.update_registry()
    old = known.find("Joel A. Lind").identity
    known.join("Joel Lind", "Joel A. Lind", note="same job")
    known.part("Bill Roe", "William Roe")
    known.rename("Bill Roe", "Billy Roe")
    known.join("Nobody", "Somebody")
    assert known.find("William Roe").name == "Bill Roe"
    known = corpus.update_registry()
    assert known.find("William Roe").identity != known.find("Bill Roe").identity
    assert known.find("Bill Roe").name == "Billy Roe"
    assert known.find(old) == known.find("Joel Lind")
    assert "you joined them: same job" in str(known.explain("Joel Lind"))
    assert "not William Roe" in str(known.explain("Billy Roe"))
    assert known.unused == ("join 'Nobody' and 'Somebody'",)
    assert [own.do for own in known.corrections] == ["join", "part", "name", "join"]


def test_wrong_corrections_are_told(corpus: Corpus) -> None:
    known = corpus.update_registry()
    known.part("Bill Roe", "William Roe")
    with pytest.raises(CorpusError, match="contradict"):
        known.join("William Roe", "Bill Roe")
    with pytest.raises(OptionError, match="same name"):
        known.join("Bill Roe", "bill roe")
    assert len(known.corrections) == 1


def quoting(document_id: str, *entities: Entity) -> QuoteDocument:
    quotes = [Quote("q0", QuoteKind.INDIRECT, (TextSpan(0, 2),), "Go", speakers=tuple(own.id for own in entities))]
    return QuoteDocument(document_id, "Go", quotes=quotes, entities=entities)


def test_graph_takes_its_identity(tmp_path: Path) -> None:
    documents = [
        quoting("a", Entity("e0", "William Roe", "person"), Entity("e1", "Oslo", "place")),
        quoting("b", Entity("e0", "Bill Roe", "person"), Entity("e1", "Oslo", "place")),
        quoting("c", Entity("e0", "the mayor", "person", named=False)),
    ]
    known = write_corpus(tmp_path / "tables", documents).update_registry()
    graph = build_graph(documents, identity=known.identity).nx
    entities = {key for key, data in graph.nodes(data=True) if data["node_type"] == "entity"}
    assert entities == {"i1", "i2", "c/e0"}
    assert graph.nodes["i1"]["document_count"] == 2


def test_opening_brings_a_registry_up_to_date_and_asks_by_its_ids(tmp_path: Path) -> None:
    documents = [article("a", (["Jeb Roe"], "Go.")), article("b", (["John Ellis Roe"], "Stay."))]
    made = write_corpus(tmp_path / "tables", documents)
    assert len(Corpus.open(made.folder).quotes.by("Jeb Roe")) == 1
    known = made.update_registry()
    old = known.find("John Ellis Roe").identity
    known.join("Jeb Roe", "John Ellis Roe")
    told: list[str] = []
    opened = Corpus.open(made.folder, watch=told.append)
    assert ["building the registry" in line for line in told] == [True, False]
    assert len(opened.quotes.by("John Ellis Roe")) == len(opened.quotes.by(old)) == 2


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


@pytest.mark.parametrize("content", ["{}", "[]", "{", "", None])
def test_damaged_registry_is_made_anew_with_its_ids(folder: Path, content: str | None) -> None:
    known = bring_up_to_date(folder)
    before = registry_rows(folder)
    path = folder / "registry" / "registry.json"
    path.unlink() if content is None else path.write_text(content)
    with pytest.raises(QuotesmithError, match=r"registry\.json"):
        read_state(folder)
    assert not is_current(folder)
    assert bring_up_to_date(folder) == known
    assert registry_rows(folder) == before


@pytest.mark.parametrize("name", ["identities", "names"])
def test_damaged_table_of_a_registry_is_made_anew(folder: Path, name: str) -> None:
    bring_up_to_date(folder)
    before = registry_rows(folder)
    path = folder / "registry" / f"{name}.parquet"
    for content in (None, b"", path.read_bytes()[:-3]):
        path.unlink() if content is None else path.write_bytes(content)
        assert not is_current(folder)
        bring_up_to_date(folder)
        assert is_current(folder)
        assert registry_rows(folder) == before


@pytest.mark.parametrize("name", ["members", "merged"])
def test_registry_that_lost_its_ids_is_told_and_stays(folder: Path, name: str) -> None:
    bring_up_to_date(folder)
    path = folder / "registry" / f"{name}.parquet"
    path.write_bytes(path.read_bytes()[:-3])
    left = {own.name: own.read_bytes() for own in path.parent.iterdir()}
    with pytest.raises(CorpusError, match=rf"{name}\.parquet is cut or missing.*put it back"):
        bring_up_to_date(folder)
    assert {own.name: own.read_bytes() for own in path.parent.iterdir()} == left


def registry_rows(folder: Path) -> dict[str, list[dict[str, object]]]:
    """The rows of each table of the registry."""
    return {path.stem: pq.read_table(path).to_pylist() for path in sorted((folder / "registry").glob("*.parquet"))}
