"""The tree keeps its rules: small modules with names that say what they hold, light imports, tests for each room."""

import ast
import re
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

import quotesmith

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "quotesmith"
MODULES = sorted(path for path in PACKAGE.rglob("*.py"))
MAX_LINES = 600
FORBIDDEN = {"utils", "util", "helpers", "misc", "common", "core", "base", "manager"}


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_module_is_short_and_named_for_its_domain(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= MAX_LINES
    assert path.stem not in FORBIDDEN


@pytest.mark.parametrize(
    "room", sorted(path for path in PACKAGE.iterdir() if (path / "__init__.py").is_file()), ids=name
)
def test_room_has_its_tests(room: Path) -> None:
    # Tests act through a room's public names, so that modules may move inside it.
    assert list((ROOT / "tests" / room.name).glob("test_*.py"))


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_no_module_has_leave_to_be_unsafe(path: Path) -> None:
    # Ruff's rules S refuse pickle, eval, shells and their like; pyproject.toml lifts only chance, for training.
    assert not re.search(r"noqa:.*\bS[0-9]", path.read_text(encoding="utf-8"))


def module_names(path: Path) -> Iterator[tuple[str, str]]:
    """The classes and constants of a module, each with what it is: a class is itself, a constant its value."""
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.ClassDef):
            yield node.name, name(path)
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            value = "" if node.value is None else ast.unparse(node.value)
            yield from ((own.id, value) for target in targets for own in ast.walk(target) if isinstance(own, ast.Name))


def test_no_class_or_constant_name_has_two_meanings() -> None:
    meanings: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for path in MODULES:
        for own, meaning in module_names(path):
            if own != "__all__":
                meanings[own].setdefault(meaning, name(path))
    assert {own: sorted(places.values()) for own, places in meanings.items() if len(places) > 1} == {}


def test_public_names_are_sorted_and_there() -> None:
    assert quotesmith.__all__ == sorted(quotesmith.__all__)
    assert all(getattr(quotesmith, public) is not None for public in quotesmith.__all__)


def test_unknown_public_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="nobody"):
        quotesmith.nobody  # noqa: B018 - the access is the test


LIGHT = ("records", "marks", "errors", "files", "per_process", "lexicon.gazetteer")
HEAVY = ("spacy", "jinja2", "networkx", "onnxruntime", "coreferee", "numpy", "typer", "rich")


@pytest.mark.parametrize("room", ["", *LIGHT])
def test_light_module_loads_nothing_heavy(room: str) -> None:
    module = f"quotesmith.{room}".rstrip(".")
    code = f"import sys, {module}; print([name for name in {HEAVY!r} if name in sys.modules])"
    run = subprocess.run([sys.executable, "-W", "error", "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"


def test_corpora_are_asked_without_what_reads_text() -> None:
    code = "import sys, quotesmith.corpus; print(sorted({'spacy', 'onnxruntime', 'coreferee'} & set(sys.modules)))"
    run = subprocess.run([sys.executable, "-W", "error", "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"


def test_dir_shows_the_public_names() -> None:
    assert set(quotesmith.__all__) <= set(dir(quotesmith))
