"""Text as people see it on a screen: visible, in lines, on one line, shortened, counted."""

import re

from quotesmith.acting_characters import visible_in_line
from quotesmith.records import QuoteDocument

_CURSOR_MOVE = re.compile("\r\n?|\f")


def in_lines(text: str) -> str:
    """The visible text, its lines ended by line feeds: a carriage return or a form feed moves a terminal's cursor."""
    return visible_in_line(_CURSOR_MOVE.sub("\n", text))


def on_one_line(text: str) -> str:
    """The visible text with each stretch of white space as one space."""
    return " ".join(visible_in_line(" ".join(text.split())).split())


def title_of(document: QuoteDocument) -> str:
    """The title in the document's meta, or else its id, on one line."""
    title = document.meta.get("title")
    return on_one_line(title if isinstance(title, str) and title.strip() else document.id)


def shortened(text: str, width: int) -> str:
    """The text on one line, cut to that many characters; "…" is the last where some are left out."""
    words = on_one_line(text)
    return words if len(words) <= width else f"{words[: width - 1].rstrip()}…"


def counted(number: int, word: str) -> str:
    """The number with its noun: "1 quote", "2 quotes"."""
    return f"{number:,} {word}" if number == 1 else f"{number:,} {word}s"
