"""Plots of a document's cast by matplotlib: who speaks in which chapter, and who speaks to whom."""

from collections import Counter
from collections.abc import Sequence
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING

from quotesmith.errors import ArgumentError, FormatError, OptionError
from quotesmith.files import replace_atomically
from quotesmith.query import Cast, Character, chapter_of
from quotesmith.records import EntityId
from quotesmith.render.characters import shortened
from quotesmith.render.fonts import drawable
from quotesmith.render.plots import INK, PAPER, empty_axes, name_rows, new_axes

if TYPE_CHECKING:
    from matplotlib.axes import Axes

CAST_MEASURES = ("lines", "words", "quotes", "heard")
_MAP = "Blues"
_LABELLED = 300  # cells; a table of more is drawn without numbers, which would be too small to read
_DARK = 0.55  # of the highest value: from here on, numbers are white
_DOTS = 150  # an inch, of a picture in pixels
_LABEL_NAME = 28  # characters of a name beside a row or below a column


def plot_chapters(cast: Cast, *, measure: str = "lines", most: int = 15, ax: "Axes | None" = None) -> "Axes":
    """A table in shades of blue: how much each character says in each chapter, those with most lines on top.

    Without chapters it has one column.

    Args:
        cast: As `doc.cast()` gives it.
        measure: "lines", the "words" of these, all "quotes", or the quotes that are spoken to them ("heard").
        most: How many characters to show.
        ax: Axes to draw on; by default those of a new figure, which pyplot doesn't know (`.figure` of the result).

    Raises:
        MissingPackageError: if matplotlib isn't installed.
        ArgumentError: if it isn't a cast.
        OptionError: if there is no such measure, or `most` isn't a whole number from 1 on.
    """
    if measure not in CAST_MEASURES:
        msg = f"measure must be one of {', '.join(CAST_MEASURES)}, not {measure!r}"
        raise OptionError(msg)
    shown = _shown(cast, most)
    numbers = _columns(cast)
    values = [[_value(who, number, measure) for number in numbers] for who in shown]
    axes = new_axes(ax)
    axes.set_title(f"{measure.capitalize()} in each chapter", loc="left")
    if not shown:
        return empty_axes(axes)
    _draw(axes, values)
    name_rows(axes, [who.name for who in shown])
    # As many numbers as find a place.
    step = 1 + len(numbers) // 30
    axes.set_xticks(range(0, len(numbers), step), [str(number) if number else "–" for number in numbers[::step]])
    axes.set_xlabel("chapter")
    return axes


def plot_addressees(
    cast: Cast, *, chapters: Sequence[int] | None = None, most: int = 12, ax: "Axes | None" = None
) -> "Axes":
    """A table in shades of blue: how many quotes each character, in rows, speaks to each, in columns.

    Args:
        cast: As `doc.cast()` gives it.
        chapters: The numbers of the chapters to count; by default all of the text.
        most: How many characters to show: those who speak and are spoken to most there.
        ax: As of `plot_chapters`.

    Raises:
        MissingPackageError: if matplotlib isn't installed.
        ArgumentError: if it isn't a cast.
        OptionError: if the document has no chapter of such a number, or `most` isn't a whole number from 1 on.
    """
    _shown(cast, most)
    document, known = cast.document, len(cast.document.chapters)
    wrong = [number for number in chapters or () if type(number) is not int or not 1 <= number <= known]
    if wrong:
        msg = f"document {document.id!r} has {known} chapters, numbered from 1: there is no chapter {wrong[0]!r}"
        raise OptionError(msg)
    counts: Counter[tuple[EntityId, EntityId]] = Counter()
    for quote in document.quotes:
        if chapters is None or chapter_of(document, quote) in chapters:
            counts.update((one, other) for one in quote.speakers for other in quote.addressees if one != other)
    totals: Counter[EntityId] = Counter()
    for pair, count in counts.items():
        totals.update(dict.fromkeys(pair, count))
    shown = [document.entity(key) for key in sorted(totals, key=lambda key: -totals[key])[:most]]
    axes = new_axes(ax)
    axes.set_title("Who speaks to whom" + (f" in {_chapters(chapters)}" if chapters else ""), loc="left")
    if not shown:
        return empty_axes(axes)
    _draw(axes, [[counts[one.id, other.id] for other in shown] for one in shown])
    name_rows(axes, [who.name for who in shown])
    drawn = [drawable(shortened(who.name, _LABEL_NAME)) for who in shown]
    axes.set_xticks(
        range(len(shown)),
        [words for words, _ in drawn],
        rotation=40,
        ha="right",
        rotation_mode="anchor",
        parse_math=False,
    )
    for label, (_, families) in zip(axes.get_xticklabels(), drawn, strict=True):
        label.set_fontfamily(families)
    axes.set_ylabel("speaks")
    axes.set_xlabel("to")
    return axes


def write_plot(axes: "Axes", path: str | PathLike[str]) -> None:
    """Write the figure of a plot to a file, its format chosen by its suffix.

    Raises:
        FormatError: if matplotlib can't draw such a file; lists those that it can.
    """
    canvas = axes.figure.canvas
    known = canvas.get_supported_filetypes()
    suffix = Path(path).suffix.lower().removeprefix(".")
    if suffix not in known:
        msg = f"the name {str(path)!r} fits no known format; a plot can be written as {', '.join(sorted(known))}"
        raise FormatError(msg)
    with replace_atomically(path) as part:
        canvas.print_figure(part, format=suffix, dpi=_DOTS)


def _shown(cast: object, most: object) -> Sequence[Character]:
    """The first of the cast who speak; for a wrong argument an error."""
    if not isinstance(cast, Cast):
        msg = f"expected a cast, as doc.cast() gives one, not {type(cast).__name__}"
        raise ArgumentError(msg)
    if type(most) is not int or most < 1:
        msg = f"most must be a whole number from 1 on, not {most!r}"
        raise OptionError(msg)
    return [who for who in cast if who.quotes][:most]


def _columns(cast: Cast) -> Sequence[int]:
    """The numbers of the chapters; before them 0 where somebody speaks outside of all."""
    outside = any(0 in who.by_chapter for who in cast)
    return range(0 if outside else 1, len(cast.document.chapters) + 1)


def _value(who: Character, chapter: int, measure: str) -> int:
    count = who.by_chapter.get(chapter)
    return 0 if count is None else int(getattr(count, measure))


def _chapters(numbers: Sequence[int]) -> str:
    return f"chapter{'s' if len(numbers) > 1 else ''} {', '.join(map(str, numbers))}"


def _draw(axes: "Axes", values: Sequence[Sequence[int]]) -> None:
    """The shaded table; with its numbers where they can be read."""
    highest = max(map(max, values))
    image = axes.imshow(values, cmap=_MAP, aspect="auto", origin="lower", vmin=0, vmax=max(highest, 1))
    if len(values) * len(values[0]) > _LABELLED:
        axes.figure.colorbar(image, ax=axes, pad=0.02)
        return
    for row, cells in enumerate(values):
        for column, value in enumerate(cells):
            if value:
                color = PAPER if value > _DARK * highest else INK
                axes.text(column, row, f"{value:,}", ha="center", va="center", fontsize="small", color=color)
