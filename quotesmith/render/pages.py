"""Whole HTML pages that fetch nothing: the head with its content policy, styles, scripts and data."""

import html
import json
from base64 import b64encode
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from hashlib import sha256
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from quotesmith.render.characters import visible

_ESCAPES = {ord(character): f"\\u{ord(character):04x}" for character in "<>&\u2028\u2029"}


@cache
def read_asset(name: str) -> str:
    """The text of a style sheet or script of this room, its lines ended by line feeds alone."""
    return files("quotesmith.render").joinpath(name).read_text(encoding="utf-8")


def escaped(text: str) -> str:
    """The visible text for HTML, in a value or between tags; a carriage return survives the browser's reading."""
    return html.escape(visible(text)).replace("\r", "&#13;")


def data_block(id: str, data: Any) -> str:
    """JSON data that a page's script reads by its id; no string in it can end the block."""
    words = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return f'<script type="application/json" id="{id}">{visible(words).translate(_ESCAPES)}</script>'


def build_page(
    *,
    title: str,
    body: str,
    styles: Sequence[str],
    scripts: Sequence[str],
    policy: Mapping[str, str] = MappingProxyType({}),
) -> str:
    """A page for which a browser fetches nothing, and runs and applies only what is given here.

    Args:
        title: Plain text.
        body: HTML; data blocks too.
        styles: Style sheets.
        scripts: Scripts, run in order after the body.
        policy: Directives of the content policy that differ from that.
    """
    directives = {
        "default-src": "'none'",
        "script-src": _hashes(scripts),
        "style-src": _hashes(styles),
        "base-uri": "'none'",
        "form-action": "'none'",
        **policy,
    }
    content = "; ".join(f"{name} {sources}" for name, sources in directives.items())
    head = "".join(f"<style>{style}</style>" for style in styles)
    tail = "".join(f"<script>{script}</script>" for script in scripts)
    return (
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{content}">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        '<meta name="color-scheme" content="light dark">'
        f"<title>{escaped(title)}</title>{head}</head>\n<body>{body}{tail}</body></html>\n"
    )


def _hashes(sources: Iterable[str]) -> str:
    return (
        " ".join(f"'sha256-{b64encode(sha256(source.encode()).digest()).decode()}'" for source in sources) or "'none'"
    )
