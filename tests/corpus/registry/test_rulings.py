"""What corrections say of units."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from quotesmith.corpus.duck import connect
from quotesmith.corpus.registry import building
from quotesmith.corpus.registry.corrections import Correction
from quotesmith.corpus.registry.rulings import UnitRulings, read_rulings
from quotesmith.corpus.registry.statements import EMPTY
from quotesmith.records import Entity
from tests.corpus.hand_made import naming, write_corpus


@pytest.fixture
def rulings(tmp_path: Path) -> Iterator[object]:
    """Rules on the names Ann, Bo and Cleo of people, and of Oslo, thrice a place and once a person."""
    oslo = Entity("e3", "Oslo", "place")
    documents = [
        naming("a", "Ann", "Bo", "Cleo", oslo),
        naming("b", "Ann", oslo),
        naming("c", oslo),
        naming("d", "Oslo"),
    ]
    folder = tmp_path / "tables"
    write_corpus(folder, documents)
    connection = connect(":memory:", tmp_path / "spill")
    building._add_functions(connection)
    for statement in EMPTY:
        connection.execute(statement)

    def rule(*corrections: Correction) -> tuple[UnitRulings, dict[int, str]]:
        building._fill(connection, folder, corrections, ())
        names = connection.execute("SELECT unit, kind || ' ' || name || ' ' || cut FROM units").fetchall()
        return read_rulings(connection, corrections), dict(names)

    yield rule
    connection.close()


def corrected(do: str, one: str, other: str, document: str | None = None) -> Correction:
    return Correction(do=do, one=one, other=other, document=document)


def named(units: Sequence[int], names: dict[int, str]) -> list[str]:
    return sorted(names[unit].strip() for unit in units)


def test_names_are_those_of_the_kind_that_both_have(rulings) -> None:  # type: ignore[no-untyped-def]
    found, names = rulings(corrected("join", "Ann", "Oslo"), corrected("join", "Oslo", "Atlantis"))
    assert [named(own.one, names) for own in found.rulings] == [["person Ann"], ["place Oslo"]]
    assert named(found.rulings[0].other, names) == ["person Oslo"]
    assert found.unused == [found.rulings[1].correction]


def test_parts_hold_for_all_that_is_joined(rulings) -> None:  # type: ignore[no-untyped-def]
    found, names = rulings(corrected("part", "Ann", "Cleo"), corrected("join", "Ann", "Bo"))
    apart = {names[unit].strip(): named(sorted(others), names) for unit, others in found.apart.items()}
    assert apart == {
        "person Ann": ["person Cleo"],
        "person Bo": ["person Cleo"],
        "person Cleo": ["person Ann", "person Bo"],
    }


def test_name_in_one_document_is_a_unit_of_its_own(rulings) -> None:  # type: ignore[no-untyped-def]
    found, names = rulings(corrected("join", "Ann", "Bo", "b"), corrected("part", "Oslo", "Oslo", "c"))
    assert named(sorted(found.placed), names) == ["person Ann b"]
    assert sorted(names[unit].strip() for unit in found.apart) == ["place Oslo", "place Oslo c"]
