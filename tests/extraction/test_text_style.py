"""News or fiction: the evidence, and what is decided by it."""

import json
import re
import shutil
from pathlib import Path

import attrs
import pytest
from spacy.language import Language

from quotesmith.encoder import SHIPPED
from quotesmith.errors import WeightsError
from quotesmith.extraction import ExtractionSettings, LayoutReader, TextStyle, decide_style
from quotesmith.extraction.text_style import (
    TEXT_STYLE_FILE,
    StyleDecision,
    StyleEvidence,
    find_style_evidence,
    read_style_decision,
)
from quotesmith.marks import pair_marks
from quotesmith.parsed_text import ParsedText, SpeechLayout
from tests.docs import make_doc, parsed_text

BLOCKS = re.split(
    r"^=== (.*)\n", (Path(__file__).parents[1] / "data" / "styles.txt").read_text(encoding="utf-8"), flags=re.MULTILINE
)
MISSED = pytest.mark.xfail(strict=True, reason="short, in the past tense, with questions and without numbers")
TEXTS = [
    pytest.param(name.partition(":")[0], text, id=name, marks=[MISSED] if "column" in name else [])
    for name, text in zip(BLOCKS[1::2], BLOCKS[2::2], strict=True)
]
SCENE = """
    “     ``   punct  go
    You   PRP  nsubj  go
    go    VBP  ROOT   -
    ?     .    punct  go
    ”     ''   punct  go
    Acme  NNP  nsubj  told  -     ORG
    told  VBD  ROOT   -     tell
    us    PRP  dobj   told
    it    PRP  nsubj  sold
    sold  VBD  ccomp  told  sell
    and   CC   cc     sold
    sells VBZ  conj   sold  sell
    9     CD   dobj   sells
    .     .    punct  told
"""


def test_evidence_is_counted_by_words_outside_and_inside_of_speech() -> None:
    assert find_style_evidence(parsed_text(make_doc(SCENE))) == StyleEvidence(
        calls=3.0, past=2 / 3, bodies=5.0, numbers=1.0, hearers=3.0
    )


def test_decision_adds_up_log_odds() -> None:
    decide = StyleDecision(-1.0, {"calls": 2.0, "past": 1.0, "bodies": 0.0, "numbers": 0.0, "hearers": -1.0})
    evidence = StyleEvidence(calls=0.5, past=0.0, bodies=3.0, numbers=1.0, hearers=0.0)
    assert decide(evidence) == 0.5
    assert decide(attrs.evolve(evidence, past=1.0)) > 0.5 > decide(attrs.evolve(evidence, hearers=1.0))


@pytest.mark.parametrize(
    ("changes", "style"),
    [
        pytest.param({"min_style_words": 1}, TextStyle.FICTION, id="long-enough"),
        pytest.param({}, TextStyle.NEWS, id="too-short"),
        pytest.param({"min_style_words": 1, "min_short_fiction": 1.0}, TextStyle.NEWS, id="short-and-unsure"),
        pytest.param(
            {"min_style_words": 1, "min_short_fiction": 1.0, "long_style_words": 1}, TextStyle.FICTION, id="long"
        ),
        pytest.param(
            {"min_style_words": 1, "long_style_words": 1, "min_fiction_probability": 1.0},
            TextStyle.NEWS,
            id="long-and-unsure",
        ),
    ],
)
def test_settings_decide_how_much_must_be_shown(changes: dict[str, float], style: TextStyle) -> None:
    tale = parsed_text(make_doc("He PRP nsubj went\nwent VBD ROOT - go\n" * 5))
    assert decide_style(tale, attrs.evolve(ExtractionSettings(), **changes)) is style  # type: ignore[arg-type]


def test_layout_that_says_who_speaks_is_no_fiction() -> None:
    tale = parsed_text(make_doc("He PRP nsubj went\nwent VBD ROOT - go\n" * 5))
    settings = ExtractionSettings(min_style_words=1)
    assert decide_style(attrs.evolve(tale, layout=SpeechLayout("chat")), settings) is TextStyle.NEWS


@pytest.mark.model
@pytest.mark.parametrize(("style", "text"), TEXTS)
def test_texts_are_read_as_what_they_are(nlp: Language, style: str, text: str) -> None:
    with nlp.select_pipes(disable=["quotesmith"]):
        doc = nlp(text)
    assert decide_style(ParsedText.of(doc, pair_marks(text), LayoutReader()(text))) == style


def test_shipped_decision_weighs_all_evidence() -> None:
    assert read_style_decision().weights.keys() == {own.name for own in attrs.fields(StyleEvidence)}


def test_file_that_is_not_the_cards_is_refused(tmp_path: Path) -> None:
    for name in ("card.json", TEXT_STYLE_FILE):
        shutil.copy(SHIPPED / name, tmp_path)
    data = json.loads((tmp_path / TEXT_STYLE_FILE).read_text())
    (tmp_path / TEXT_STYLE_FILE).write_text(json.dumps({**data, "intercept": 9}))
    with pytest.raises(WeightsError, match=TEXT_STYLE_FILE):
        read_style_decision(tmp_path)
