"""What each threshold and each repair of extraction is worth: one is changed at a time, and figures taken again.

Run as `python -m tests.benchmarks.extraction_settings GOLD SCORE`: the folder with the gold corpora and the one with
their scorers. Of each variant it prints how many attributions of the careful readings for tuning, of the examples and
(with `--novels`) of the pilot novels aren't as they were, and the F1 of the readings, quotes inside quotes too: content
found (AR-det), content and source right (AR-head). Shares are halved and raised by half, numbers halved and doubled; a
repair is left out. A threshold or repair that changes nothing earns nothing there.
"""

import argparse
import gzip
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, TypeAlias

import attrs
from spacy.language import Language

import quotesmith
from quotesmith.encoder import Encoded, Encoder
from quotesmith.extraction import Attribution, ExtractionSettings, LearnedExtractor, assembler
from quotesmith.marks import pair_marks
from quotesmith.parsed_text import ParsedText
from quotesmith.records import TextSpans
from tests.benchmarks.addressees import PILOT, parse
from tests.benchmarks.scores import READINGS, read_tuning

EXAMPLES = Path(__file__).parents[2] / "examples"
Found: TypeAlias = Mapping[str, Sequence[Attribution]]


class RememberingEncoder(Encoder):
    """The encoder, which reads the same text once."""

    def __call__(self, *given: Any) -> Encoded:
        """What the encoder gives for a text and its marks."""
        return _encoded(given[0], tuple(given[1]))


@cache
def _encoded(text: str, marks: Any) -> Encoded:
    return Encoder()(text, marks)


def main() -> None:
    """Print a row for each variant."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.extraction_settings")
    parser.add_argument("gold", type=Path)
    parser.add_argument("score", type=Path)
    parser.add_argument("--novels", action="store_true")
    options = parser.parse_args()
    readings = [line for name in READINGS for line in read_tuning(options.gold / name)]
    texts_of_readings = {row["doc_id"]: row["text"] for row in map(json.loads, readings)}
    parts = {"readings": texts_of_readings, "examples": examples()}
    if options.novels:
        novels = rows(options.gold / "pdnc" / "dev.jsonl.gz", "novel_id")
        parts["novels"] = {name: text for name, text in novels.items() if name in PILOT}
    nlp = quotesmith.load()
    texts = {part: read(nlp, named) for part, named in parts.items()}
    before = {part: extract(named, ExtractionSettings()) for part, named in texts.items()}
    print("| changed | " + " | ".join(texts) + " | AR-det | AR-head |")
    print("| --- |" + " --- |" * (len(texts) + 2))
    print(
        f"| nothing | {'0 | ' * len(texts)}{' | '.join(figures(options.score, readings, before['readings']))} |",
        flush=True,
    )
    for name, settings, repairs in variants():
        all_repairs = assembler.REPAIRS
        assembler.REPAIRS = repairs
        found = {part: extract(named, settings) for part, named in texts.items()}
        assembler.REPAIRS = all_repairs
        counts = [str(changed(before[part], found[part])) for part in texts]
        print(f"| {name} | {' | '.join([*counts, *figures(options.score, readings, found['readings'])])} |", flush=True)


def rows(path: Path, key: str) -> dict[str, str]:
    """The texts of a gold file by their key."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return {row[key]: row["text"] for row in map(json.loads, lines)}


def examples() -> dict[str, str]:
    """The texts of the examples by file name."""
    return {path.name: path.read_text(encoding="utf-8") for path in sorted(EXAMPLES.rglob("*.txt"))}


def read(nlp: Language, texts: Mapping[str, str]) -> dict[str, ParsedText]:
    """The texts, parsed and their marks paired."""
    docs = {name: parse(nlp, text) for name, text in texts.items()}
    return {name: ParsedText.of(doc, pair_marks(doc.text)) for name, doc in docs.items()}


def extract(texts: Mapping[str, ParsedText], settings: ExtractionSettings) -> Found:
    """The attributions of each text."""
    extractor = LearnedExtractor(RememberingEncoder(), settings=settings)
    return {name: extractor(text) for name, text in texts.items()}


def variants() -> Iterator[tuple[str, ExtractionSettings, tuple[assembler.NamedRepair, ...]]]:
    """Name, settings and repairs of each variant."""
    defaults = ExtractionSettings()
    for field in attrs.fields(ExtractionSettings):
        value = getattr(defaults, field.name)
        factor = 1.5 if isinstance(value, float) else 2
        more = value * factor if isinstance(value, int) else min(value * factor, 1.0)
        for changed_value in (type(value)(value / 2), type(value)(more)):
            settings = attrs.evolve(defaults, **{field.name: changed_value})
            yield f"{field.name} {value:g} -> {changed_value:g}", settings, assembler.REPAIRS
    for repair in assembler.REPAIRS[:-1]:
        kept = tuple(other for other in assembler.REPAIRS if other is not repair)
        yield f"without {repair.name}", defaults, kept


def changed(before: Found, after: Found) -> int:
    """How many attributions are in one but not in the other; what is there with another cue counts as two."""

    def alone(quotes: Sequence[Attribution]) -> set[Attribution]:
        return {attrs.evolve(quote, parent=None) for quote in quotes}

    return sum(len(alone(before[name]) ^ alone(after[name])) for name in before)


def figures(score: Path, gold: Sequence[str], found: Found) -> list[str]:
    """AR-det and AR-head, in percent."""
    with tempfile.TemporaryDirectory() as folder:
        places = [Path(folder, name) for name in ("gold.jsonl", "found.jsonl", "figures.json")]
        places[0].write_text("".join(gold), encoding="utf-8")
        lines = [json.dumps({"doc_id": name, "attributions": list(_rows(found[name]))}) for name in found]
        places[1].write_text("\n".join(lines) + "\n", encoding="utf-8")
        command = [sys.executable, score / "score_news.py", "--nested", places[0], places[1], "--json", places[2]]
        subprocess.run(list(map(str, command)), check=True, capture_output=True)
        data = json.loads(places[2].read_text(encoding="utf-8"))
    return [f"{100 * value:.2f}" for value in headline(data)]


def headline(data: Any) -> tuple[float, float]:
    """AR-det and AR-head among the scorer's figures."""
    return data["AR/all"]["det"][-1], data["AR/all"]["head"][-1]


def _rows(found: Sequence[Attribution]) -> Iterator[dict[str, Any]]:
    for number, quote in enumerate(found):
        spans = {"source": quote.source, "cue": quote.cue, "content": quote.content}
        yield {"id": str(number), **{role: _pairs(of) for role, of in spans.items()}}


def _pairs(spans: TextSpans) -> list[list[int]]:
    return [[span.start, span.end] for span in spans]


if __name__ == "__main__":
    main()
