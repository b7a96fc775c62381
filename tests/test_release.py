"""The files of a release: the same bytes wherever and whenever they are built, with what belongs in them alone."""

import json
import os
import re
import shutil
import stat
import subprocess
import sys
import tarfile
import tomllib
import venv
from base64 import urlsafe_b64encode
from email.message import Message
from email.parser import Parser
from hashlib import sha256
from pathlib import Path, PurePosixPath
from zipfile import ZipFile

import pytest
import spacy

from tests.release import BUILDERS, build, checksums

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "quotesmith"
SETTINGS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PROJECT = SETTINGS["project"]
SOURCES = [
    "pyproject.toml",
    "LICENSE",
    ".gitignore",
    *SETTINGS["tool"]["hatch"]["build"]["targets"]["sdist"]["include"],
]
LARGEST = 30_000_000  # bytes, as the page on releasing says


def copy_sources(folder: Path) -> None:
    """Put the sources as they are, committed or not, into a new folder."""
    folder.mkdir(parents=True)
    for name in SOURCES:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy2(ROOT / name, folder / name)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> list[list[Path]]:
    """The wheel and the source distribution, as each of the builders makes them from the sources as they are."""
    found = []
    for surroundings in BUILDERS:
        source = tmp_path_factory.mktemp("built") / surroundings.folder / "sources"
        copy_sources(source)
        found.append(build(source, surroundings, source.with_name("files")))
    return found


@pytest.fixture(scope="module")
def wheel(built: list[list[Path]]) -> Path:
    return built[0][0]


@pytest.fixture(scope="module")
def contents(wheel: Path) -> dict[str, bytes]:
    """What is in the wheel, by its place there."""
    with ZipFile(wheel) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.fixture(scope="module")
def sources(built: list[list[Path]]) -> dict[str, bytes]:
    """What is in the source distribution, by its place in the project."""
    with tarfile.open(built[0][1]) as archive:
        files = [member for member in archive if member.isfile()]
        return {member.name.partition("/")[2]: archive.extractfile(member).read() for member in files}  # type: ignore[union-attr]


def metadata(contents: dict[str, bytes]) -> Message:
    [told] = [content for name, content in contents.items() if name.endswith(".dist-info/METADATA")]
    return Parser().parsestr(told.decode())


def test_same_bytes_by_each_builder(built: list[list[Path]]) -> None:
    first, *others = map(checksums, built)
    assert [path.suffix for path in built[0]] == [".whl", ".gz"]
    assert others == [first]


def test_wheel_has_the_package_without_its_training(contents: dict[str, bytes]) -> None:
    own = {path.relative_to(ROOT).as_posix() for path in PACKAGE.rglob("*") if path.is_file()}
    wanted = {name for name in own if "__pycache__" not in name and not name.startswith("quotesmith/training/")}
    assert {"quotesmith/py.typed", "quotesmith/weights/card.json", "quotesmith/weights/encoder.onnx"} <= wanted
    assert {name for name in contents if ".dist-info/" not in name} == wanted


def test_source_distribution_has_training_tests_and_docs(sources: dict[str, bytes]) -> None:
    wanted = {
        "NOTICE",
        "LICENSE",
        "quotesmith/training/encoder.py",
        "tests/test_release.py",
        "docs/release.md",
        "examples/ferry.txt",
    }
    assert wanted <= sources.keys()
    assert [name for name in sources if "__pycache__" in name or name.startswith((".git/", "dist/", "build/"))] == []


def test_nothing_in_the_wheel_is_executable_a_link_or_outside(wheel: Path) -> None:
    with ZipFile(wheel) as archive:
        modes = {entry.filename: entry.external_attr >> 16 for entry in archive.infolist()}
    assert [name for name, mode in modes.items() if mode & 0o111 or stat.S_ISLNK(mode)] == []
    assert [name for name in modes if PurePosixPath(name).is_absolute() or ".." in PurePosixPath(name).parts] == []


def test_no_file_tells_where_it_was_built(
    built: list[list[Path]], contents: dict[str, bytes], sources: dict[str, bytes]
) -> None:
    places = [os.fsencode(files[0].parents[1]) for files in built]
    told = [*contents.items(), *sources.items()]
    assert [(name, place) for name, content in told for place in places if place in content] == []


def test_record_names_every_file_with_its_checksum(contents: dict[str, bytes]) -> None:
    [record] = [name for name in contents if name.endswith(".dist-info/RECORD")]
    rows = dict(line.split(",", 1) for line in contents[record].decode().splitlines())
    wanted = {
        name: f"sha256={urlsafe_b64encode(sha256(content).digest()).decode().rstrip('=')},{len(content)}"
        for name, content in contents.items()
    }
    assert rows == {**wanted, record: ","}


