"""Lines of a text with how far they stand in, and where the words of each lie."""

import re

from attrs import frozen

from quotesmith.records import TextSpan

# Messengers write marks of direction and of byte order before names and times.
_INVISIBLE = "\u200b\u200e\u200f\u202a\u202b\u202c\u2066\u2067\u2068\u2069\ufeff"
_BLANKS = " \t\r\n\x0b\x0c\x1c\x1d\x1e\x1f\x85\xa0\u2028\u2029\u202f\u3000" + _INVISIBLE
_CODE_FENCE = re.compile(r"```|~~~")
_TAB_WIDTH = 8


@frozen
class IndentedLine:
    """One line.

    Attributes:
        start: Its first character that is no white space; its end where it is blank.
        end: Behind its last such character.
        indent: How far the first one stands in, in columns; of a blank line, how many it has.
    """

    start: int
    end: int
    indent: int

    @property
    def is_blank(self) -> bool:
        """Whether it has white space alone."""
        return self.start == self.end

    @property
    def span(self) -> TextSpan:
        """Its words; only of a line that isn't blank."""
        return TextSpan(self.start, self.end)


def find_indented_lines(text: str) -> list[IndentedLine]:
    """The lines of a text, in order; those of code between fences are blank. Linear in the text."""
    lines, position, fence = [], 0, None
    for raw in text.splitlines(keepends=True):
        words = raw.strip(_BLANKS)
        start = position + len(raw) - len(raw.lstrip(_BLANKS)) if words else position
        indent = len((text[position:start] if words else raw.rstrip("\r\n")).expandtabs(_TAB_WIDTH))
        lines.append(IndentedLine(start, start + len(words), indent))
        position += len(raw)
        if _CODE_FENCE.match(words):
            if fence is None:
                fence = len(lines) - 1
            else:
                lines[fence:] = [IndentedLine(line.start, line.start, 0) for line in lines[fence:]]
                fence = None
    return lines


def trimmed(text: str, start: int, end: int, edge: str = _BLANKS) -> TextSpan | None:
    """A stretch without some characters at its edges, by default white space and marks nobody sees."""
    words = text[start:end]
    first = start + len(words) - len(words.lstrip(edge))
    words = words.strip(edge)
    return TextSpan(first, first + len(words)) if words else None
