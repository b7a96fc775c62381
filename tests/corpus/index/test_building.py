"""The index of a corpus' tables."""

import os
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from quotesmith.corpus import shards
from quotesmith.corpus.index.building import INDEX_FILES, build_index, covered
from quotesmith.errors import CorpusError
from quotesmith.records import Entity, Quote, QuoteDocument
from tests.corpus.hand_made import add_documents, article, write_corpus, write_registry
from tests.samples import summit


def rows(place: Path, name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = pq.read_table(place / f"{name}.parquet").to_pylist()
    return found


def links(place: Path) -> set[tuple[str, str, str]]:
    """Who has which relation to which quote."""
    whos = {row["who"]: row["identity"] for row in rows(place, "identities")}
    quotes = {row["number"]: row["quote"] for row in rows(place, "quotes")}
    return {(whos[row["who"]], row["relation"], quotes[row["number"]]) for row in rows(place, "links")}


def test_index_is_some_files_and_nothing_else(tmp_path: Path) -> None:
    write_corpus(tmp_path, [summit()])
    build_index(tmp_path, tmp_path / "index" / "made")
    assert {path.name for path in (tmp_path / "index").rglob("*")} == {
        "made",
        *(f"{name}.parquet" for name in INDEX_FILES),
    }


def test_quotes_are_numbered_in_the_order_of_shards_documents_and_text(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shards, "SHARDS_AT_ONCE", 2)
    made = [article(f"d{number}", (["Ann"], f"Go {number}."), (["Bo"], "No.")) for number in range(13)]
    write_corpus(tmp_path, made)
    build_index(tmp_path, tmp_path / "made")
    assert [row["id"] for row in rows(tmp_path / "made", "documents")] == [document.id for document in made]
    quotes = rows(tmp_path / "made", "quotes")
    assert [row["number"] for row in quotes] == list(range(26))
    assert [row["text"] for row in quotes[::2]] == [f"Go {number}." for number in range(13)]
    assert quotes[3]["speakers"] == ["Bo"]


def test_links_are_sorted_so_that_those_of_one_stand_together(tmp_path: Path) -> None:
    write_corpus(tmp_path, [summit("a"), summit("b")])
    build_index(tmp_path, tmp_path / "made")
    found = [(row["who"], row["relation"], row["number"]) for row in rows(tmp_path / "made", "links")]
    assert found == sorted(found)


def test_members_metonyms_and_whole_groups_are_found(tmp_path: Path) -> None:
    entities = [
        Entity("e0", "Ann Lee", "person"),
        Entity("e1", "Bo Lind", "person"),
        Entity("e2", "both", "group", named=False, members=["e0", "e1"]),
        Entity("e3", "all", "group", named=False, members=["e2", "e3"]),
        Entity("e4", "Paris", "place", stands_for="e5"),
        Entity("e5", "France", "place"),
    ]
    said = [["e0"], ["e0", "e1"], ["e3"], ["e4"]]
    quotes = [Quote(f"q{n}", "direct", [(0, 1)], "Go", speakers=own) for n, own in enumerate(said)]
    write_corpus(tmp_path, [QuoteDocument("d", "text", "en", quotes, entities)])
    build_index(tmp_path, tmp_path / "made")
    found = links(tmp_path / "made")
    assert {quote for who, _, quote in found if who == "person:ann lee"} == {"q0", "q1", "q2"}
    assert {quote for who, _, quote in found if who == "unnamed:both"} == {"q1", "q2"}
    assert {quote for who, _, quote in found if who == "place:france"} == {"q3"}
    assert {who for who, _, quote in found if quote == "q3"} == {"place:paris", "place:france"}


def test_forms_of_unnamed_ones_are_kept_apart_by_documents(tmp_path: Path) -> None:
    documents = [
        QuoteDocument(
            name,
            "text",
            "en",
            [Quote("q0", "direct", [(0, 1)], "Go", speakers=["e0"])],
            [Entity("e0", "analysts", "group", named=False, aliases=aliases)],
        )
        for name, aliases in (("a", ["the experts"]), ("b", []))
    ]
    write_corpus(tmp_path, documents)
    build_index(tmp_path, tmp_path / "made")
    said = {row["identity"]: (row["name"], row["said"]) for row in rows(tmp_path / "made", "identities")}
    assert said == {"unnamed:analysts": ("analysts", 2), "unnamed:experts": ("the experts", 1)}


def test_entity_that_the_registry_leaves_out_has_its_name(tmp_path: Path) -> None:
    write_corpus(tmp_path, [article("a", (["Ann Lee"], "Go."), (["Bo Lind"], "No."))])
    write_registry(tmp_path, [("i1", "Ann Lee", "person", None, None, 1)], [("i1", "Ann Lee")], [("a", "e0", "i1")])
    build_index(tmp_path, tmp_path / "made")
    assert [row["identity"] for row in rows(tmp_path / "made", "members")] == ["i1", "person:bo lind"]


def test_tables_that_are_none_are_an_error_and_leave_nothing(tmp_path: Path) -> None:
    write_corpus(tmp_path, [summit()])
    (tmp_path / "shards" / "000000" / "quotes.parquet").write_bytes(b"PAR1")
    with pytest.raises(CorpusError, match="can't be indexed"):
        build_index(tmp_path, tmp_path / "index" / "made")
    assert list((tmp_path / "index").iterdir()) == []


def test_index_that_another_process_made_meanwhile_is_kept(tmp_path: Path) -> None:
    write_corpus(tmp_path, [summit()])
    place = tmp_path / "index" / "made"
    place.mkdir(parents=True)
    (place / "theirs").touch()
    build_index(tmp_path, place)
    assert [path.name for path in (tmp_path / "index").rglob("*")] == ["made", "theirs"]


def test_same_corpus_is_covered_by_the_same_index(tmp_path: Path) -> None:
    for name in ("one", "two"):
        write_corpus(tmp_path / name, [article("a", (["Ann"], "Go."))])
    assert covered(tmp_path / "one") == covered(tmp_path / "one") == covered(tmp_path / "two")


def test_new_shard_settings_or_registry_are_not_covered(tmp_path: Path) -> None:
    write_corpus(tmp_path, [article("a", (["Ann"], "Go."))])
    seen = [covered(tmp_path)]
    add_documents(tmp_path, [article("b", (["Ann"], "Stay."))])
    seen.append(covered(tmp_path))
    write_registry(tmp_path, [], [], [])
    seen.append(covered(tmp_path))
    path = tmp_path / "registry" / "names.parquet"
    os.utime(path, ns=(1, 1))
    seen.append(covered(tmp_path))
    (tmp_path / "corpus.json").write_text("{}", encoding="utf-8")
    seen.append(covered(tmp_path))
    assert len(set(seen)) == 5
