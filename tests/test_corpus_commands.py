"""The commands corpus, ask and registry."""

import csv
import io
import json
import sys
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from rich.console import Console
from typer.testing import CliRunner, Result

from quotesmith import cli, corpus_commands
from quotesmith.corpus import Corpus, Fault, Progress
from quotesmith.corpus.corpora import ENGINES, FAULTS
from quotesmith.corpus.reading.formats import INPUT_FORMATS
from quotesmith.errors import AmbiguousNameError, CorpusError, FormatError, NameNotFoundError, OptionError
from tests.cases import each_row
from tests.corpus.hand_made import article, naming, write_corpus
from tests.samples import summit


def run(*arguments: object, stdin: bytes | None = None) -> Result:
    result = CliRunner().invoke(cli.app, [*map(str, arguments)], input=stdin, catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result


def test_choices_are_those_that_there_are() -> None:
    assert [one.value for one in corpus_commands.InputFormatName] == [known.name for known in INPUT_FORMATS]
    assert [one.value for one in corpus_commands.EngineName] == list(ENGINES)
    assert [one.value for one in corpus_commands.Faults] == list(FAULTS)


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> dict[str, Any]:
    """What the command asks of `Corpus.run`."""
    found: dict[str, Any] = {}

    def fake_run(inputs: list[str], folder: Path, **options: Any) -> Corpus:
        found.update(options, inputs=inputs, folder=folder)
        made = object.__new__(Corpus)
        object.__setattr__(made, "folder", tmp_path)
        return made

    monkeypatch.setattr(Corpus, "run", fake_run)
    return found


def test_options_reach_the_run(asked: dict[str, Any], tmp_path: Path) -> None:
    options = ["--jobs", 3, "--engine", "ray", "--format", "csv", "--column", "text=body", "--column", "by=au=thor"]
    options += ["--faults", "skip", "--style", "fiction", "--shard-documents", 7]
    told = run("corpus", "a.csv", "b", "-o", "out", *options)
    watch = asked.pop("watch")
    assert callable(watch)
    assert asked == {
        "inputs": ["a.csv", "b"],
        "folder": Path("out"),
        "jobs": 3,
        "engine": "ray",
        "format": "csv",
        "columns": {"text": "body", "by": "au=thor"},
        "faults": "skip",
        "pipeline": None,
        "gazetteer": None,
        "style": "fiction",
        "shard_documents": 7,
    }
    assert told.stdout == f"{tmp_path}: 0 documents, 0 quotes; 0 rows left out\n"


@pytest.mark.usefixtures("asked")
@pytest.mark.parametrize("column", ["text", "=body", "text="])
def test_column_needs_both_sides(column: str) -> None:
    with pytest.raises(OptionError, match="as in text=body"):
        run("corpus", "a.csv", "-o", "out", "--column", column)


@pytest.mark.usefixtures("asked")
def test_column_is_given_once() -> None:
    with pytest.raises(OptionError, match="--column gives 'text' two values, 'a' and 'b'"):
        run("corpus", "a.csv", "-o", "out", "--column", "text=a", "--column", "text=b")


def test_display_tells_speed_and_what_is_left_out() -> None:
    told = io.StringIO()
    display = corpus_commands._Display(Console(file=told, width=120))
    faults = tuple(Fault(f"a.jsonl, line {number}", "[bad]") for number in range(12))
    begun = Progress(
        shards=0, documents=0, characters=0, all_shards=2, all_documents=9, all_characters=90, faults=faults
    )
    with display:
        display.show(begun)
        display.show(
            Progress(shards=1, documents=4, characters=40, all_shards=2, all_documents=9, all_characters=90, words=8)
        )
    lines = told.getvalue().splitlines()
    assert lines[0] == "left out: a.jsonl, line 0: [bad]"
    assert lines[10] == "left out: 2 more; the shards' manifests list all"
    assert "4 of 9 documents" in lines[-1]
    assert "words a second" in lines[-1]


@pytest.mark.model
@pytest.mark.usefixtures("nlp")
def test_articles_become_tables(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    typed = json.dumps({"id": "roe", "body": "“The bridge is closed,” said Mayor Jane Roe."}).encode()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(typed)))
    options = ["-o", tmp_path / "out", "--format", "jsonl", "--column", "text=body"]
    told = run("corpus", "-", *options, stdin=typed)
    assert told.stdout == f"{tmp_path / 'out'}: 1 documents, 1 quotes; 0 rows left out\n"
    [document] = Corpus(tmp_path / "out").documents()
    assert document.names(document.quotes[0]) == ("Jane Roe",)
    assert run("corpus", "--verify", tmp_path / "out").stdout == told.stdout
    (tmp_path / "out" / "shards" / "000000" / "quotes.parquet").write_bytes(b"PAR1")
    found = CliRunner().invoke(cli.app, ["corpus", "--verify", str(tmp_path / "out")])
    assert found.exit_code == 1
    assert "quotes.parquet: " in found.stdout
    assert "run the corpus again" in found.stdout
    again = run("corpus", tmp_path / "out" / "inputs", *options)
    assert again.stdout == told.stdout
    assert "made anew: " in again.stderr


