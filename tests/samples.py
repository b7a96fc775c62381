"""Hand-made documents for tests that need a real one."""

import json
import re
from pathlib import Path

from quotesmith.records import QuoteDocument, TextSpan

_SUMMIT = json.loads(Path(__file__).with_name("data").joinpath("summit.json").read_text(encoding="utf-8"))
SUMMIT_TEXT: str = _SUMMIT["text"]


def spans(text: str, *pieces: str) -> tuple[TextSpan, ...]:
    """The first place of each piece in the text that doesn't cut a word."""
    found = [re.search(rf"(?<!\w){re.escape(piece)}(?!\w)", text) for piece in pieces]
    return tuple(TextSpan(*match.span()) for match in found if match)


def summit(document_id: str = "summit") -> QuoteDocument:
    """Six quotes: split, mixed, negated, by a group, one in another, without a speaker."""
    return QuoteDocument.from_dict({**_SUMMIT, "id": document_id})
