"""The command corpus."""

import io
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console
from typer.testing import CliRunner

from quotesmith import cli, corpus_commands
from quotesmith.corpus import Corpus, Fault, Progress
from quotesmith.corpus.corpora import ENGINES, FAULTS
from quotesmith.corpus.reading.formats import INPUT_FORMATS
from quotesmith.errors import OptionError


def test_choices_are_those_that_there_are() -> None:
    assert [one.value for one in corpus_commands.InputFormatName] == [known.name for known in INPUT_FORMATS]
    assert [one.value for one in corpus_commands.EngineName] == list(ENGINES)
    assert [one.value for one in corpus_commands.Faults] == list(FAULTS)


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> dict[str, Any]:
    """What the command asks of `Corpus.run`."""
    found: dict[str, Any] = {}

    def run(inputs: list[str], folder: Path, **options: Any) -> Corpus:
        found.update(options, inputs=inputs, folder=folder)
        made = object.__new__(Corpus)
        object.__setattr__(made, "folder", tmp_path)
        return made

    monkeypatch.setattr(Corpus, "run", run)
    return found


def run(*arguments: object) -> str:
    result = CliRunner().invoke(cli.app, ["corpus", *map(str, arguments)], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.stdout


def test_options_reach_the_run(asked: dict[str, Any], tmp_path: Path) -> None:
    options = ["--jobs", 3, "--engine", "ray", "--format", "csv", "--column", "text=body", "--column", "by=au=thor"]
    told = run("a.csv", "b", "-o", "out", *options, "--faults", "skip", "--shard-documents", 7)
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
        "shard_documents": 7,
    }
    assert told == f"{tmp_path}: 0 documents, 0 quotes; 0 rows left out\n"


@pytest.mark.usefixtures("asked")
@pytest.mark.parametrize("column", ["text", "=body", "text="])
def test_column_needs_both_sides(column: str) -> None:
    with pytest.raises(OptionError, match="as in text=body"):
        run("a.csv", "-o", "out", "--column", column)


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
    result: Callable[..., Any] = CliRunner().invoke
    told = result(
        cli.app,
        ["corpus", "-", "-o", str(tmp_path / "out"), "--format", "jsonl", "--column", "text=body"],
        input=typed,
        catch_exceptions=False,
    )
    assert told.stdout == f"{tmp_path / 'out'}: 1 documents, 1 quotes; 0 rows left out\n"
    [document] = Corpus(tmp_path / "out").documents()
    assert document.names(document.quotes[0]) == ("Jane Roe",)
