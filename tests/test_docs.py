"""README and docs say what is true: blocks run, links lead somewhere, every public thing is in the reference."""

import re
import subprocess
import sys
from pathlib import Path

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


def test_readme_and_docs_have_blocks_to_run() -> None:
    assert sum(fences(path).count("python") for path in PAGES) >= 4


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
