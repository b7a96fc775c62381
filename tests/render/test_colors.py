"""The palette can be read and told apart, and stays with its speakers."""

import math
import tomllib
from importlib.metadata import EntryPoint
from itertools import combinations
from pathlib import Path

import pytest
from spacy import displacy
from spacy.tokens import Doc, Span
from spacy.util import registry

from quotesmith.records import Entity, Quote, QuoteDocument, QuoteKind
from quotesmith.render.colors import KIND_COLORS, LINES, NEUTRAL, PALETTE, Tone, graph_tones, speaker_tones
from tests.docs import VOCAB
from tests.samples import summit

Triple = tuple[float, float, float]

# What full color vision and three kinds of color blindness make of linear RGB: Machado et al. (2009).
VISIONS: dict[str, tuple[Triple, Triple, Triple]] = {
    "full": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protan": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deutan": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "tritan": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}


def product(rows: tuple[Triple, ...], vector: Triple) -> Triple:
    red, green, blue = (sum(a * b for a, b in zip(row, vector, strict=True)) for row in rows)
    return red, green, blue


def linear(color: str) -> Triple:
    red, green, blue = (int(color[place : place + 2], 16) / 255 for place in (1, 3, 5))
    return expanded(red), expanded(green), expanded(blue)


def expanded(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4


def contrast(one: str, other: str) -> float:
    """The contrast ratio of WCAG 2."""
    darker, lighter = sorted(
        0.2126 * red + 0.7152 * green + 0.0722 * blue for red, green, blue in map(linear, (one, other))
    )
    return (lighter + 0.05) / (darker + 0.05)


def oklab(rgb: Triple) -> Triple:
    cones = product(
        (
            (0.4122214708, 0.5363325363, 0.0514459929),
            (0.2119034982, 0.6806995451, 0.1073969566),
            (0.0883024619, 0.2817188376, 0.6299787005),
        ),
        (max(0, rgb[0]), max(0, rgb[1]), max(0, rgb[2])),
    )
    return product(
        (
            (0.2104542553, 0.7936177850, -0.0040720468),
            (1.9779984951, -2.4285922050, 0.4505937099),
            (0.0259040371, 0.7827717662, -0.8086757660),
        ),
        (cones[0] ** (1 / 3), cones[1] ** (1 / 3), cones[2] ** (1 / 3)),
    )


@pytest.mark.parametrize("background", ["#ffffff", "#111111"])
@pytest.mark.parametrize("color", [*PALETTE, NEUTRAL])
def test_color_stands_out_from_the_page(color: str, background: str) -> None:
    assert contrast(color, background) >= 3


@pytest.mark.parametrize("vision", list(VISIONS))
def test_colors_are_apart_for_every_kind_of_sight(vision: str) -> None:
    seen = [oklab(product(VISIONS[vision], linear(color))) for color in PALETTE]
    assert min(math.dist(one, other) for one, other in combinations(seen, 2)) >= 0.14


def test_tones_follow_first_quotes_whatever_is_corrected_later() -> None:
    assert list(speaker_tones(summit())) == ["e0", "e3", "e4", "e5", "e6"]
    document = summit()
    corrected = document.with_speaker(document.quote("q5"), "Vladimir Putin")
    assert speaker_tones(corrected).items() <= speaker_tones(document).items()


def test_lines_tell_apart_where_colors_repeat() -> None:
    number = len(PALETTE) * len(LINES)
    document = QuoteDocument(
        "d",
        "Go",
        quotes=[Quote(f"q{n}", "direct", [(0, 2)], "Go", speakers=[f"e{n}"]) for n in range(number + 1)],
        entities=[Entity(f"e{n}", "Ann") for n in range(number + 1)],
    )
    tones = list(speaker_tones(document).values())
    assert len(set(tones)) == number
    assert tones[-1] == tones[0] == Tone(PALETTE[0], "solid")


def test_those_with_most_quotes_share_no_tone() -> None:
    number = len(PALETTE) * len(LINES)
    order = [*range(number + 2), number, number, number + 1]
    document = QuoteDocument(
        "d",
        "Go",
        quotes=[Quote(f"q{n}", "direct", [(0, 2)], "Go", speakers=[f"e{own}"]) for n, own in enumerate(order)],
        entities=[Entity(f"e{n}", "Ann") for n in range(number + 2)],
    )
    tones = speaker_tones(document)
    assert [key for key, tone in tones.items() if tone == Tone(PALETTE[0], "solid")] == [f"e{number}", f"e{number - 2}"]
    assert list(graph_tones(document.graph()).values()) == list(tones.values())


# displaCy shows quotes in colors of ours


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
