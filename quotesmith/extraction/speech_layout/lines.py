"""The lines of a text: where the words of each lie, how far they stand in, and which paragraph has them."""

from collections.abc import Sequence
from typing import Final, NamedTuple

from quotesmith.records import TextSpan

# Messengers write marks of direction and of byte order before names and times.
_INVISIBLE = "\u200b\u200e\u200f\u202a\u202b\u202c\u2066\u2067\u2068\u2069\ufeff"
_SPACES = (
    " \t\n\r\v\f\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000"
)
_BLANKS = _SPACES + _INVISIBLE
_FENCES = ("```", "~~~")
_TAB_WIDTH = 8
NO_PARAGRAPH: Final = -1
"""The paragraph of a line that none has: a blank line, fenced code, furniture of the page."""


class TextLine(NamedTuple):
    """One line; a plain tuple, as every text is cut into them.

    Attributes:
        start: Its first character that is no white space; its end where it is blank.
        end: Behind its last such character.
        indent: How far the first one stands in, in columns; of a blank line, how many it has.
        paragraph: The number of its paragraph; `NO_PARAGRAPH` where it has none.
    """

    start: int
    end: int
    indent: int = 0
    paragraph: int = NO_PARAGRAPH

    @property
    def is_blank(self) -> bool:
        """Whether it has white space alone."""
        return self.start == self.end

    @property
    def span(self) -> TextSpan:
        """Its words; only of a line that isn't blank."""
        return TextSpan(self.start, self.end)


def find_lines(text: str, paragraphs: Sequence[TextSpan]) -> list[TextLine]:
    """The lines of a text, in order; those of fenced code are blank. Linear in the text.

    A fence that nothing closes is none.
    """
    lines: list[TextLine] = []
    position, number, fence = 0, 0, None
    for raw in text.splitlines(keepends=True):
        words = raw.strip(_BLANKS)
        start = position + (raw.index(words) if words else 0)
        end = start + len(words)
        indent = _columns(raw[: start - position] if words else raw.rstrip("\r\n"))
        position += len(raw)
        while number < len(paragraphs) and paragraphs[number].end < end:
            number += 1
        is_inside = bool(words) and number < len(paragraphs) and paragraphs[number].start <= start
        lines.append(TextLine(start, end, indent, number if is_inside else NO_PARAGRAPH))
        if words.startswith(_FENCES):
            if fence is None:
                fence = len(lines) - 1
            else:
                lines[fence:] = [TextLine(line.start, line.start) for line in lines[fence:]]
                fence = None
    return lines


def _columns(space: str) -> int:
    return len(space.expandtabs(_TAB_WIDTH)) if "\t" in space else len(space)


def trimmed(text: str, start: int, end: int, edge: str = _BLANKS) -> TextSpan | None:
    """A stretch without some characters at its edges, by default white space and marks nobody sees."""
    words = text[start:end]
    first = start + len(words) - len(words.lstrip(edge))
    words = words.strip(edge)
    return TextSpan(first, first + len(words)) if words else None
