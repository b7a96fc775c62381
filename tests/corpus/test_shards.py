"""Shards and manifests as data."""

from pathlib import Path

import pytest

from quotesmith.corpus import shards
from quotesmith.corpus.reading.inputs import InputFile
from quotesmith.corpus.reading.rows import Fault, InputDocument, Position
from quotesmith.corpus.shards import DocumentDigest, Manifest, RowRange, Shard, iter_row_range

SHARD = Shard(
    folder="/corpus",
    number=12,
    pieces=(RowRange(InputFile("/a.jsonl", "a.jsonl", "jsonl"), Position(30, 3), 2),),
    digest="d",
    repeated=(Fault("a.jsonl, line 4", "its id is taken"),),
    documents=2,
    characters=10,
)


def test_shard_survives_json() -> None:
    assert Shard.from_json(SHARD.to_json()) == SHARD
    assert SHARD.place == Path("/corpus/shards/000012")


def test_manifest_survives_json() -> None:
    rows = {"documents": 2, "quotes": 3}
    manifest = Manifest(shard=1, digest="d", documents=2, characters=9, words=2, rows=rows, faults=SHARD.repeated)
    assert Manifest.from_json(manifest.to_json()) == manifest


def test_manifest_that_is_not_there_is_none(tmp_path: Path) -> None:
    assert Manifest.read(tmp_path) is None


def test_batches_are_all_shards_in_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shards, "SHARDS_AT_ONCE", 2)
    for number in (10, 2, 1):
        (tmp_path / "shards" / str(number)).mkdir(parents=True)
    found = [[place.name for place in places] for places in shards.shard_batches(tmp_path)]
    assert found == [["1", "2"], ["10"]]


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
