"""Files and folders that take their place only once they are whole."""

import errno
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from os import PathLike
from pathlib import Path
from uuid import uuid4

from quotesmith.errors import ArgumentError, OptionError


def checked_path(path: str | PathLike[str]) -> Path:
    """The path of a file or folder.

    Raises:
        ArgumentError: if it is no path.
        OptionError: if it has a NUL, which no name can have.
    """
    given: object = path  # a caller without type checker may give anything
    if not isinstance(given, str | PathLike) or not isinstance(os.fspath(given), str):
        msg = f"a path must be a string or a Path, not {type(given).__name__}"
        raise ArgumentError(msg)
    found = os.fspath(path)
    if "\0" in found:
        msg = f"the path {found!r} has a NUL, which no name of a file can have"
        raise OptionError(msg)
    return Path(found)


@contextmanager
def replace_atomically(path: str | PathLike[str]) -> Iterator[Path]:
    """The path of a file to write that takes the place of `path` in the end; an error leaves what was there.

    What was written is on the disk before it takes the place: a loss of power, too, leaves the old file or the new one.
    It has the same name, in a new folder beside `path` that only its owner can enter, so that nobody can have laid a
    link there. It gets the permissions of the file that it replaces. Where `path` is a link, what it leads to is
    replaced. What is there and is no file (a device, a pipe) can't be replaced: it is written to. The new file belongs
    to whoever writes it, and other hard links to the old one keep the old content.

    Raises:
        OptionError: if it has a NUL.
        OSError: if no file can be made in the folder of `path`, it can't be written to its end, or `path` is a link
            that leads back to itself; names `path`.
    """
    path = checked_path(path)
    if path.exists() and not path.is_file():
        with _naming(path, path):
            yield path
        return
    target = Path(os.path.realpath(path))
    if target.is_symlink():
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP), str(path))
    with _folder_beside(target, path) as folder:
        part = folder / path.name
        with _naming(path, part):
            yield part
            _flush_to_disk(part)
            if target.exists():
                shutil.copymode(target, part)
            part.replace(target)


def write_atomically(path: str | PathLike[str], data: bytes) -> None:
    """Write a whole file, as `replace_atomically` does."""
    with replace_atomically(path) as part:
        part.write_bytes(data)


@contextmanager
def create_folder_atomically(place: Path, parts: Path, prefix: str) -> Iterator[Path]:
    """A new folder to fill, which becomes `place` in the end; an error leaves neither.

    If another process has made `place` by then, its folder stays and ours goes: both hold the same.

    Args:
        place: Its parents are made if they aren't there.
        parts: Where the unfinished folder stands, on the same file system; made if it isn't there.
        prefix: How its name begins; the rest of it makes it unique.
    """
    part = parts / f"{prefix}{uuid4().hex}"
    try:
        part.mkdir(parents=True)
        yield part
        place.parent.mkdir(parents=True, exist_ok=True)
        try:
            part.rename(place)
        except OSError:
            if not place.is_dir():
                raise
    finally:
        shutil.rmtree(part, ignore_errors=True)


@contextmanager
def _folder_beside(target: Path, path: Path) -> Iterator[Path]:
    """A new folder that only its owner can enter; it is gone in the end, even if an interrupt comes as it is made."""
    folder = target.parent / f".quotesmith-{uuid4().hex}"
    try:
        try:
            folder.mkdir(mode=0o700)
        except OSError as error:
            # The name of a folder that the caller has never heard of would not help.
            raise OSError(error.errno, error.strerror, str(path)) from error
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _naming(path: Path, part: Path) -> Iterator[None]:
    """Let the system's errors about the part name the file that the caller knows; those about other files stay."""
    try:
        yield
    except OSError as error:
        if error.filename is not None and Path(os.fsdecode(error.filename)) != part:
            raise
        # A library's own error about a file may have words alone.
        raise OSError(error.errno or errno.EIO, error.strerror or str(error), str(path)) from error


def _flush_to_disk(path: Path) -> None:
    with path.open("r+b") as file:
        os.fsync(file.fileno())
