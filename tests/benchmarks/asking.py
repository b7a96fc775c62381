"""A corpus of a million quotes is asked by speaker and topic: how long does an answer take?

Run as `python -m tests.benchmarks.asking TABLES --quotes 1000000`. TABLES is a corpus; its articles are drawn again and
again, with new ids, outlets and dates over a year, and their quotes' words dropped, swapped and cut short as in
`same_wordings`. Those who are asked for are the commonest pairs of a speaker (by two names or more) and of whom they
speak about, and others by chance. An answer is the number of quotes and the speakers and words of the first 20; then
these are read as records, too. Each question is put three times in one process, the first time with the index read from
the disk.
"""

import argparse
import json
import os
import random
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from quotesmith.corpus import Corpus
from quotesmith.corpus.index.building import INDEX
from quotesmith.corpus.near_duplicates import MIN_WORDS
from quotesmith.corpus.settings import SETTINGS
from quotesmith.corpus.tables import SCHEMAS
from tests.benchmarks.measuring import peak_megabytes, run_apart
from tests.benchmarks.same_wordings import make_copy
from tests.corpus.hand_made import add_tables

OUTLETS = tuple(f"The {town} {name}" for town in ("Arden", "Belmont", "Corvo", "Dale") for name in ("Post", "Herald"))
FIRST_DAY = date(2024, 1, 1)
SHARD = 100
QUESTIONS = 50
SHOWN = 20


class Source:
    """A corpus' tables in memory, whose documents are drawn."""

    def __init__(self, corpus: Corpus) -> None:
        self.tables = {name: pa.concat_tables(map(pq.read_table, corpus.table(name))) for name in SCHEMAS}
        self.ids = self.tables["documents"]["id"].to_pylist()
        self.rows = {name: self._rows(name) for name in SCHEMAS}

    def _rows(self, name: str) -> list[np.ndarray[Any, Any]]:
        """For each document the rows of a table that are its own."""
        key = "id" if name == "documents" else "document"
        places = {document: place for place, document in enumerate(self.ids)}
        own: list[list[int]] = [[] for _ in self.ids]
        for row, document in enumerate(self.tables[name][key].to_pylist()):
            own[places[document]].append(row)
        return [np.array(rows, dtype=np.int64) for rows in own]

    def draw(self, chance: random.Random, first: int) -> dict[str, pa.Table]:
        """The tables of a shard of documents, whose numbers begin there."""
        chosen = [chance.randrange(len(self.ids)) for _ in range(SHARD)]
        ids = [f"{self.ids[place]} {first + number}" for number, place in enumerate(chosen)]
        made = {}
        for name, table in self.tables.items():
            own = [self.rows[name][place] for place in chosen]
            drawn = table.take(pa.array(np.concatenate(own)))
            key = "id" if name == "documents" else "document"
            repeated = pa.array(np.repeat(np.array(ids, dtype=object), [len(rows) for rows in own]), pa.string())
            made[name] = _with(drawn, key, repeated)
        texts = [_perturbed(chance, text) for text in made["quotes"]["text"].to_pylist()]
        made["quotes"] = _with(made["quotes"], "text", pa.array(texts, pa.string()))
        made["documents"] = _published(chance, made["documents"])
        return made


def _with(table: pa.Table, name: str, values: pa.Array) -> pa.Table:
    place = table.schema.get_field_index(name)
    return table.set_column(place, table.schema.field(place), values)


def _perturbed(chance: random.Random, text: str) -> str:
    words = text.split()
    return " ".join(make_copy(chance, words)) if len(words) > MIN_WORDS else text


def _published(chance: random.Random, table: pa.Table) -> pa.Table:
    days = [(FIRST_DAY + timedelta(days=chance.randrange(365))).isoformat() for _ in range(len(table))]
    outlets = [chance.choice(OUTLETS) for _ in days]
    metas = [json.dumps({"date": day, "outlet": outlet}) for day, outlet in zip(days, outlets, strict=True)]
    for name, values in (("date", days), ("outlet", outlets), ("meta", metas)):
        table = _with(table, name, pa.array(values, pa.string()))
    return table


def make_corpus(source: Path, folder: Path, *, quotes: int, seed: int) -> int:
    """Write a corpus of at least so many quotes; gives how many there are."""
    chance = random.Random(seed)
    drawn = Source(Corpus(source))
    folder.mkdir(parents=True)
    shutil.copy(source / SETTINGS, folder / SETTINGS)
    done = number = 0
    while done < quotes:
        tables = drawn.draw(chance, number * SHARD)
        add_tables(folder, tables)
        done, number = done + len(tables["quotes"]), number + 1
    return done


