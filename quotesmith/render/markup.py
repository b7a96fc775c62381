"""HTML from this room's templates: every value in it is escaped, and shows what it is."""

import html
import re
from functools import cache
from importlib.resources import files
from typing import Any

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup, escape

from quotesmith.acting_characters import visible

_CARRIAGE_RETURN = Markup("&#13;")
_CONTINUED = re.compile(r"\n +")


def render_template(name: str, **values: Any) -> str:
    """A template of the folder `templates`, filled in; a value that the template lacks is an error.

    Every string is visible and escaped, but those that are `Markup` already. An indented line of a template continues
    the one before: neither the line end nor the indentation is part of the page.
    """
    return _environment().get_template(f"{name}.html.jinja").render(values)


@cache
def read_asset(name: str) -> str:
    """The text of a style sheet, script or template of this room, its lines ended by line feeds alone."""
    return files("quotesmith.render").joinpath(name).read_text(encoding="utf-8")


def escaped(text: str) -> str:
    """The visible text for HTML, in a value or between tags; a carriage return survives the browser's reading."""
    return html.escape(visible(text)).replace("\r", "&#13;")


def _finalized(value: object) -> str:
    """The visible value, which the template then escapes."""
    if isinstance(value, Markup):
        return value
    words = visible(str(value))
    return escape(words).replace("\r", _CARRIAGE_RETURN) if "\r" in words else words


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FunctionLoader(lambda name: _CONTINUED.sub("", read_asset(f"templates/{name}"))),
        autoescape=True,
        finalize=_finalized,
        undefined=StrictUndefined,
        trim_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
    )
    environment.globals["asset"] = read_asset
    return environment
