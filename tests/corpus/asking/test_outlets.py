"""Outlets by their names."""

from pathlib import Path

import pytest

from quotesmith.corpus.asking.index import Index, open_index
from quotesmith.corpus.asking.outlets import find_outlet
from quotesmith.errors import ArgumentError, NameNotFoundError
from tests.corpus.hand_made import article, write_corpus


@pytest.fixture
def index(tmp_path: Path) -> Index:
    write_corpus(tmp_path, [article(name, (["Ann"], "Go."), outlet=name) for name in ("Le Père", "Post", "")])
    return open_index(tmp_path)


def test_case_and_accents_do_not_count(index: Index) -> None:
    assert find_outlet(index, "LE pere") == "le pere"


def test_unknown_outlet_lists_close_ones(index: Index) -> None:
    with pytest.raises(NameNotFoundError, match="the outlet 'Le Pere Noel'; there are Le Père, Post"):
        find_outlet(index, "Le Pere Noel")
    with pytest.raises(NameNotFoundError, match="outlet ''"):
        find_outlet(index, "")


def test_outlet_is_a_string(index: Index) -> None:
    with pytest.raises(ArgumentError, match="an outlet must be a string, not int"):
        find_outlet(index, 3)  # type: ignore[arg-type]


def test_corpus_without_outlets_says_so(tmp_path: Path) -> None:
    write_corpus(tmp_path, [article("a", (["Ann"], "Go."))])
    with pytest.raises(NameNotFoundError, match="none has any"):
        find_outlet(open_index(tmp_path), "Post")
