"""Project Gutenberg's texts: what its header says about the book, and the book without what surrounds it.

Cut off are the header and the licence, who made the file, and transcribers' notes before and after the book.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Final

from attrs import field, frozen

from quotesmith.records import Chapter, TextSpan, TextSpans, find_paragraphs

# Between books that were joined in one file.
_JOINT: Final = "\n\n\n"

_EBOOK: Final = r"PROJECT GUTENBERG(?:'S|’S)? E-?(?:BOOK|TEXT)"
_BOOK_START: Final = re.compile(
    rf"(?i:\*{{2,3}}[ \t]?START OF TH(?:E|IS) {_EBOOK}[^*]{{0,600}}\*{{2,3}})"
    r"|\*END\*?[ \t]?THE SMALL PRINT![^\n]{0,200}\*END\*"
)
_BOOK_END: Final = re.compile(
    rf"(?i:\*{{2,3}}[ \t]?END OF TH(?:E|IS) {_EBOOK})"
    rf"|(?im:^[ \t]{{0,8}}End of (?:the |this )?{_EBOOK})"
    r"|(?m:^[ \t]{0,8}End of (?:The )?Project Gutenberg(?:'s|’s)\b)"
)
# Of a file whose header is cut short: "The Project Gutenberg EBook of Emma, by Jane Austen" alone.
_BOOK_NAME: Final = re.compile(
    rf"(?i:\s{{0,20}}(?:The )?{_EBOOK} of )([^\n]{{1,200}}?)(?:,? by ([^\n]{{1,200}}))?\r?\n"
)
_HEADER_FIELD: Final = re.compile(r"(?m:^(Title|Author):[ \t]*([^\r\n]+(?:\r?\n[ \t]+[^\r\n]+)*))")
_CHARACTER_SET: Final = re.compile(r"(?im:^Character set encoding:[ \t]*([\w-]{1,20}))")
_WESTERN: Final = frozenset({"ascii", "us-ascii", "iso-8859-1", "iso-latin-1", "latin-1", "latin1", "windows-1252"})
_MAKERS: Final = re.compile(
    r"\W{0,3}(?:This (?:e-?book|etext|file) was )?(?:(?:e-?text )?(?:produced|prepared|scanned|created|typed|"
    r"transcribed|digitized|proofed)|(?:html|updated) (?:version|editions?)) (?:by|from|for)\b",
    re.IGNORECASE,
)
_TRANSCRIBER: Final = re.compile(r"(\[?)\W{0,4}transcriber[’']?s?[’']?\s{1,3}notes?\b", re.IGNORECASE)
# Header fields are in this many characters, also in the long headers of the nineties.
_MAX_HEADER: Final = 40_000
# Notes behind the book are in this share of it; chosen by reading.
_NOTES_SHARE: Final = 0.1
# Paragraphs before the book in which makers and notes are looked for; chosen by reading.
_MAX_CREDITS: Final = 6


def character_set(data: bytes) -> str | None:
    """The encoding that the header of a Gutenberg file names; None for other files, and for those of Unicode.

    What calls itself ASCII or Latin-1 may have a quotation mark of Windows' in it, whose encoding has all of both.
    """
    # Latin-1 takes any bytes.
    header = data[:_MAX_HEADER].decode("latin-1")
    found = _CHARACTER_SET.search(header) if "Gutenberg" in header else None
    named = "" if found is None else found.group(1).lower()
    return "cp1252" if named in _WESTERN else None


@frozen
class Excerpts:
    """What is kept of a text, and what its header says about it.

    Attributes:
        text: The book, or the whole text where Gutenberg has added nothing.
        meta: Title and author, where a header says them.
        spans: Where the parts of `text` stood.
    """

    text: str
    meta: Mapping[str, str] = field(factory=dict)
    spans: TextSpans = ()

    @classmethod
    def of(cls, text: str) -> "Excerpts":
        """What is kept of a text; linear in its length."""
        spans = _book_spans(text)
        return cls(_JOINT.join(span.of(text) for span in spans), _header_meta(text), spans) if spans else cls(text)

    def moved(self, chapters: Sequence[Chapter]) -> tuple[Chapter, ...]:
        """Chapters of the text as they stand in what is kept; those that aren't are left out."""
        if not self.spans:
            return tuple(chapters)
        places = [
            (chapter.title, self._place(chapter.span.start), self._place(chapter.span.end)) for chapter in chapters
        ]
        return tuple(Chapter(title, TextSpan(start, end)) for title, start, end in places if start < end)

    def _place(self, offset: int) -> int:
        passed = 0
        for span in self.spans:
            if offset <= span.end:
                return passed + max(0, offset - span.start)
            passed += len(span) + len(_JOINT)
        return len(self.text)


def _book_spans(text: str) -> TextSpans:
    """Where the book stands in a Gutenberg file, or the books of several that were joined; none in other texts."""
    starts = [match.span() for match in _BOOK_START.finditer(text)]
    ends = [match.span() for match in _BOOK_END.finditer(text)]
    name = _BOOK_NAME.match(text)
    if not starts and name is not None:
        starts = [(0, name.end())]
    if not starts and not ends:
        return ()
    return tuple(_trimmed(text, span) for span in _between(starts or [(0, 0)], ends, len(text)))


def _between(starts: list[tuple[int, int]], ends: list[tuple[int, int]], length: int) -> Iterator[TextSpan]:
    """From each start, the last of several in a row, to the next end."""
    marks = sorted([*((end, True) for _, end in starts), *((start, False) for start, _ in ends)])
    for (place, opens), (after, opens_again) in pairwise([*marks, (length, False)]):
        if opens and not opens_again and after > place:
            yield TextSpan(place, after)


def _trimmed(text: str, span: TextSpan) -> TextSpan:
    """The span without makers and transcribers' notes at its edges."""
    paragraphs = [own.shifted(span.start) for own in find_paragraphs(span.of(text))]
    start, end = span.start, span.end
    within = False
    for own in paragraphs[:_MAX_CREDITS]:
        note = _TRANSCRIBER.match(text, own.start, own.end)
        within = within or (note is not None and note.group(1) == "[")
        if not within and note is None and _MAKERS.match(text, own.start, own.end) is None:
            break
        start = own.end
        within = within and not own.of(text).endswith("]")
    first_note = span.end - int(len(span) * _NOTES_SHARE)
    for own in paragraphs:
        if own.start >= max(first_note, start) and _TRANSCRIBER.match(text, own.start, own.end) is not None:
            end = own.start
            break
    return (TextSpan(start, end).stripped(text) if start < end else None) or span


def _header_meta(text: str) -> Mapping[str, str]:
    """Title and author as the header says them."""
    found = {
        match.group(1).lower(): " ".join(match.group(2).split())
        for match in reversed(list(_HEADER_FIELD.finditer(text, 0, _MAX_HEADER)))
    }
    name = _BOOK_NAME.match(text)
    if name is not None and not found:
        found = {"title": name.group(1).strip(), **({"author": name.group(2).strip()} if name.group(2) else {})}
    return found
