"""E-books: their text, chapters and title, and what is wrong with broken ones."""

import re
import time
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from quotesmith.corpus.reading import epub_archives
from quotesmith.corpus.reading.pages import read_page
from quotesmith.corpus.reading.works import read_work
from quotesmith.errors import FormatError
from quotesmith.records import QuoteDocument
from tests.corpus.reading.books import HEAD, package, page, write_book, write_epub

NAV = '<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>'
NCX = '<item id="ncx" href="toc.ncx" media-type="application/x-dtbncx+xml"/>'
TWO = {"a.xhtml": "<h1>Chapter 1</h1><p>“Go,” said Ann.</p>", "b.xhtml": "<h1>Chapter 2</h1><p>“No,” said Bob.</p>"}


def chapters(path: Path) -> list[tuple[str, str]]:
    """Title and text of each chapter, on one line."""
    work = read_work(path)
    found = QuoteDocument("d", work.text, meta=work.meta).chapters
    return [(chapter.title, " ".join(chapter.span.of(work.text).split())) for chapter in found]


def write_listed(path: Path, bodies: Mapping[str, str], contents: str, nav: str = NAV) -> Path:
    """A book with a table of contents: a list, or EPUB 2's."""
    name = "nav.xhtml" if nav is NAV else "toc.ncx"
    ours = page(f'<nav epub:type="toc">{contents}</nav>') if nav is NAV else contents
    files = {f"OEBPS/{name}": ours, **{f"OEBPS/{own}": page(body) for own, body in bodies.items()}}
    return write_epub(path, {"OEBPS/book.opf": package([*bodies], extra=nav), **files})


def test_book_has_text_title_author_and_chapters(tmp_path: Path) -> None:
    path = write_book(tmp_path / "storm.epub", {"title.xhtml": "<p>THE STORM</p>", **TWO})
    work = read_work(path)
    assert work.text == "THE STORM\n\n\nChapter 1\n\n“Go,” said Ann.\n\n\nChapter 2\n\n“No,” said Bob."
    assert (work.id, work.meta["title"], work.meta["author"]) == (str(path), "The Storm", "Ann Lee")
    assert chapters(path) == [("Chapter 1", "Chapter 1 “Go,” said Ann."), ("Chapter 2", "Chapter 2 “No,” said Bob.")]


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        pytest.param("<p>One<br/>two</p><p>three</p>", "One\ntwo\n\nthree", id="lines-and-paragraphs"),
        pytest.param(
            "<p>It <em>was</em>\n <i>so</i>&nbsp;cold&#8212;&ldquo;Brr&rdquo;</p>", "It was so cold—“Brr”", id="italics"
        ),
        pytest.param("<div>a<div>b</div>c</div>", "a\n\nb\n\nc", id="nested"),
        pytest.param("<p>Ann.<sup><a href='n.xhtml#1'>1</a></sup> Bob.</p>", "Ann.[1] Bob.", id="note-number"),
        pytest.param("<p>The 1<sup>st</sup> day</p>", "The 1st day", id="ordinal"),
        pytest.param("<p>so<span class='pagenum'>[12]</span>on</p>", "soon", id="printed-page"),
        pytest.param("<p>a<span epub:type='pagebreak' id='p1'/>b</p>", "ab", id="page-break"),
        pytest.param("<p><img alt='O' src='o.png'/>nce</p><p><img alt='A storm'/></p>", "Once", id="initial"),
        pytest.param("<script>x</script><style>y</style><nav>z</nav><p hidden=''>h</p><p>a</p>", "a", id="no-text"),
        pytest.param("<pre>a\n  b</pre>", "a\nb", id="verse"),
        pytest.param(
            "<ul><li>a</li><li>b</li></ul><table><tr><td>c</td><td>d</td></tr></table>", "a\n\nb\n\nc d", id="rows"
        ),
        pytest.param("<p>sto\u00adrm <![CDATA[a<b]]></p>", "storm a<b", id="hyphen-and-cdata"),
        pytest.param("<head><title>T<body><p>a<p>b</i></div>", "a\n\nb", id="broken"),
        pytest.param("", "", id="nothing"),
    ],
)
def test_page_is_text(markup: str, text: str) -> None:
    assert read_page(markup).text == text


