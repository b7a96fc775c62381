"""The table of what records hand on to the rooms above."""

import ast
from pathlib import Path

import pytest

import quotesmith
from quotesmith.records import delegates

PACKAGE = Path(quotesmith.__file__).parent


def seen_by_type_checkers() -> dict[str, str]:
    """The module from which type checkers think that each name comes."""
    tree = ast.parse(Path(delegates.__file__).read_text(encoding="utf-8"))
    imports = (node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module is not None)
    return {alias.name: node.module or "" for node in imports for alias in node.names if node.col_offset > 0}


@pytest.mark.parametrize("name", delegates.__all__)
def test_name_is_found_where_type_checkers_think_it_is(name: str) -> None:
    module = __import__(seen_by_type_checkers()[name], fromlist=[name])
    assert getattr(delegates, name) is getattr(module, name)


def test_every_name_is_listed_and_no_other_is_there() -> None:
    assert sorted(seen_by_type_checkers()) == sorted(delegates.__all__) == sorted(delegates._PROVIDER_OF)
    with pytest.raises(AttributeError, match="'fly'"):
        delegates.fly  # type: ignore[attr-defined] # noqa: B018 - the access is the test


def test_no_other_module_imports_rooms_by_name() -> None:
    # The public names of the package do, and whoever loads a pipeline that is installed.
    users = {path for path in PACKAGE.rglob("*.py") if "import_module(" in path.read_text(encoding="utf-8")}
    expected = {"__init__.py", "records/delegates.py", "pipeline/loading.py"}
    assert {path.relative_to(PACKAGE).as_posix() for path in users} == expected
