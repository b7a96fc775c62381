"""Plots of a graph by matplotlib: who speaks how much, in what kinds, and of whom."""

from collections import Counter
from collections.abc import Mapping, Sequence
from importlib.util import find_spec
from typing import TYPE_CHECKING

from quotesmith.errors import MissingPackageError, OptionError
from quotesmith.graph import QuoteGraph
from quotesmith.query import count_words
from quotesmith.records import QuoteKind
from quotesmith.render.characters import shortened
from quotesmith.render.colors import KIND_COLORS, graph_tones
from quotesmith.render.fonts import drawable
from quotesmith.render.networks import NetworkNode, Tie, check_asked, lay_out, node_size, tie_width

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.text import Text

MEASURES = ("words", "quotes")
_BAR_NAME = 28  # characters of a name beside a bar
_SHORT_NAME = 20  # characters of a name in the network
INK, _SOFT, PAPER = "#1b1b1b", "#767676", "#ffffff"
_HATCHES: Mapping[str, str] = {"direct": "", "mixed": "///", "indirect": "..."}  # kinds differ without color, too
_MARGIN = 0.12  # of the picture, around the network
# Where a name may stand, in radii and font heights from its entity, the best first.
_SPOTS = ((0, -1, "center", "top"), (0, 1, "center", "bottom"), (1, 0, "left", "center"), (-1, 0, "right", "center"))


def plot_speakers(graph: QuoteGraph, *, measure: str = "words", most: int = 15, ax: "Axes | None" = None) -> "Axes":
    """Bars of how much each speaker says, with those who say most on top, in the colors of the document's page.

    Args:
        graph: Of one or more documents.
        measure: "words" of their quotes, or the number of "quotes".
        most: How many speakers to show.
        ax: Axes to draw on; by default those of a new figure, which pyplot doesn't know (`.figure` of the result).

    Raises:
        MissingPackageError: if matplotlib isn't installed.
        ArgumentError: if it isn't a graph.
        OptionError: if there is no such measure, or `most` isn't a whole number from 1 on.
    """
    if measure not in MEASURES:
        msg = f"measure must be one of {', '.join(MEASURES)}, not {measure!r}"
        raise OptionError(msg)
    check_asked(graph, most)
    axes = new_axes(ax)
    texts = graph.nx.nodes(data="text")
    totals = {
        key: sum(count_words(texts[quote]) if measure == "words" else 1 for quote in graph.quotes_of(key))
        for key in graph.speakers()
    }
    shown = sorted(totals, key=lambda key: -totals[key])[:most]
    axes.set_title("Who speaks how much", loc="left")
    if not shown:
        return empty_axes(axes)
    tones = graph_tones(graph)
    bars = axes.barh(range(len(shown)), [totals[key] for key in shown], color=[tones[key].color for key in shown])
    axes.bar_label(bars, padding=3, fmt="{:,.0f}")
    axes.margins(x=0.1)
    axes.set_xlabel(measure)
    name_rows(axes, [graph.nx.nodes[key]["name"] for key in shown])
    return axes


def plot_kinds(graph: QuoteGraph, *, most: int = 15, ax: "Axes | None" = None) -> "Axes":
    """Bars of each speaker's direct, mixed and indirect quotes, with those who have most on top.

    Args and errors are those of `plot_speakers`.
    """
    check_asked(graph, most)
    axes = new_axes(ax)
    shown = graph.speakers()[:most]
    axes.set_title("Kinds of quotes", loc="left")
    if not shown:
        return empty_axes(axes)
    from matplotlib.ticker import MaxNLocator

    kinds = graph.nx.nodes(data="kind")
    counts = [Counter(kinds[quote] for quote in graph.quotes_of(key)) for key in shown]
    ends = [0] * len(shown)
    for kind in QuoteKind:
        values = [count[kind.value] for count in counts]
        axes.barh(
            range(len(shown)),
            values,
            left=ends,
            label=kind.value,
            color=KIND_COLORS[kind],
            hatch=_HATCHES[kind],
            edgecolor=PAPER,
        )
        ends = [end + value for end, value in zip(ends, values, strict=True)]
    axes.set_xlabel("quotes")
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    axes.legend(frameon=False, loc="lower right")
    name_rows(axes, [graph.nx.nodes[key]["name"] for key in shown])
    return axes


