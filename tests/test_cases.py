import json
import re
from pathlib import Path

import pytest

from tests.cases import FOLDER, ROWS, each_row, named_table, read_cases
from tests.docs import make_doc

KEYS = {"quote", "cue"}
GO = "## go\nGo  VB  ROOT  -\n"
ASKED = re.compile(r'(each_case|named_table)\(\s*"([^"]+)"')
ASKED_ROWS = re.compile(r'each_row\(\s*"[^"]+",\s*"([^"]+)",\s*"([^"]+)"\)')


def write(folder: Path, text: str) -> Path:
    path = folder / "cases.txt"
    path.write_text(text, encoding="utf-8")
    return path


def test_block_has_a_table_with_paragraphs_and_expectations(tmp_path: Path) -> None:
    text = f"# On all.\n\n{GO}\n# Why.\nNo  UH  ROOT  -\n> quote: Go: no\n> cue:\n> quote: No\n\n{GO}> nothing\n"
    first, second = read_cases(write(tmp_path, text.replace("## go", "## stay", 1)), keys=KEYS)
    assert (first.name, first.table) == ("stay", "Go  VB  ROOT  -\n\nNo  UH  ROOT  -")
    assert (first.expected, second.expected) == (({"quote": "Go: no", "cue": ""}, {"quote": "No"}), ())


@pytest.mark.parametrize(
    ("text", "keys", "message"),
    [
        pytest.param(f"{GO}> nothing\n{GO}> nothing", KEYS, "two blocks have the name 'go'", id="name-twice"),
        pytest.param(f"Go\n{GO}> nothing", KEYS, "lines before the first name: 'Go'", id="no-name"),
        pytest.param("## go\n> nothing", KEYS, "'go' needs a table", id="no-table"),
        pytest.param(f"{GO}> nothing\nStay", KEYS, "what is expected below it", id="row-below"),
        pytest.param(GO, KEYS, "'go' says nothing of what is expected", id="no-expectation"),
        pytest.param(f"{GO}> nothing", None, "'go' says what nobody asks for", id="expectation-unasked"),
        pytest.param(f"{GO}> source: he", KEYS, "'source: he'; keys are cue, quote", id="unknown-key"),
        pytest.param(f"{GO}> quote: a\n> cue: b\n> cue: c", KEYS, "says twice what 'cue' is", id="key-twice"),
    ],
)
def test_bad_block_is_refused_by_name(tmp_path: Path, text: str, keys: set[str] | None, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        read_cases(write(tmp_path, text), keys=keys)


def test_missing_table_is_refused_with_the_choices() -> None:
    with pytest.raises(LookupError, match="has no table 'three', but 'two sentences in a passage', "):
        named_table("parsed_text", "three")


@each_row("row, message", "cases", "bad rows")
def test_bad_row_is_refused(row: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        make_doc(row)


def test_every_file_and_named_table_is_asked_for() -> None:
    tests = "".join(path.read_text(encoding="utf-8") for path in Path(__file__).parent.rglob("test_*.py"))
    asked = set(ASKED.findall(tests))
    assert {file for _, file in asked} == {
        path.relative_to(FOLDER).with_suffix("").as_posix() for path in FOLDER.rglob("*.txt")
    }
    named = [case.name for how, file in asked if how == "named_table" for case in read_cases(FOLDER / f"{file}.txt")]
    assert [name for name in named if f'"{name}"' not in tests] == []
    tables = {(path.stem, table) for path in ROWS.glob("*.json") for table in json.loads(path.read_text("utf-8"))}
    assert set(ASKED_ROWS.findall(tests)) == tables
