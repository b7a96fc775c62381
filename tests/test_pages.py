"""What pages say beside their blocks: command lines are ones that exist, and the models' page agrees with the card."""

import json
import re
import shlex
from pathlib import Path
from typing import Any

import pytest
import typer

from quotesmith.cli import app

ROOT = Path(__file__).parents[1]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "examples").rglob("*.md")])
WEIGHTS = ROOT / "quotesmith" / "weights"
CARD = json.loads((WEIGHTS / "card.json").read_text(encoding="utf-8"))
MODELS = (ROOT / "docs" / "models.md").read_text(encoding="utf-8")
# Typer brings a click of its own, whose classes are not those of the package click.
COMMANDS: dict[str, Any] = typer.main.get_command(app).commands  # type: ignore[attr-defined]


def command_lines(text: str) -> list[str]:
    """Command lines of `quotesmith` in the page's shell blocks and in its running text."""
    blocks = re.findall(r"^ *```(?:bash|sh)\n(.*?)^ *```", text, re.MULTILINE | re.DOTALL)
    lines = [line for block in blocks for line in block.replace("\\\n", " ").splitlines()]
    inline = [code.replace("\n", " ") for code in re.findall(r"(?<!`)`(quotesmith [^`]+)`", text)]
    parts = [part.strip() for line in [*lines, *inline] for part in re.split(r"&&|\|", line)]
    return [part for part in parts if part.startswith("quotesmith ")]


LINES = [
    pytest.param(line, id=f"{path.relative_to(ROOT)}-{line}"[:80])
    for path in PAGES
    for line in command_lines(path.read_text(encoding="utf-8"))
    if not line.startswith("quotesmith --")
]


@pytest.mark.parametrize("line", LINES)
def test_command_line_of_a_page_has_a_command_and_options_that_exist(line: str) -> None:
    name, *words = shlex.split(line, comments=True)[1:]
    assert name in COMMANDS
    known = {
        spelling for parameter in COMMANDS[name].params for spelling in [*parameter.opts, *parameter.secondary_opts]
    }
    used = {word.split("=")[0] for word in words if word.startswith("-") and word != "-"}
    assert used <= known | {"--help"}


def test_pages_have_many_command_lines() -> None:
    assert len(LINES) >= 20


@pytest.mark.parametrize("data", CARD["data"], ids=lambda data: data["name"])
def test_models_page_names_all_data_with_their_licences(data: dict[str, Any]) -> None:
    assert f"| {data['name']} | {data['licence']} | {'yes' if data['open'] else 'no'} |" in MODELS


@pytest.mark.parametrize("name", CARD["files"])
def test_models_page_names_all_files_as_the_card_does(name: str) -> None:
    file = CARD["files"][name]
    assert f"| `{name}` | {file['bytes']:,} | `{file['sha256'][:16]}` |" in MODELS


@pytest.mark.parametrize("name", ["score.json", "speaker_score.json"])
def test_models_page_names_the_data_of_calibrations(name: str) -> None:
    calibration = json.loads((WEIGHTS / name).read_text(encoding="utf-8"))
    for data in calibration["data"]:
        assert f"| `{name}` | {data['name']} | {data['licence']} |" in MODELS


def test_models_page_tells_base_day_and_command() -> None:
    assert f"{CARD['base']['name']} ({CARD['base']['licence']})" in MODELS
    assert f"on {CARD['date']}" in MODELS
    assert CARD["command"] in MODELS
