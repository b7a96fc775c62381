"""Plots of graphs: what they show, and that they leave matplotlib as it was."""

from collections.abc import Callable
from itertools import combinations
from typing import Any

import pytest
from hypothesis import given

from quotesmith.errors import ArgumentError, MissingPackageError, OptionError
from quotesmith.graph import QuoteGraph
from quotesmith.records import Entity, Quote, QuoteDocument
from quotesmith.render.colors import PALETTE
from quotesmith.render.fonts import drawable
from quotesmith.render.plots import plot_kinds, plot_network, plot_speakers
from tests.samples import summit
from tests.strategies import any_text

matplotlib = pytest.importorskip("matplotlib")

Plot = Callable[..., Any]
PLOTS = [plot_speakers, plot_kinds, plot_network]
ODD_NAMES = ("$\\frac{a}{0}$", "_hidden", "習近平", "בנימין", "a\nb\x1b\ud800", "x" * 1_000, "👋", "%s {} @name")


def odd() -> QuoteGraph:
    quotes = [
        Quote(f"q{n}", "direct", [(0, 2)], "Go", speakers=[f"e{n}"], addressees=[f"e{(n * 3 + 1) % len(ODD_NAMES)}"])
        for n in range(len(ODD_NAMES))
    ]
    entities = [Entity(f"e{n}", name) for n, name in enumerate(ODD_NAMES)]
    return QuoteDocument("d", "Go", quotes=quotes, entities=entities).graph()


def widths(axes: Any) -> list[int]:
    return [bar.get_width() for bar in axes.patches]


def names(axes: Any) -> list[str]:
    return [label.get_text() for label in axes.get_yticklabels()]


@pytest.mark.parametrize("plot", PLOTS)
@pytest.mark.parametrize("graph", [summit().graph(), odd()], ids=["summit", "odd-names"])
def test_plot_is_drawn_without_a_warning(plot: Plot, graph: QuoteGraph) -> None:
    plot(graph).figure.canvas.draw()


@pytest.mark.parametrize("plot", PLOTS)
def test_graph_of_nobody_says_so(plot: Plot) -> None:
    axes = plot(QuoteDocument("d", "").graph())
    axes.figure.canvas.draw()
    assert [text.get_text() for text in axes.texts] == ["Nobody speaks here."]


@pytest.mark.parametrize("plot", PLOTS)
def test_plot_draws_on_the_given_axes_and_else_leaves_pyplot_alone(plot: Plot) -> None:
    from matplotlib import pyplot
    from matplotlib.figure import Figure

    before = dict(matplotlib.rcParams)
    axes = Figure().add_subplot()
    assert plot(summit().graph(), ax=axes) is axes
    plot(summit().graph())
    assert pyplot.get_fignums() == []
    assert dict(matplotlib.rcParams) == before


def test_bars_count_words_or_quotes_in_the_speakers_colors() -> None:
    axes = plot_speakers(summit().graph())
    assert names(axes)[0] == "Xi Jinping"
    assert widths(axes)[0] == 21
    assert matplotlib.colors.to_hex(axes.patches[0].get_facecolor()) == PALETTE[0]
    axes = plot_speakers(summit().graph(), measure="quotes", most=2)
    assert widths(axes) == [2, 1]
    assert names(axes) == ["Xi Jinping", "Vladimir Putin"]


def test_kinds_are_stacked_and_have_hatches() -> None:
    axes: Any = plot_kinds(summit().graph(), most=1)
    assert widths(axes) == [1, 1, 0]
    assert len({bar.get_hatch() for bar in axes.patches}) == 3
    assert [text.get_text() for text in axes.get_legend().get_texts()] == ["direct", "mixed", "indirect"]


def test_network_has_names_apart_and_an_arrow_for_each_tie() -> None:
    axes = plot_network(odd())
    boxes = [text.get_window_extent() for text in axes.texts]
    assert len(boxes) >= 6
    assert not any(one.overlaps(other) for one, other in combinations(boxes, 2))
    from matplotlib.patches import FancyArrowPatch

    assert sum(isinstance(patch, FancyArrowPatch) for patch in plot_network(summit().graph()).patches) == 4


def test_wrong_measure_is_an_error() -> None:
    with pytest.raises(OptionError, match="measure must be one of words, quotes, not 'letters'"):
        plot_speakers(summit().graph(), measure="letters")


@pytest.mark.parametrize("plot", PLOTS)
def test_wrong_number_is_an_error(plot: Plot) -> None:
    with pytest.raises(OptionError, match="most must be a whole number from 1 on, not -1"):
        plot(summit().graph(), most=-1)


@pytest.mark.parametrize("plot", PLOTS)
def test_missing_package_says_what_to_install(plot: Plot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("quotesmith.render.plots.find_spec", lambda _: None)
    with pytest.raises(MissingPackageError, match=r"plots need matplotlib; .*pip install 'quotesmith\[plots\]'"):
        plot(summit().graph())


@pytest.mark.parametrize("plot", [plot_speakers, plot_kinds, plot_network])
def test_what_is_no_graph_is_told(plot: Any) -> None:
    with pytest.raises(ArgumentError, match=r"expected a graph, as doc.graph\(\) .* give one, not QuoteDocument"):
        plot(summit())


# Fonts for words of any script


pytest.importorskip("matplotlib")


def test_drawable_words_stay_or_are_replaced_in_fonts_that_are_installed() -> None:
    assert drawable("Анна “Lee” Müller")[0] == "Анна “Lee” Müller"
    assert drawable("a\U000e0fffb")[0] == "a\ufffdb"
    from matplotlib import font_manager

    _, families = drawable("習近平 नरेन्द्र ⠿ \U0001d538")
    assert families[0] == font_manager.FontProperties().get_family()[0]
    assert set(families[1:]) <= {font.name for font in font_manager.fontManager.ttflist}


@given(any_text())
def test_words_are_as_long(words: str) -> None:
    assert len(drawable(words)[0]) == len(words)
