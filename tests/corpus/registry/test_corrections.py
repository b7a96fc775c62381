"""The log of what the user says."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from quotesmith.corpus.database import connect
from quotesmith.corpus.registry import building
from quotesmith.corpus.registry.corrections import (
    Correction,
    UnitRulings,
    add_correction,
    check_corrections,
    read_corrections,
    read_rulings,
)
from quotesmith.corpus.registry.statements import CREATE_REGISTRY
from quotesmith.errors import ArgumentError, CorpusError, FormatError, OptionError
from quotesmith.records import Entity
from tests.corpus.hand_made import naming, write_corpus


def join(one: str, other: str, document: str | None = None) -> Correction:
    return Correction(do="join", one=one, other=other, document=document)


def part(one: str, other: str, document: str | None = None) -> Correction:
    return Correction(do="part", one=one, other=other, document=document)


def test_log_is_added_to_with_the_time(tmp_path: Path) -> None:
    log = tmp_path / "corrections.jsonl"
    assert read_corrections(log) == ()
    add_correction(log, Correction(do="join", one="A", other="B", note="they said so"))
    before = log.read_text(encoding="utf-8")
    add_correction(log, part("A", "C", "d"))
    assert log.read_text(encoding="utf-8").startswith(before)
    one, two = read_corrections(log)
    assert (one.do, one.one, one.other, one.document, one.note) == ("join", "A", "B", None, "they said so")
    assert one.at.endswith("+00:00")
    assert two.document == "d"


def test_what_is_said_twice_stands_there_once(tmp_path: Path) -> None:
    log = tmp_path / "corrections.jsonl"
    add_correction(log, join("A", "B"))
    add_correction(log, join("a", "the B"))
    assert len(read_corrections(log)) == 1
    for name in ("X", "Y", "X"):
        add_correction(log, Correction(do="name", one="A", other=name))
    assert [own.other for own in read_corrections(log)] == ["B", "X", "Y", "X"]


@pytest.mark.parametrize(
    "contradicting",
    [
        [join("A", "B"), part("B", "a")],
        [part("A", "C"), join("A", "B"), join("B", "C")],
        [join("A", "B", "d"), part("A", "B", "d")],
    ],
    ids=["pair", "chain", "document"],
)
def test_contradictions_are_shown_and_not_written(tmp_path: Path, contradicting: list[Correction]) -> None:
    log = tmp_path / "corrections.jsonl"
    for own in contradicting[:-1]:
        add_correction(log, own)
    before = log.read_bytes()
    with pytest.raises(CorpusError, match="contradict") as error:
        add_correction(log, contradicting[-1])
    assert all(str(own) in str(error.value) for own in contradicting)
    assert log.read_bytes() == before


def test_one_document_does_not_contradict_the_others() -> None:
    check_corrections([join("A", "B"), part("A", "B", "d"), join("A", "C", "d")])


@pytest.mark.parametrize(
    "line",
    [
        "[]",
        json.dumps({"do": "join", "one": "A"}),
        json.dumps({"do": "mix", "one": "A", "other": "B"}),
        json.dumps({"do": "join", "one": "A", "other": "B", "more": 1}),
        json.dumps({"do": "join", "one": "A", "other": 7}),
    ],
)
def test_line_that_is_no_correction_is_named(tmp_path: Path, line: str) -> None:
    log = tmp_path / "corrections.jsonl"
    log.write_text(f"\n{line}\n", encoding="utf-8")
    with pytest.raises(FormatError, match=r"corrections\.jsonl, line 2 is no correction"):
        read_corrections(log)


def test_broken_line_is_named(tmp_path: Path) -> None:
    log = tmp_path / "corrections.jsonl"
    log.write_text("{\n", encoding="utf-8")
    with pytest.raises(FormatError, match="line 1"):
        read_corrections(log)


def test_wrong_arguments_are_told() -> None:
    with pytest.raises(ArgumentError, match="one must be a string"):
        Correction(do="join", one=1, other="B")  # type: ignore[arg-type]
    with pytest.raises(ArgumentError, match="document must be a string"):
        Correction(do="join", one="A", other="B", document=1)  # type: ignore[arg-type]
    with pytest.raises(OptionError, match="two names"):
        join(" ", "B")
    with pytest.raises(OptionError, match="same name"):
        part("The A", "a")
    with pytest.raises(OptionError, match="document out"):
        Correction(do="name", one="A", other="B", document="d")
    assert part("A", "A", "d").document == "d"


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
    for statement in CREATE_REGISTRY:
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
