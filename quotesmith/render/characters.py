"""Characters that could do something to a screen, made visible."""

import re

from quotesmith.records import QuoteDocument

# Controls (an escape starts a terminal's commands), surrogates (no encoding carries them), and the characters
# that turn the direction of all that follows or hide a part of it. Tab, line feed, form feed and carriage return are
# white space.
_ACTING = re.compile(
    "[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u206f\ud800-\udfff\ufff9-\ufffb\ufffe\uffff]"
)
_CURSOR_MOVE = re.compile("\r\n?|\f")


def visible(text: str) -> str:
    """The text with U+FFFD for each character that acts on the screen; no other character changes or is lost."""
    # None of them is printable; most texts are, and that is known sooner.
    return text if text.isprintable() else _ACTING.sub("\ufffd", text)


def in_lines(text: str) -> str:
    """The visible text, its lines ended by line feeds: a carriage return or a form feed moves a terminal's cursor."""
    return visible(_CURSOR_MOVE.sub("\n", text))


def on_one_line(text: str) -> str:
    """The visible text with each stretch of white space as one space."""
    return " ".join(visible(" ".join(text.split())).split())


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
