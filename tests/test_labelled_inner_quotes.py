"""The labelled quotes inside quotes, and how found ones are counted against them."""

from itertools import pairwise
from typing import Any

import pytest

from tests.benchmarks.inner_quotes import CORPORA, Inner, Outcome, compare, interval
from tests.benchmarks.measuring import Figures, read_labels

ROWS = read_labels("inner_quotes")
TEXT = "Police say Roe said that Ann Lee hopes to win soon"


def test_spans_are_in_order_and_inside_the_content() -> None:
    for row in ROWS:
        [start, end] = row["content"]
        for quote in row["inner"]:
            assert quote["content"]
            for role in ("content", "cue", "source"):
                edges = [start, *(edge for span in quote[role] for edge in span), end]
                assert all(left <= right for left, right in pairwise(edges)), (row, role)
                assert all(first < last for first, last in quote[role])
            if "source_head" in quote:
                [[first, last]], [head_start, head_end] = quote["source"], quote["source_head"]
                assert first <= head_start < head_end <= last


def test_each_content_is_labelled_once_and_each_text_is_of_one_part() -> None:
    assert len({(row["corpus"], row["doc_id"], *row["content"]) for row in ROWS}) == len(ROWS)
    parts = {(row["corpus"], row["doc_id"], row["part"]) for row in ROWS}
    assert len({part[:2] for part in parts}) == len(parts)
    assert {row["corpus"] for row in ROWS} == set(CORPORA)
    assert {row["part"] for row in ROWS} == {"train", "test"}
    assert sum(len(row["inner"]) for row in ROWS) > 200


def inner(content: str, source: str = "", head: str = "") -> Inner:
    places = {word: TEXT.index(word) for word in TEXT.split()}
    return Inner(*(frozenset(places[word] for word in words.split()) for words in (content, source, head)))


def labelled(content: str, source: str = "", head: str = "") -> dict[str, Any]:
    spans = {role: [_span(words)] if words else [] for role, words in (("content", content), ("source", source))}
    return {"cue": [], **spans} | ({"source_head": _span(head)} if head else {})


def _span(words: str) -> list[int]:
    start = TEXT.index(words)
    return [start, start + len(words)]


SAID = labelled("that Ann Lee hopes to win soon", "Roe")
HOPES = labelled("to win soon", "Ann Lee", "Lee")


@pytest.mark.parametrize(
    ("quotes", "found", "counts"),
    [
        pytest.param([SAID], [], (0, 1, 0, 0), id="missed"),
        pytest.param([], [inner("win soon")], (1, 0, 0, 0), id="too many"),
        pytest.param([SAID], [inner("that Ann Lee hopes", "Roe")], (1, 1, 1, 1), id="alike enough"),
        pytest.param([SAID], [inner("win soon", "Roe")], (1, 1, 0, 0), id="too short"),
        pytest.param([SAID], [inner("that Ann Lee hopes", "Police")], (1, 1, 1, 0), id="another source"),
        pytest.param([HOPES], [inner("to win", "Lee hopes that")], (1, 1, 1, 1), id="holds the head"),
        pytest.param([HOPES], [inner("to win")], (1, 1, 1, 0), id="source missing"),
        pytest.param([labelled("to win")], [inner("to win")], (1, 1, 1, 1), id="no source"),
        pytest.param([labelled("to win")], [inner("to win", "Roe")], (1, 1, 1, 0), id="source too many"),
        pytest.param([SAID, HOPES], [inner("that Ann Lee hopes to win soon", "Roe")], (1, 1, 1, 1), id="deeper missed"),
        pytest.param([SAID, HOPES], [inner("to win soon", "Ann Lee")], (0, 1, 0, 0), id="deeper found"),
        pytest.param([HOPES], [inner("to win soon", "Lee"), inner("to win")], (2, 1, 1, 1), id="one to one"),
    ],
)
def test_found_quotes_are_counted(quotes: list[Any], found: list[Inner], counts: tuple[int, ...]) -> None:
    row = {"corpus": "polnear", "doc_id": "a", "content": [0, len(TEXT)], "inner": quotes}
    assert compare(row, TEXT, found) == Outcome("polnear", "a", *counts)


def test_interval_draws_whole_texts() -> None:
    def figures(outcomes: Any) -> Figures:
        return Figures(sum(one.matched for one in outcomes), 2, 2)

    same_text = [Outcome("polnear", "a", 1, 1, matched, 0) for matched in (0, 2)]
    assert interval(same_text, figures) == (1, 1)
    two_texts = [Outcome("polnear", name, 1, 1, matched, 0) for name, matched in (("a", 0), ("b", 1))]
    assert interval(two_texts, figures) == (0, 1)
