"""Parts of a corpus' folder that are damaged or missing: made anew, or told with file and remedy; never lost."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from quotesmith.corpus import Corpus, Progress
from quotesmith.corpus.damage import verify
from quotesmith.corpus.running import run_shard
from quotesmith.corpus.shards import Manifest, Shard
from quotesmith.errors import CorpusError, QuotesmithError
from tests.corpus.hand_made import all_rows

Write = Callable[[str, Any], Path]
TABLES = ("documents", "quotes", "entities", "mentions", "links")

pytestmark = pytest.mark.usefixtures("fake_analysis")


@pytest.fixture
def inputs(write_lines: Write) -> Path:
    return write_lines("a.jsonl", [{"id": f"d{number}", "text": "“Go.”"} for number in range(9)])


@pytest.fixture
def folder(inputs: Path, tmp_path: Path) -> Path:
    run(inputs, tmp_path / "corpus")
    return tmp_path / "corpus"


def run(inputs: Path | list[Path], folder: Path, **options: Any) -> Corpus:
    return Corpus.run(inputs, folder, shard_documents=3, **options)


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-7])


def fewer_rows(path: Path) -> None:
    table = pq.read_table(path)
    pq.write_table(table.slice(1), path)


def other_columns(path: Path) -> None:
    pq.write_table(
        pq.read_table(path).drop_columns(["document"] if "document" in pq.read_schema(path).names else ["id"]), path
    )


def changed_digest(path: Path) -> None:
    path.write_text(json.dumps({**json.loads(path.read_text()), "digest": "0"}))


def flipped(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 3] ^= 0xFF
    path.write_bytes(data)


def replace_with_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def replace_with_file(path: Path) -> None:
    shutil.rmtree(path)
    path.write_text("x")


def empty_folder(path: Path) -> None:
    for own in path.iterdir():
        own.unlink()


DAMAGE: dict[str, tuple[str, Callable[[Path], object]]] = {
    "no-manifest": ("manifest.json", Path.unlink),
    "empty-manifest": ("manifest.json", lambda path: path.write_text("")),
    "cut-manifest": ("manifest.json", lambda path: path.write_text("{")),
    "list-manifest": ("manifest.json", lambda path: path.write_text("[]")),
    "null-manifest": ("manifest.json", lambda path: path.write_text("null")),
    "other-manifest": ("manifest.json", lambda path: path.write_text('{"shard": "one"}')),
    "binary-manifest": ("manifest.json", lambda path: path.write_bytes(b"\xff\x00")),
    "manifest-of-others": ("manifest.json", changed_digest),
    **{f"no-{name}": (f"{name}.parquet", Path.unlink) for name in TABLES},
    **{f"empty-{name}": (f"{name}.parquet", lambda path: path.write_bytes(b"")) for name in TABLES},
    "cut-quotes": ("quotes.parquet", cut),
    "fewer-documents": ("documents.parquet", fewer_rows),
    "other-columns": ("quotes.parquet", other_columns),
    "folder-for-a-table": ("links.parquet", replace_with_folder),
    "no-tables-at-all": ("", empty_folder),
    "no-shard": ("", shutil.rmtree),
    "file-for-a-shard": ("", replace_with_file),
}


@pytest.fixture(params=DAMAGE)
def damaged(request: pytest.FixtureRequest, folder: Path) -> Path:
    """A file or folder of the second of three shards, damaged."""
    name, damage = DAMAGE[request.param]
    path = folder / "shards" / "000001" / name
    damage(path)
    return path


def test_damaged_shard_is_made_anew(inputs: Path, damaged: Path, tmp_path: Path, fake_analysis: list[str]) -> None:
    fake_analysis.clear()
    seen: list[Progress] = []
    corpus = run(inputs, tmp_path / "corpus", watch=seen.append)
    assert len(fake_analysis) == 3
    assert (seen[0].documents, seen[-1].documents) == (6, 9)
    assert corpus.count("documents") == corpus.count("quotes") == 9
    assert verify(corpus.folder) == []
    assert not (corpus.folder / "partial").exists()
    told = [str(damaged) in one.path for one in seen[0].damaged]
    # A shard without a folder is one that isn't done yet.
    assert told == [True] or (told == [] and damaged.parent.name == "shards")


def test_verify_names_damage_and_changes_nothing(damaged: Path, tmp_path: Path) -> None:
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    found = verify(tmp_path / "corpus")
    assert any(str(damaged.relative_to(tmp_path)) in one.path for one in found) or not damaged.is_dir()
    assert found
    assert all("run the corpus again" in one.remedy or one.remedy == "remove it" for one in found)
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before


def test_table_whose_middle_was_changed_is_told(folder: Path) -> None:
    flipped(folder / "shards" / "000002" / "documents.parquet")
    [damage] = verify(folder)
    assert "000002" in damage.path
    with pytest.raises(QuotesmithError, match=r"000002.documents\.parquet can't be read"):
        list(Corpus(folder).documents())


def test_whole_corpus_has_no_damage_and_is_not_made_again(inputs: Path, folder: Path, fake_analysis: list[str]) -> None:
    assert verify(folder) == []
    before = all_rows(Corpus(folder))
    fake_analysis.clear()
    run(inputs, folder)
    assert fake_analysis == []
    assert all_rows(Corpus(folder)) == before


def test_missing_manifest_is_no_empty_shard(folder: Path) -> None:
    (folder / "shards" / "000001" / "manifest.json").unlink()
    asked: list[Callable[[], object]] = [
        lambda: list(Corpus(folder).manifests()),
        lambda: list(Corpus(folder).documents()),
        lambda: Corpus(folder).count("quotes"),
    ]
    for ask in asked:
        with pytest.raises(CorpusError, match=r"000001.manifest\.json is missing; run the corpus again"):
            ask()


def test_strangers_beside_shards_are_left_alone_and_told(inputs: Path, folder: Path) -> None:
    (folder / "shards" / "zz").mkdir()
    (folder / "shards" / "000007").mkdir()
    (folder / "shards" / "notes.txt").write_text("mine")
    assert [Path(one.path).name for one in verify(folder) if one.remedy == "remove it"] == ["000007", "notes.txt", "zz"]
    shutil.rmtree(folder / "shards" / "000007")
    assert run(inputs, folder).count("documents") == 9
    assert (folder / "shards" / "notes.txt").read_text() == "mine"


@pytest.mark.parametrize("content", ["{", "", "[]", '{"format": 1}', None])
def test_damaged_settings_are_told(inputs: Path, folder: Path, content: str | None) -> None:
    path = folder / "corpus.json"
    path.unlink() if content is None else path.write_text(content)
    with pytest.raises(QuotesmithError, match=r"corpus\.json"):
        run(inputs, folder)
    with pytest.raises(QuotesmithError, match=r"corpus\.json"):
        Corpus(folder)
    [damage] = verify(folder)
    assert damage.path == str(path)
    assert "put it back" in damage.remedy
    assert len(list((folder / "shards").iterdir())) == 3


@pytest.mark.parametrize("content", [b"", b"not a database", None], ids=["empty", "text", "missing"])
def test_damaged_plan_is_told(inputs: Path, folder: Path, content: bytes | None) -> None:
    path = folder / "plan.sqlite"
    path.unlink() if content is None else path.write_bytes(content)
    assert any(one.path == str(path) for one in verify(folder))
    before = all_rows(Corpus(folder))
    with pytest.raises(CorpusError, match=r"plan\.sqlite.*put it back"):
        run(inputs, folder)
    assert all_rows(Corpus(folder)) == before


def test_plan_of_fewer_shards_takes_nothing_new(inputs: Path, write_lines: Write, tmp_path: Path) -> None:
    folder = tmp_path / "corpus"
    run(inputs, folder)
    plan = (folder / "plan.sqlite").read_bytes()
    more = write_lines("b.jsonl", [{"id": "new", "text": "“No.”"}])
    run([inputs, more], folder)
    (folder / "plan.sqlite").write_bytes(plan)
    before = all_rows(Corpus(folder))
    with pytest.raises(CorpusError, match=r"knows 3 shards, and there are 4; put it back"):
        run([inputs, write_lines("c.jsonl", [{"id": "newer", "text": "“Yes.”"}])], folder)
    assert all_rows(Corpus(folder)) == before


def test_engine_that_leaves_shards_out_is_an_error(inputs: Path, tmp_path: Path) -> None:
    def lazy(shards: Any, jobs: int | None) -> Any:
        assert jobs is None
        waiting: list[Shard] = list(shards)
        yield run_shard(waiting[0])

    with pytest.raises(CorpusError, match="2 shards have no tables, number 1 first"):
        run(inputs, tmp_path / "corpus", engine=lazy)
    assert run(inputs, tmp_path / "corpus").count("documents") == 9


def test_manifest_that_is_none_is_told(tmp_path: Path) -> None:
    (tmp_path / "manifest.json").write_text("{}")
    with pytest.raises(CorpusError, match="is no manifest of a shard"):
        Manifest.read(tmp_path)


def test_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="there is no folder"):
        verify(tmp_path / "nowhere")
