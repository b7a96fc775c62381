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
from typing import Any, Final

from attrs import astuple, frozen

import quotesmith
from quotesmith.evaluation import Task, iter_predictions
from quotesmith.installation import describe_installation
from quotesmith.records import QuoteDocument
from quotesmith.training.texts import TUNING
from tests.benchmarks.addressees import PILOT
from tests.benchmarks.resampling import draw_again, interval
from tests.score_tables import FIGURES, PAGE, read_figures, with_tables

READINGS: Final = ("polnear/clean.jsonl.gz", "wikinews/articles.jsonl.gz", "gum/quotes.jsonl.gz")
"""Texts whose attributions were marked by careful reading."""
_COUNTED: Final = {"det": ("AR/all", "det")} | {
    kind: (f"AR/{kind}", "head") for kind in ("all", "direct", "mixed", "indirect")
}
_JOBS = 2


@frozen
class Counts:
    """Of some attributions of one text those found, those labelled, and how many of each are right.

    Of one kind of quote, the found are those that look so, the labelled those that are: a right one may look otherwise.
    """

    found_right: int
    found: int
    labelled_right: int
    labelled: int

    @classmethod
    def read(cls, figures: Any, unit: str) -> "Counts":
        """From what the scorer says of one text."""
        precision, recall, _ = figures[unit]
        found, labelled = figures["pred"], figures["gold"]
        return cls(round(precision * found), found, round(recall * labelled), labelled)

    @property
    def precision(self) -> float:
        """The part of what is found that is right; 0 where nothing is found."""
        return self.found_right / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        """The part of what is labelled that is found right; 0 where nothing is labelled."""
        return self.labelled_right / self.labelled if self.labelled else 0.0

    @property
    def f1(self) -> float:
        """Their harmonic mean."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


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
    yield "careful readings", _careful_figures(gold, score, folder)
    yield "careful readings by rules", _careful_figures(gold, score, folder, by_rules)
    yield "news by rules", run("score_news.py", [news], _predicted(Task.NEWS, news, by_rules))
    predicted = _predicted(Task.NEWS, news)
    yield "news", run("score_news.py", [news], predicted)
    yield "speakers", run("score_speakers.py", [news, gold / "polnear" / "dev_speakers.jsonl"], predicted)
    for name, path in (("gap", "gap/validation.jsonl.gz"), ("ontogum", "ontogum/pronouns.jsonl.gz")):
        pronouns = _unpacked(gold / path, folder)
        yield name, run("score_pronouns.py", [pronouns], _predicted(Task.PRONOUNS, pronouns))
    novels = _unpacked(gold / "pdnc" / "dev.jsonl.gz", folder, PILOT)
    yield "novels", run("score_lit.py", [novels], _predicted(Task.LIT, novels))


def _careful_figures(gold: Path, score: Path, folder: Path, nlp: Any = None) -> dict[str, Any]:
    """The figures of the careful readings that are for tuning: of each corpus and of all together."""
    scored = {Path(name).parent.name: _scored_one_by_one(gold / name, score, folder, nlp) for name in READINGS}
    scored["all"] = [text for texts in scored.values() for text in texts]
    return {name: _pooled(texts) for name, texts in scored.items()}


def read_tuning(path: Path) -> list[str]:
    """The rows of a corpus of careful readings that are for tuning."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [line for number, line in enumerate(lines) if number % TUNING == 0]


def _scored_one_by_one(path: Path, score: Path, folder: Path, nlp: Any) -> list[dict[str, Counts]]:
    """For each text of a corpus that is for tuning the counts of AR-det and AR-head, and of AR-head by class."""
    rows = read_tuning(path)
    whole = folder / f"{path.parent.name}-tuning.jsonl"
    whole.write_text("".join(rows), encoding="utf-8")
    predicted = _predicted(Task.NEWS, whole, nlp).read_text(encoding="utf-8").splitlines()
    texts = []
    for gold_row, predicted_row in zip(rows, predicted, strict=True):
        one, found = folder / "one.jsonl", folder / "one.predicted"
        one.write_text(gold_row, encoding="utf-8")
        found.write_text(predicted_row + "\n", encoding="utf-8")
        figures = _scored(score, folder, "score_news.py", ["--nested", one], found)
        texts.append({name: Counts.read(figures[key], unit) for name, (key, unit) in _COUNTED.items()})
    return texts


def _pooled(texts: Sequence[dict[str, Counts]]) -> dict[str, Any]:
    """The figures of texts together; the interval is over texts."""
    sums = {name: _sum(text[name] for text in texts) for name in _COUNTED}
    drawn_95 = interval(_sum(text["all"] for text in drawn).f1 for drawn in draw_again(texts, seed=1))
    figures = {name: (counts.precision, counts.recall, counts.f1) for name, counts in sums.items()}
    rounded = {name: [round(figure, 5) for figure in row] for name, row in {**figures, "f1_95": drawn_95}.items()}
    return {**rounded, "texts": len(texts), "gold": sums["all"].labelled}


def _sum(counts: Iterable[Counts]) -> Counts:
    return Counts(*map(sum, zip(*map(astuple, counts), strict=True)))


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


def _scored(score: Path, folder: Path, scorer: str, gold: Sequence[Path | str], predicted: Path) -> Any:
    """What a scorer writes; its own lines are shown."""
    result = folder / "figures.json"
    command = [sys.executable, score / scorer, *gold, predicted, "--json", result]
    subprocess.run(list(map(str, command)), check=True)
    return json.loads(result.read_text(encoding="utf-8"), parse_float=lambda digits: round(float(digits), 5))


if __name__ == "__main__":
    main()
