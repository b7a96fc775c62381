"""What an index was made of."""

import os
from pathlib import Path

from quotesmith.corpus.asking.coverage import covered
from tests.corpus.hand_made import add_documents, article, write_corpus, write_registry


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
