"""Kills at random moments: after each, the same command again gives what an undisturbed run gives, and nothing is lost.

Run as `python -m tests.benchmarks.kills`, with `--kills N` and `--seed N`. In each turn a process of its own runs a
corpus, asks it (which makes registry and index), corrects the registry and writes files, and is disturbed once: it is
killed, interrupted or ended, or no file can grow beyond some bytes, as on a full disk. Then the same is done in peace
in the same folder, and compared with a folder that was never disturbed. Analyses are by hand, without a model: what is
tested is what stays on the disk.
"""

import argparse
import json
import os
import random
import resource
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from contextlib import chdir
from pathlib import Path

import pytest

from quotesmith.corpus import Corpus
from quotesmith.corpus.registry.corrections import Correction
from quotesmith.corpus.registry.updating import correct
from quotesmith.export import open_documents, write_documents
from tests.benchmarks.measuring import print_head, print_row
from tests.corpus.conftest import analyse_by_hand
from tests.corpus.hand_made import all_rows

DOCUMENTS = 40
SHARD = 4
OLD = "what was there before"
FORMATS = ("json", "jsonl", "csv", "parquet")


def work(folder: Path) -> None:
    """All that a turn does in a folder: it may have been begun there before."""
    # Places in the tables are paths as they were given.
    with pytest.MonkeyPatch.context() as patch, chdir(folder):
        analyse_by_hand(patch)
        made = Corpus.run("in.jsonl", folder / "tables", shard_documents=SHARD)
        opened = Corpus.open(folder / "tables")
        len(opened.quotes)
        correct(folder / "tables", Correction(do="join", one="Ann", other="Anne"))
        made.update_registry()
        for name in FORMATS:
            write_documents(made.documents(), folder / f"out.{name}")
        list(open_documents(folder / "out.jsonl"))


def prepare(folder: Path) -> None:
    """The inputs, and old files in place of the outputs."""
    folder.mkdir()
    rows = ({"id": f"d{number}", "text": f"“Go {number}.” " * 5} for number in range(DOCUMENTS))
    (folder / "in.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    for name in FORMATS:
        (folder / f"out.{name}").write_text(OLD)


def outcome(folder: Path) -> dict[str, object]:
    """What a folder holds in the end, but for times."""
    corpus = Corpus(folder / "tables")
    rows = all_rows(corpus)
    corrections = [
        {key: value for key, value in json.loads(line).items() if key != "at"}
        for line in (folder / "tables" / "registry" / "corrections.jsonl").read_text().splitlines()
    ]
    written = {name: list(open_documents(folder / f"out.{name}")) for name in ("json", "jsonl", "parquet")}
    return {
        "rows": rows,
        "identities": sorted(str(one) for one in corpus.registry),
        "corrections": corrections,
        "written": written,
        "csv": (folder / "out.csv").read_text(),
        "left": sorted(path.name for path in folder.iterdir() if not path.name.startswith(".quotesmith-")),
    }


def damaged_outputs(folder: Path) -> list[str]:
    """The outputs that are neither what was there before nor whole."""
    damaged = []
    for name in ("json", "jsonl", "parquet"):
        path = folder / f"out.{name}"
        if path.read_bytes() == OLD.encode():
            continue
        try:
            whole = len(list(open_documents(path))) == DOCUMENTS
        except ValueError:
            whole = False
        if not whole:
            damaged.append(name)
    return damaged


def limited(after: int) -> Callable[[], None]:
    """What a process does before it begins, so that none of its files grows beyond that."""

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (after, after))

    return limit


def disturb(folder: Path, chance: random.Random, usual: float) -> str:
    """Do the work in a process of its own, disturbed once; how."""
    how = chance.choice(("SIGKILL", "SIGKILL", "SIGINT", "SIGTERM", "full disk"))
    after = int(10 ** chance.uniform(1, 4.7))
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.benchmarks.kills", "--work", str(folder)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        preexec_fn=limited(after) if how == "full disk" else None,  # noqa: PLW1509 - no thread is there
    )
    if how != "full disk":
        time.sleep(chance.uniform(0.3, 1.0) * usual)
        if process.poll() is None:
            os.kill(process.pid, getattr(signal, how))
    process.wait(timeout=60)
    return how


def main() -> None:
    """Disturb, repeat, compare, and print what was lost."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--work", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.work is not None:
        work(given.work)
        return
    totals: Counter[tuple[str, str]] = Counter()
    chance = random.Random(given.seed)
    with tempfile.TemporaryDirectory() as base:
        whole = Path(base) / "whole"
        prepare(whole)
        begun = time.monotonic()
        subprocess.run([sys.executable, "-m", "tests.benchmarks.kills", "--work", str(whole)], check=True)
        usual = time.monotonic() - begun
        expected = outcome(whole)
        for number in range(given.kills):
            folder = Path(base) / str(number)
            prepare(folder)
            how = disturb(folder, chance, usual)
            totals[how, "turns"] += 1
            destroyed = damaged_outputs(folder)
            totals[how, "old files destroyed"] += len(destroyed)
            work(folder)
            totals[how, "equal afterwards"] += outcome(folder) == expected
            if destroyed or outcome(folder) != expected:
                print(f"turn {number}, {how}: destroyed {destroyed}", flush=True)
    print_head("disturbed by", "turns", "equal afterwards", "old files destroyed")
    for how in sorted({how for how, _ in totals}):
        print_row((how, *(totals[how, what] for what in ("turns", "equal afterwards", "old files destroyed"))))


if __name__ == "__main__":
    main()
