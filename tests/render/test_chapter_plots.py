"""Plots of a cast: who speaks in which chapter, and who speaks to whom."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings

from quotesmith.errors import ArgumentError, FormatError, OptionError
from quotesmith.records import Entity, Quote, QuoteDocument
from quotesmith.render.chapter_plots import plot_addressees, plot_chapters, write_plot
from tests.samples import novella, summit
from tests.strategies import documents

matplotlib = pytest.importorskip("matplotlib")

PLOTS: list[Any] = [plot_chapters, plot_addressees]


def table(axes: Any) -> list[list[int]]:
    [image] = axes.images
    return [[int(value) for value in row] for row in image.get_array()]


def labels(axes: Any) -> tuple[list[str], list[str]]:
    rows, columns = axes.get_yticklabels(), axes.get_xticklabels()
    return [label.get_text() for label in rows], [label.get_text() for label in columns]


def test_lines_are_counted_by_chapter() -> None:
    axes = plot_chapters(novella().cast())
    assert labels(axes) == (["Ann Lee", "Bo", "the old man"], ["1", "2"])
    assert table(axes) == [[2, 1], [1, 1], [0, 0]]
    assert [text.get_text() for text in axes.texts] == ["2", "1", "1", "1"]
    # The first is on top.
    assert axes.yaxis.get_inverted()
    assert table(plot_chapters(novella().cast(), measure="words", most=1)) == [[3, 3]]
    assert table(plot_chapters(novella().cast(), measure="heard", most=2)) == [[1, 0], [2, 1]]


def test_without_chapters_there_is_one_column() -> None:
    axes = plot_chapters(summit().cast())
    assert labels(axes)[1] == ["–"]


def test_who_speaks_to_whom_in_all_or_some_chapters() -> None:
    axes = plot_addressees(novella().cast())
    assert labels(axes) == (["Ann Lee", "Bo", "the old man", "Cy"],) * 2
    assert table(axes) == [[0, 3, 0, 0], [1, 0, 0, 0], [0, 0, 0, 1], [0, 0, 0, 0]]
    first = plot_addressees(novella().cast(), chapters=[1])
    assert (labels(first)[0], table(first)) == (["Ann Lee", "Bo"], [[0, 2], [1, 0]])
    assert first.get_title(loc="left") == "Who speaks to whom in chapter 1"


def test_many_cells_are_shaded_without_numbers() -> None:
    chapters = [{"title": "I", "start": at, "end": at + 1} for at in range(400)]
    quotes = [Quote("q0", "direct", [(0, 1)], "a", speakers=["e0"])]
    document = QuoteDocument("d", "a" * 400, "en", quotes, [Entity("e0", "Ann")], meta={"chapters": chapters})
    axes = plot_chapters(document.cast())
    axes.figure.canvas.draw()
    assert (len(axes.texts), len(axes.figure.axes)) == (0, 2)
    assert len(axes.get_xticks()) <= 30


@pytest.mark.parametrize("plot", PLOTS)
def test_given_axes_are_drawn_on_and_nobody_is_told(plot: Any) -> None:
    axes = matplotlib.figure.Figure().add_subplot()
    assert plot(QuoteDocument("d", "").cast(), ax=axes) is axes
    assert [text.get_text() for text in axes.texts] == ["Nobody speaks here."]


@pytest.mark.parametrize("plot", PLOTS)
@given(document=documents())
@settings(max_examples=10)
def test_any_document_is_drawn(plot: Any, document: QuoteDocument) -> None:
    plot(document.cast()).figure.canvas.draw()


@pytest.mark.parametrize(
    ("draw", "error", "told"),
    [
        pytest.param(lambda: PLOTS[0](novella()), ArgumentError, "not QuoteDocument", id="document"),
        pytest.param(lambda: PLOTS[1](novella().graph()), ArgumentError, "as doc.cast", id="graph"),
        pytest.param(lambda: plot_chapters(novella().cast(), measure="ink"), OptionError, "lines, words", id="measure"),
        pytest.param(lambda: plot_chapters(novella().cast(), most=0), OptionError, "from 1 on", id="most"),
        pytest.param(
            lambda: plot_addressees(novella().cast(), chapters=[3]), OptionError, "no chapter 3", id="chapter"
        ),
    ],
)
def test_wrong_arguments_are_told(draw: Any, error: type[Exception], told: str) -> None:
    with pytest.raises(error, match=told):
        draw()


def test_plot_is_written_by_suffix(tmp_path: Path) -> None:
    axes = plot_chapters(novella().cast())
    write_plot(axes, tmp_path / "a.PNG")
    assert (tmp_path / "a.PNG").read_bytes().startswith(b"\x89PNG")
    with pytest.raises(FormatError, match=r"can be written as .*eps, .*svg"):
        write_plot(axes, tmp_path / "a.txt")
    assert len(list(tmp_path.iterdir())) == 1
