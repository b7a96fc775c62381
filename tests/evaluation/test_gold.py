import gzip
import json
from pathlib import Path

import pytest

from quotesmith.errors import FormatError
from quotesmith.evaluation import gold, iter_gold

ROWS = [{"doc_id": "a", "text": "“Go,” he said."}, {"doc_id": "b", "text": "é"}]
LINES = "\n".join(json.dumps(row) for row in ROWS) + "\n"


def test_plain_and_gzipped_files_are_read(tmp_path: Path) -> None:
    plain, zipped = tmp_path / "gold.jsonl", tmp_path / "gold.jsonl.gz"
    plain.write_text(LINES, encoding="utf-8")
    zipped.write_bytes(gzip.compress(LINES.encode()))
    assert list(iter_gold(plain, key="doc_id")) == list(iter_gold(zipped, key="doc_id")) == ROWS


@pytest.mark.parametrize(
    "line",
    ["{", "[" * 100_000, "[]", '{"doc_id": 3, "text": "a"}', '{"novel_id": "a", "text": "a"}', '{"doc_id": "a"}'],
)
def test_other_line_is_an_error_that_names_it(tmp_path: Path, line: str) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text(LINES + line, encoding="utf-8")
    with pytest.raises(FormatError, match="line 3"):
        list(iter_gold(path, key="doc_id"))


ZIPPED = gzip.compress(LINES.encode() * 100)


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(ZIPPED[:-20], id="cut"),
        pytest.param(ZIPPED[:-8] + bytes(8), id="checksum"),
        pytest.param(ZIPPED[:12] + b"\xff" * 16, id="damaged"),
    ],
)
def test_damaged_gzip_is_told(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "gold.jsonl.gz"
    path.write_bytes(data)
    with pytest.raises(FormatError, match="not gzip that can be read"):
        list(iter_gold(path, key="doc_id"))


def test_endless_line_of_a_small_file_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gold, "_MAX_LINE_BYTES", 1_000)
    path = tmp_path / "gold.jsonl.gz"
    path.write_bytes(gzip.compress(json.dumps({"doc_id": "a", "text": "x" * 1_000_000}).encode()))
    with pytest.raises(FormatError, match=r"line 1: longer than 1,000 bytes"):
        list(iter_gold(path, key="doc_id"))
