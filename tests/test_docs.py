"""README and docs say what is true.

Blocks run, links lead somewhere, command lines exist, every public thing is in the reference; the models' page agrees
with the card, the tables of scores with the figures, and the table of licences with what an install brings.
"""

import json
import re
import shlex
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import attrs
import pytest
import typer

import quotesmith
import quotesmith.corpus
from quotesmith import errors
from quotesmith.cli import app
from quotesmith.graph import EDGE_ATTRIBUTES, NODE_ATTRIBUTES, RELATIONS
from quotesmith.pipeline.component import COREFERENCES, EXTRACTORS
from quotesmith.records import Entity, Evidence, Mention, Quote
from tests.executable_docs import SYBIL
from tests.layout_table import PAGE as LAYOUTS
from tests.layout_table import with_layouts
from tests.licences import EXTRAS, OLDER, is_allowed, licence, needed
from tests.licences import PAGE as LICENCES
from tests.licences import page as licences_page
from tests.score_tables import PAGE as SCORES
from tests.score_tables import TABLES, read_figures, with_tables

ROOT = Path(__file__).parents[1]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "examples").rglob("*.md")])
REFERENCE_PAGES = sorted((ROOT / "docs" / "reference").glob("*.md"))
REFERENCE = "\n".join(path.read_text(encoding="utf-8") for path in REFERENCE_PAGES)
NAMES: dict[str, list[str]] = {
    "public names": quotesmith.__all__,
    "factories": ["quotesmith", "quotesmith_paragraphs"],
    "node attributes": [name for attributes in NODE_ATTRIBUTES.values() for name in attributes],
    "edge attributes": list(EDGE_ATTRIBUTES),
    "relations": list(RELATIONS),
    "fields": [field.name for record in (Quote, Entity, Mention, Evidence) for field in attrs.fields(record)],
    "extractors": [f'"{name}"' for name in EXTRACTORS],
    "coreference": [f'"{name}"' for name in COREFERENCES],
    "commands": [f"quotesmith {command.callback.__name__}" for command in app.registered_commands if command.callback],
    "corpora": quotesmith.corpus.__all__,
    "errors": [name for name, own in vars(errors).items() if isinstance(own, type) and issubclass(own, Exception)],
}
OPTIONS = [
    (name, parameter.opts)
    for name, command in typer.main.get_group(app).commands.items()
    for parameter in command.params
    if parameter.opts[0].startswith("--") and "--help" not in parameter.opts
]


def page_name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def fences(path: Path) -> list[str]:
    return re.findall(r"^ *```(\S*)$", path.read_text(encoding="utf-8"), re.MULTILINE)[::2]


@pytest.mark.parametrize(
    ("sort", "name"), [pytest.param(sort, name, id=f"{sort}-{name}") for sort, names in NAMES.items() for name in names]
)
def test_reference_has(sort: str, name: str) -> None:
    assert re.search(rf"`{re.escape(name)}\b|`{re.escape(name)}`|`{re.escape(name)}[(` ]", REFERENCE), sort


@pytest.mark.parametrize(("command", "spellings"), OPTIONS)
def test_reference_has_the_option(command: str, spellings: list[str]) -> None:
    [row] = [row for row in REFERENCE.splitlines() if re.match(rf"\| `quotesmith {command}[ `]", row)]
    assert any(re.search(rf" `?{spelling}(?![\w-])", row) for spelling in spellings)


