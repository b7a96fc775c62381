import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotesmith.errors import ArgumentError, GazetteerError
from quotesmith.lexicon.gazetteer import GazetteerEntry, name_key, name_units, read_gazetteer
from quotesmith.records import EntityKind, Gender
from tests.strategies import any_text

ROE = GazetteerEntry("Jane Roe", ["J. Roe", "Janie"], Gender.FEMININE, EntityKind.PERSON, "Q1")
ACME = GazetteerEntry("Acme", kind=EntityKind.ORGANIZATION)
ROWS = [ROE.to_dict(), ACME.to_dict()]
CSV = "name,aliases,gender,kind,identifier\nJane Roe,J. Roe; Janie,feminine,,Q1\n\nAcme,,,organization,\n"


def write(tmp_path: Path, name: str, text: str) -> Path:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("people.json", json.dumps(ROWS)),
        ("people.JSONL", "\n".join(map(json.dumps, ROWS)) + "\n\n"),
        ("people.csv", CSV),
        pytest.param("marked.csv", "\ufeff" + CSV, id="byte-order-mark"),
    ],
)
def test_files_of_all_formats_hold_the_same(tmp_path: Path, name: str, text: str) -> None:
    assert read_gazetteer(str(write(tmp_path, name, text))) == (ROE, ACME)


def test_records_may_be_entries_and_mappings() -> None:
    assert read_gazetteer([ROE, {"name": "Acme", "kind": "organization", "gender": None}]) == (ROE, ACME)


def test_entry_is_a_person_unless_said() -> None:
    assert GazetteerEntry("Jane Roe").kind is EntityKind.PERSON


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        pytest.param({"name": ""}, "name must be a string with at least one word, not ''", id="empty-name"),
        pytest.param({"name": "—"}, "at least one word", id="name-without-words"),
        pytest.param({"name": 3}, "not 3", id="number-for-a-name"),
        pytest.param({"name": "A", "gender": "f"}, "gender must be one of feminine, masculine, not 'f'", id="gender"),
        pytest.param({"name": "A", "kind": "robot"}, "kind must be one of person, .*not 'robot'", id="kind"),
        pytest.param({"name": "A", "aliases": "B"}, "aliases must be a list of names, not 'B'", id="one-alias"),
        pytest.param({"name": "A", "aliases": [" "]}, "an alias must be a string", id="empty-alias"),
        pytest.param({"name": "A", "identifier": 7}, "identifier must be a string .*not 7", id="number-for-a-key"),
    ],
)
def test_entry_that_makes_no_sense_is_an_error(fields: dict[str, Any], message: str) -> None:
    with pytest.raises(GazetteerError, match=message):
        GazetteerEntry(**fields)
    with pytest.raises(GazetteerError, match=f"entry 2: .*{message}"):
        read_gazetteer([ROE, fields])


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        pytest.param("p.json", '[\n{"name": "A"},\n{"name"}]', "line 3: not JSON", id="json-syntax"),
        pytest.param("p.json", '{"name": "A"}', "expected a list of records, not dict", id="json-no-list"),
        pytest.param("p.json", '[{"name": "A"}, 3]', "entry 2: expected a GazetteerEntry", id="json-no-record"),
        pytest.param("p.jsonl", '{"name": "A"}\n\n{"nom": "B"}\n', "line 3: .*unknown keys 'nom'", id="unknown-key"),
        pytest.param("p.jsonl", '{"name": "A"}\n{"kind": "person"}', "line 2: the record has no name", id="no-name"),
        pytest.param("p.jsonl", '{"name": "A"}\n{', "line 2: not JSON", id="jsonl-syntax"),
        pytest.param("p.json", "[" * 100_000, "line 1: not JSON that can be read", id="json-deep"),
        pytest.param("p.json", '[{"name": NaN}]', "entry 1: name must be a string", id="nan"),
        pytest.param("p.csv", "name\n" + "A" * 200_000, "line 2: not CSV: field larger than", id="endless-cell"),
        pytest.param("p.csv", "name,nom\n", "line 1: the columns must be name", id="unknown-column"),
        pytest.param("p.csv", "", "line 1: the columns must be name.*, not none", id="empty-csv"),
        pytest.param("p.json", '[{"name": "A", "name": "B"}]', "key 'name' more than once", id="key-twice"),
        pytest.param("p.jsonl", '{"name": "A", "name": "B"}', "key 'name' more than once", id="key-twice-in-a-line"),
        pytest.param("p.csv", "kind\n", "line 1: the columns must be name", id="no-name-column"),
        pytest.param("p.csv", "name,kind\nA,person\nB\n", "line 3: expected 2 cells.*not 1", id="row-too-short"),
        pytest.param("p.csv", 'name\n"A', "line 2: not CSV", id="open-quotation"),
        pytest.param("p.csv", "name,kind\n,person\n", "line 2: the record has no name", id="empty-cell"),
        pytest.param("p.txt", "A", "has no known suffix", id="suffix"),
    ],
)
def test_malformed_file_is_an_error_that_says_where(tmp_path: Path, name: str, text: str, message: str) -> None:
    with pytest.raises(GazetteerError, match=message):
        read_gazetteer(write(tmp_path, name, text))


