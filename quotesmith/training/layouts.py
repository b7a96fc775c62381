"""Fits the weights by which lines with labels are told to be turns of talk, and prints them.

    python -m quotesmith.training.layouts --data GOLD --texts FOLDER

GOLD has `transcripts/podcasts.jsonl.gz`, `polnear/train.jsonl.gz` and `wikinews/articles.jsonl.gz`. FOLDER has
`spoken.txt` (talk, a turn a line) and `lookalikes.txt` (texts that only look like it), in sections that "=== name"
opens. Talk is cut and labelled anew; look-alikes are cut, too; articles count as look-alikes unless they have a layout.
"""

import argparse
import gzip
import json
import random
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from quotesmith.extraction.settings import DEFAULT_EXTRACTION_SETTINGS
from quotesmith.extraction.speech_layout.evidence import WEIGHTS, TurnEvidence
from quotesmith.extraction.speech_layout.families import LayoutReader
from quotesmith.extraction.speech_layout.openers import find_labels
from quotesmith.lexicon.label_words import load_label_words
from quotesmith.lexicon.people import load_people
from quotesmith.marks import find_paragraphs

LENGTHS = (2, 3, 4, 6, 12)
_ARTICLE_FILES = ("polnear/train.jsonl.gz", "wikinews/articles.jsonl.gz")
_DRESSES = ("{}: {}", "{}: {}", "{}: {}", "**{}:** {}", ">> {}: {}", "[00:01:07] {}: {}")
_SYLLABLES = ("ba", "dro", "fe", "gwi", "hu", "ka", "lo", "mi", "nu", "ra", "sto", "the", "vi")
_NUMBERED_LABELS = ("Speaker {}", "SPEAKER_0{}", "Participant {}")
_DRAWS = 8
_RIDGE = 1.0
_NEWTON_STEPS = 50


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--texts", type=Path, required=True)
    arguments = parser.parse_args()
    rows, right = [], []
    for text, is_talk in iter_texts(arguments.data, arguments.texts, random.Random(1)):
        features = describe(text)
        if features is not None:
            rows.append([*features.values()])
            right.append(is_talk)
    weights = fit(np.array(rows), np.array(right))
    print(json.dumps(dict(zip(("intercept", *WEIGHTS), weights.round(2).tolist(), strict=True)), indent=2))  # noqa: T201


def describe(text: str) -> dict[str, float] | None:
    """The features of a text in the order of the weights; None where fewer than two lines have labels."""
    words = load_label_words()
    evidence = TurnEvidence(text, find_paragraphs(text), words, DEFAULT_EXTRACTION_SETTINGS)
    openers = list(find_labels(text, evidence.lines, evidence.names))
    found = evidence.describe(openers) if len(openers) > 1 else {}
    return {name: found[name] for name in WEIGHTS} if found else None


def fit(values: NDArray[np.float64], right: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Intercept and weights of a logistic regression in which both answers weigh the same.

    Args:
        values: Of shape (texts, features).
        right: Of shape (texts,).
    """
    known = np.column_stack([np.ones(len(values)), values])
    shares = np.where(right, 0.5 / right.mean(), 0.5 / (1 - right.mean()))
    ridge = np.diag([0.0, *[_RIDGE] * values.shape[1]])
    weights = np.zeros(known.shape[1])
    for _ in range(_NEWTON_STEPS):
        chances = 1 / (1 + np.exp(-known @ weights))
        slope = known.T @ (shares * (chances - right)) + ridge @ weights
        bend = (known.T * (shares * chances * (1 - chances))) @ known + ridge
        weights -= np.linalg.solve(bend, slope)
    return weights


def iter_texts(data: Path, texts: Path, chance: random.Random) -> Iterator[tuple[str, bool]]:
    """Texts, each with whether it is talk."""
    talks: list[list[tuple[object, str]]] = [
        [(number % 2, said) for number, said in enumerate(talk)] for talk in read_sections(texts / "spoken.txt")
    ]
    talks += [
        [(who, " ".join(said.split())) for who, said in row["turns"] if said.strip()]
        for row in _rows(data / "transcripts/podcasts.jsonl.gz")
    ]
    for talk in talks:
        for length in LENGTHS * _DRAWS:
            start = chance.randrange(max(len(talk) - length, 0) + 1)
            yield label_anew(talk[start : start + length], chance), True
    for lines in read_sections(texts / "lookalikes.txt"):
        yield from (("\n".join(lines[:end]), False) for end in range(2, len(lines) + 1))
    read = LayoutReader()
    for name in _ARTICLE_FILES:
        yield from ((row["text"], False) for row in _rows(data / name) if read(row["text"]).family is None)


def read_sections(path: Path) -> list[list[str]]:
    """The lines of each section of a file."""
    sections = path.read_text(encoding="utf-8").removeprefix("=== ").split("\n=== ")
    return [section.rstrip("\n").split("\n")[1:] for section in sections]


def label_anew(talk: Sequence[tuple[object, str]], chance: random.Random) -> str:
    """Turns under other labels, in one of several forms; "{0}" and "{1}" in them call the other."""
    speakers = list(dict.fromkeys(who for who, _ in talk))
    dress, labels = chance.choice(_DRESSES), dict(zip(speakers, _draw_labels(len(speakers), chance), strict=True))
    lines = []
    for who, said in talk:
        other = next((labels[speaker] for speaker in speakers if speaker != who), "")
        lines.append(dress.format(labels[who], said.replace("{0}", other).replace("{1}", other)))
    return chance.choice(("\n", "\n\n")).join(lines)


def _draw_labels(count: int, chance: random.Random) -> list[str]:
    form = chance.choice(("made up", "given", "numbered"))
    if form == "numbered":
        numbered = chance.choice(_NUMBERED_LABELS)
        return [numbered.format(number + 1) for number in range(count)]
    if form == "given":
        return [name.capitalize() for name in chance.sample(sorted(load_people().feminine_names), count)]
    return ["".join(chance.choices(_SYLLABLES, k=3)).capitalize() for _ in range(count)]


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


if __name__ == "__main__":
    main()
