"""E-books in EPUB: their pages as one text, with chapters by the table of contents or by headings."""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

from attrs import evolve, frozen

from quotesmith.chapter_headings import part_label
from quotesmith.corpus.reading.epub_archives import EpubArchive, open_archive
from quotesmith.corpus.reading.epub_packages import ContentsEntry, read_package
from quotesmith.corpus.reading.gutenberg import Excerpts
from quotesmith.corpus.reading.pages import Page, PageHeading, read_page
from quotesmith.corpus.reading.rows import Position, Row
from quotesmith.errors import FormatError
from quotesmith.lexicon.chapter_words import load_chapter_words
from quotesmith.records import CHAPTERS_KEY, Chapter, TextSpan, chapters_data

# Between two pages; within one, paragraphs have one blank line between them.
PAGE_BREAK: Final = "\n\n\n"
# A page with so many links to others, and so much of its letters in them, is a table of contents; chosen by reading.
_MIN_LINKS: Final = 3
_MIN_LINKED: Final = 0.6
# Bytes in which a page says how it is encoded, as HTML has it.
_MAX_HEAD: Final = 1_024
_XML_ENCODING: Final = re.compile(r"<\?xml[^>]{0,100}encoding=[\"']([\w-]{1,20})")
_META_CHARSET: Final = re.compile(r"<meta[^>]{0,200}charset=[\"']?([\w-]{1,20})", re.IGNORECASE)


@frozen
class Section:
    """A part of a book before it is decided which parts are chapters: its title, its start, the sections in it."""

    title: str
    start: int
    below: tuple["Section", ...] = ()


@frozen(eq=False)
class _Book:
    """The pages of a book as one text, and where each of them begins."""

    text: str
    starts: Mapping[str, int]
    pages: Mapping[str, Page]
    headings: tuple[PageHeading, ...]
    title: str


def iter_epub(path: Path, at: Position, _: Mapping[str, str]) -> Iterator[Row]:
    """The book as one row, with title, author and chapters; or what is wrong with it."""
    try:
        with open_archive(path) as archive:
            text, meta = _read_book(archive)
    except FormatError as error:
        yield Row(at, fault=str(error))
    else:
        yield Row(at, {"text": text}, meta=meta)


def _read_book(archive: EpubArchive) -> tuple[str, Mapping[str, Any]]:
    package = read_package(archive)
    pages = {name: page for name, page in _iter_pages(archive, package.pages) if not _is_contents(page)}
    book = _joined(pages, package.meta.get("title", ""))
    if not book.text:
        msg = (
            f"the book has no text: its {len(package.pages)} pages hold pictures alone, as scans and comics do; "
            "take an edition with text"
        )
        raise FormatError(msg)
    kept = Excerpts.of(book.text)
    chapters = kept.moved(_find_divisions(book, _sections(package.contents, book, archive)))
    data = {CHAPTERS_KEY: chapters_data(chapters)} if chapters else {}
    return kept.text, {**kept.meta, **package.meta, **data}


def _iter_pages(archive: EpubArchive, names: Sequence[str]) -> Iterator[tuple[str, Page]]:
    for name in names:
        data = archive.read(name)
        try:
            page = read_page(_decoded(data, name))
        except FormatError as error:
            msg = f"{name!r}: {error}"
            raise FormatError(msg) from error
        yield archive.find(name) or name, page


def _decoded(data: bytes, name: str) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encoding = "utf-16"
    else:
        # Latin-1 takes any bytes, and the names of encodings are ASCII.
        head = data[:_MAX_HEAD].decode("latin-1")
        named = _XML_ENCODING.search(head) or _META_CHARSET.search(head)
        encoding = "utf-8-sig" if named is None else named.group(1).lower()
        encoding = "utf-8-sig" if encoding == "utf-8" else encoding
    try:
        return data.decode(encoding)
    except (UnicodeDecodeError, LookupError) as error:
        msg = f"{name!r} is not text in {encoding} ({error}); save the book again in a program for e-books"
        raise FormatError(msg) from error


def _is_contents(page: Page) -> bool:
    return page.links >= _MIN_LINKS and page.linked >= _MIN_LINKED


def _joined(pages: Mapping[str, Page], title: str) -> _Book:
    parts: list[str] = []
    starts: dict[str, int] = {}
    headings: list[PageHeading] = []
    length = 0
    for name, page in pages.items():
        start = length + (len(PAGE_BREAK) if parts and page.text else 0)
        starts[name] = start
        if page.text:
            parts.append(page.text)
            headings.extend(evolve(own, start=own.start + start, end=own.end + start) for own in page.headings)
            length = start + len(page.text)
    return _Book(PAGE_BREAK.join(parts), starts, pages, tuple(headings), title)