@pytest.mark.parametrize(
    ("nav", "contents"),
    [
        pytest.param(
            NAV,
            '<ol><li><a href="a.xhtml">The Storm breaks</a></li><li><a href="b.xhtml#two">Home</a></li></ol>',
            id="nav",
        ),
        pytest.param(
            NCX,
            """<!DOCTYPE ncx PUBLIC "-//NISO//DTD ncx 2005-1//EN" "http://www.daisy.org/z3986/2005/ncx-2005-1.dtd">
<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/"><navMap>
<navPoint id="a"><navLabel><text>The Storm breaks</text></navLabel><content src="a.xhtml"/></navPoint>
<navPoint id="b"><navLabel><text>Home</text></navLabel><content src="b.xhtml#two"/></navPoint>
</navMap></ncx>""",
            id="ncx",
        ),
    ],
)
def test_table_of_contents_names_chapters(tmp_path: Path, nav: str, contents: str) -> None:
    bodies = {"a.xhtml": "<p>It rains.</p>", "b.xhtml": '<p>It pours.</p><p id="two">Home.</p>'}
    found = chapters(write_listed(tmp_path / "a.epub", bodies, contents, nav))
    assert found == [("The Storm breaks", "It rains. It pours."), ("Home", "Home.")]


def test_parts_name_their_chapters_and_sections_are_none(tmp_path: Path) -> None:
    bodies = {
        "p.xhtml": "<h1>PART ONE</h1>",
        "a.xhtml": "<h2>I</h2><p>Rain.</p><h3 id='s'>Later</h3><p>More.</p>",
        "b.xhtml": "<h2>II</h2><p>Sun.</p>",
    }
    contents = """<ol><li><a href="cover.xhtml">Cover</a></li><li><a href="p.xhtml">PART ONE</a><ol>
<li><a href="a.xhtml">I</a><ol><li><a href="a.xhtml#s">Later</a></li></ol></li><li><a href="b.xhtml">II</a></li></ol>
</li><li><a href="gone.xhtml">Gone</a></li></ol>"""
    path = write_listed(tmp_path / "a.epub", {"cover.xhtml": "<p>T</p>", **bodies}, contents)
    assert chapters(path) == [("PART ONE, I", "PART ONE I Rain. Later More."), ("PART ONE, II", "II Sun.")]


def test_lines_of_the_title_page_are_no_chapters_and_parts_may_stand_beside_chapters(tmp_path: Path) -> None:
    bodies = {
        "t.xhtml": "<h1>The Storm</h1><h2 id='by'>by Ann Lee</h2><h2 id='c'>Contents</h2><p>I</p><p>II</p>",
        "p.xhtml": "<h2>PART ONE. THE SEA</h2>",
        "a.xhtml": "<h2>I</h2><p>Rain.</p>",
        "b.xhtml": "<h2>II</h2><p>Sun.</p><h2 id='e'>THE END</h2>",
    }
    links = ("t.xhtml#by", "by Ann Lee"), ("t.xhtml#c", "Contents"), ("p.xhtml", "PART ONE. THE SEA")
    rest = ("a.xhtml", "I"), ("b.xhtml", "II"), ("b.xhtml#e", "THE END")
    listed = "".join(f'<li><a href="{link}">{title}</a></li>' for link, title in (*links, *rest))
    path = write_listed(
        tmp_path / "a.epub", bodies, f'<ol><li><a href="t.xhtml">The Storm</a><ol>{listed}</ol></li></ol>'
    )
    assert chapters(path) == [
        ("PART ONE, I", "PART ONE. THE SEA I Rain."),
        ("PART ONE, II", "II Sun."),
        ("PART ONE, THE END", "THE END"),
    ]