def test_file_that_is_not_text_is_an_error_that_names_the_line(tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_bytes(b"name\nR\xe9\n")
    with pytest.raises(GazetteerError, match="line 2: not UTF-8: byte 0xe9"):
        read_gazetteer(path)


def test_missing_file_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        read_gazetteer(tmp_path / "nowhere.json")


@pytest.mark.parametrize("source", [3, b"people.json", {"name": "A"}])
def test_what_is_no_source_is_an_error(source: Any) -> None:
    with pytest.raises(ArgumentError, match=f"not {type(source).__name__}"):
        read_gazetteer(source)


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ([{"name": "A", "aliases": ["C"]}, {"name": "B", "aliases": ["C"]}], "'C' names both 'A' and 'B'"),
        ([{"name": "A"}, {"name": "B", "aliases": ["A"]}], "'A' names both 'A' and 'B'"),
        ([{"name": "O’Neill"}, {"name": "B", "aliases": ["O'Neill"]}], "names both 'O’Neill' and 'B'"),
        pytest.param(
            [{"name": "A", "identifier": "Q1"}, {"name": "B", "identifier": "Q1"}],
            "identifier 'Q1' is given to both 'A' and 'B'",
            id="identifier",
        ),
        pytest.param(
            [{"name": "A", "gender": "feminine"}, {"name": "A", "gender": "masculine"}],
            "'A' is there with gender 'feminine' and with 'masculine'",
            id="gender",
        ),
        pytest.param([{"name": "A"}, {"name": "A", "kind": "place"}], "kind 'person' and with 'place'", id="kind"),
        ([{"name": "A", "identifier": "Q1"}, {"name": "A", "identifier": "Q2"}], "identifier 'Q1'"),
    ],
)
def test_contradiction_is_an_error_that_shows_it(rows: list[dict[str, Any]], message: str) -> None:
    with pytest.raises(GazetteerError, match=message):
        read_gazetteer(rows)


def test_of_many_contradictions_the_first_are_shown_and_the_rest_counted() -> None:
    rows = [{"name": f"Name {n}", "aliases": ["same"]} for n in range(30)]
    with pytest.raises(GazetteerError, match="'Name 0' and 'Name 10'; and 19 more"):
        read_gazetteer(rows)


def test_entries_of_one_name_that_agree_are_one() -> None:
    rows = [{"name": "A", "aliases": ["B"]}, {"name": "A", "aliases": ["C", "B"], "identifier": "Q1"}]
    assert read_gazetteer(rows) == (GazetteerEntry("A", ["B", "C"], identifier="Q1"),)


def test_spaces_apostrophes_and_composition_make_no_other_name() -> None:
    assert name_key("J. K. O’Neill") == name_key("J.K. O'Neill")
    assert name_key("Rene\u0301") == name_key("Ren\u00e9")
    assert name_key("Roe") != name_key("ROE")


@given(any_text())
def test_units_of_any_text_are_in_order_and_leave_out_only_white_space(text: str) -> None:
    units = list(name_units(text))
    assert [unit.start for unit in units] == sorted({unit.start for unit in units})
    assert "".join(text[unit.start : unit.end] for unit in units) == "".join(text.split())


@given(st.lists(st.builds(GazetteerEntry, st.text(min_size=1).map("n{}".format)), max_size=4))
def test_plain_data_of_entries_gives_them_again(entries: list[GazetteerEntry]) -> None:
    rows = [json.loads(json.dumps(entry.to_dict())) for entry in entries]
    assert read_gazetteer(rows) == read_gazetteer(entries)
