"""The lines of a text, each with its paragraph."""

import re
from collections.abc import Sequence

from attrs import frozen

from quotesmith.records import TextSpan

_LINE = re.compile(r"[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")
_FENCES = ("```", "~~~")


@frozen
class TextLine:
    """One line that is not empty.

    Attributes:
        span: Where it stands, without white space around it.
        paragraph: The number of its paragraph.
    """

    span: TextSpan
    paragraph: int


def find_lines(text: str, paragraphs: Sequence[TextSpan]) -> list[TextLine]:
    """The lines with words or signs, in order, but for those of fenced code; linear in the text.

    A fence that nothing closes is none.
    """
    lines: list[TextLine] = []
    number, fence = 0, None
    for match in _LINE.finditer(text):
        span = TextSpan(match.start(), match.end()).stripped(text)
        if span is None:
            continue
        while paragraphs[number].end < span.end:
            number += 1
        if text.startswith(_FENCES, span.start):
            if fence is not None:
                del lines[fence:]
            fence = len(lines) if fence is None else None
        else:
            lines.append(TextLine(span, number))
    return lines
