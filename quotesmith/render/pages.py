"""Whole HTML pages that fetch nothing: the head with its content policy, styles, scripts and data."""

import json
from base64 import b64encode
from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from types import MappingProxyType
from typing import Any

from quotesmith.acting_characters import visible
from quotesmith.render.markup import render_template

_ESCAPES = {ord(character): f"\\u{ord(character):04x}" for character in "<>&\u2028\u2029"}


def data_block(id: str, data: Any) -> str:
    """JSON data that a page's script reads by its id; no string in it can end the block."""
    words = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return f'<script type="application/json" id="{id}">{visible(words).translate(_ESCAPES)}</script>'


def render_page(
    template: str,
    *,
    title: str,
    styles: Sequence[str] = (),
    scripts: Sequence[str] = (),
    policy: Mapping[str, str] = MappingProxyType({}),
    **values: Any,
) -> str:
    """A page for which a browser fetches nothing, and runs and applies only what is given here.

    Args:
        template: The name of one that extends `page.html.jinja`.
        title: Plain text.
        styles: Style sheets.
        scripts: Scripts, run in order after the body.
        policy: Directives of the content policy that differ from the strict default.
        values: What the template's body shows.
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
    return render_template(template, title=title, policy=content, styles=styles, scripts=scripts, **values)


def _hashes(sources: Iterable[str]) -> str:
    return (
        " ".join(f"'sha256-{b64encode(sha256(source.encode()).digest()).decode()}'" for source in sources) or "'none'"
    )
