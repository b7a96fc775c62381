"""The files of tested versions follow pyproject.toml: each lower bound is tested, and no version is out of bounds."""

import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name
from packaging.version import Version

from tests.tested_versions import EXTRAS, FOLDER, OLDEST_PYTHON, RESOLUTIONS

PROJECT = tomllib.loads((Path(__file__).parents[1] / "pyproject.toml").read_text(encoding="utf-8"))["project"]
ASKED = [
    *map(Requirement, PROJECT["dependencies"]),
    *(Requirement(line) for extra in EXTRAS for line in PROJECT["optional-dependencies"][extra]),
]


def pinned(name: str) -> dict[str, set[Version]]:
    """The versions of each package in one of the files; a package may have one for each Python."""
    found: dict[str, set[Version]] = {}
    for line in (FOLDER / name).read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            requirement = Requirement(line)
            [own] = requirement.specifier
            found.setdefault(canonicalize_name(requirement.name), set()).add(Version(own.version))
    return found


@pytest.mark.parametrize("name", RESOLUTIONS)
def test_each_package_that_is_asked_for_is_pinned_within_its_bounds(name: str) -> None:
    versions = pinned(name)
    missing = [str(asked) for asked in ASKED if canonicalize_name(asked.name) not in versions]
    outside = [
        (str(asked), str(version))
        for asked in ASKED
        for version in versions.get(canonicalize_name(asked.name), ())
        if version not in asked.specifier
    ]
    assert (missing, outside) == ([], [])


def test_each_lower_bound_is_the_version_that_is_tested() -> None:
    versions = pinned("lowest.txt")
    bounds = {
        asked: {Version(part.version) for part in asked.specifier if part.operator in {">=", "=="}} for asked in ASKED
    }
    untested = {str(asked) for asked, own in bounds.items() if versions[canonicalize_name(asked.name)] != own}
    assert untested == set()


def test_oldest_python_is_the_one_that_the_package_asks_for() -> None:
    supported = SpecifierSet(PROJECT["requires-python"])
    named = [
        line.rsplit(" ", 1)[1]
        for line in PROJECT["classifiers"]
        if line.startswith("Programming Language :: Python :: 3.")
    ]
    minors = [f"3.{minor}" for minor in range(30) if f"3.{minor}" in supported]
    assert minors == named
    assert minors[0] == OLDEST_PYTHON