@pytest.mark.parametrize("options", [[], ["-o", "out"], ["in.jsonl"], ["in.jsonl", "--verify", "out"]])
def test_corpus_takes_inputs_and_a_folder_or_a_folder_to_verify(options: list[str]) -> None:
    with pytest.raises(OptionError, match="--verify"):
        CliRunner().invoke(cli.app, ["corpus", *options], catch_exceptions=False)


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


def found(folder: Path, *options: object) -> list[str]:
    rows = map(json.loads, run("ask", folder, *options, "--format", "jsonl").stdout.splitlines())
    return [f"{row['document']}/{row['quote']}" for row in rows]


@each_row("options, quotes", "corpus", "options of ask")
def test_options_narrow_what_is_given(folder: Path, options: list[str], quotes: str) -> None:
    assert " ".join(found(folder, *options)) == quotes


def test_answer_is_lines_for_people_or_data_alone(folder: Path) -> None:
    told = run("ask", folder, "--by", "Putin").stdout
    assert told.startswith("4 quotes\nby Putin: Vladimir Putin (person, i2)\n")
    assert "2024-06-30 · Post" in told
    result = run("ask", folder, "--by", "putin", "--format", "json")
    answer = json.loads(result.stdout)
    assert [name_match["typed"] for name_match in answer["name_matches"]] == ["putin"]
    assert len(answer["quotes"]) == 4
    assert "by putin: Vladimir Putin (person, i2)\n4 quotes\n" in result.stderr


def test_csv_holds_no_formulas(folder: Path) -> None:
    [row] = csv.DictReader(io.StringIO(run("ask", folder, "--by", "Ann Lee", "--format", "csv").stdout))
    assert (row["text"], row["speakers"], row["document"]) == ("'=Go to Xi Jinping.", "Ann Lee", "three")


def test_graph_of_the_answer_is_written_too(folder: Path, tmp_path: Path) -> None:
    result = run("ask", folder, "--by", "Xi", "--limit", 1, "--graph", tmp_path / "a.json")
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
        run("ask", folder, *options)


def test_folder_without_a_corpus_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="is no corpus"):
        run("ask", tmp_path)


def test_making_an_index_is_told(tmp_path: Path) -> None:
    write_corpus(tmp_path, [summit()])
    assert "building the index" in run("ask", tmp_path).stderr
    assert "building the index" not in run("ask", tmp_path).stderr


@pytest.fixture
def roes(tmp_path: Path) -> Path:
    write_corpus(tmp_path / "tables", [naming("a", "Jeb Roe"), naming("b", "John Ellis Roe"), naming("c", "Jeb Roe")])
    return tmp_path / "tables"


def test_summary_counts_by_kind_and_tells_unused_corrections(roes: Path) -> None:
    assert run("registry", roes).stdout == f"{roes}: 2 identities: person 2\n"
    assert "fits nothing" in run("registry", roes, "--join", "Nobody=Somebody").stderr


def test_corrections_hold_at_once_and_explanations_tell_why(roes: Path) -> None:
    shown = run(
        "registry", roes, "--join", "Jeb Roe = John Ellis Roe", "--note", "initials", "--explain", "Jeb Roe"
    ).stdout
    assert shown.splitlines() == [
        "Jeb Roe (person, i1): 3 documents",
        "  Jeb Roe: 2 documents",
        "  John Ellis Roe: 1 document; you joined them: initials",
    ]


def test_parts_may_be_of_one_document_and_names_are_given(roes: Path) -> None:
    shown = run(
        "registry", roes, "--part", "Jeb Roe=Jeb Roe", "--document", "c", "--rename", "Jeb Roe=Jeb", "--explain", "i1"
    ).stdout
    assert shown.startswith("Jeb (person, i1): 1 document\n")
    assert "not Jeb Roe" in shown


def test_gazetteer_is_taken(roes: Path, tmp_path: Path) -> None:
    (tmp_path / "known.csv").write_text("name,aliases,identifier\nJeb Roe,John Ellis Roe,Q1\n")
    assert (
        "(person, i1): 3 documents"
        in run("registry", roes, "--gazetteer", tmp_path / "known.csv", "--explain", "Q1").stdout
    )


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
def test_what_is_wrong_is_told(roes: Path, options: list[str], error: type[Exception]) -> None:
    with pytest.raises(error):
        run("registry", roes, *options)
