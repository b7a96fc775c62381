"""What an e-book says about itself: title, authors, the order of its pages, and its table of contents."""

import posixpath
from collections.abc import Iterator, Mapping, Sequence
from typing import Final
from urllib.parse import unquote, urlsplit

from attrs import evolve, field, frozen

from quotesmith.corpus.reading.epub_archives import CONTAINER, Element, EpubArchive, resolved
from quotesmith.errors import FormatError

_PAGES: Final = frozenset({"application/xhtml+xml", "text/html", "text/x-oeb1-document", "application/html"})
_PICTURES: Final = ("image/",)
_NCX: Final = "application/x-dtbncx+xml"


@frozen
class ContentsEntry:
    """An entry of a table of contents: its words, the page and anchor that it leads to, and the entries below it."""

    title: str
    page: str
    anchor: str
    below: tuple["ContentsEntry", ...] = ()


@frozen
class Package:
    """What an e-book says about itself.

    Attributes:
        meta: Its title and author, where it says them.
        pages: The names of its pages in the archive, in reading order, each once; without its table of contents.
        contents: The entries of its table of contents.
    """

    meta: Mapping[str, str]
    pages: tuple[str, ...]
    contents: tuple[ContentsEntry, ...] = ()


@frozen
class _ManifestItem:
    name: str
    kind: str
    properties: frozenset[str] = field(factory=frozenset)


def read_package(archive: EpubArchive) -> Package:
    """What the book says about itself.

    Raises:
        FormatError: if it names no pages, or a part of it is missing or broken.
    """
    root = archive.tree(CONTAINER).first("rootfile")
    name = "" if root is None else resolved("", root.attributes.get("full-path", ""))
    if archive.find(name) is None:
        msg = f"{CONTAINER} names {name!r} as the book's package, which isn't in the archive; save the book again"
        raise FormatError(msg)
    tree, folder = archive.tree(name), posixpath.dirname(name)
    items = dict(_items(tree, folder))
    pages = _spine(tree, items, name)
    contents = _contents(archive, tree, items)
    left_out = {item.name for item in items.values() if "nav" in item.properties} | _guide(tree, folder)
    return Package(_meta(tree), tuple(page for page in pages if page not in left_out), contents)


def _items(tree: Element, folder: str) -> Iterator[tuple[str, _ManifestItem]]:
    for item in tree.all("item"):
        own = item.attributes
        properties = frozenset(own.get("properties", "").split())
        yield (
            own.get("id", ""),
            _ManifestItem(resolved(folder, own.get("href", "")), own.get("media-type", ""), properties),
        )


def _spine(tree: Element, items: Mapping[str, _ManifestItem], name: str) -> Sequence[str]:
    references = [reference.attributes.get("idref", "") for reference in tree.all("itemref")]
    if not references:
        msg = f"{name!r} names {len(items)} files, but no order in which to read them (no spine); save the book again"
        raise FormatError(msg)
    missing = [reference for reference in references if reference not in items]
    if missing:
        msg = (
            f"the spine of {name!r} names {missing[0]!r}, which is none of its {len(items)} files; save the book again"
        )
        raise FormatError(msg)
    found = dict.fromkeys(items[reference] for reference in references)
    unread = [item for item in found if item.kind not in _PAGES and not item.kind.startswith(_PICTURES)]
    if unread:
        msg = f"{unread[0].name!r} is {unread[0].kind or 'of no kind'}, not a page of text; save the book again as EPUB"
        raise FormatError(msg)
    return [item.name for item in found if item.kind in _PAGES]


def _guide(tree: Element, folder: str) -> set[str]:
    """Pages that EPUB 2 calls a table of contents."""
    return {
        resolved(folder, reference.attributes.get("href", ""))
        for reference in tree.all("reference")
        if reference.attributes.get("type", "").lower() == "toc"
    }


def _meta(tree: Element) -> dict[str, str]:
    titles = [title.text for title in tree.all("title") if title.text]
    authors = [
        creator.text
        for creator in tree.all("creator")
        if creator.text and creator.attributes.get("role", "aut") == "aut"
    ]
    found = {"title": titles[0] if titles else "", "author": ", ".join(dict.fromkeys(authors))}
    return {name: value for name, value in found.items() if value}


def _contents(archive: EpubArchive, tree: Element, items: Mapping[str, _ManifestItem]) -> tuple[ContentsEntry, ...]:
    """The entries of the navigation page, or else of EPUB 2's file; none where there is neither."""
    for item in items.values():
        if "nav" in item.properties and archive.find(item.name) is not None:
            found = _navigation(archive.tree(item.name), item.name)
            if found:
                return found
    spine = tree.first("spine")
    named = "" if spine is None else spine.attributes.get("toc", "")
    listed = [items[named]] if named in items else [item for item in items.values() if item.kind == _NCX]
    if listed and archive.find(listed[0].name) is not None:
        name = listed[0].name
        return tuple(_points(archive.tree(name).first("navMap"), posixpath.dirname(name)))
    return ()


def _navigation(tree: Element, name: str) -> tuple[ContentsEntry, ...]:
    lists = list(tree.all("nav"))
    chosen = next((own for own in lists if "toc" in own.attributes.get("type", "").split()), None)
    entries = None if chosen is None else chosen.first("ol")
    return () if entries is None else tuple(_list_entries(entries, name))


def _list_entries(entries: Element, name: str) -> Iterator[ContentsEntry]:
    for item in entries.children:
        below = next((own for own in item.children if own.name == "ol"), None)
        nested = () if below is None else tuple(_list_entries(below, name))
        words = next((own for own in item.children if own.name in ("a", "span")), None)
        if words is not None:
            link = words.attributes.get("href", "")
            yield _entry(words.full_text(), posixpath.dirname(name), link, nested, own_page=name)


def _points(parent: Element | None, folder: str) -> Iterator[ContentsEntry]:
    for point in [] if parent is None else parent.children:
        if point.name == "navPoint":
            label = next((own for own in point.children if own.name == "navLabel"), None)
            content = next((own for own in point.children if own.name == "content"), None)
            link = "" if content is None else content.attributes.get("src", "")
            title = "" if label is None else label.full_text()
            yield _entry(title, folder, link, tuple(_points(point, folder)))


def _entry(
    title: str, folder: str, link: str, below: tuple[ContentsEntry, ...], *, own_page: str = ""
) -> ContentsEntry:
    """The entry; one without a link, the heading of a group, leads where its first one does."""
    page = resolved(folder, link) if urlsplit(link).path else own_page
    entry = ContentsEntry(title, page, unquote(urlsplit(link).fragment), below)
    return entry if link or not below else evolve(entry, page=below[0].page, anchor=below[0].anchor)
