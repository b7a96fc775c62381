"""Decides which units are one."""

from pathlib import Path

import pytest

from quotesmith.corpus import database
from quotesmith.corpus.registry import deciding
from quotesmith.corpus.registry.corrections import Correction
from quotesmith.records import Entity, QuoteDocument
from tests.corpus.hand_made import naming
from tests.corpus.registry.making import Making


def test_rows_come_and_go_some_at_a_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "ROWS_AT_ONCE", 2)
    fund = Entity("e9", "World Trade Fund", "organization", aliases=["WTF"])
    people = ["Ann Roe", "Roe", "Bill Lind", "William Lind", "Ann Q. Roe", "Bea Berg"]
    making = Making(tmp_path, [naming(f"d{at}", name, fund) for at, name in enumerate(people)])
    making.add(naming("e", Entity("e9", "WTF", "organization"), "Ann Roe"))
    making.make()
    assert making.together() == {
        frozenset({"d0/e0", "d1/e0", "d4/e0", "e/e1"}),
        frozenset({"d2/e0", "d3/e0"}),
        frozenset({"d5/e0"}),
        frozenset({*(f"d{at}/e9" for at in range(6)), "e/e9"}),
    }


def test_united_names_are_numbered_where_the_first_of_them_would_be(tmp_path: Path) -> None:
    making = Making(tmp_path, [naming("a", "Ann Ade", "Bo Bay", "Cy Cob")])
    making.make([Correction(do="join", one="Cy Cob", other="Ann Ade")])
    assert making.who() == {"a/e0": "i2", "a/e1": "i1", "a/e2": "i2"}


def test_forms_have_their_documents_whatever_stands_between_them(tmp_path: Path) -> None:
    making = Making(tmp_path, [naming("a", "Ann Roe", "Bill Roe"), naming("b", "Bill Roe", "William Roe")])
    making.make()
    assert frozenset({"a/e1", "b/e0"}) in making.together()
    assert {row["reason"] for row in making.rows("apart")} == {"documents have both, as two people"}


FAR = "and so on " * 20


def sentences(first: str, second: str) -> list[QuoteDocument]:
    """Two articles with sentences on people of one name and a common family name."""
    return [naming("a", "Bob Mason", text=first), naming("b", "Robert Mason", text=second)]


@pytest.mark.parametrize(
    ("first", "second", "is_one"),
    [
        pytest.param("Bob Mason, the astronaut, spoke.", "An astronaut, Robert Mason, spoke.", True, id="near"),
        pytest.param("Bob Mason, the astronaut.", "Robert Mason, a mail carrier.", False, id="nothing"),
        pytest.param("Bob Mason, a spy.", "A spy, Robert Mason.", False, id="too-short"),
        pytest.param(f"Bob Mason. {FAR} An astronaut.", "The astronaut Robert Mason.", False, id="far"),
        pytest.param("Bob Mason and Masonry.", "Robert Mason on masons.", False, id="the-name-itself"),
    ],
)
def test_word_near_both_names_makes_them_one(tmp_path: Path, first: str, second: str, *, is_one: bool) -> None:
    making = Making(tmp_path, sentences(first, second))
    making.make()
    assert (len(making.together()) == 1) is is_one


def test_word_near_many_names_says_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(deciding, "MAX_RARE_SHARE", 0.4)
    others = [naming(f"x{at}", "Ann Roe", text="The chairman Ann Roe spoke.") for at in range(8)]
    making = Making(tmp_path, [*sentences("The chairman Bob Mason.", "The chairman Robert Mason."), *others])
    making.make()
    assert len(making.together()) == 3
    monkeypatch.setattr(deciding, "MAX_RARE_SHARE", 1.0)
    making.make()
    assert len(making.together()) == 2


def test_two_words_of_one_document_say_nothing(tmp_path: Path) -> None:
    both = naming("a", "Bob Mason", "Robert Mason", text="Bob Mason and Robert Mason are astronauts.")
    making = Making(tmp_path, [both])
    making.make()
    assert len(making.together()) == 2
    [near] = making.rows("apart")
    assert near["reason"] == "documents have both, as two people"
