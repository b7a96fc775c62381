"""Runs over a corpus: what more jobs give, what is spent besides the analysis, kills, and the plan of many documents.

Run as `python -m tests.benchmarks.corpus_runs GOLD/polnear/dev.gold.jsonl.gz` from the repository's root; a
number after it takes so many articles only. Each run is a process of its own. Wall-clock times need a machine that does
nothing else; CPU times tell what can be had there.
"""

import json
import os
import random
import re
import resource
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from itertools import islice
from pathlib import Path

from quotesmith.corpus import Corpus
from quotesmith.corpus.plans import open_plan
from quotesmith.corpus.reading.formats import opened
from quotesmith.corpus.reading.inputs import find_inputs
from tests.benchmarks.measuring import cpu_seconds, print_head
from tests.corpus.hand_made import all_rows

KILLS = 5
SHARD_DOCUMENTS = 4
PLANNED = (100_000, 1_000_000)
MEGA = 1_000_000
COMMAND = [sys.executable, "-c", "from quotesmith.cli import main; main()", "corpus"]
OPTIONS = ["--column", "id=doc_id", "--shard-documents", str(SHARD_DOCUMENTS)]


def main() -> None:
    """Print a table for each question."""
    if sys.argv[1] == "plan":
        _plan(Path(sys.argv[2]))
        return
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        articles = _articles(Path(sys.argv[1]), place, int(sys.argv[2]) if len(sys.argv) > 2 else None)
        one = _tell_jobs(articles, place)
        _tell_stages(one)
        _tell_kills(articles, place, one)
        _tell_plans(place)


def _articles(gold: Path, place: Path, count: int | None) -> Path:
    """The gold's articles, as they are or only so many, in a file."""
    path = place / "articles.jsonl"
    with opened(gold) as lines, path.open("w", encoding="utf-8") as file:
        for line in islice(lines, count):
            row = json.loads(line)
            file.write(json.dumps({"doc_id": row["doc_id"], "text": row["text"]}) + "\n")
    return path


def _tell_jobs(articles: Path, place: Path) -> Corpus:
    print_head("jobs", "wall-clock seconds", "CPU seconds", "words a wall-clock second", "load of the machine")
    for jobs in (1, 2):
        before, begun = cpu_seconds(resource.RUSAGE_CHILDREN), time.perf_counter()
        subprocess.run(
            _command(articles, place / f"jobs-{jobs}", jobs), check=True, stderr=subprocess.DEVNULL, stdout=2
        )
        seconds, spent = time.perf_counter() - begun, cpu_seconds(resource.RUSAGE_CHILDREN) - before
        words = sum(manifest.words for manifest in Corpus(place / f"jobs-{jobs}").manifests())
        load = os.getloadavg()[0]
        print(f"| {jobs} | {seconds:.1f} | {spent:.1f} | {words / seconds:.0f} | {load:.1f} |", flush=True)
    one, two = Corpus(place / "jobs-1"), Corpus(place / "jobs-2")
    print(f"\nthe tables of both are equal: {all_rows(one) == all_rows(two)}\n")
    return one


def _tell_stages(corpus: Corpus) -> None:
    """What a run with one job spent, by stage; the first shard loads the pipeline and is left out."""
    seconds: Counter[str] = Counter()
    for manifest in islice(corpus.manifests(), 1, None):
        seconds.update(manifest.seconds)
    print_head("stage", "seconds", "of the analysis")
    for stage, spent in seconds.items():
        print(f"| {stage} | {spent:.2f} | {spent / seconds['analysis']:.1%} |")
    print(flush=True)


def _tell_kills(articles: Path, place: Path, undisturbed: Corpus) -> None:
    """Kill runs of two jobs at random, let the last one end, and compare the tables."""
    folder = place / "killed"
    chance = random.Random(0)
    done = []
    for _ in range(KILLS):
        run = subprocess.Popen(
            _command(articles, folder, 2), stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL, start_new_session=True
        )
        first = _shards(folder)
        while run.poll() is None and _shards(folder) <= first:
            time.sleep(0.01)
        time.sleep(chance.uniform(0, 5))
        os.killpg(run.pid, signal.SIGKILL)
        run.wait()
        done.append(_shards(folder))
    subprocess.run(_command(articles, folder, 2), check=True, stderr=subprocess.DEVNULL, stdout=2)
    equal = all_rows(Corpus(folder)) == all_rows(undisturbed)
    print(
        f"killed with {', '.join(map(str, done))} of {_shards(folder)} shards done; tables equal: {equal}\n", flush=True
    )


def _shards(folder: Path) -> int:
    return sum(1 for _ in (folder / "shards").glob("*"))


def _tell_plans(place: Path) -> None:
    print_head("documents planned", "MB of input", "seconds", "peak MB", "MB of the plan")
    for count in PLANNED:
        path = place / f"{count}.jsonl"
        with path.open("w", encoding="utf-8") as file:
            file.writelines(json.dumps({"id": f"article-{n}", "text": "word " * 100}) + "\n" for n in range(count))
        command = [sys.executable, "-m", "tests.benchmarks.corpus_runs", "plan", str(path)]
        print(subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout, end="", flush=True)
        path.unlink()


def _plan(path: Path) -> None:
    with tempfile.TemporaryDirectory() as folder, open_plan(Path(folder)) as plan:
        begun = time.process_time()
        plan.add(find_inputs(path), shard_documents=100, stops=True)
        seconds = time.process_time() - begun
        # What `resource` has is at least the peak of the process that started this one.
        [peak] = re.findall(r"^VmHWM:\s+(\d+) kB$", Path("/proc/self/status").read_text(encoding="ascii"), re.MULTILINE)
        sizes = [path.stat().st_size / MEGA, (Path(folder) / "plan.sqlite").stat().st_size / MEGA]
        print(
            f"| {plan.totals()[1]:,} | {sizes[0]:.0f} | {seconds:.1f} (CPU) | {int(peak) / 1024:.0f} | {sizes[1]:.0f} |"
        )


def _command(articles: Path, folder: Path, jobs: int) -> list[str]:
    return [*COMMAND, str(articles), "-o", str(folder), "--jobs", str(jobs), *OPTIONS]


if __name__ == "__main__":
    main()