@pytest.mark.parametrize(
    ("bodies", "titles"),
    [
        pytest.param({"a": "<h1>The Storm</h1><h2>I</h2><p>a</p><h2>II</h2><p>b</p>"}, ["I", "II"], id="book-title"),
        pytest.param(
            {"a": "<h2>I</h2><h3>Rain</h3><p>a</p><h2>II</h2><h3>Sun</h3><p>b</p>"}, ["I: Rain", "II: Sun"], id="titles"
        ),
        pytest.param(
            {"a": "<h1>I<br/>Rain</h1><p>a</p>", "b": "<h1>II.<br/>Sun</h1><p>b</p>"},
            ["I: Rain", "II: Sun"],
            id="lines",
        ),
        pytest.param({"a": "<h1>Rain</h1><p>a</p>"}, [], id="one-alone"),
    ],
)
def test_headings_make_chapters_without_a_table_of_contents(
    tmp_path: Path, bodies: dict[str, str], titles: list[str]
) -> None:
    assert [title for title, _ in chapters(write_book(tmp_path / "a.epub", bodies))] == titles


def test_pages_of_contents_are_no_text(tmp_path: Path) -> None:
    links = "".join(f'<p><a href="{name}">{name}</a></p>' for name in ("a.xhtml", "b.xhtml", "c.xhtml"))
    path = write_book(tmp_path / "a.epub", {"toc.xhtml": f"<h1>Contents</h1>{links}", **TWO})
    assert read_work(path).text.startswith("Chapter 1")


def test_notes_at_the_end_are_kept_and_names_are_found(tmp_path: Path) -> None:
    opf = package(["Text/A%20b.xhtml", "notes.xhtml"])
    files = {
        "OEBPS/book.opf": opf,
        "OEBPS/text/a b.xhtml": page("<p>It rains.</p>"),
        "OEBPS/notes.xhtml": page("<p>A note.</p>"),
    }
    assert read_work(write_epub(tmp_path / "a.epub", files)).text == "It rains.\n\n\nA note."


def test_gutenberg_s_pages_are_cut_off(tmp_path: Path) -> None:
    bodies = {
        "head.xhtml": "<h2>The Project Gutenberg eBook of The Storm</h2>"
        "<p>*** START OF THE PROJECT GUTENBERG EBOOK THE STORM ***</p>",
        **TWO,
        "foot.xhtml": "<p>*** END OF THE PROJECT GUTENBERG EBOOK THE STORM ***</p><h2>LICENSE</h2><p>Terms.</p>",
    }
    path = write_book(tmp_path / "a.epub", bodies)
    assert [title for title, _ in chapters(path)] == ["Chapter 1", "Chapter 2"]
    assert read_work(path).text.startswith("Chapter 1")
    assert read_work(path).text.endswith("said Bob.")


def test_an_epub_by_another_name_is_one(tmp_path: Path) -> None:
    path = write_book(tmp_path / "a.epub", TWO).rename(tmp_path / "a.zip")
    assert read_work(path).text.startswith("Chapter 1")


ENCRYPTION = """<encryption xmlns="urn:oasis:names:tc:opendocument:xmlns:container"
 xmlns:enc="http://www.w3.org/2001/04/xmlenc#"><enc:EncryptedData><enc:CipherData>
<enc:CipherReference URI="OEBPS/{}"/></enc:CipherData></enc:EncryptedData></encryption>"""
BOMB = '<!DOCTYPE a [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]>'


