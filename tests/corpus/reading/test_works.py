"""One work: texts of Project Gutenberg's, encodings, folders of chapters, and read_file."""

import gzip
import json
import os
import threading
from pathlib import Path
from typing import Any

import pytest

import quotesmith
from quotesmith.corpus import Fault, iter_documents
from quotesmith.corpus.reading.works import read_work
from quotesmith.errors import ArgumentError, FormatError, OptionError, QuotesmithWarning
from quotesmith.records import QuoteDocument
from tests.corpus.reading.books import write_book

HEADER = """The Project Gutenberg eBook of The Storm

This ebook is for the use of anyone anywhere in the United States.

Title: The Storm
       and the Sea

Author: Ann Lee

Release date: May 1, 2001 [eBook #1]

"""
START = "*** START OF THE PROJECT GUTENBERG EBOOK THE STORM ***"
END = "*** END OF THE PROJECT GUTENBERG EBOOK THE STORM ***\n\nTerms of use."
BOOK = "THE STORM\n\nCHAPTER I\n\n“Go,” said Ann,\nand went.\n\nCHAPTER II\n\n“No,” said Bob,\nand stayed."


def titles(work: Any) -> list[str]:
    return [chapter.title for chapter in QuoteDocument("d", work.text, meta=work.meta).chapters]


def write(path: Path, text: str, encoding: str = "utf-8") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode(encoding))
    return path


OLDER_START = "***START OF THIS PROJECT GUTENBERG EBOOK THE\nSTORM***"
OLDER_END = "End of the Project Gutenberg EBook of The Storm\n\n***END OF THIS PROJECT GUTENBERG EBOOK THE STORM***"
SMALL_PRINT = "*END*THE SMALL PRINT! FOR PUBLIC DOMAIN ETEXTS*Ver.04.29.93*END*"
NOTE = "[Transcriber's Note: spelling is kept.\n\nSo are rows.]"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param(START, END, id="today"),
        pytest.param(f"{START}\n\nProduced by Roe\nand others", END, id="makers"),
        pytest.param(f"{START}\n\n{NOTE}", END, id="note"),
        pytest.param(f"{START}", f"TRANSCRIBER'S NOTES:\n\nA comma was added.\n\n{END}", id="notes-behind"),
        pytest.param(OLDER_START, OLDER_END, id="older"),
        pytest.param(SMALL_PRINT, "End of Project Gutenberg's The Storm, by Ann Lee", id="nineties"),
    ],
)
def test_gutenberg_s_additions_are_left_out(tmp_path: Path, before: str, after: str) -> None:
    longer = BOOK + "\n\n" + "\n\n".join(["And it rained."] * 40)
    work = read_work(write(tmp_path / "storm.txt", f"\ufeff{HEADER}{before}\n\n{longer}\n\n{after}"))
    assert work.text == longer
    assert work.meta == {"title": "The Storm and the Sea", "author": "Ann Lee"}


def test_header_of_one_line_names_the_book(tmp_path: Path) -> None:
    work = read_work(write(tmp_path / "a.txt", f"The Project Gutenberg EBook of The Storm, by Ann Lee\n\n{BOOK}"))
    assert (work.text, work.meta) == (BOOK, {"title": "The Storm", "author": "Ann Lee"})


def test_two_books_in_one_file_are_both_kept(tmp_path: Path) -> None:
    one = f"{HEADER}{START}\n\n{BOOK}\n\n{END}\n\n"
    assert read_work(write(tmp_path / "a.txt", one + one)).text == f"{BOOK}\n\n\n{BOOK}"


@pytest.mark.parametrize(
    "text", [BOOK, "Produced by Roe\n\nGo.", "He read the Project Gutenberg EBook of Emma.", "", " \n"]
)
def test_other_texts_stay_as_they_are(tmp_path: Path, text: str) -> None:
    work = read_work(write(tmp_path / "a.txt", text))
    assert (work.text, work.meta, work.id) == (text, {}, str(tmp_path / "a.txt"))


@pytest.mark.parametrize(
    ("written", "given"),
    [("utf-8-sig", None), ("utf-16", None), ("cp1252", "cp1252"), ("latin-1", "latin-1"), ("utf-16", "utf-16")],
)
def test_encodings(tmp_path: Path, written: str, given: str | None) -> None:
    assert read_work(write(tmp_path / "a.txt", "café", written), encoding=given).text == "café"


def test_gutenberg_s_header_names_the_encoding(tmp_path: Path) -> None:
    header = HEADER + "Character set encoding: ISO-8859-1\n\n" + START
    assert read_work(write(tmp_path / "a.txt", f"{header}\n\ncafé", "latin-1")).text == "café"


@pytest.mark.parametrize(
    ("encoding", "error", "message"),
    [
        (None, FormatError, "a.txt is not UTF-8 text .byte 0xe9 in line 1.; name its encoding"),
        ("utf-8", FormatError, "byte 0xe9 at 3 is not utf-8"),
        ("nonsense", OptionError, "'nonsense' is no encoding"),
        ("hex", OptionError, "'hex' is no encoding"),
    ],
)
def test_text_in_another_encoding_is_an_error(
    tmp_path: Path, encoding: str | None, error: type[Exception], message: str
) -> None:
    with pytest.raises(error, match=message):
        read_work(write(tmp_path / "a.txt", "café", "latin-1"), encoding=encoding)


