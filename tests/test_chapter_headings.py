"""Chapters of plain texts: which lines are headings, and which are not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotesmith.chapter_headings import find_chapters
from tests.steps import steps_of

GO = (
    "“Go,” said Ann, and went out into the rain.\nShe came back before night,\nand nobody asked her where she had been."
)


def book(*headings: str) -> str:
    return "\n\n\n".join(f"{heading}\n\n{GO}" for heading in headings)


def titles(text: str) -> list[str]:
    return [chapter.title for chapter in find_chapters(text)]


@pytest.mark.parametrize(
    ("headings", "expected"),
    [
        pytest.param(["CHAPTER I", "CHAPTER II."], ["CHAPTER I", "CHAPTER II"], id="capitals"),
        pytest.param(
            ["Chapter 1. The Storm", "Chapter 2. Home"], ["Chapter 1: The Storm", "Chapter 2: Home"], id="titles"
        ),
        pytest.param(["Chapter One", "Chapter Twenty-One"], ["Chapter One", "Chapter Twenty-One"], id="words"),
        pytest.param(
            ["CHAPTER I\nTHE STORM", "CHAPTER II\nHOME"], ["CHAPTER I: THE STORM", "CHAPTER II: HOME"], id="below"
        ),
        pytest.param(
            ["Chapter I\n\nThe Storm", "Chapter II\n\nHome"], ["Chapter I: The Storm", "Chapter II: Home"], id="apart"
        ),
        pytest.param(["I", "II", "III"], ["I", "II", "III"], id="numerals"),
        pytest.param(["I. The Storm", "II. Home"], ["I: The Storm", "II: Home"], id="numerals-and-titles"),
        pytest.param(["ONE", "TWO"], ["ONE", "TWO"], id="number-words"),
        pytest.param(["PART ONE", "PART TWO"], ["PART ONE", "PART TWO"], id="parts"),
        pytest.param(["CHAPTER\n\n1", "CHAPTER\n\n2\n\nHome"], ["CHAPTER 1", "CHAPTER 2: Home"], id="number-below"),
        pytest.param(["Chapter\nOne", "Chapter\nTwo"], ["Chapter One", "Chapter Two"], id="number-word-below"),
        pytest.param(
            ["PART I\nCHAPTER 1", "CHAPTER 2"], ["PART I, CHAPTER 1", "PART I, CHAPTER 2"], id="no-blank-line"
        ),
        pytest.param(
            ["PART ONE", "II", "III"], ["PART ONE", "PART ONE, II", "PART ONE, III"], id="first-without-number"
        ),
        pytest.param(["LETTER 4", "LETTER 5"], ["LETTER 4", "LETTER 5"], id="letters"),
        pytest.param(["PROLOGUE", "I", "II", "EPILOGUE"], ["PROLOGUE", "I", "II", "EPILOGUE"], id="around"),
        pytest.param(["CHAPTER THE FIRST", "CHAPTER THE LAST"], ["CHAPTER THE FIRST", "CHAPTER THE LAST"], id="last"),
        pytest.param(
            ["_CHAPTER I_", "*** Chapter 2 ***", "## Chapter 3"], ["CHAPTER I", "Chapter 2", "Chapter 3"], id="drawn"
        ),
        pytest.param(
            ["BOOK THE FIRST\n\nCHAPTER I", "CHAPTER II", "BOOK THE SECOND\n\nCHAPTER I"],
            ["BOOK THE FIRST, CHAPTER I", "BOOK THE FIRST, CHAPTER II", "BOOK THE SECOND, CHAPTER I"],
            id="books",
        ),
        pytest.param(
            ["PART I\n\nI", "II", "PART II\n\nI"], ["PART I, I", "PART I, II", "PART II, I"], id="numerals-in-parts"
        ),
    ],
)
def test_headings_make_chapters(headings: list[str], expected: list[str]) -> None:
    assert titles(book(*headings)) == expected


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(book("CHAPTER I"), id="one-alone"),
        pytest.param(book("Chapter 3 describes the bridge.", "Chapter 4 describes the road."), id="running-text"),
        pytest.param("Chapter 1 was long\nand dull.\n\nChapter 2 was worse\nand longer.\n\n" + GO, id="running-lines"),
        pytest.param(book("“Chapter 1,” he read.", "“Chapter 2,” she said."), id="speech"),
        pytest.param(book("1", "2", "3"), id="short-list"),
        pytest.param(book("II", "IV"), id="numerals-that-count-nothing"),
        pytest.param(book("Partly", "Bookish"), id="longer-words"),
        pytest.param(book("Introduction", "Conclusion"), id="names-alone"),
        pytest.param("CHAPTER I\nCHAPTER II\nCHAPTER III\n\n" + GO, id="contents-alone"),
        pytest.param("", id="nothing"),
    ],
)
def test_other_texts_have_none(text: str) -> None:
    assert titles(text) == []


@pytest.mark.parametrize(
    "contents",
    [
        pytest.param("CONTENTS\n\nCHAPTER I\nCHAPTER II\nEPILOGUE", id="lines"),
        pytest.param("CONTENTS\n\nCHAPTER I\n\nCHAPTER II\n\nEPILOGUE", id="apart"),
        pytest.param("Chapter I. The Storm . . . . 1\n\nChapter II. Home . . . . 12\n\nEpilogue . . . 20", id="pages"),
        pytest.param(
            "CHAPTER I\nAnn goes out, and it rains.\n\nCHAPTER II\nShe comes home.\n\nEPILOGUE", id="synopses"
        ),
    ],
)
@pytest.mark.parametrize("preface", ["", GO])
def test_table_of_contents_is_no_chapter(contents: str, preface: str) -> None:
    before = f"{contents}\n\n{preface}\n\n"
    long = "\n\n".join([GO] * 8)
    chapters = find_chapters(before + book(f"CHAPTER I\n\n{long}", f"CHAPTER II\n\n{long}", f"EPILOGUE\n\n{long}"))
    assert [chapter.title for chapter in chapters] == ["CHAPTER I", "CHAPTER II", "EPILOGUE"]
    assert chapters[0].span.start == len(before)


def test_chapters_reach_from_heading_to_heading() -> None:
    text = "THE STORM\n\nBy Ann Lee\n\n" + book("CHAPTER I", "CHAPTER II")
    first, second = find_chapters(text)
    assert (text[first.span.start :].index("CHAPTER I"), first.span.end, second.span.end) == (
        0,
        second.span.start,
        len(text),
    )


@given(
    st.lists(st.sampled_from(["CHAPTER I", "I", "II", "2.", "PART TWO", "Prologue", GO, "", " ", "\r", "Roe", "I. Go"]))
)
def test_any_order_of_lines_gives_chapters_in_order_and_apart(lines: list[str]) -> None:
    text = "\n".join(lines)
    ends = [place for chapter in find_chapters(text) for place in (chapter.span.start, chapter.span.end)]
    assert ends == sorted(ends)
    assert all(end <= len(text) for end in ends)


@pytest.mark.parametrize("line", ["CHAPTER I\n\n", "I\n\n", "PART I\n", "Chapter 1 . . . 1\n\n", "I. A\n\n\n"])
def test_work_is_linear(line: str) -> None:
    assert steps_of(find_chapters, line * 2_000) < 12 * steps_of(find_chapters, line * 200)
