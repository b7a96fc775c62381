"""Signals at many moments of the program's life: how it ends, and what it leaves.

Run as `python -m tests.benchmarks.interrupts`; `--step 0.05` tries more moments than every 0.2 seconds.
"""

import argparse
import signal
import tempfile
import time
from collections import Counter
from pathlib import Path

from tests.corpus.hand_made import write_articles
from tests.stopped_programs import is_ready, leftovers, stop

SECONDS = 6


def main() -> None:
    """Print, for each command and signal, how many ended as they should, and each that did not."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--step", type=float, default=0.2)
    step = parser.parse_args().step
    with tempfile.TemporaryDirectory() as folder:
        text, articles = Path(folder) / "a.txt", write_articles(Path(folder) / "a.jsonl", 60)
        text.write_text("“Go,” said Ann Lee. " * 2_000, encoding="utf-8")
        commands = {
            "show": ["show", text],
            "analyze": ["analyze", text, "-o"],
            "html": ["html", text, "-o"],
            "corpus": ["corpus", articles, "--jobs", 2, "--shard-documents", 4, "-o"],
        }
        print("| command | signal | to | ended rightly | of | slowest end, s |")
        print("| --- | --- | --- | --- | --- | --- |")
        for name, command in commands.items():
            for number in (signal.SIGINT, signal.SIGTERM):
                for all_processes in (True, False):
                    _tell(name, command, number, step, all_processes=all_processes)


def _tell(name: str, command: list[object], number: signal.Signals, step: float, *, all_processes: bool) -> None:
    ends, slowest, faults = Counter[bool](), 0.0, []
    for turn in range(round(SECONDS / step) + 1):
        with tempfile.TemporaryDirectory() as folder:
            endings = {"analyze": "a.json", "html": "a.html", "corpus": "tables"}
            output = [Path(folder) / endings[name]] if name in endings else []
            begun = time.monotonic()
            ended = stop([*command, *output], is_ready, delay=turn * step, by=number, all_processes=all_processes)
            slowest = max(slowest, time.monotonic() - begun - turn * step)
            # A progress bar is no complaint.
            is_quiet = "Traceback" not in ended.complaint and "rror" not in ended.complaint
            left = [*map(str, ended.left), *leftovers(Path(folder))]
            is_right = ended.status in (0, 128 + number) and is_quiet and not left
            ends[is_right] += 1
            if not is_right:
                faults.append(f"{turn * step:.2f} s: {ended.status}, {left}, {ended.complaint[-300:]!r}")
    to = "all processes" if all_processes else "the first"
    print(f"| {name} | {number.name} | {to} | {ends[True]} | {ends.total()} | {slowest:.1f} |", flush=True)
    print(*faults, sep="\n", end="\n" if faults else "", flush=True)


if __name__ == "__main__":
    main()
