import json
import shutil
from pathlib import Path

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotesmith.encoder import SHIPPED
from quotesmith.encoder.weights import CARD, checksum
from quotesmith.errors import WeightsError
from quotesmith.extraction.scores import SCORE_FILE, VALUES, Calibration, describe, read_calibration
from quotesmith.records import TextSpan
from tests.extraction.encoded import Linked, Stretch, Tagged

CUE = Tagged(stretch=Stretch(5, 6), span=TextSpan(20, 24), score=0.8, is_quoted=False)


def content(score: float, *, is_quoted: bool = False) -> Tagged:
    return Tagged(stretch=Stretch(0, 4), span=TextSpan(0, 18), score=score, is_quoted=is_quoted)


def quote(*contents: Tagged, cue: Tagged | None = CUE) -> Linked:
    return Linked(contents=contents or (content(0.9),), cue=cue, source=cue, cue_probability=0.5)


def test_quote_is_described_by_its_chances_as_log_odds() -> None:
    values = describe(quote(content(0.9), content(0.5, is_quoted=True)))
    assert tuple(values) == VALUES
    assert values["content"] == pytest.approx(0)
    assert values["cue"] == pytest.approx(1.386, abs=0.001)
    assert (values["link"], values["uncued"], values["pieces"], values["sourced"], values["quoted"]) == (0, 0, 1, 1, 1)


def test_quote_without_a_cue_has_no_chance_of_one() -> None:
    values = describe(quote(cue=None))
    assert (values["cue"], values["uncued"], values["sourced"]) == (0, 1, 0)


@given(st.floats(0, 1), st.floats(0, 1))
def test_surer_tags_never_lower_the_shipped_score(low: float, high: float) -> None:
    calibration = read_calibration(SHIPPED)
    low, high = sorted((low, high))
    assert 0 < calibration(quote(content(low))) <= calibration(quote(content(high))) < 1


def test_score_is_the_logistic_function_of_the_weighted_sum() -> None:
    calibration = Calibration(1.0, tuple(-1.0 if name == "pieces" else 0.0 for name in VALUES))
    assert calibration(quote(content(0.9), content(0.9))) == pytest.approx(0.5)


@pytest.fixture
def weights(tmp_path: Path) -> Path:
    """A weights folder of the shipped card and calibration alone."""
    for name in (CARD, SCORE_FILE):
        shutil.copy(SHIPPED / name, tmp_path)
    return tmp_path


def test_calibration_that_was_altered_is_an_error(weights: Path) -> None:
    path = weights / SCORE_FILE
    path.write_bytes(path.read_bytes().replace(b"intercept", b"Intercept"))
    with pytest.raises(WeightsError, match=r"score\.json is damaged .* found SHA-256 \w{64}, expected \w{64}"):
        read_calibration(weights)


def test_calibration_for_another_network_is_an_error(weights: Path) -> None:
    card = json.loads((weights / CARD).read_bytes())
    data = json.dumps(json.loads((weights / SCORE_FILE).read_bytes()) | {"encoder": "0" * 64}).encode()
    (weights / SCORE_FILE).write_bytes(data)
    card["files"][SCORE_FILE]["sha256"] = checksum(data)
    (weights / CARD).write_text(json.dumps(card), encoding="utf-8")
    with pytest.raises(WeightsError, match=r"0{64}, but the folder's card names"):
        read_calibration(weights)


def test_missing_calibration_is_an_error(weights: Path) -> None:
    (weights / SCORE_FILE).unlink()
    with pytest.raises(WeightsError, match=r"score\.json"):
        read_calibration(weights)


def test_quote_without_marks_is_described_so() -> None:
    assert describe(attrs.evolve(quote()))["quoted"] == 0