def test_files_are_small_enough_to_upload(built: list[list[Path]]) -> None:
    assert [path.name for path in built[0] if path.stat().st_size > LARGEST] == []


def test_index_would_take_the_files(built: list[list[Path]]) -> None:
    command = [sys.executable, "-m", "twine", "check", "--strict", *map(str, built[0])]
    told = subprocess.run(command, check=False, capture_output=True, text=True)
    assert (told.returncode, told.stdout.count("PASSED")) == (0, 2), told.stdout + told.stderr


def test_build_backend_is_pinned_and_that_of_the_checks() -> None:
    [backend] = SETTINGS["build-system"]["requires"]
    assert re.fullmatch(r"hatchling==[\d.]+", backend)
    assert backend in PROJECT["optional-dependencies"]["dev"]


def test_licence_is_the_same_wherever_it_is_told(contents: dict[str, bytes]) -> None:
    code, weights = "MIT", "Apache-2.0"
    told = metadata(contents)
    assert told["License-Expression"] == PROJECT["license"] == f"{code} AND {weights}"
    # Classifiers of licences are no longer to be used beside an expression, so no two can differ.
    assert [line for line in told.get_all("Classifier", []) if line.startswith("License")] == []
    citation = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    assert re.findall(r"^ *license: (.+)$", citation, re.MULTILINE) == [code, weights]
    assert json.loads(contents["quotesmith/weights/card.json"])["base"]["licence"] == weights
    assert (ROOT / "LICENSE").read_text(encoding="utf-8").startswith("MIT License\n")
    assert "Apache License\n" in contents["quotesmith/weights/LICENSE"].decode()[:100]
    readme = (ROOT / "README.md").read_text(encoding="utf-8").partition("## Licence\n\n")[2].partition("[NOTICE]")[0]
    pages = {"README.md": readme, "NOTICE": (ROOT / "NOTICE").read_text(encoding="utf-8")}
    pages["licences.md"] = (ROOT / "docs" / "licences.md").read_text(encoding="utf-8").partition("[NOTICE]")[0]
    assert [name for name, text in pages.items() if code not in text or weights not in text] == []


def test_licence_files_are_in_the_wheel(contents: dict[str, bytes]) -> None:
    named = metadata(contents).get_all("License-File", [])
    assert sorted(named) == sorted(PROJECT["license-files"])
    for name in named:
        [held] = [content for place, content in contents.items() if place.endswith(f".dist-info/licenses/{name}")]
        assert held == (ROOT / name).read_bytes()


def test_notice_tells_the_licence_of_every_text_among_the_examples() -> None:
    notice = (ROOT / "NOTICE").read_text(encoding="utf-8")
    texts = [path for path in (ROOT / "examples").iterdir() if path.suffix == ".txt" or path.name == "week"]
    assert [path.name for path in texts if f"examples/{path.name}" not in notice] == []


@pytest.mark.model
@pytest.mark.usefixtures("nlp")
def test_installed_wheel_reads_a_text_without_the_sources(wheel: Path, tmp_path: Path) -> None:
    # What quotesmith stands on is found where these tests find it; only the package itself is installed.
    home = tmp_path / "fresh"
    venv.create(home, with_pip=True)
    [place] = home.glob("**/site-packages")
    (place / "borrowed.pth").write_text(f"{Path(spacy.__file__).parents[1]}\n", encoding="utf-8")
    variables = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}

    def run(command: str, *arguments: str, text: str = "", check: bool = True) -> str:
        whole = [str(home / "bin" / command), *arguments]
        told = subprocess.run(
            whole, input=text, cwd=tmp_path, env=variables, check=check, capture_output=True, text=True
        )
        return str(told.stdout)

    run("pip", "install", "--quiet", "--no-index", "--no-deps", "--force-reinstall", str(wheel))
    assert Path(run("python", "-c", "import quotesmith; print(quotesmith.__file__)")).is_relative_to(place)
    assert run("python", "-c", "import importlib.util as u; print(u.find_spec('quotesmith.training'))") == "None\n"
    assert "Jane Roe" in run("quotesmith", "show", "-", text="“The bridge is closed,” said Mayor Jane Roe.")
    assert "spacy" in run("quotesmith", "info")
    # It says 1 as well if what was there before lacks something; that isn't asked here.
    lacking = run("pip", "check", check=False).splitlines()
    assert [line for line in lacking if line.startswith("quotesmith ")] == []