def test_folder_is_one_work_in_natural_order(tmp_path: Path) -> None:
    folder = tmp_path / "storm"
    for name, text in {
        "10.txt": "Ten.",
        "2.txt": "Chapter 2. The Rain\n\nTwo.",
        "1_The-start.txt": "It rained.",
        "part 11/I.txt": BOOK,
        ".hidden.txt": "No.",
    }.items():
        write(folder / name, text)
    work = read_work(folder)
    assert work.text == f"It rained.\n\n\nChapter 2. The Rain\n\nTwo.\n\n\nTen.\n\n\n{BOOK}"
    assert titles(work) == ["1 The-start", "Chapter 2: The Rain", "10", "CHAPTER I", "CHAPTER II"]
    assert (work.id, work.meta["title"]) == (str(folder), "storm")


def test_folder_may_hold_books_and_packed_texts(tmp_path: Path) -> None:
    folder = tmp_path / "all"
    folder.mkdir()
    write_book(folder / "1.epub", {"a": "<h1>I</h1><p>a</p>", "b": "<h1>II</h1><p>b</p>"})
    (folder / "2.txt.gz").write_bytes(gzip.compress(b"Go."))
    work = read_work(folder)
    assert (titles(work), work.meta["author"]) == (["I", "II", "2.txt"], "Ann Lee")


def test_what_is_left_out_of_a_folder_is_said(tmp_path: Path) -> None:
    for name, text in {"1.txt": "Go.", "2.txt": " ", "notes.docx": "x"}.items():
        write(tmp_path / name, text)
    with pytest.warns(QuotesmithWarning) as warned:
        assert read_work(tmp_path).text == "Go."
    assert ["notes.docx" in str(warned[0].message), "2.txt has no text" in str(warned[1].message)] == [True, True]


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        pytest.param("", "", "has no chapters", id="empty-folder"),
        pytest.param("a.jsonl", '{"text": "Go."}', "holds many documents, one a line", id="many-documents"),
    ],
)
def test_folder_without_chapters_is_an_error(tmp_path: Path, name: str, text: str, message: str) -> None:
    if name:
        write(tmp_path / name, text)
    with pytest.raises(FormatError, match=message):
        read_work(tmp_path)


def test_folder_of_empty_files_is_an_error(tmp_path: Path) -> None:
    write(tmp_path / "a.txt", "")
    with pytest.warns(QuotesmithWarning), pytest.raises(FormatError, match="no file in"):
        read_work(tmp_path)


@pytest.mark.parametrize("path", [None, 3, b"a.txt"])
def test_path_must_be_one(path: Any) -> None:
    with pytest.raises(ArgumentError, match="path must be that of a file or folder"):
        read_work(path)


def test_missing_file_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        read_work(tmp_path / "a.epub")


def test_corpora_read_books_as_documents(tmp_path: Path) -> None:
    write_book(tmp_path / "a.epub", {"a": "<h1>I</h1><p>a</p>", "b": "<h1>II</h1><p>b</p>"})
    write(tmp_path / "b.epub", "no zip")
    book, fault = iter_documents(tmp_path)
    assert not isinstance(book, Fault)
    assert (titles(book), json.loads(json.dumps(book.meta))["title"]) == (["I", "II"], "The Storm")
    assert isinstance(fault, Fault)


def test_read_file_gives_what_read_gives(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: dict[str, Any] = {}

    def read(text: str, **options: Any) -> QuoteDocument:
        asked.update(options)
        return QuoteDocument(options["id"], text, meta=options["meta"])

    monkeypatch.setattr(quotesmith, "read", read)
    path = write(tmp_path / "a.txt", f"{HEADER}{START}\n\n{BOOK}\n\n{END}")
    document = quotesmith.read_file(path, meta={"title": "Mine", "year": 1900}, progress=True)
    assert (document.id, document.text, asked["progress"]) == (str(path), BOOK, True)
    assert document.meta == {"title": "Mine", "author": "Ann Lee", "year": 1900}
    assert quotesmith.read_file(path, id="storm").id == "storm"


@pytest.mark.model
def test_characters_of_a_folder_are_the_same_in_all_chapters(tmp_path: Path) -> None:
    write(tmp_path / "1.txt", "“Go,” said Mary Shaw. Jane Roe went out into the rain.\n")
    write(tmp_path / "2.txt", "It was late. “No,” said Mary Shaw. Jane Roe laughed.\n")
    document = quotesmith.read_file(tmp_path)
    assert [document.names(quote) for quote in document.quotes] == [("Mary Shaw",), ("Mary Shaw",)]
    assert len({quote.speakers for quote in document.quotes}) == 1
    assert [chapter.title for chapter in document.chapters] == ["1", "2"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes with names")
@pytest.mark.parametrize("name", ["pipe", "pipe.txt"])
@pytest.mark.parametrize("words", ["“Go,” said Ann Lee.", "“Go,” said Ann Lee. " * 5_000], ids=["short", "long"])
def test_pipe_gives_all_that_it_holds(name: str, words: str, tmp_path: Path) -> None:
    path = tmp_path / name
    os.mkfifo(path)
    writer = threading.Thread(target=path.write_text, args=(words,))
    writer.start()
    assert read_work(path).text == words
    writer.join()
