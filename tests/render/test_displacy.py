"""displaCy shows quotes in colors of ours."""

import tomllib
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest
from spacy import displacy
from spacy.tokens import Doc, Span
from spacy.util import registry

from quotesmith.records import QuoteKind
from quotesmith.render.colors import KIND_COLORS
from tests.docs import VOCAB
from tests.render.test_colors import contrast

GROUP = "spacy_displacy_colors"


@pytest.fixture
def registered(monkeypatch: pytest.MonkeyPatch) -> None:
    """The colors as an installed package brings them."""
    monkeypatch.setattr(registry.displacy_colors, "get_all", lambda: {"quotesmith": entry_point().load()})


def entry_point() -> EntryPoint:
    project = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return EntryPoint("quotesmith", project["entry-points"][GROUP]["quotesmith"], GROUP)


def test_entry_point_leads_to_a_color_for_each_kind() -> None:
    assert entry_point().load() == KIND_COLORS
    assert set(KIND_COLORS) == {kind.value for kind in QuoteKind}
    assert ("_".join(registry.displacy_colors.namespace)) == GROUP


@pytest.mark.parametrize("color", KIND_COLORS.values())
def test_black_label_and_line_on_white_can_be_read(color: str) -> None:
    assert contrast("#000000", color) >= 4.5
    assert contrast("#ffffff", color) >= 3


@pytest.mark.usefixtures("registered")
def test_quotes_that_nest_and_overlap_are_shown_in_their_colors() -> None:
    doc = Doc(VOCAB, words=["“", "He", "said", "‘", "go", "’", ",", "”", "she", "<said>", "."])
    doc.spans["quotes"] = [Span(doc, 0, 8, "direct"), Span(doc, 3, 6, "mixed"), Span(doc, 5, 9, "indirect")]
    html = displacy.render(doc, style="span", options={"spans_key": "quotes"}, jupyter=False)
    for kind, color in KIND_COLORS.items():
        assert kind in html
        assert color in html
    assert "&lt;said&gt;" in html
