"""The lines of a text, each with its paragraph."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from quotesmith.records import TextSpan

_LINE = re.compile(r"\S[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]*+")
_FENCES = ("```", "~~~")


class TextLine(NamedTuple):
    """One line that is not empty, without white space around it; a plain tuple, as every text is cut into them.

    Attributes:
        start: Its first character.
        end: Behind its last character.
        paragraph: The number of its paragraph.
    """

    start: int
    end: int
    paragraph: int


def find_lines(text: str, paragraphs: Sequence[TextSpan]) -> list[TextLine]:
    """The lines of the paragraphs with words or signs, in order, but for those of fenced code; linear in the text.

    A fence that nothing closes is none.
    """
    lines: list[TextLine] = []
    number, fence = 0, None
    for match in _LINE.finditer(text):
        start, end = match.span()
        if text[end - 1].isspace():
            end = start + len(match.group().rstrip())
        while number < len(paragraphs) and paragraphs[number].end < end:
            number += 1
        if number == len(paragraphs) or start < paragraphs[number].start:
            # A line of the page that is no paragraph of its text.
            continue
        if text.startswith(_FENCES, start):
            if fence is not None:
                del lines[fence:]
            fence = len(lines) if fence is None else None
        else:
            lines.append(TextLine(start, end, number))
    return lines
