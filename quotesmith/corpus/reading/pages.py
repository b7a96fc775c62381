"""The text of a page of an e-book: block elements are paragraphs, `<br>` ends a line, headings and anchors keep places.

Emphasis needs no marks. Numbers of printed pages, scripts, pictures and lists of contents are no text.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from html import escape
from html.parser import HTMLParser
from typing import Final

from attrs import define, field, frozen

from quotesmith.errors import FormatError

_HEADINGS: Final = ("h1", "h2", "h3", "h4", "h5", "h6")
_PARAGRAPH_ELEMENTS: Final = frozenset(
    {
        *("address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "div", "dl", "dt"),
        *(
            "fieldset",
            "figcaption",
            "figure",
            "footer",
            "form",
            "header",
            "hgroup",
            "hr",
            "li",
            "main",
            "ol",
            "p",
            "pre",
        ),
        *("section", "summary", "table", "tr", "ul", *_HEADINGS),
    }
)
_LEFT_OUT: Final = frozenset({"head", "nav", "noscript", "rp", "rt", "script", "style", "svg", "template", "title"})
_CELLS: Final = frozenset({"td", "th"})
_VOID: Final = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"}
)
_PAGE_NUMBERS: Final = frozenset({"pagebreak", "doc-pagebreak", "pagenum", "pageno", "page-number"})
# "<![if !supportLists]>" of word processors.
_CONDITION: Final = re.compile(r"<!\[[^<>]{0,200}>")
_NOTE_NUMBER: Final = re.compile(r"\d{1,3}|[*†‡§]{1,3}")
_SPACES_IN_LINE: Final = re.compile(r"[^\S\n]+")
_ANY_SPACES: Final = re.compile(r"\s+")
# A picture of a letter that begins a chapter.
_MAX_INITIAL: Final = 2
_SOFT_HYPHEN: Final = "\u00ad"


@frozen
class PageHeading:
    """A heading of a page: its level, 1 to 6, its words on one line, and where it stands in the page's text."""

    level: int
    title: str
    start: int
    end: int


@frozen
class Page:
    """A page of an e-book.

    Attributes:
        text: Its paragraphs, with blank lines between them.
        headings: Its headings, in order.
        anchors: Where each identifier stands in the text.
        linked: What part of its letters stands in links to other pages of the book, in [0, 1].
        links: How many such links there are.
    """

    text: str
    headings: Sequence[PageHeading] = ()
    anchors: dict[str, int] = field(factory=dict)
    linked: float = 0.0
    links: int = 0


def read_page(markup: str) -> Page:
    """The text of a page in XHTML or HTML, however broken.

    Raises:
        FormatError: if it defines entities of its own, which no page needs.
    """
    parser = _PageParser()
    parser.feed(_cleaned(markup))
    parser.close()
    return parser.page()


def _cleaned(markup: str) -> str:
    """Markup that takes the parser linear time: no comments, a `>` behind every `<`, and CDATA as plain text."""
    markup = "".join(_between_marks(markup, "<!--", "-->", lambda _: ""))
    markup = "".join(_between_marks(markup, "<![CDATA[", "]]>", lambda words: escape(words, quote=False)))
    markup = _CONDITION.sub("", markup)
    last = markup.rfind(">") + 1
    return markup[:last] + markup[last:].replace("<", "&lt;")


def _between_marks(markup: str, opening: str, closing: str, change: Callable[[str], str]) -> Iterator[str]:
    """The markup with what stands between marks changed; marks that nothing closes are left out."""
    place = 0
    while (start := markup.find(opening, place)) >= 0:
        yield markup[place:start]
        end = markup.find(closing, start + len(opening))
        if end < 0:
            yield markup[start:].replace(opening, "")
            return
        yield change(markup[start + len(opening) : end])
        place = end + len(closing)
    yield markup[place:]


@define
class _Paragraph:
    """A paragraph that is being read: its pieces, where note numbers began in them, and its heading's level."""

    pieces: list[str] = field(factory=list)
    level: int = 0
    anchors: list[str] = field(factory=list)
    notes: list[int] = field(factory=list)


