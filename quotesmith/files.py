"""Files that take the place of others only once they are whole."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory


@contextmanager
def replace_atomically(path: Path) -> Iterator[Path]:
    """The path of a file to write that takes the place of `path` in the end; an error leaves what was there.

    It has the same name, in a new folder beside `path` that only its owner can enter, so that nobody can have laid a
    link there. It gets the permissions of the file that it replaces. Where `path` is a link, what it leads to is
    replaced. What is there and is no file (a device, a pipe) can't be replaced: it is written to.
    """
    if path.exists() and not path.is_file():
        yield path
        return
    target = Path(os.path.realpath(path))
    with TemporaryDirectory(prefix=".quotesmith-", dir=target.parent) as folder:
        part = Path(folder) / path.name
        yield part
        if target.exists():
            shutil.copymode(target, part)
        part.replace(target)
