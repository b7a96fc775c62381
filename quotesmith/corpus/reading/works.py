"""One work from a file, or from a folder whose files are its chapters: its text, and who says what in it."""

import os
import re
import warnings
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from attrs import evolve

import quotesmith
from quotesmith.chapter_headings import find_chapters, first_title
from quotesmith.corpus.reading.epub import PAGE_BREAK
from quotesmith.corpus.reading.epub_archives import is_epub
from quotesmith.corpus.reading.formats import format_of, input_format, opened, readable, text_row
from quotesmith.corpus.reading.inputs import iter_folder
from quotesmith.corpus.reading.rows import INPUT_COLUMNS, Fault, InputDocument, Position, Row, make_document
from quotesmith.errors import ArgumentError, FormatError, QuotesmithWarning
from quotesmith.files import checked_path
from quotesmith.lexicon.gazetteer import GazetteerSource
from quotesmith.lexicon.reporting_verbs import ReportingVerbSource
from quotesmith.lexicon.titles import TitleSource
from quotesmith.records import CHAPTERS_KEY, Chapter, QuoteDocument, TextSpan, chapters_data

if TYPE_CHECKING:
    from spacy.language import Language

_FILE_NUMBER: Final = re.compile("([0-9]+)")
_SNIFFED: Final = 200
_NAMES_LISTED: Final = 5


def read_file(
    path: str | os.PathLike[str],
    *,
    encoding: str | None = None,
    nlp: "Language | None" = None,
    id: str | None = None,
    meta: Mapping[str, Any] | None = None,
    gazetteer: GazetteerSource | None = None,
    reporting_verbs: ReportingVerbSource | None = None,
    titles: TitleSource | None = None,
    style: str | None = None,
    progress: bool = False,
) -> QuoteDocument:
    """Who said what in a file, or in a folder that is one work with a file for each chapter.

    Args:
        path: An e-book (.epub), a page (.html, .htm), or a text, whatever its name; .gz may follow. Of Project
            Gutenberg's texts, the header, the licence and transcribers' notes are left out. The files of a folder are
            read in the natural order of their names, 2 before 10; each is a chapter, or has several.
        encoding: Of texts; without it UTF-8, UTF-16 if they begin so, or what Gutenberg's header says.
        nlp: As for `read`, like all that follows.
        id: The document's key; without one, the path.
        meta: Your own JSON data. Title, author and chapters are added, as the file says them, unless it has their keys.
        gazetteer: Names that are known beforehand.
        reporting_verbs: Verbs that report.
        titles: Titles of people.
        style: What the text is read as.
        progress: Whether to show how far the reading is, in a terminal or notebook.

    Raises:
        FormatError: if the file isn't what its name says, is broken or protected, or holds several documents; says what
            was found and what to do.
        OptionError: if there is no such encoding.
        MissingPackageError: if it is a page, and trafilatura isn't installed.
        OSError: if it can't be read.
    """
    work = read_work(path, encoding=encoding)
    return quotesmith.read(
        work.text,
        nlp=nlp,
        id=work.id if id is None else id,
        meta={**work.meta, **({} if meta is None else meta)},
        gazetteer=gazetteer,
        reporting_verbs=reporting_verbs,
        titles=titles,
        style=style,
        progress=progress,
    )


def read_work(path: str | os.PathLike[str], *, encoding: str | None = None) -> InputDocument:
    """The text and meta of a file, or of a folder that is one work; arguments and errors are those of `read_file`."""
    given: object = path  # a caller without type checker may give anything
    if not isinstance(given, str | os.PathLike):
        msg = f"path must be that of a file or folder, not {type(given).__name__}; for a text, call read(text)"
        raise ArgumentError(msg)
    place = checked_path(path)
    return _read_folder(place, encoding) if place.is_dir() else _read_one(place, encoding)


def text_work(data: bytes, name: str, *, encoding: str | None = None) -> InputDocument:
    """The text and meta of a text file's bytes, with its name as id.

    Raises:
        FormatError: if they aren't text in that encoding.
        OptionError: if there is no such encoding.
    """
    row = text_row(data, Position(), encoding=encoding)
    if row.fault is not None:
        found = row.fault.removeprefix("not UTF-8: ")
        msg = (
            f"{name} is not {encoding or 'UTF-8'} text ({found}); name its encoding, such as encoding='cp1252' "
            "(--encoding cp1252), or convert it to text or EPUB"
        )
        raise FormatError(msg)
    return _document(row, name)


