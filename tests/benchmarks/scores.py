"""Measures the main figures on gold data and writes them to docs/scores.json and, as tables, to docs/scores.md.

Run as `python -m tests.benchmarks.scores GOLD SCORE`: the folder with the gold corpora and the one with their scorers,
which lie beside the project. What is rounded in the network's arithmetic differs from processor to processor, and moves
figures by a few tenths; the file says on which they were measured.
"""

import argparse
import gzip
import json
import platform
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import quotesmith
from quotesmith.evaluation import Task, iter_predictions
from quotesmith.installation import describe_installation
from quotesmith.records import QuoteDocument
from tests.benchmarks.addressees import PILOT
from tests.score_tables import FIGURES, PAGE, read_figures, with_tables

_JOBS = 2


def main() -> None:
    """Measure, write the figures, write the tables."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.scores")
    parser.add_argument("gold", type=Path)
    parser.add_argument("score", type=Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        figures = {"measured": _measured(), **dict(_figures(options.gold, options.score, Path(folder)))}
    FIGURES.write_text(json.dumps(figures, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    PAGE.write_text(with_tables(PAGE.read_text(encoding="utf-8"), read_figures()), encoding="utf-8")


def _measured() -> dict[str, Any]:
    """When, where and with what."""
    installed = describe_installation()
    features = Path("/proc/cpuinfo")
    has_vnni = features.is_file() and "vnni" in features.read_text(encoding="utf-8")
    return {
        "date": datetime.now(UTC).date().isoformat(),
        "quotesmith": installed["quotesmith"],
        "python": installed["python"],
        "processor": f"{platform.machine()} {'with' if has_vnni else 'without'} VNNI",
        "packages": {name: installed["packages"][name] for name in ("spacy", "coreferee", "onnxruntime")},
        "pipeline": installed["extras"]["en"],
    }


def _figures(gold: Path, score: Path, folder: Path) -> Iterator[tuple[str, Any]]:
    """Each task's figures as its scorer gives them."""
    run = partial(_scored, score, folder)
    news = _unpacked(gold / "polnear" / "dev.gold.jsonl.gz", folder)
    by_rules = quotesmith.load()
    by_rules.replace_pipe("quotesmith", "quotesmith", config={"extractor": "rules"})
    yield "news by rules", run("score_news.py", [news], _predicted(Task.NEWS, news, by_rules))
    predicted = _predicted(Task.NEWS, news)
    yield "news", run("score_news.py", [news], predicted)
    yield "speakers", run("score_speakers.py", [news, gold / "polnear" / "dev_speakers.jsonl"], predicted)
    for name, path in (("gap", "gap/validation.jsonl.gz"), ("ontogum", "ontogum/pronouns.jsonl.gz")):
        pronouns = _unpacked(gold / path, folder)
        yield name, run("score_pronouns.py", [pronouns], _predicted(Task.PRONOUNS, pronouns))
    novels = _unpacked(gold / "pdnc" / "dev.jsonl.gz", folder, PILOT)
    yield "novels", run("score_lit.py", [novels], _predicted(Task.LIT, novels))


def _unpacked(path: Path, folder: Path, only: Sequence[str] = ()) -> Path:
    """The corpus as plain lines, as the scorers read it; of novels those that are asked for."""
    place = folder / f"{path.parent.name}-{path.stem}"
    with gzip.open(path, "rt", encoding="utf-8") as lines, place.open("w", encoding="utf-8") as file:
        file.writelines(line for line in lines if not only or json.loads(line)["novel_id"] in only)
    return place


def _predicted(task: Task, gold: Path, nlp: Any = None) -> Path:
    def pipe(texts: Iterable[str]) -> Iterator[QuoteDocument]:
        return quotesmith.pipe(texts, nlp=nlp, n_process=_JOBS)

    place = gold.with_suffix(".predicted")
    with place.open("w", encoding="utf-8") as file:
        file.writelines(json.dumps(row) + "\n" for row in iter_predictions(task, gold, pipe=pipe))
    return place


def _scored(score: Path, folder: Path, scorer: str, gold: Sequence[Path], predicted: Path) -> Any:
    """What a scorer writes; its own lines are shown."""
    result = folder / "figures.json"
    command = [sys.executable, score / scorer, *gold, predicted, "--json", result]
    subprocess.run(list(map(str, command)), check=True)
    return json.loads(result.read_text(encoding="utf-8"), parse_float=lambda digits: round(float(digits), 5))


if __name__ == "__main__":
    main()
