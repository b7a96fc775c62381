"""Small corpora for tests that analyse, and what their tables hold."""

import json
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from quotesmith.corpus import Corpus
from quotesmith.corpus.tables import SCHEMAS

NAMES = ("Jane Roe", "Ann Lee", "Omar Diaz", "Mei Lin")


def write_articles(path: Path, count: int) -> Path:
    """A file of JSON Lines with short articles, each other than the rest."""
    rows = (
        {
            "id": f"article {number}",
            "text": f"“The bridge {number} is closed,” said Mayor {NAMES[number % 4]}.\n\nShe told"
            f" {NAMES[number % 3]} that repairs would take {number} weeks.",
            "date": f"2026-11-{1 + number % 28:02}",
        }
        for number in range(count)
    )
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def all_rows(corpus: Corpus) -> dict[str, list[dict[str, Any]]]:
    """All rows of each table, by document."""
    return {name: _sorted(pa.concat_tables(map(pq.read_table, corpus.table(name)))) for name in SCHEMAS}


def _sorted(table: pa.Table) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = table.to_pylist()
    return sorted(rows, key=lambda row: str(row.get("document", row.get("id", ""))))