@pytest.mark.parametrize("path", REFERENCE_PAGES, ids=page_name)
def test_reference_page_is_a_screenful_of_sections(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    assert len(lines) <= 120
    assert sum(line.startswith(("# ", "## ", "### ")) for line in lines) <= 8


@pytest.mark.parametrize("path", PAGES, ids=page_name)
def test_every_python_block_of_a_page_is_run(path: Path) -> None:
    examples = list(SYBIL.parse(path).examples())
    # A block that is left out for now says why: its comment is an example of its own.
    left_out = re.findall(r'^<!-- skip: next "[^"]+" -->$', path.read_text(encoding="utf-8"), re.MULTILINE)
    assert len(examples) == fences(path).count("python") + len(left_out)
    # A pycon block would look run and isn't.
    assert "pycon" not in fences(path)


def test_readme_and_docs_have_blocks_and_command_lines_to_run() -> None:
    assert sum(fences(path).count("python") for path in PAGES) >= 4
    assert len(LINES) >= 20


@pytest.mark.parametrize("path", PAGES, ids=page_name)
def test_links_of_a_page_lead_to_files(path: Path) -> None:
    for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", path.read_text(encoding="utf-8")):
        assert (path.parent / target).exists(), target


def test_every_test_that_stands_by_a_threat_is_there() -> None:
    named = re.findall(r"`([\w/]*test_\w+\.py)`", (ROOT / "docs" / "security.md").read_text(encoding="utf-8"))
    assert len(set(named)) > 20
    assert [path for path in named if not (ROOT / "tests" / path).is_file()] == []


def test_first_commands_of_the_readme_set_up_and_run() -> None:
    blocks = re.findall(
        r"^```bash\n(.*?)^```", (ROOT / "README.md").read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL
    )
    assert "pip install" in blocks[0]
    assert re.search(r"quotesmith show (examples/\S+)", blocks[0])
    assert (ROOT / re.search(r"examples/\S+", blocks[0]).group()).is_file()  # type: ignore[union-attr]
    assert "python -m tests.check" in blocks[1]


@pytest.mark.model
@pytest.mark.usefixtures("nlp")
def test_first_example_of_the_readme_prints_what_stands_below_it() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    found = re.search(r"^```python\n(.*?)^```\n\n```text\n(.*?)^```", readme, re.MULTILINE | re.DOTALL)
    assert found is not None
    run = subprocess.run([sys.executable, "-c", found.group(1)], cwd=ROOT, capture_output=True, text=True, check=True)
    assert run.stdout == found.group(2)


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


@pytest.mark.parametrize("data", CARD["data"], ids=lambda data: data["name"])
def test_models_page_names_all_data_with_their_licences(data: dict[str, Any]) -> None:
    assert f"| {data['name']} | {data['licence']} | {'yes' if data['open'] else 'no'} |" in MODELS


@pytest.mark.parametrize("name", CARD["files"])
def test_models_page_names_all_files_as_the_card_does(name: str) -> None:
    file = CARD["files"][name]
    assert f"| `{name}` | {file['bytes']:,} | `{file['sha256'][:16]}` |" in MODELS


@pytest.mark.parametrize(
    "name", ["score.json", "speaker_score.json", "joining.json", "turns.json", "text_style.json", "listeners.json"]
)
def test_models_page_names_the_data_and_commands_of_fits(name: str) -> None:
    file = json.loads((WEIGHTS / name).read_text(encoding="utf-8"))
    for fit in file.get("fits", [file]):
        for data in fit["data"]:
            assert f"| `{name}` | {data['name']} | {data['licence']} |" in MODELS
        assert fit["command"] in MODELS


def test_models_page_tells_base_day_and_command() -> None:
    assert f"{CARD['base']['name']} ({CARD['base']['licence']})" in MODELS
    assert f"on {CARD['date']}" in MODELS
    assert CARD["command"] in MODELS


README = ROOT / "README.md"


def test_tables_are_those_of_the_figures() -> None:
    page = SCORES.read_text(encoding="utf-8")
    assert with_tables(page, read_figures()) == page
    figures: dict[str, Any] = {**read_figures()}
    figures["gap"] = {**figures["gap"], "all": {**figures["gap"]["all"], "items": 123456}}
    assert "| GAP validation | 123456 |" in with_tables(page, figures)


def test_table_of_layouts_is_that_of_the_families() -> None:
    page = LAYOUTS.read_text(encoding="utf-8")
    assert with_layouts(page) == page
    with pytest.raises(ValueError, match="no place for the table of layouts"):
        with_layouts("A page.")


@pytest.mark.parametrize("name", TABLES)
def test_page_without_a_place_for_a_table_is_an_error(name: str) -> None:
    page = SCORES.read_text(encoding="utf-8").replace(f"<!-- table: {name} -->", "")
    with pytest.raises(KeyError, match=f"no place for the table {name}"):
        with_tables(page, read_figures())


def test_readme_has_the_figures() -> None:
    learned, rules = (read_figures()[f"careful readings{by}"]["all"] for by in ("", " by rules"))
    wanted = {
        "content found": "det",
        "content found and source right": "all",
        "the same, direct quotes": "direct",
        "the same, mixed": "mixed",
        "the same, indirect": "indirect",
    }
    rows = dict(re.findall(r"^\| ([^|]+) \| ([\d.]+ \| [\d.]+) \|", README.read_text(encoding="utf-8"), re.MULTILINE))
    shown = {name: f"{100 * learned[key][2]:.1f} | {100 * rules[key][2]:.1f}" for name, key in wanted.items()}
    assert {name: rows.get(name) for name in wanted} == shown


LICENCE_ROWS = dict(re.findall(r"^\| (\S+) \| \w* \| ([^|]+) \|", LICENCES.read_text(encoding="utf-8"), re.MULTILINE))


def test_what_is_installed_is_in_the_table_under_an_allowed_licence() -> None:
    installed = needed().keys()
    assert {"spacy", "attrs", "thinc"} <= installed
    assert sorted(installed - LICENCE_ROWS.keys() - OLDER) == []
    assert [name for name in installed if not is_allowed(licence(name))] == []


def test_every_licence_of_the_table_is_allowed_and_older_packages_are_named_below() -> None:
    assert [name for name, stated in LICENCE_ROWS.items() if not is_allowed(stated)] == []
    assert [name for name in OLDER if name not in LICENCES.read_text(encoding="utf-8")] == []


@pytest.mark.skipif(not all(map(find_spec, ("pandas", "pyarrow", "bokeh"))), reason="not all extras are installed")
def test_written_page_has_a_row_for_each_package() -> None:
    assert {name for name, _ in re.findall(r"^\| (\S+) \| (\w*) \|", licences_page(), re.MULTILINE)} >= needed(
        *EXTRAS
    ).keys()


FREE = ["MIT", "Apache-2.0 OR GPL-2.0-only", "(MIT OR GPL-2.0-only) AND BSD-3-Clause"]
OTHER = ["GPL-3.0-only", "MIT AND GPL-2.0-only", "GPL-2.0 OR GPL-3.0", "none stated"]


@pytest.mark.parametrize("expression", FREE + OTHER)
def test_licence_is_allowed_where_every_part_or_one_of_a_choice_is(expression: str) -> None:
    assert is_allowed(expression) is (expression in FREE)
