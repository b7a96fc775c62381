"""The command registry."""

from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from quotesmith import cli
from quotesmith.errors import CorpusError, NameNotFoundError, OptionError
from tests.corpus.hand_made import naming, write_corpus


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_corpus(tmp_path / "tables", [naming("a", "Jeb Roe"), naming("b", "John Ellis Roe"), naming("c", "Jeb Roe")])
    return tmp_path / "tables"


def run(folder: Path, *options: object) -> Result:
    result = CliRunner().invoke(cli.app, ["registry", str(folder), *map(str, options)], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result


def test_summary_counts_by_kind(folder: Path) -> None:
    assert run(folder).stdout == f"{folder}: 2 identities: person 2\n"


def test_corrections_hold_at_once_and_explanations_tell_why(folder: Path) -> None:
    shown = run(folder, "--join", "Jeb Roe = John Ellis Roe", "--note", "initials", "--explain", "Jeb Roe").stdout
    assert shown.splitlines() == [
        "Jeb Roe (person, i1): 3 documents",
        "  Jeb Roe: 2 documents",
        "  John Ellis Roe: 1 document; you joined them: initials",
    ]


def test_parts_may_be_of_one_document_and_names_are_given(folder: Path) -> None:
    shown = run(
        folder, "--part", "Jeb Roe=Jeb Roe", "--document", "c", "--rename", "Jeb Roe=Jeb", "--explain", "i1"
    ).stdout
    assert shown.startswith("Jeb (person, i1): 1 document\n")
    assert "not Jeb Roe" in shown


def test_gazetteer_is_taken(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "known.csv").write_text("name,aliases,identifier\nJeb Roe,John Ellis Roe,Q1\n")
    assert "(person, i1): 3 documents" in run(folder, "--gazetteer", tmp_path / "known.csv", "--explain", "Q1").stdout


def test_unused_correction_is_told(folder: Path) -> None:
    assert "fits nothing" in run(folder, "--join", "Nobody=Somebody").stderr


@pytest.mark.parametrize(
    ("options", "error"),
    [
        (["--join", "Jeb Roe"], OptionError),
        (["--note", "initials"], OptionError),
        (["--document", "c"], OptionError),
        (["--explain", "Nobody at all"], NameNotFoundError),
        (["--join", "A=B", "--part", "A=B"], CorpusError),
    ],
)
def test_what_is_wrong_is_told(folder: Path, options: list[str], error: type[Exception]) -> None:
    with pytest.raises(error):
        run(folder, *options)
