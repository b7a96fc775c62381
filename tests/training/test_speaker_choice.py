"""The choice of speakers: which candidates are right, and that fitted trees choose them."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

pytest.importorskip("sklearn")
pytest.importorskip("lightgbm")

from quotesmith.encoder import GRAPH
from quotesmith.encoder.weights import CARD, WEIGHTS_FORMAT
from quotesmith.speakers.calibration import read_speaker_calibration
from quotesmith.speakers.choice.features import FEATURES
from quotesmith.speakers.choice.model import read_speaker_choice
from quotesmith.training.choice_examples import (
    MADE,
    ChoiceExample,
    GoldSpeaker,
    is_right_choice,
    is_right_name,
    name_match,
    read_articles,
    read_corpus,
    read_snippets,
)
from quotesmith.training.forests import ForestTraining
from quotesmith.training.speaker_choice import CHOICE_METHODS, fit_choice

IS_NAME, IS_OWN, HE = (FEATURES.index(name) for name in ("is_name", "is_own", "he"))
PROBABILITY, IS_SET = FEATURES.index("probability"), FEATURES.index("is_set")


@pytest.mark.parametrize(
    ("given", "wanted", "level"),
    [
        ("Mr. Karl Holm", "Karl Holm", 2),
        ("Holm", "Karl Holm", 1),
        ("Karl", "Karl Holm", 1),
        ("Ida Holm", "Karl Holm", 0),
        ("a spokesman for Holm", "Holm", 0),
        ("Holm on Monday", "Karl Holm", 0),
        ("", "Holm", 0),
    ],
)
def test_how_well_names_match(given: str, wanted: str, level: int) -> None:
    assert name_match(given, wanted) == level


@pytest.mark.parametrize(
    ("given", "wanted", "others", "kind", "right"),
    [
        pytest.param("Holm", "Karl Holm", ["Karl Holm", "Ida Lee"], "person", True, id="family name"),
        pytest.param("Holm", "Karl Holm", ["Karl Holm", "Ida Holm"], "person", False, id="another has it too"),
        pytest.param("KN", "Kanal Nord|KN", [], "organization", True, id="another form"),
        pytest.param("a new Oslo poll", "Oslo poll", [], "other", True, id="thing by its words"),
    ],
)
def test_which_name_is_right(given: str, wanted: str, others: list[str], kind: str, *, right: bool) -> None:
    assert is_right_name(given, wanted, others, kind) is right


def gold(*names: str, unresolvable: bool = False) -> GoldSpeaker:
    return GoldSpeaker("d", "a", "nominal", names, "person", unresolvable)


def test_which_candidate_is_right() -> None:
    assert is_right_choice(("Holm",), gold("Holm"), ["Holm"])
    assert not is_right_choice(("Holm",), gold("Holm", "Lee"), ["Holm", "Lee"])
    assert is_right_choice(("Holm",), gold("Holm", "Lee"), ["Holm", "Lee"], is_part=True)
    assert is_right_choice(("Lee", "Holm"), gold("Holm", "Lee"), ["Holm", "Lee"])
    assert is_right_choice(("an aide",), gold("an aide", unresolvable=True), ["Holm"])
    assert not is_right_choice(("Holm",), gold("an aide", unresolvable=True), ["Holm"])


def test_articles_are_read_with_their_speakers(tmp_path: Path) -> None:
    rows: dict[str, list[dict[str, Any]]] = {
        "texts": [{"doc_id": "d", "text": "Go, he said.", "attributions": [{"id": "a", "content": [[0, 2]]}]}],
        "speakers": [
            {
                "doc_id": "d",
                "id": "a",
                "form": "pronoun",
                "speakers": ["Holm"],
                "kind": "person",
                "unresolvable": False,
                "sure": True,
            }
        ],
        "pronouns": [
            {"doc_id": "d", "span": [4, 6], "text": "he", "names": [], "named": False, "kind": None, "sure": True}
        ],
    }
    for name, lines in rows.items():
        (tmp_path / name).write_text("".join(json.dumps(line) + "\n" for line in lines))
    [article] = read_corpus([tmp_path / name for name in rows], "test")
    assert (article.names, article.contents["a"], article.pronouns[4].kind) == (["Holm"], ((0, 2),), "other")


def test_snippets_say_whom_a_pronoun_means_or_does_not(tmp_path: Path) -> None:
    text = "Ida Lee met Ann Roe. She sang."
    row = {"text": text, "items": [{"pronoun": [21, 24], "gender": "F", "names": [[0, 7]], "others": [[12, 19]]}]}
    neither = {"pronoun": [21, 24], "gender": "F", "names": [], "others": [[0, 7], [12, 19]]}
    lines = [{**row, "doc_id": "meant"}, {**row, "doc_id": "neither", "items": [neither]}]
    path = tmp_path / "gap.jsonl"
    path.write_text("".join(json.dumps(line) + "\n" for line in lines))
    meant, none = read_snippets(path, "gap")
    assert meant.names == none.names == ["Ann Roe", "Ida Lee"]
    assert is_right_choice(("Ida Lee",), meant.pronouns[21], meant.names)
    assert not is_right_choice(("Ann Roe",), meant.pronouns[21], meant.names)
    assert not is_right_choice(("Ida Lee",), none.pronouns[21], none.names)
    assert is_right_choice(("Eva",), none.pronouns[21], none.names)


def test_made_articles_have_their_speakers_where_these_say() -> None:
    articles = list(read_articles(Path(), [MADE]))
    assert len(articles) > 40
    for article in articles:
        assert article.speakers.keys() <= article.contents.keys()
        assert all(
            article.text[start:].lower().startswith(("he", "she", "they", "his", "her", "their", "it", "him", "them"))
            for start in article.pronouns
        )


def example(number: int) -> ChoiceExample:
    """A source whose right candidate has the name, or the likelier antecedent of "he"; every fifth has none."""
    rng = np.random.default_rng(number)
    features = np.zeros((4, len(FEATURES)), dtype=np.float32)
    right = int(rng.integers(3))
    unresolvable = number % 5 == 0
    features[3, IS_OWN] = 1
    features[:3, PROBABILITY] = rng.random(3) / 3
    features[:, HE] = number % 2
    if not unresolvable:
        features[right, IS_NAME if number % 2 == 0 else PROBABILITY] = 1
    hits = np.zeros(4, dtype=bool)
    hits[3 if unresolvable else right] = True
    return ChoiceExample(
        corpus="train",
        doc_id=f"d{number % 23}",
        id=f"a{number}",
        gold=gold("Holm", unresolvable=unresolvable),
        noun="aide" if unresolvable else "",
        features=features,
        right=hits,
        named=np.array([True, True, True, False]),
        names=(("Holm",), ("Lee",), ("Roe",), ("an aide",)),
        is_part=False,
        is_source=True,
    )


def test_fitted_choice_and_its_scores_are_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / CARD).write_text(json.dumps({"format": WEIGHTS_FORMAT, "files": {GRAPH: {"sha256": "0" * 64}}}))
    examples = [example(number) for number in range(300)]
    for number, one in enumerate(examples):
        one.features[:3, IS_SET] = number < 60
        # Nobody is always right, so that each method has sources of both sorts.
        one.right[:] = np.roll(one.right, number % 7 == 3)
    fit_choice(examples, tmp_path, ForestTraining(trees=20, leaf_rows=5))
    assert "named nowhere" in capsys.readouterr().out
    choice = read_speaker_choice(tmp_path)
    assert set(read_speaker_calibration(tmp_path).weights) == set(CHOICE_METHODS)
    assert "aide" in choice.nouns.counts
    rows = example(302).features
    expected = int(example(302).right.argmax())
    columns = [FEATURES[column] for column in choice.columns]
    assert "is_name" in columns
    assert int(choice.forest(rows[:, choice.columns]).argmax()) == expected
    weights = choice.weigh(rows[expected], rows[(expected + 1) % 3])
    assert max(weights, key=weights.__getitem__) == "is_name"
