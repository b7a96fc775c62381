"""What pages say beside their blocks: commands exist, anchors are there, model cards agree with the weights."""

import json
import re
import shlex
from pathlib import Path
from typing import Any

import pytest
import typer

from quotesmith.cli import app
from tests.site_pages import FETCHED, relinked, to_site, with_folders

ROOT = Path(__file__).parents[1]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "examples").rglob("*.md")])
# Typer brings a click of its own, whose classes are not those of the package click.
COMMANDS: dict[str, Any] = typer.main.get_command(app).commands  # type: ignore[attr-defined]
CARD = json.loads((ROOT / "quotesmith" / "weights" / "card.json").read_text(encoding="utf-8"))
MODELS = (ROOT / "docs" / "models.md").read_text(encoding="utf-8")
REFERENCE = (ROOT / "docs" / "reference.md").read_text(encoding="utf-8")


def page_name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def command_lines(text: str) -> list[str]:
    """Command lines of `quotesmith` in the page's shell blocks, and those with an option in running text."""
    blocks = re.findall(r"^```(?:bash|sh)\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    lines = [line for block in blocks for line in block.replace("\\\n", " ").splitlines()]
    inline = [code.replace("\n", " ") for code in re.findall(r"`(quotesmith [^`]+)`", text)]
    return [part.strip() for line in [*lines, *inline] for part in re.split(r"&&|\|", line) if _is_ours(part)]


def _is_ours(line: str) -> bool:
    return line.strip().startswith("quotesmith ")


def subcommand(line: str) -> tuple[Any, list[str]]:
    words = shlex.split(line, comments=True)
    return COMMANDS.get(words[1]), words[2:]


def option_names(command: Any) -> set[str]:
    return {name for parameter in command.params for name in [*parameter.opts, *parameter.secondary_opts]} | {"--help"}


LINES = [
    pytest.param(line, id=f"{page_name(path)}-{line}"[:80])
    for path in PAGES
    for line in command_lines(path.read_text(encoding="utf-8"))
    if not line.startswith("quotesmith --")
]


@pytest.mark.parametrize("line", LINES)
def test_command_line_of_a_page_has_a_command_and_options_that_exist(line: str) -> None:
    command, words = subcommand(line)
    assert command is not None
    used = {word.split("=")[0] for word in words if word.startswith("-") and word != "-"}
    assert used <= option_names(command)


def test_pages_have_many_command_lines() -> None:
    assert len(LINES) >= 20


def commands() -> list[tuple[str, Any]]:
    return sorted(COMMANDS.items())


@pytest.mark.parametrize(
    ("name", "option"),
    [
        (name, option)
        for name, command in commands()
        for option in sorted(option_names(command) - {"--help"})
        if option.startswith("--")
    ],
)
def test_option_of_a_command_is_in_the_reference(name: str, option: str) -> None:
    pages = REFERENCE + (ROOT / "docs" / "corpora.md").read_text(encoding="utf-8")
    assert re.search(rf"`[^`]*{re.escape(option)}\b", pages), name


@pytest.mark.parametrize(("name", "command"), commands())
def test_help_of_a_command_has_an_example(name: str, command: Any) -> None:
    assert re.search(rf"Examples?:\s+(?:.*\n?)*?\s*quotesmith {name}\b", f"{command.help or ''} {command.epilog or ''}")


def slug(heading: str) -> str:
    plain = re.sub(r"\[([^\]]*)\]\([^)]*\)|[`*]", r"\1", heading).lower()
    return re.sub(r"\s", "-", re.sub(r"[^\w\s-]", "", plain).strip())


def anchors(path: Path) -> set[str]:
    text = re.sub(r"^```.*?^```", "", path.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
    return {slug(heading) for heading in re.findall(r"^#+ (.*)$", text, re.MULTILINE)}


@pytest.mark.parametrize("path", PAGES, ids=page_name)
def test_anchors_that_a_page_links_to_are_there(path: Path) -> None:
    links = re.findall(r"\]\(([^)#:]*)#([^)]+)\)", path.read_text(encoding="utf-8"))
    for target, anchor in links:
        page = path.parent / target if target else path
        if page.suffix == ".md":
            assert anchor in anchors(page), f"{target}#{anchor}"


@pytest.mark.parametrize("data", CARD["data"], ids=lambda data: data["name"])
def test_model_card_names_all_data_with_their_licences(data: dict[str, str]) -> None:
    assert f"| {data['name']} | {data['licence']} |" in MODELS


@pytest.mark.parametrize("name", CARD["files"])
def test_model_card_names_all_files_with_their_sizes(name: str) -> None:
    assert f"| `{name}` | {CARD['files'][name]['bytes']:,} |" in MODELS


def test_model_card_tells_base_date_and_figures() -> None:
    assert f"{CARD['base']['name']} ({CARD['base']['licence']})" in MODELS
    assert CARD["date"] in MODELS
    for figures in CARD["figures"].values():
        for name, value in figures.items():
            assert f"| {name} | {value} |" in MODELS


def test_links_to_files_beside_the_pages_lead_to_their_places_on_the_site() -> None:
    known = {"README.md": "index.md", "examples/service.py": "examples/service.py"}
    assert to_site("docs/tutorial.md", known) == "tutorial.md"
    assert relinked("[a](../../README.md#use-it) `[b](../../README.md)`", "how-to/x.md", known) == (
        "[a](../index.md#use-it) `[b](../../README.md)`"
    )
    assert relinked("[a](docs/tutorial.md)", "index.md", known) == "[a](tutorial.md)"


def test_a_folder_in_the_navigation_stands_for_its_pages() -> None:
    [entry] = with_folders([{"Decisions": ["decisions/"]}], ROOT / "docs")
    assert len(entry["Decisions"]) == len(list((ROOT / "docs" / "decisions").glob("*.md")))
    assert entry["Decisions"] == sorted(entry["Decisions"])


def test_scripts_that_a_page_would_fetch_are_found() -> None:
    page = '<script src="https://x.org/shim"></script><script src="a.js"></script><a href="https://x.org">x</a>'
    assert FETCHED.sub("", page) == '<script src="a.js"></script><a href="https://x.org">x</a>'
