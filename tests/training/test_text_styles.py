"""The fit of the style of texts: what is read, and that the written decision says what the fitted one does."""

import json
from pathlib import Path

import pytest

pytest.importorskip("sklearn")

from quotesmith.encoder.weights import CARD, WEIGHTS_FORMAT
from quotesmith.extraction.text_style import StyleEvidence, TextStyle, read_style_decision
from quotesmith.training.text_styles import JudgedText, fit_style, shares_right, write_style_decision


def judged(number: int) -> JudgedText:
    is_fiction = number % 2 == 0
    style = TextStyle.FICTION if is_fiction else TextStyle.NEWS
    evidence = StyleEvidence(
        calls=number % 3 / 3, past=0.9 if is_fiction else 0.1, bodies=number % 5 / 5, numbers=0.0, hearers=0.0
    )
    return JudgedText(style.value, f"title {number % 20}", 0 if number < 40 else 500, 2_000, evidence, style)


TEXTS = [judged(number) for number in range(80)]


def test_shares_are_told_by_corpus_and_size() -> None:
    assert shares_right(TEXTS) == {
        corpus: {"500 words": {"texts": 20, "right": 1.0}, "whole": {"texts": 20, "right": 1.0}}
        for corpus in ("fiction", "news")
    }


def test_written_decision_gives_the_chances_of_the_fitted_one(tmp_path: Path) -> None:
    (tmp_path / CARD).write_text(json.dumps({"format": WEIGHTS_FORMAT, "files": {}}))
    write_style_decision(tmp_path, TEXTS, {"right": 1.0})
    decide = read_style_decision(tmp_path)
    [[_, chance]] = fit_style(TEXTS).predict_proba([[0.5, 0.5, 0.5, 0.5, 0.5]])
    assert decide(StyleEvidence(calls=0.5, past=0.5, bodies=0.5, numbers=0.5, hearers=0.5)) == pytest.approx(
        chance, abs=1e-2
    )
