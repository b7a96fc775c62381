"""The choice of who speaks each line: that the fitted trees choose them, and whom names of gold characters mean."""

import json
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("sklearn")
pytest.importorskip("lightgbm")

from quotesmith.coreference import EntityNumber
from quotesmith.encoder import GRAPH
from quotesmith.encoder.weights import CARD, WEIGHTS_FORMAT
from quotesmith.lexicon.people import load_people
from quotesmith.speakers.fiction.candidates import find_candidates
from quotesmith.speakers.fiction.features import FeatureFinder
from quotesmith.speakers.fiction.line_choices import choose_speakers
from quotesmith.speakers.fiction.line_model import read_line_model
from quotesmith.speakers.fiction.lines import SourceForm
from quotesmith.training.character_names import find_characters
from quotesmith.training.line_weights import NovelLines, fit_lines
from quotesmith.training.turn_weights import GoldCharacter, GoldNovel
from tests.speakers.fiction.dialogues import ANN, BO, dialogue, line, mention


def novel(number: int) -> NovelLines:
    """A dialogue in which Ann and Bo take turns; words name the first two. Every seventh has a last line of either."""
    lines = [line(place) for place in range(12)]
    first, second = (ANN, BO) if number % 2 else (BO, ANN)
    lines[:2] = [line(0, SourceForm.NAME, first), line(1, SourceForm.NAME, second)]
    text = dialogue(lines, [mention(60, ANN), mention(160, BO)])
    candidates = find_candidates(text)
    right = [np.array([one == (first, second)[place % 2] for one in people]) for place, people in enumerate(candidates)]
    if number % 7 == 0:
        # Nobody is always right, as a score needs it.
        right[-1] = ~right[-1]
    quotes = [("explicit" if place < 2 else "implicit", place) for place in range(12)]
    return NovelLines(f"n{number}", text, candidates, FeatureFinder.of(text, candidates)(), right, quotes)


def test_fitted_lines_are_written_with_their_scores(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / CARD).write_text(json.dumps({"format": WEIGHTS_FORMAT, "files": {GRAPH: {"sha256": "0" * 64}}}))
    fit_lines([novel(number) for number in range(120)], tmp_path)
    figures = json.loads(capsys.readouterr().out)
    assert figures["PDNC, all"]["quotes"] == 120 * 12
    assert figures["PDNC, explicit"]["right"] > 0.99
    model = read_line_model(tmp_path)
    [first, second, *_] = choose_speakers(model, novel(1).text)
    assert first.ranked[0][1] == ANN
    assert second.ranked[0][1] == BO
    assert sum(chance for chance, _ in first.ranked) == pytest.approx(1.0)


HOLMS = GoldNovel(
    "n",
    "",
    (
        GoldCharacter("Mr. Holm", ("Mr. Holm", "Erik Holm")),
        GoldCharacter("Jane Holm", ("Jane", "Miss Jane Holm")),
        GoldCharacter("The Cook", ("Cook", "Mrs. Berg")),
    ),
    (),
)


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["Mr. Holm"], "Mr. Holm"),
        (["Miss Jane"], "Jane Holm"),
        (["the cook"], "The Cook"),
        (["Berg"], "The Cook"),
        (["Mrs. Holm"], None),
        (["Holm"], None),
        (["Lee", "Erik Holm"], "Mr. Holm"),
        (["Lee"], None),
    ],
)
def test_names_mean_the_only_character_they_fit(names: list[str], expected: str | None) -> None:
    found = find_characters(HOLMS, {EntityNumber(7): names}, [], load_people())
    assert found.get(EntityNumber(7)) == expected


def test_mentions_of_the_corpus_go_before_names() -> None:
    gold = GoldNovel("n", "", HOLMS.characters, (), mentions=((3, 7, "The Cook", "NOM"),))
    found = find_characters(gold, {EntityNumber(0): ["Jane"]}, [(3, 7, EntityNumber(0))], load_people())
    assert found == {EntityNumber(0): "The Cook"}
