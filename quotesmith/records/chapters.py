"""Chapters: where the parts of a long text begin and end, as a document's `meta` says."""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any, Final

from attrs import field, frozen

from quotesmith.errors import InvalidRecordError
from quotesmith.records.checks import check_is, check_not_empty, check_string, shown
from quotesmith.records.spans import TextSpan

CHAPTERS_KEY: Final = "chapters"
"""The key of `meta` that has the chapters: `[{"title": "Chapter I", "start": 0, "end": 5200}, ...]`."""
_CHAPTER_FIELDS: Final = frozenset({"title", "start", "end"})


@frozen
class Chapter:
    """A chapter of a text.

    Attributes:
        title: Its heading on one line, or the name that its file has.
        span: From its heading to the next one.
    """

    title: str = field(validator=[check_string, check_not_empty])
    span: TextSpan = field(validator=check_is(TextSpan))


def read_chapters(meta: Mapping[str, Any], text: str) -> tuple[Chapter, ...]:
    """The chapters that a document's `meta` has under "chapters", in text order; none without that key.

    Raises:
        InvalidRecordError: if they aren't a list of titles with offsets in order, apart and within the text.
    """
    given = meta.get(CHAPTERS_KEY, ())
    if isinstance(given, str) or not isinstance(given, Sequence):
        msg = f"meta['chapters'] must be a list of {{'title', 'start', 'end'}}, not {shown(given)}"
        raise InvalidRecordError(msg)
    chapters = tuple(_read_chapter(one, number) for number, one in enumerate(given))
    for before, after in pairwise(chapters):
        if after.span.start < before.span.end:
            msg = f"chapters must be in text order and apart, but {before.span} is followed by {after.span}"
            raise InvalidRecordError(msg)
    if chapters and chapters[-1].span.end > len(text):
        msg = f"chapter {chapters[-1].title!r:.80} has {chapters[-1].span}, but the text ends at {len(text)}"
        raise InvalidRecordError(msg)
    return chapters


def _read_chapter(given: object, number: int) -> Chapter:
    if not isinstance(given, Mapping) or set(given) != _CHAPTER_FIELDS:
        msg = f"meta['chapters'][{number}] must have 'title', 'start' and 'end' alone, not {shown(given)}"
        raise InvalidRecordError(msg)
    return Chapter(given["title"], TextSpan(given["start"], given["end"]))


def chapters_data(chapters: Sequence[Chapter]) -> list[dict[str, Any]]:
    """The chapters as `meta` has them."""
    return [{"title": chapter.title, "start": chapter.span.start, "end": chapter.span.end} for chapter in chapters]