def _sections(entries: Sequence[ContentsEntry], book: _Book, archive: EpubArchive) -> tuple[Section, ...]:
    """The entries of a table of contents whose pages are there."""
    found = []
    for entry in entries:
        below = _sections(entry.below, book, archive)
        page = archive.find(entry.page) or ""
        if page in book.starts:
            start = book.starts[page] + book.pages[page].anchors.get(entry.anchor, 0)
            found.append(Section(entry.title, min(start, len(book.text)), below))
        else:
            found.extend(below)
    return tuple(sorted(found, key=lambda section: section.start))


def _find_divisions(book: _Book, listed: Sequence[Section]) -> tuple[Chapter, ...]:
    """The chapters by the table of contents, or else by headings; none where there are fewer than two."""
    for sections in (listed, _outline(book.headings)):
        found = _with_ends([*_divisions(book, sections, "", len(book.text))], len(book.text))
        if len(found) > 1:
            return found
        if len(sections) == 1:
            # One heading above all others is the book's title, whatever stands below it.
            found = _with_ends([*_divisions(book, sections[0].below, "", len(book.text))], len(book.text))
            if len(found) > 1:
                return found
    return ()


def _outline(headings: Sequence[PageHeading]) -> tuple[Section, ...]:
    """Headings as sections in sections, by their levels."""
    open_sections: list[tuple[int, PageHeading | None, list[Section]]] = [(0, None, [])]

    def close(level: int) -> None:
        while open_sections[-1][0] >= level:
            _, heading, below = open_sections.pop()
            if heading is not None:
                open_sections[-1][2].append(Section(heading.title, heading.start, tuple(below)))

    for heading in headings:
        close(heading.level)
        open_sections.append((heading.level, heading, []))
    close(1)
    return tuple(open_sections[0][2])


def _divisions(book: _Book, sections: Sequence[Section], prefix: str, end: int) -> Iterator[tuple[int, str]]:
    """Where chapters begin, and their titles: sections without sections, and those with text of their own."""
    words = load_chapter_words()
    part, part_start, has_begun = "", None, False
    for section, after in zip(sections, [*(own.start for own in sections), end][1:], strict=True):
        title = " ".join(section.title.split())
        is_book = bool(book.title) and title.casefold() == book.title.casefold()
        if section.below and not _has_text(book, section, section.below[0].start):
            found = [*_nested(book, section, "" if is_book or len(sections) == 1 else title, after)]
        elif not title or is_book or title.lower() in words.contents:
            continue
        elif _has_text(book, section, after):
            found = [(section.start, title)]
        elif part_label(title) is not None:
            part, part_start = part_label(title) or "", section.start
            continue
        else:
            # A heading alone: before the first chapter, a line of the title page.
            found = [(section.start, title)] if has_begun else []
        for start, own in found:
            holder = [] if own.lower() in words.named else [prefix, part]
            yield (start if part_start is None else part_start), _joined_titles([*holder, own])
            part_start, has_begun = None, True


def _nested(book: _Book, section: Section, title: str, end: int) -> Iterator[tuple[int, str]]:
    """The chapters of a section that has no text of its own; the first of them begins with its heading."""
    below = section.below
    if len(below) == 1 and title and not below[0].below:
        yield section.start, f"{title}: {below[0].title}"
        return
    inner = [*_divisions(book, below, title, end)]
    # A book's title heads the title page, not the first chapter.
    yield from [(section.start, inner[0][1]), *inner[1:]] if inner and title else inner


def _joined_titles(titles: Sequence[str]) -> str:
    return ", ".join(title for title in titles if title)


def _has_text(book: _Book, section: Section, end: int) -> bool:
    """Whether anything but headings stands between the section's start and the first section in it."""
    place = section.start
    between = []
    for heading in book.headings:
        if section.start <= heading.start < end:
            between.append(book.text[place : heading.start])
            place = heading.end
    words = " ".join("".join([*between, book.text[place : max(place, end)]]).split())
    return words.casefold() not in ("", section.title.casefold())


def _with_ends(starts: Sequence[tuple[int, str]], length: int) -> tuple[Chapter, ...]:
    titles: dict[int, str] = {}
    for start, title in sorted(starts, key=lambda own: own[0]):
        titles[start] = f"{titles[start]}: {title}" if start in titles else title
    places = [start for start in titles if start < length]
    return tuple(Chapter(titles[start], TextSpan(start, end)) for start, end in pairwise([*places, length]))