class _PageParser(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._paragraphs: list[str] = []
        self._length = 0
        self._headings: list[PageHeading] = []
        self._anchors: dict[str, int] = {}
        self._own = _Paragraph()
        # What is left out ends with the end of the element that began it: its name, and how many of it are open.
        self._left_out: tuple[str, int] | None = None
        self._in_pre = 0
        self._level = 0
        self._in_link = False
        self._links = 0
        self._linked_letters = 0

    def page(self) -> Page:
        self._end_paragraph()
        self._anchors.update(dict.fromkeys(self._own.anchors, self._length))
        text = "\n\n".join(self._paragraphs)
        letters = sum(map(str.isalnum, text))
        linked = self._linked_letters / letters if letters else 0.0
        return Page(text, tuple(self._headings), self._anchors, linked, self._links)

    def handle_decl(self, decl: str) -> None:
        if "<!entity" in decl.lower():
            msg = "a page defines entities of its own, which may copy or fetch text without end; remove them"
            raise FormatError(msg)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _VOID:
            self.handle_endtag(tag)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "body":
            # Of a page whose head has no end.
            self._left_out = None
        if self._left_out is not None:
            name, depth = self._left_out
            self._left_out = (name, depth + 1) if tag == name else self._left_out
            return
        given = {name: value or "" for name, value in attrs}
        if tag in _PARAGRAPH_ELEMENTS:
            self._end_paragraph()
            self._level = 0
        self._own.anchors.extend(given[name] for name in ("id", "name") if given.get(name))
        if _is_left_out(tag, given):
            self._left_out = None if tag in _VOID else (tag, 1)
            return
        self._begin(tag, given)

    def _begin(self, tag: str, given: dict[str, str]) -> None:
        if tag == "br":
            self._own.pieces.append("\n")
        elif tag in _CELLS:
            self._own.pieces.append("\t")
        elif tag == "img" and 0 < len(given.get("alt", "").strip()) <= _MAX_INITIAL:
            self._own.pieces.append(given["alt"].strip())
        elif tag == "pre":
            self._in_pre += 1
        elif tag == "a" and given.get("href"):
            self._in_link = not given["href"].startswith(("http:", "https:", "mailto:", "#"))
            self._links += self._in_link
        elif tag in _HEADINGS:
            self._level = 1 + _HEADINGS.index(tag)
        if tag == "sup" or "noteref" in given.get("epub:type", "").split():
            self._own.notes.append(len(self._own.pieces))

    def handle_endtag(self, tag: str) -> None:
        if self._left_out is not None:
            name, depth = self._left_out
            if tag == name:
                self._left_out = (name, depth - 1) if depth > 1 else None
            return
        if tag == "pre":
            self._in_pre = max(0, self._in_pre - 1)
        elif tag == "a":
            self._in_link = False
        if tag in ("sup", "a") and self._own.notes:
            self._end_note(self._own.notes.pop())
        if tag in _PARAGRAPH_ELEMENTS:
            self._end_paragraph()
            self._level = 0

    def handle_data(self, data: str) -> None:
        if self._left_out is not None:
            return
        if self._in_link:
            self._linked_letters += sum(map(str.isalnum, data))
        data = data.replace(_SOFT_HYPHEN, "")
        self._own.level = self._own.level or self._level
        self._own.pieces.append(data.replace("\r\n", "\n") if self._in_pre else _ANY_SPACES.sub(" ", data))

    def _end_note(self, start: int) -> None:
        """Put the number of a note in brackets, so that it is no part of the word before it."""
        number = "".join(self._own.pieces[start:]).strip()
        if _NOTE_NUMBER.fullmatch(number):
            self._own.pieces[start:] = [f"[{number}]"]

    def _end_paragraph(self) -> None:
        lines = "".join(self._own.pieces).split("\n")
        text = "\n".join(_SPACES_IN_LINE.sub(" ", line).strip() for line in lines).strip("\n")
        if not text.strip():
            # An anchor before a paragraph is that paragraph's.
            self._own = _Paragraph(anchors=self._own.anchors)
            return
        start = self._length + (2 if self._paragraphs else 0)
        self._paragraphs.append(text)
        self._length = start + len(text)
        self._anchors.update((name, start) for name in self._own.anchors if name not in self._anchors)
        if self._own.level:
            title = ": ".join(line.rstrip(" .:") for line in text.split("\n") if line.strip(" .:"))
            if title:
                self._headings.append(PageHeading(self._own.level, title, start, self._length))
        self._own = _Paragraph()


def _is_left_out(tag: str, given: dict[str, str]) -> bool:
    sorts = {*given.get("epub:type", "").split(), *given.get("role", "").split(), *given.get("class", "").split()}
    return tag in _LEFT_OUT or "hidden" in given or not _PAGE_NUMBERS.isdisjoint(sorts)
