"""Where the paragraphs of a raw text are, whether each line is a paragraph or lines were wrapped."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from quotesmith.errors import ArgumentError
from quotesmith.records.spans import TextSpan

_LINE_END = re.compile(r"\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_FIRST_WORD = re.compile(r"\S{1,40}")
# Typists and mailers wrap within these bounds; longer lines are paragraphs, shorter ones lists or verse.
_WIDTHS = range(40, 101)
_SENTENCE_END = re.compile(r"[.!?…:][\W_]{0,4}\Z")


def find_paragraphs(text: str) -> tuple[TextSpan, ...]:
    """The paragraphs of `text` that are not empty, in order, without the white space around them.

    A blank line always ends a paragraph. Any other line end does so unless the text is hard-wrapped: that is,
    most of its line ends come before a small letter, or within a sentence where the next word would have made the
    line too long. In a wrapped text, an indented line after the end of a sentence starts a paragraph too.

    Raises:
        ArgumentError: if `text` isn't a string.

    Note:
        Linear in the text's length, but for sorting the lengths of its lines.
    """
    return tuple(TextSpan(lines[0].start, lines[-1].end) for lines in find_line_groups(text))


def find_line_groups(text: str) -> list[list[TextSpan]]:
    """The lines of each paragraph that `find_paragraphs` finds, without the white space around each line.

    Raises:
        ArgumentError: if `text` isn't a string.
    """
    _check_text(text)
    blocks = list(_iter_blocks(text))
    if _is_wrapped(text, blocks):
        return [part for block in blocks for part in _split_at_indents(text, block)]
    return [[line] for block in blocks for line in block]


def ends_sentence(text: str, stretch: TextSpan) -> bool:
    """Whether the stretch, a line or a paragraph, ends with a stop or a colon, marks behind it left out."""
    return _SENTENCE_END.search(text, max(stretch.start, stretch.end - 5), stretch.end) is not None


def _check_text(text: object) -> None:
    if not isinstance(text, str):
        msg = f"text must be a string, not {type(text).__name__}"
        raise ArgumentError(msg)


def _iter_blocks(text: str) -> Iterator[list[TextSpan]]:
    """Runs of lines without a blank line between them, each line trimmed."""
    block: list[TextSpan] = []
    for line, ends_paragraph in _iter_lines(text):
        if line is not None:
            block.append(line)
        if block and (line is None or ends_paragraph):
            yield block
            block = []
    if block:
        yield block


def _iter_lines(text: str) -> Iterator[tuple[TextSpan | None, bool]]:
    """Each line (None: blank), and whether the mark at its end says that the paragraph ends there."""
    start = 0
    for match in _LINE_END.finditer(text):
        yield _stripped(text, start, match.start()), match.group() == "\u2029"
        start = match.end()
    yield _stripped(text, start, len(text)), True


def _stripped(text: str, start: int, end: int) -> TextSpan | None:
    return TextSpan(start, end).stripped(text) if start < end else None


def _is_wrapped(text: str, blocks: Sequence[Sequence[TextSpan]]) -> bool:
    breaks = [pair for block in blocks for pair in pairwise(block)]
    if not breaks:
        return False
    lengths = sorted(len(line) for line, _ in breaks)
    # The longest lines may be tables or addresses, which no wrapping shortens.
    width = lengths[len(lengths) * 9 // 10]
    soft = sum(text[after.start].islower() or _is_full(text, line, after, width) for line, after in breaks)
    return soft * 2 > len(breaks)


def _is_full(text: str, line: TextSpan, after: TextSpan, width: int) -> bool:
    """Whether the next line's first word would have made `line`, which ends within a sentence, too long.

    Few lines of a wrapped text end with a sentence; of two lines, the first is always the longest.
    """
    word = _FIRST_WORD.match(text, after.start, after.end)
    is_long = width in _WIDTHS and word is not None and len(line) + 1 + len(word.group()) > width
    return is_long and not ends_sentence(text, line)


def _split_at_indents(text: str, block: Sequence[TextSpan]) -> Iterator[list[TextSpan]]:
    part = [block[0]]
    for line, after in pairwise(block):
        indented = text[after.start - 1] in " \t\u3000"
        if indented and ends_sentence(text, line):
            yield part
            part = []
        part.append(after)
    yield part
