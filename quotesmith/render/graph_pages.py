"""The page of a graph: its speakers as a network to point at, move and enlarge, and as tables."""

import math
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from attrs import frozen

from quotesmith.errors import MissingPackageError
from quotesmith.graph import QuoteGraph
from quotesmith.render.characters import counted, shortened
from quotesmith.render.markup import read_asset
from quotesmith.render.networks import Network, NetworkNode, lay_out, node_size, tie_width
from quotesmith.render.pages import data_block, render_page

if TYPE_CHECKING:
    from bokeh.plotting import figure

_SHORT_NODE_NAME = 28  # characters of a name in the picture
_LONG_NAME = 200  # characters of a name elsewhere
_MAX_TIE_ROWS = 1_000  # of the table of ties
_BEND = 0.12  # of a tie's line, as a share of its length, so that ties in opposite directions lie apart
_STEPS = 12  # points of a line
_RANGE_PADDING = 0.2  # of the picture, around the network: names stand beside what they name


@frozen
class _Theme:
    """The colors of words and lines, light or dark."""

    name: str
    ink: str
    soft: str


_THEMES = (_Theme("light", "#1b1b1b", "#767676"), _Theme("dark", "#e8e8e8", "#8f8f8f"))


def graph_to_page(graph: QuoteGraph, *, most: int = 100) -> str:
    """A whole HTML page of who speaks to whom, reports whom and mentions whom, as an interactive picture and as tables.

    It opens without a network and can't fetch anything. In the picture an entity's size shows its quotes and a tie's
    width its weight; pointing at them shows the numbers. The tables give the same to keyboards and screen readers.

    Args:
        graph: Of one or more documents.
        most: How many entities to show: those with most quotes and heaviest ties.

    Raises:
        MissingPackageError: if bokeh isn't installed.
        ArgumentError: if it isn't a graph.
        OptionError: if `most` isn't a whole number from 1 on.
    """
    if find_spec("bokeh") is None:
        msg = "a graph's page needs bokeh; install it with: pip install 'quotesmith[plots]'"
        raise MissingPackageError(msg)
    from bokeh.embed import json_item
    from bokeh.resources import Resources

    network = lay_out(graph, most=most)
    pictures = [data_block(theme.name, json_item(_picture(network, theme))) for theme in _THEMES if network.nodes]
    bokeh = Resources(mode="inline", components=["bokeh"], log_level="error").js_raw if pictures else []
    return render_page(
        "graph",
        title=_title(graph),
        styles=[read_asset("graph.css")],
        scripts=[*bokeh, read_asset("graph.js")] if pictures else [],
        # bokeh makes style sheets, and its tools' pictures, as it runs.
        policy={"style-src": "'unsafe-inline'", "img-src": "data:"},
        counts=_counts(network),
        people=[(_long(node.name), _long(node.kind), node.quote_count) for node in network.nodes],
        ties=_tie_rows(network),
        data="".join(pictures),
    )


def _title(graph: QuoteGraph) -> str:
    documents = graph.keys("document")
    if len(documents) == 1:
        data = graph.nx.nodes[documents[0]]
        return f"Who speaks of whom: {shortened(data['title'] or data['document'], _LONG_NAME)}"
    return f"Who speaks of whom in {counted(len(documents), 'document')}"


def _counts(network: Network) -> str:
    counts = [counted(len(network.nodes), "name"), counted(len(network.ties), "tie")]
    if network.left_out:
        counts.append(f"{network.left_out:,} with less to say left out")
    return " · ".join(counts)


def _tie_rows(network: Network) -> list[tuple[str | int, ...]]:
    names = {node.key: _long(node.name) for node in network.nodes}
    return [
        (names[tie.source], names[tie.target], tie.addresses, tie.quotes, tie.mentions, tie.weight)
        for tie in network.ties[:_MAX_TIE_ROWS]
    ]


def _long(name: str) -> str:
    return shortened(name, _LONG_NAME)


