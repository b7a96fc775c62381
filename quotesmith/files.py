"""Files and folders that take their place only once they are whole."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from os import PathLike
from pathlib import Path
from tempfile import TemporaryDirectory


@contextmanager
def replace_atomically(path: str | PathLike[str]) -> Iterator[Path]:
    """The path of a file to write that takes the place of `path` in the end; an error leaves what was there.

    It has the same name, in a new folder beside `path` that only its owner can enter, so that nobody can have laid a
    link there. It gets the permissions of the file that it replaces. Where `path` is a link, what it leads to is
    replaced. What is there and is no file (a device, a pipe) can't be replaced: it is written to.

    Raises:
        OSError: if no file can be made in the folder of `path`; names `path`.
    """
    path = Path(path)
    if path.exists() and not path.is_file():
        yield path
        return
    target = Path(os.path.realpath(path))
    with _folder_beside(target, path) as folder:
        part = Path(folder) / path.name
        yield part
        if target.exists():
            shutil.copymode(target, part)
        part.replace(target)


def write_atomically(path: str | PathLike[str], data: bytes) -> None:
    """Write a whole file, as `replace_atomically` does."""
    with replace_atomically(path) as part:
        part.write_bytes(data)


@contextmanager
def create_folder_atomically(place: Path, part: Path) -> Iterator[Path]:
    """A new folder at `part` to fill, which becomes `place` in the end; an error leaves neither.

    If another process has made `place` by then, its folder stays and ours goes: both hold the same.

    Args:
        place: Its parents are made if they aren't there.
        part: A path on the same file system that nobody else uses.
    """
    part.mkdir(parents=True)
    try:
        yield part
        place.parent.mkdir(parents=True, exist_ok=True)
        try:
            part.rename(place)
        except OSError:
            if not place.is_dir():
                raise
    finally:
        shutil.rmtree(part, ignore_errors=True)


def _folder_beside(target: Path, path: Path) -> TemporaryDirectory[str]:
    try:
        return TemporaryDirectory(prefix=".quotesmith-", dir=target.parent)
    except OSError as error:
        # The name of a folder that the caller has never heard of would not help.
        raise OSError(error.errno, error.strerror, str(path)) from error