def test_disguised_fonts_are_no_protection(tmp_path: Path) -> None:
    files = {"OEBPS/book.opf": package(["a"]), "OEBPS/a": page("<p>Go.</p>"), "OEBPS/f.otf": "font"}
    path = write_epub(tmp_path / "a.epub", {**files, "META-INF/encryption.xml": ENCRYPTION.format("f.otf")})
    assert read_work(path).text == "Go."


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        pytest.param({"META-INF/encryption.xml": ENCRYPTION.format("a")}, r"'OEBPS/a' is encrypted.*\(DRM\)", id="drm"),
        pytest.param({"META-INF/container.xml": "<container/>"}, "names '' as the book's package", id="no-package"),
        pytest.param({"META-INF/container.xml": "<container"}, "not XML that can be read", id="broken-xml"),
        pytest.param({"META-INF/container.xml": f"{BOMB}<a>&b;</a>"}, "defines entities of its own", id="entities"),
        pytest.param({"OEBPS/book.opf": "<package><manifest/></package>"}, "no order in which to read", id="no-spine"),
        pytest.param({"OEBPS/book.opf": package(["a", "b"])}, "'OEBPS/b' isn't in the archive", id="missing-page"),
        pytest.param(
            {"OEBPS/book.opf": '<package><spine><itemref idref="x"/></spine></package>'},
            "names 'x', which",
            id="no-item",
        ),
        pytest.param(
            {"OEBPS/book.opf": package(["a"]).replace("application/xhtml+xml", "application/pdf")},
            "is application/pdf, not a page",
            id="pdf-inside",
        ),
        pytest.param({"OEBPS/a": page("<img src='a.png'/>")}, "has no text: its 1 pages hold pictures", id="pictures"),
        pytest.param({"OEBPS/a": f"{BOMB}{HEAD}<p>&b;</p></html>"}, "'OEBPS/a': .*entities", id="entities-in-page"),
        pytest.param({"OEBPS/a": page("<p>caf\u00e9</p>").encode("latin-1")}, "is not text in utf-8", id="encoding"),
        pytest.param({"OEBPS/a": b"<p>" + b"a" * (2**24)}, "unpacks to more than a book has", id="zip-bomb"),
        pytest.param({"OEBPS/book.opf": "<a>" * 300 + "</a>" * 300}, "more than 200 deep", id="deep"),
    ],
)
def test_broken_book_says_what_is_wrong(tmp_path: Path, changes: dict[str, str | bytes], message: str) -> None:
    files = {"OEBPS/book.opf": package(["a"]), "OEBPS/a": page("<p>Go.</p>"), **changes}
    path = write_epub(tmp_path / "a.epub", files)
    with pytest.raises(FormatError, match=f"(?s)^{re.escape(str(path))}: .*{message}"):
        read_work(path)


def test_all_pages_together_are_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(epub_archives, "_MAX_ARCHIVE", 2_000)
    path = write_book(tmp_path / "a.epub", {f"{n}.xhtml": "<p>Go.</p>" for n in range(20)})
    with pytest.raises(FormatError, match="unpacks to more"):
        read_work(path)


@pytest.mark.parametrize("data", [b"", b"no zip", b"PK\x03\x04 cut off"], ids=["empty", "text", "cut"])
def test_what_is_no_archive_is_no_book(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "a.epub"
    path.write_bytes(data)
    with pytest.raises(FormatError, match="no EPUB: it isn't a zip archive"):
        read_work(path)


def test_archive_without_a_container_is_no_book(tmp_path: Path) -> None:
    path = tmp_path / "a.epub"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.txt", "Go.")
    with pytest.raises(FormatError, match="has 1 files, but no META-INF/container"):
        read_work(path)


def test_damaged_page_is_an_error(tmp_path: Path) -> None:
    path = write_book(tmp_path / "a.epub", {"a.xhtml": "<p>" + "storm and rain " * 400 + "</p>"})
    with zipfile.ZipFile(path) as archive:
        offset = archive.getinfo("OEBPS/a.xhtml").header_offset
    data = bytearray(path.read_bytes())
    data[offset + 60 : offset + 70] = b"\xff" * 10
    path.write_bytes(data)
    with pytest.raises(FormatError, match="can't be unpacked"):
        read_work(path)


@pytest.mark.parametrize(
    "markup",
    [
        *(
            "<",
            "<!--",
            "<p>",
            "<sup>",
            "<a href='x'>",
            "&",
            "<![CDATA[",
            "<h1>a</h1>",
            "<div id='a'>",
            "<a ",
            "<?",
            "<!",
            "</",
        ),
        *("<![", "<script>", "<a b='", "&#", "<!--x-->", "<br/>", "<!doctype ", "<a b=", "<title>"),
    ],
)
@pytest.mark.parametrize("end", ["", ">"])
def test_time_of_a_page_is_linear(markup: str, end: str) -> None:
    start = time.process_time()
    read_page(markup * (100_000 // len(markup)) + end)
    assert time.process_time() - start < 4