def questions(corpus: Corpus, count: int) -> list[tuple[str, str, str]]:
    """Speakers, topics and first days to ask for: half of the pairs are the commonest, half are any others."""
    links, entities = (
        pa.concat_tables([pq.read_table(path, columns=columns) for path in list(corpus.table(name))[:40]]).to_pandas()
        for name, columns in (
            ("links", ["document", "quote", "relation", "entity"]),
            ("entities", ["document", "id", "name", "named"]),
        )
    )
    named = links.merge(entities[entities["named"]], left_on=["document", "entity"], right_on=["document", "id"])
    said, about = named[named["relation"] == "said"], named[named["relation"] == "about"]
    both = said.merge(about, on=["document", "quote"], suffixes=("", "_about"))
    pairs = both.groupby(["name", "name_about"]).size().sort_values(ascending=False)
    asked = [pair for pair in pairs.index if " " in pair[0] and pair[0] != pair[1]]
    common, rest = asked[: count // 2], asked[count // 2 : 40 * count]
    chance = random.Random(1)
    days = [FIRST_DAY + timedelta(days=30 * (number % 12)) for number in range(count)]
    chosen = [*common, *chance.sample(rest, count - len(common))]
    return [(who, topic, day.isoformat()) for (who, topic), day in zip(chosen, days, strict=True)]


def put(folder: Path, asked: Iterable[Sequence[str]], *, rounds: int) -> dict[str, Any]:
    """What a process that opens the corpus measures: seconds to open, and of each question in each round."""
    begun = time.perf_counter()
    corpus = Corpus.open(folder)
    opened = time.perf_counter() - begun
    answers: list[list[float]] = [[] for _ in range(rounds)]
    records: list[list[float]] = [[] for _ in range(rounds)]
    counts = []
    for turn in range(rounds):
        for who, topic, day in asked:
            if turn == 0:
                _forget(folder)
            begun = time.perf_counter()
            found = corpus.quotes.by(who).about(topic).between(day, None)
            counts.append(len(found))
            first = [(finding.speakers, finding.text) for finding in found[:SHOWN].findings()]
            answers[turn].append(time.perf_counter() - begun)
            read = list(found[:SHOWN])
            records[turn].append(time.perf_counter() - begun)
            if [quote.text for quote in read] != [text for _, text in first]:
                message = f"{who} about {topic}: the index and the tables differ"
                raise RuntimeError(message)
    told = {"open": opened, "answers": answers, "records": records, "counts": counts[: len(answers[0])]}
    return {**told, "peak": peak_megabytes()}


def _forget(folder: Path) -> None:
    """Let the system drop what it has read of the corpus' files."""
    for path in (folder / INDEX).rglob("*.parquet"):
        with path.open("rb") as file:
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def _told(name: str, seconds: Sequence[float]) -> str:
    middle, late = statistics.median(seconds), statistics.quantiles(seconds, n=20)[-1]
    told = (f"{what} {1000 * value:.0f} ms" for what, value in (("median", middle), ("95th percentile", late)))
    return f"{name}: {', '.join(told)}, at most {1000 * max(seconds):.0f} ms"


def main() -> None:
    """Print how long indexing takes, and how long answers."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("tables", type=Path)
    parser.add_argument("--quotes", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument(
        "--folder", type=Path, help="where the corpus is to be made; kept, and taken as it is if it is there"
    )
    parser.add_argument("--put", type=Path, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.put is not None:
        sys.stdout.write(json.dumps(put(asked.folder, json.loads(asked.put.read_text(encoding="utf-8")), rounds=3)))
        return
    with tempfile.TemporaryDirectory() as temporary:
        folder = asked.folder or Path(temporary) / "corpus"
        if not folder.exists():
            print(f"{make_corpus(asked.tables, folder, quotes=asked.quotes, seed=asked.seed)} quotes made")
        shutil.rmtree(folder / INDEX, ignore_errors=True)
        listed = Path(temporary) / "questions.json"
        listed.write_text("[]", encoding="utf-8")
        made = run_apart("asking", asked.tables, "--folder", folder, "--put", listed)
        size = sum(path.stat().st_size for path in (folder / INDEX).rglob("*") if path.is_file())
        print(f"indexed in {made['open']:.1f} s, {size / 1e6:.0f} MB, at most {made['peak']:.0f} MB of memory")
        listed.write_text(json.dumps(questions(Corpus(folder), QUESTIONS)), encoding="utf-8")
        found = run_apart("asking", asked.tables, "--folder", folder, "--put", listed)
        print(f"opened in {found['open']:.2f} s; answers have {sorted(found['counts'])} quotes")
        for name, told in (("answers", "answer"), ("records", "answer and records")):
            first, *again = found[name]
            print(_told(f"{told}, from the disk", first))
            print(_told(f"{told}, again", [second for turn in again for second in turn]))
        print(f"at most {found['peak']:.0f} MB of memory")


if __name__ == "__main__":
    main()