def _picture(network: Network, theme: _Theme) -> "figure":
    from bokeh.models import DataRange1d, HoverTool, PanTool, ResetTool, WheelZoomTool
    from bokeh.plotting import figure

    wheel = WheelZoomTool()
    picture = figure(
        height=560,
        x_range=DataRange1d(range_padding=_RANGE_PADDING),
        y_range=DataRange1d(range_padding=_RANGE_PADDING),
        sizing_mode="stretch_width",
        tools=[PanTool(), wheel, ResetTool()],
        active_scroll=wheel,
        toolbar_location="above",
        background_fill_alpha=0,
        border_fill_alpha=0,
        outline_line_color=None,
    )
    picture.toolbar.logo = None
    picture.axis.visible = False
    picture.grid.visible = False
    lines = _draw_ties(picture, network, theme)
    dots = _draw_nodes(picture, network, theme)
    # Only "@name": bokeh escapes that, but not "@name{safe}".
    told = [("from", "@source"), ("to", "@target"), ("spoken to", "@addresses"), ("reported", "@quotes")]
    picture.add_tools(
        HoverTool(renderers=[dots], tooltips=[("name", "@name"), ("kind", "@kind"), ("quotes", "@quotes")]),
        HoverTool(renderers=[lines], tooltips=[*told, ("mentioned", "@mentions")], line_policy="interp"),
    )
    return picture


def _draw_ties(picture: "figure", network: Network, theme: _Theme) -> Any:
    """The ties as bent lines, each with a triangle that shows its way; returns what can be pointed at."""
    from bokeh.models import ColumnDataSource

    nodes = {node.key: node for node in network.nodes}
    curves = [_curve(nodes[tie.source], nodes[tie.target]) for tie in network.ties]
    middles = [curve[_STEPS // 2] for curve in curves]
    ways = [(curve[_STEPS // 2 - 1], curve[_STEPS // 2 + 1]) for curve in curves]
    data = {
        "xs": [[x for x, _ in curve] for curve in curves],
        "ys": [[y for _, y in curve] for curve in curves],
        "x": [x for x, _ in middles],
        "y": [y for _, y in middles],
        "angle": [math.atan2(end[1] - start[1], end[0] - start[0]) - math.pi / 2 for start, end in ways],
        "width": [tie_width(tie) for tie in network.ties],
        "source": [shortened(nodes[tie.source].name, _LONG_NAME) for tie in network.ties],
        "target": [shortened(nodes[tie.target].name, _LONG_NAME) for tie in network.ties],
        **{name: [getattr(tie, name) for tie in network.ties] for name in ("addresses", "quotes", "mentions")},
    }
    source = ColumnDataSource(data)
    lines = picture.multi_line(
        "xs", "ys", source=source, line_width="width", line_color=theme.soft, line_alpha=0.6, hover_line_color=theme.ink
    )
    picture.scatter("x", "y", source=source, marker="triangle", size=9, angle="angle", color=theme.soft)
    return lines


def _draw_nodes(picture: "figure", network: Network, theme: _Theme) -> Any:
    """The entities as dots with their names; gives what can be pointed at."""
    from bokeh.models import ColumnDataSource

    sizes = [node_size(node) for node in network.nodes]
    source = ColumnDataSource(
        {
            "x": [node.x for node in network.nodes],
            "y": [node.y for node in network.nodes],
            "size": sizes,
            "below": [size / 2 + 3 for size in sizes],
            "color": [node.tone.color for node in network.nodes],
            "name": [shortened(node.name, _LONG_NAME) for node in network.nodes],
            "label": [shortened(node.name, _SHORT_NODE_NAME) for node in network.nodes],
            "kind": [node.kind for node in network.nodes],
            "quotes": [node.quote_count for node in network.nodes],
        }
    )
    dots = picture.scatter("x", "y", source=source, size="size", fill_color="color", line_color=theme.ink)
    picture.text(
        "x",
        "y",
        text="label",
        source=source,
        y_offset="below",
        text_align="center",
        text_baseline="top",
        text_color=theme.ink,
        text_font={"value": "system-ui, sans-serif"},
        text_font_size="13px",
    )
    return dots


def _curve(start: NetworkNode, end: NetworkNode) -> list[tuple[float, float]]:
    """The points of a line that bends to one side: a quadratic Bézier curve."""
    across, up = end.x - start.x, end.y - start.y
    middle = ((start.x + end.x) / 2 - up * _BEND, (start.y + end.y) / 2 + across * _BEND)
    parts = [step / _STEPS for step in range(_STEPS + 1)]
    return [
        (
            (1 - t) ** 2 * start.x + 2 * t * (1 - t) * middle[0] + t**2 * end.x,
            (1 - t) ** 2 * start.y + 2 * t * (1 - t) * middle[1] + t**2 * end.y,
        )
        for t in parts
    ]
