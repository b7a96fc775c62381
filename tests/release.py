"""The files of a release, built from the last commit. Run as `python -m tests.release FOLDER`.

Builds the wheel and the source distribution twice, with another folder, time and settings of the system, and keeps them
if both times gave the same bytes.
"""

import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

import attrs

ROOT = Path(__file__).parents[1]


@attrs.frozen
class Surroundings:
    """What must not show in the files: where, when and how they are built."""

    folder: str
    umask: int
    variables: Mapping[str, str]
    age: int
    """Seconds since the files of the source were changed."""


# SOURCE_DATE_EPOCH is set in none: the build backend has a date of its own, so that a plain `python -m build` gives the
# same bytes, too.
BUILDERS = (
    Surroundings("here", 0o022, {"TZ": "UTC", "LC_ALL": "C", "PYTHONHASHSEED": "1"}, age=0),
    Surroundings(
        "far/away from here", 0o077, {"TZ": "Asia/Tokyo", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "2"}, age=10**8
    ),
)


def check_out(folder: Path) -> None:
    """Put the files of the last commit into a new folder.

    Raises:
        CalledProcessError: This is no git repository.
    """
    subprocess.run(["git", "clone", "--quiet", "--no-hardlinks", str(ROOT), str(folder)], check=True)  # noqa: S607 - the git in use


def build(source: Path, surroundings: Surroundings, out: Path) -> list[Path]:
    """Build the source distribution, and the wheel from it, and give both, in the order of their names.

    Args:
        source: The folder with `pyproject.toml`; the modes and times of what is in it are changed.
        surroundings: Under what to build.
        out: A folder for the files, which is made.

    Raises:
        CalledProcessError: The build failed, or its backend isn't installed in the version of `pyproject.toml`.
    """
    changed = source.stat().st_mtime - surroundings.age
    for path in source.rglob("*"):
        if not path.is_symlink() and ".git" not in path.parts:
            path.chmod(path.stat().st_mode & ~surroundings.umask)
            os.utime(path, (changed, changed))
    variables = {name: value for name, value in os.environ.items() if name not in {"SOURCE_DATE_EPOCH", "PYTHONPATH"}}
    subprocess.run(
        [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(out), str(source)],
        check=True,
        cwd=source,
        env={**variables, **surroundings.variables},
        umask=surroundings.umask,
        stdout=subprocess.DEVNULL,
    )
    return sorted(out.iterdir())


def checksums(files: list[Path]) -> dict[str, str]:
    """The SHA-256 of each file, by its name."""
    return {path.name: sha256(path.read_bytes()).hexdigest() for path in files}


def main(folder: Path) -> int:
    """Build twice, compare, keep; give 1 if the two differ."""
    with tempfile.TemporaryDirectory() as place:
        built = []
        for surroundings in BUILDERS:
            source = Path(place) / surroundings.folder / "quotesmith"
            check_out(source)
            built.append(build(source, surroundings, source.with_name("files")))
        first, second = map(checksums, built)
        if first != second:
            print(f"not the same bytes twice: {first} and {second}")
            return 1
        folder.mkdir(parents=True, exist_ok=True)
        for path in built[0]:
            (folder / path.name).write_bytes(path.read_bytes())
            print(f"{first[path.name]}  {path.name}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(Path(sys.argv[1])))
