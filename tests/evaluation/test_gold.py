import gzip
import json
from pathlib import Path

import pytest

from quotesmith.errors import FormatError
from quotesmith.evaluation import iter_gold

ROWS = [{"doc_id": "a", "text": "“Go,” he said."}, {"doc_id": "b", "text": "é"}]
LINES = "\n".join(json.dumps(row) for row in ROWS) + "\n"


def test_plain_and_gzipped_files_are_read(tmp_path: Path) -> None:
    plain, zipped = tmp_path / "gold.jsonl", tmp_path / "gold.jsonl.gz"
    plain.write_text(LINES, encoding="utf-8")
    zipped.write_bytes(gzip.compress(LINES.encode()))
    assert list(iter_gold(plain, key="doc_id")) == list(iter_gold(zipped, key="doc_id")) == ROWS


@pytest.mark.parametrize(
    "line", ["{", "[]", '{"doc_id": 3, "text": "a"}', '{"novel_id": "a", "text": "a"}', '{"doc_id": "a"}']
)
def test_other_line_is_an_error_that_names_it(tmp_path: Path, line: str) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text(LINES + line, encoding="utf-8")
    with pytest.raises(FormatError, match="line 3"):
        list(iter_gold(path, key="doc_id"))