def plot_network(graph: QuoteGraph, *, most: int = 30, ax: "Axes | None" = None) -> "Axes":
    """Who speaks to whom, reports whom and mentions whom: larger with more quotes, wider with more weight.

    Where names would overlap, those of entities with fewer quotes are left out.

    Args:
        graph: Of one or more documents.
        most: How many entities to show: those with most quotes and heaviest ties.
        ax: Where to draw; else on a new figure, `.figure` of what is given back, which pyplot doesn't know.

    Raises:
        MissingPackageError: if matplotlib isn't installed.
        ArgumentError: if it isn't a graph.
        OptionError: if `most` isn't a whole number from 1 on.
    """
    network = lay_out(graph, most=most)
    axes = new_axes(ax)
    axes.set_title("Who speaks of whom", loc="left")
    if not network.nodes:
        return empty_axes(axes)
    axes.scatter(
        [node.x for node in network.nodes],
        [node.y for node in network.nodes],
        s=[node_size(node) ** 2 for node in network.nodes],
        c=[node.tone.color for node in network.nodes],
        edgecolors=INK,
        zorder=2,
    )
    axes.margins(_MARGIN)
    axes.set_axis_off()
    # Otherwise names would be measured on axes that still have their empty limits.
    axes.autoscale_view()
    nodes = {node.key: node for node in network.nodes}
    for tie in network.ties:
        _draw_tie(axes, tie, nodes[tie.source], nodes[tie.target])
    _name_nodes(axes, network.nodes)
    return axes


def new_axes(ax: "Axes | None") -> "Axes":
    """The given axes, or those of a new figure, which pyplot doesn't know.

    Raises:
        MissingPackageError: if matplotlib isn't installed.
    """
    if ax is not None:
        return ax
    if find_spec("matplotlib") is None:
        msg = "plots need matplotlib; install it with: pip install 'quotesmith[plots]'"
        raise MissingPackageError(msg)
    from matplotlib.figure import Figure

    return Figure(figsize=(8, 5), layout="constrained").add_subplot()


def empty_axes(axes: "Axes") -> "Axes":
    """The axes with words instead of a plot."""
    axes.set_axis_off()
    axes.text(0.5, 0.5, "Nobody speaks here.", transform=axes.transAxes, ha="center", va="center", color=_SOFT)
    return axes


def name_rows(axes: "Axes", names: Sequence[str]) -> None:
    """Write names beside the rows 0, 1, ... of the axes, from the top."""
    drawn = [drawable(shortened(name, _BAR_NAME)) for name in names]
    axes.set_yticks(range(len(names)), [words for words, _ in drawn], parse_math=False)
    for label, (_, families) in zip(axes.get_yticklabels(), drawn, strict=True):
        label.set_fontfamily(families)
    axes.invert_yaxis()
    axes.spines[["top", "right"]].set_visible(False)


def _draw_tie(axes: "Axes", tie: Tie, source: NetworkNode, target: NetworkNode) -> None:
    from matplotlib.patches import FancyArrowPatch

    axes.add_patch(
        FancyArrowPatch(
            (source.x, source.y),
            (target.x, target.y),
            arrowstyle="-|>",
            mutation_scale=9 + tie_width(tie),
            connectionstyle="arc3,rad=0.15",
            linewidth=tie_width(tie),
            color=_SOFT,
            alpha=0.6,
            shrinkA=node_size(source) / 2,
            shrinkB=node_size(target) / 2,
            zorder=1,
        )
    )


def _name_nodes(axes: "Axes", nodes: Sequence[NetworkNode]) -> None:
    """Write each name beside its entity where it hides no other name; where there is no such spot, leave it out."""
    from matplotlib.patheffects import withStroke

    halo = [withStroke(linewidth=3, foreground=PAPER)]
    taken: list[tuple[float, float, float, float]] = []
    for node in nodes:
        words, families = drawable(shortened(node.name, _SHORT_NAME))
        gap = node_size(node) / 2 + 2
        for right, up, horizontal, vertical in _SPOTS:
            label = axes.annotate(
                words,
                (node.x, node.y),
                (right * gap, up * gap),
                textcoords="offset points",
                ha=horizontal,
                va=vertical,
                fontsize="small",
                fontfamily=families,
                parse_math=False,
                path_effects=halo,
                zorder=3,
            )
            box = _box(label)
            if not any(_meet(box, other) for other in taken):
                taken.append(box)
                break
            label.remove()


def _box(label: "Text") -> tuple[float, float, float, float]:
    left, bottom, right, top = label.get_window_extent().extents
    return left, bottom, right, top


def _meet(one: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
