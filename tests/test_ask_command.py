"""The command ask."""

import csv
import io
import json
from pathlib import Path

import pytest
from attrs import evolve
from typer.testing import CliRunner, Result

from quotesmith import cli
from quotesmith.errors import AmbiguousNameError, CorpusError, FormatError, OptionError
from tests.cases import each_row
from tests.corpus.hand_made import article, write_corpus
from tests.samples import summit


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = [
        evolve(summit("one"), meta={"date": "2024-05-01", "outlet": "The Herald"}),
        evolve(summit("two"), meta={"date": "2024-06-30", "outlet": "Post"}),
        article("three", (["Ann Lee"], "=Go to Xi Jinping."), (["Bo Lee"], "No.")),
    ]
    folder = tmp_path_factory.mktemp("tables")
    write_corpus(folder, made)
    return folder


def asked(folder: Path, *options: object) -> Result:
    result = CliRunner().invoke(cli.app, ["ask", str(folder), *map(str, options)], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result


def found(folder: Path, *options: object) -> list[str]:
    rows = map(json.loads, asked(folder, *options, "--format", "jsonl").stdout.splitlines())
    return [f"{row['document']}/{row['quote']}" for row in rows]


@each_row("options, quotes", "corpus", "options of ask")
def test_options_narrow_what_is_given(folder: Path, options: list[str], quotes: str) -> None:
    assert " ".join(found(folder, *options)) == quotes


def test_answer_is_lines_for_people_unless_said_otherwise(folder: Path) -> None:
    told = asked(folder, "--by", "Putin").stdout
    assert told.startswith("4 quotes\nby Putin: Vladimir Putin (person, i2)\n")
    assert "2024-06-30 · Post" in told


def test_data_is_alone_on_standard_output_and_whom_it_took_on_the_other(folder: Path) -> None:
    result = asked(folder, "--by", "putin", "--format", "json")
    answer = json.loads(result.stdout)
    assert [meaning["typed"] for meaning in answer["meanings"]] == ["putin"]
    assert len(answer["quotes"]) == 4
    assert "by putin: Vladimir Putin (person, i2)\n4 quotes\n" in result.stderr


def test_csv_holds_no_formulas(folder: Path) -> None:
    [row] = csv.DictReader(io.StringIO(asked(folder, "--by", "Ann Lee", "--format", "csv").stdout))
    assert (row["text"], row["speakers"], row["document"]) == ("'=Go to Xi Jinping.", "Ann Lee", "three")


def test_graph_of_the_answer_is_written_too(folder: Path, tmp_path: Path) -> None:
    result = asked(folder, "--by", "Xi", "--limit", 1, "--graph", tmp_path / "a.json")
    assert "a.json: <QuoteGraph: 1 documents, " in result.stderr
    graph = json.loads((tmp_path / "a.json").read_text(encoding="utf-8"))
    assert [node["id"] for node in graph["nodes"] if node["node_type"] == "quote"] == ["one/q0"]


@pytest.mark.parametrize(
    ("options", "error"),
    [
        (["--by", "Lee"], AmbiguousNameError),
        (["--since", "yesterday"], OptionError),
        (["--graph", "a.txt"], FormatError),
    ],
)
def test_what_cannot_be_answered_is_an_error_of_ours(folder: Path, options: list[str], error: type[Exception]) -> None:
    with pytest.raises(error):
        asked(folder, *options)


def test_folder_without_a_corpus_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="is no corpus"):
        asked(tmp_path)


def test_making_an_index_is_told(tmp_path: Path) -> None:
    write_corpus(tmp_path, [summit()])
    assert "building the index" in asked(tmp_path).stderr
    assert "building the index" not in asked(tmp_path).stderr
