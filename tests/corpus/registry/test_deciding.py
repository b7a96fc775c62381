"""Decides which units are one."""

from pathlib import Path

import pytest

from quotesmith.corpus.registry import deciding
from quotesmith.records import Entity
from tests.corpus.hand_made import naming
from tests.corpus.registry.making import Making


def test_rows_come_and_go_some_at_a_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(deciding, "_PAGE", 2)
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


def test_forms_have_their_documents_whatever_stands_between_them(tmp_path: Path) -> None:
    making = Making(tmp_path, [naming("a", "Ann Roe", "Bill Roe"), naming("b", "Bill Roe", "William Roe")])
    making.make()
    assert frozenset({"a/e1", "b/e0"}) in making.together()
    assert {row["reason"] for row in making.rows("apart")} == {"documents have both, as two people"}
