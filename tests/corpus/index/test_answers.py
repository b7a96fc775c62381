"""Quotes in the terminal and as rows."""

import io
from pathlib import Path

from attrs import evolve
from rich.console import Console

from quotesmith.corpus import Corpus
from quotesmith.corpus.index.answers import ROW_COLUMNS, iter_rows, name_match_row, name_match_words, show_selection
from quotesmith.corpus.index.selections import CorpusSelection
from tests.corpus.hand_made import article, write_corpus
from tests.samples import summit


def shown(selection: CorpusSelection, *, limit: int = 20, width: int = 100) -> str:
    told = io.StringIO()
    show_selection(selection, Console(file=told, width=width), limit=limit)
    return told.getvalue()


def test_quotes_stand_under_articles_and_speakers(tmp_path: Path) -> None:
    write_corpus(tmp_path, [summit("a"), article("b", (["Xi Jinping"], "Go."), day="2024-05-01", outlet="Post")])
    told = shown(Corpus.open(tmp_path).quotes.by("Xi").about("tariffs").text("the"))
    assert told == (
        "1 quote\n"
        "by Xi: Xi Jinping (person, i1)\n"
        "about tariffs: the words themselves\n"
        "\n"
        "No deal\n"
        "  The two leaders\n"
        "    indirect  the tariffs\n"
        "              attitude\n"
    )
    told = shown(Corpus.open(tmp_path).quotes.by("Xi"))
    assert "2024-05-01 · Post · b\n  Xi Jinping\n    direct    Go.\n" in told
    assert "              to reporters\n" in told


def test_first_ones_are_shown_and_how_many_more_there_are(tmp_path: Path) -> None:
    write_corpus(tmp_path, [summit("a")])
    told = shown(Corpus.open(tmp_path).quotes, limit=2)
    assert told.startswith("7 quotes\n")
    assert told.endswith("\n5 more; --limit says how many to show\n")
    assert "no speaker" not in told
    assert "no speaker" in shown(Corpus.open(tmp_path).quotes, limit=7)


def test_lines_are_wrapped_beside_the_kind(tmp_path: Path) -> None:
    write_corpus(tmp_path, [article("a", (["Ann"], "word " * 20))])
    lines = shown(Corpus.open(tmp_path).quotes, width=40).splitlines()
    assert max(map(len, lines)) <= 40
    assert [line[:14].strip() for line in lines[4:]] == ["direct", *[""] * (len(lines) - 5)]


def test_words_of_the_corpus_do_not_act(tmp_path: Path) -> None:
    evil = "a\x1b[2Jb\u202ec [red]d"
    document = article(evil, ([f"Ann{evil}"], evil), outlet=evil, day="2024-05-01")
    write_corpus(tmp_path, [document])
    told = shown(Corpus.open(tmp_path).quotes.by(f"Ann{evil}").about(evil))
    assert set("\x1b\u202e") & set(told) == set()
    assert "[red]d" in told


def test_name_match_is_cut_where_it_is_long(tmp_path: Path) -> None:
    many = [([f"Ann{number} Lee"], "Lee.") for number in range(6)]
    write_corpus(tmp_path, [article("a", *many)])
    [name_match] = Corpus.open(tmp_path).quotes.about("Lee").name_matches
    assert name_match_words(name_match).endswith("Ann2 Lee (person, i3) and 3 more, or the words themselves")


def test_row_has_the_columns_of_a_document_and_where_it_was_published(tmp_path: Path) -> None:
    document = evolve(summit(), meta={"date": "2024-05-01", "outlet": "Post", "title": "Talks", "url": "x:y"})
    write_corpus(tmp_path, [document, evolve(summit("b"), meta={})])
    found = list(iter_rows(Corpus.open(tmp_path).quotes.by("Xi").kind("mixed"), width=0))
    assert [list(row) for row in found] == [list(ROW_COLUMNS)] * 2
    [theirs] = document.quotes.by("Xi").kind("mixed").to_dicts(width=0)
    assert found[0] == {**theirs, "date": "2024-05-01", "outlet": "Post", "title": "Talks", "url": "x:y"}
    assert [found[1][name] for name in ("document", "date", "outlet", "title", "url")] == ["b", None, None, None, None]


def test_name_match_says_who_is_meant_and_who_is_not(tmp_path: Path) -> None:
    write_corpus(tmp_path, [article("a", *[(["Ann Lee"], "Go.")] * 9, (["Bo Lee"], "No."))])
    [name_match] = Corpus.open(tmp_path).quotes.by("Lee").name_matches
    assert name_match_row(name_match) == {
        "relation": "said",
        "typed": "Lee",
        "taken": [{"identity": "i1", "name": "Ann Lee", "kind": "person", "quotes": 9}],
        "passed_over": [{"identity": "i2", "name": "Bo Lee", "kind": "person", "quotes": 1}],
    }