def _read_one(path: Path, encoding: str | None) -> InputDocument:
    known = format_of(path)
    if known is None:
        with path.open("rb") as file:
            begun = file.read(_SNIFFED)
            if not is_epub(begun):
                # Read on, not anew: a pipe gives its bytes once.
                return text_work(begun + file.read(), str(path), encoding=encoding)
        known = input_format("epub")
    if known.unit:
        msg = (
            f"{path} holds many documents, one a {known.unit}; analyse them with `quotesmith corpus`, or pass their "
            "texts to quotesmith.pipe"
        )
        raise FormatError(msg)
    if known.name == "text":
        with opened(path) as file:
            return text_work(file.read(), str(path), encoding=encoding)
    [row] = known.rows(path, Position(), INPUT_COLUMNS)
    return _document(row, str(path))


def _document(row: Row, name: str) -> InputDocument:
    made = make_document(row, INPUT_COLUMNS, place=name, key=name)
    found = made if isinstance(made, Fault) else readable(made)
    if isinstance(found, Fault):
        raise FormatError(str(found))
    return found


def _read_folder(folder: Path, encoding: str | None) -> InputDocument:
    """The files of a folder as one text, each a chapter unless it has several."""
    texts: list[str] = []
    chapters: list[Chapter] = []
    authors: list[str] = []
    length = 0
    for path in _files(folder):
        document = _read_one(path, encoding)
        if not document.text.strip():
            warnings.warn(f"{path} has no text and is left out", QuotesmithWarning, stacklevel=4)
            continue
        start = length + (len(PAGE_BREAK) if texts else 0)
        texts.append(document.text)
        length = start + len(document.text)
        chapters += [evolve(own, span=own.span.shifted(start)) for own in _chapters(document, path)]
        authors += [document.meta["author"]] if "author" in document.meta else []
    if not texts:
        msg = f"no file in {folder} has a text; expected its chapters"
        raise FormatError(msg)
    meta: dict[str, Any] = {"title": folder.resolve().name, CHAPTERS_KEY: chapters_data(chapters)}
    if authors:
        meta["author"] = ", ".join(dict.fromkeys(authors))
    return InputDocument(str(folder), PAGE_BREAK.join(texts), meta, str(folder))


def _chapters(document: InputDocument, path: Path) -> Sequence[Chapter]:
    """The chapters of a file: those that it says or shows, or else the whole file."""
    if CHAPTERS_KEY in document.meta:
        return QuoteDocument(document.id, document.text, meta=document.meta).chapters
    found = find_chapters(document.text)
    if found:
        return found
    name = " ".join(path.name.removesuffix(path.suffix).replace("_", " ").split())
    title = first_title(document.text) or document.meta.get("title") or name or path.name
    return (Chapter(title, TextSpan(0, len(document.text))),)


def _files(folder: Path) -> list[Path]:
    """The files of a work in the natural order of their names.

    Raises:
        FormatError: if there is none, or one holds many documents.
    """
    paths = sorted(iter_folder(folder), key=lambda path: _natural_key(path.relative_to(folder)))
    unknown = [str(path.relative_to(folder)) for path in paths if format_of(path) is None]
    if unknown:
        listed = ", ".join(unknown[:_NAMES_LISTED]) + (", ..." if len(unknown) > _NAMES_LISTED else "")
        msg = f"{len(unknown)} files in {folder} are no texts by their names and are left out: {listed}"
        warnings.warn(msg, QuotesmithWarning, stacklevel=5)
    found = [path for path in paths if format_of(path) is not None]
    if not found:
        msg = f"{folder} has no chapters: no file that ends in .txt, .html, .htm or .epub"
        raise FormatError(msg)
    return found


def _natural_key(path: Path) -> list[list[str | int]]:
    """A key by which 2 comes before 10."""
    return [
        [int(part) if part.isdecimal() else part for part in _FILE_NUMBER.split(name.casefold())] for name in path.parts
    ]
