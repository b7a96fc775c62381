"""Bounds long or odd text before spaCy sees it, without moving a character.

spaCy raises on lone surrogates and on more than a million characters, and its tokenizer takes quadratic time for a
run of marks without white space.
"""

import re
from collections.abc import Sequence

from spacy.tokens import Doc

from quotesmith.export.characters import without_surrogates
from quotesmith.pipeline.blanks import blank_out

# Parser and tagger look at a sentence and its neighbours, so nothing is lost in parts of a few pages.
MAX_PART = 20_000
# No word of any language is that long.
MAX_RUN = 1_000
# 200 marks in a row take the tokenizer 3 ms, 1,000 take 70 ms.
RUN_PIECE = 200

# Anchored at a run's start: otherwise each character of a run just too short would be tried as a start.
_LONG_RUN = re.compile(rf"(?<!\S)\S{{{MAX_RUN + 1},}}")
_BREAKS = (
    re.compile(r"\n\s*\n"),
    re.compile(r"[\n\r\u2028\u2029]"),
    re.compile(r"[.!?]\s"),
    re.compile(r"\s"),
)


def clean_text(text: str) -> str:
    """The text as it is read, of the same length: lone surrogates are U+FFFD, tags and long rows blank."""
    return blank_out(without_surrogates(text))


def split_text(text: str) -> list[str]:
    """The text in parts of at most `MAX_PART` characters; joined, they are the text.

    Cut at paragraphs where possible, else at lines, sentences, white space; runs of over `MAX_RUN` characters
    without white space are cut every `RUN_PIECE` characters. The empty text is one empty part.
    """
    parts: list[str] = []
    position = 0
    for run in _LONG_RUN.finditer(text):
        parts.extend(_split_plain(text, position, run.start()))
        parts.extend(text[i : min(i + RUN_PIECE, run.end())] for i in range(run.start(), run.end(), RUN_PIECE))
        position = run.end()
    parts.extend(_split_plain(text, position, len(text)))
    return parts or [""]


def _split_plain(text: str, start: int, end: int) -> list[str]:
    parts = []
    while end - start > MAX_PART:
        cut = _find_cut(text, start + MAX_PART // 2, start + MAX_PART)
        parts.append(text[start:cut])
        start = cut
    if end > start:
        parts.append(text[start:end])
    return parts


def _find_cut(text: str, start: int, end: int) -> int:
    """The end of the last break between start and end, of the best kind that occurs there; `end` if there is none."""
    for pattern in _BREAKS:
        last = None
        for last in pattern.finditer(text, start, end):  # noqa: B007 - the last one counts
            pass
        if last is not None:
            return last.end()
    return end


def join_docs(docs: Sequence[Doc]) -> Doc:
    """One Doc of the Docs of all parts, offsets those of the whole text."""
    if len(docs) == 1:
        return docs[0]
    return Doc.from_docs([doc for doc in docs if len(doc) > 0], ensure_whitespace=False)
