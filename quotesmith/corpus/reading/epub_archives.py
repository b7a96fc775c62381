"""The archive of an e-book: its files, read within bounds, and the trees of its XML."""

import lzma
import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final, NoReturn
from urllib.parse import unquote, urlsplit
from xml.parsers import expat

from attrs import define, field

from quotesmith.errors import FormatError

CONTAINER: Final = "META-INF/container.xml"
_ENCRYPTION: Final = "META-INF/encryption.xml"
_MIMETYPE: Final = "application/epub+zip"
# Bytes unpacked: the longest novels have 4 MB, in pages of 1 MB at most.
MAX_FILE: Final = 2**24
_MAX_ARCHIVE: Final = 2**27
_MAX_DEPTH: Final = 200
_IS_ENCRYPTED: Final = 1
_ZIP_ERRORS: Final = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    EOFError,
    NotImplementedError,  # a way of packing that Python doesn't know
    RuntimeError,  # a password
    ValueError,
)
_BROKEN: Final = "the book is broken; open it in a program for e-books, such as calibre, and save it again as EPUB"


@define
class Element:
    """An element of XML: its name without namespace, attributes, words and children."""

    name: str
    attributes: dict[str, str]
    children: list["Element"] = field(factory=list)
    words: list[str] = field(factory=list)

    @property
    def text(self) -> str:
        """Its own words on one line."""
        return " ".join("".join(self.words).split())

    def all(self, name: str) -> Iterator["Element"]:
        """The elements of that name in it, in document order."""
        waiting = [*reversed(self.children)]
        while waiting:
            own = waiting.pop()
            if own.name == name:
                yield own
            waiting.extend(reversed(own.children))

    def first(self, name: str) -> "Element | None":
        """The first element of that name in it."""
        return next(self.all(name), None)

    def full_text(self) -> str:
        """Its words and those of all elements in it, on one line; the order of the two isn't kept."""
        return " ".join(words for words in (self.text, *(child.full_text() for child in self.children)) if words)


@define(eq=False)
class EpubArchive:
    """The files of an e-book.

    Attributes:
        archive: The open archive.
        names: What is in it.
        encrypted: The files that are encrypted.
        unpacked: How many bytes were unpacked so far.
    """

    archive: zipfile.ZipFile
    names: dict[str, str]
    encrypted: frozenset[str] = frozenset()
    unpacked: int = 0

    def find(self, name: str) -> str | None:
        """The name as the archive has it, in large or small letters; None where it isn't there."""
        return name if name in self.archive.NameToInfo else self.names.get(name.casefold())

    def read(self, name: str) -> bytes:
        """The bytes of a file.

        Raises:
            FormatError: if it isn't there, is encrypted or damaged, or unpacks to too much.
        """
        found = self.find(name)
        if found is None:
            msg = f"{name!r} isn't in the archive, which has {len(self.names)} files; {_BROKEN}"
            raise FormatError(msg)
        if found in self.encrypted or self.archive.getinfo(found).flag_bits & _IS_ENCRYPTED:
            msg = f"{found!r} is encrypted: the book is protected (DRM); read a copy without protection"
            raise FormatError(msg)
        try:
            with self.archive.open(found) as file:
                data = file.read(MAX_FILE + 1)
        except _ZIP_ERRORS as error:
            msg = f"{found!r} can't be unpacked ({error}); {_BROKEN}"
            raise FormatError(msg) from error
        self.unpacked += len(data)
        if len(data) > MAX_FILE or self.unpacked > _MAX_ARCHIVE:
            msg = (
                f"{found!r} unpacks to more than a book has: at most {MAX_FILE >> 20} MiB a page and "
                f"{_MAX_ARCHIVE >> 20} MiB in all are read; divide the book"
            )
            raise FormatError(msg)
        return data

    def tree(self, name: str) -> Element:
        """The tree of an XML file; `FormatError` where it is none, or defines entities."""
        return _tree(self.read(name), name)


@contextmanager
def open_archive(path: Path) -> Iterator[EpubArchive]:
    """The archive of an e-book.

    Raises:
        FormatError: if it isn't a zip archive, or has no `META-INF/container.xml`.
    """
    try:
        file = zipfile.ZipFile(path)
    except _ZIP_ERRORS as error:
        msg = f"no EPUB: it isn't a zip archive that can be read ({error}); {_BROKEN}"
        raise FormatError(msg) from error
    with file:
        archive = EpubArchive(file, {name.casefold(): name for name in file.namelist()})
        if archive.find(CONTAINER) is None:
            msg = f"no EPUB: the archive has {len(archive.names)} files, but no {CONTAINER}; {_BROKEN}"
            raise FormatError(msg)
        if archive.find(_ENCRYPTION) is not None:
            archive.encrypted = frozenset(_encrypted(archive))
        yield archive


def is_epub(data: bytes) -> bool:
    """Whether a file that begins with these bytes is an EPUB, whatever its name."""
    return data.startswith(b"PK") and _MIMETYPE.encode() in data[:200]


def _encrypted(archive: EpubArchive) -> Iterator[str]:
    """The encrypted files; fonts, which are often only disguised, among them."""
    for reference in archive.tree(_ENCRYPTION).all("CipherReference"):
        found = archive.find(resolved("", reference.attributes.get("URI", "")))
        if found is not None:
            yield found


def resolved(folder: str, address: str) -> str:
    """The name in the archive of what a file in `folder` calls `address`."""
    return posixpath.normpath(posixpath.join(folder, unquote(urlsplit(address).path))).lstrip("/")


def _tree(data: bytes, name: str) -> Element:
    parser = expat.ParserCreate(namespace_separator=" ")
    root = Element("", {})
    stack = [root]

    def refuse(*_: object) -> NoReturn:
        msg = f"{name!r} defines entities of its own, which may copy or fetch text without end; remove them"
        raise FormatError(msg)

    def begin(element: str, attributes: dict[str, str]) -> None:
        if len(stack) > _MAX_DEPTH:
            msg = f"{name!r} has elements more than {_MAX_DEPTH} deep; {_BROKEN}"
            raise FormatError(msg)
        plain = {key.rpartition(" ")[2]: value for key, value in attributes.items()}
        own = Element(element.rpartition(" ")[2], plain)
        stack[-1].children.append(own)
        stack.append(own)

    def hear(words: str) -> None:
        stack[-1].words.append(words)

    parser.EntityDeclHandler = refuse
    parser.StartElementHandler = begin
    parser.EndElementHandler = lambda _: stack.pop()
    parser.CharacterDataHandler = hear
    try:
        parser.Parse(data, True)  # noqa: FBT003 - expat takes it by place only
    except (expat.ExpatError, LookupError, ValueError) as error:
        if isinstance(error, FormatError):
            raise
        msg = f"{name!r} is not XML that can be read ({error}); {_BROKEN}"
        raise FormatError(msg) from error
    return root
