"""Which files a corpus is made from, standard input among them, and their documents, read one by one."""

import glob
import hashlib
import os
import shutil
import stat
import sys
import warnings
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final, NoReturn, TypeAlias

from attrs import field, frozen

from quotesmith.corpus.reading.formats import INPUT_FORMATS, InputFormat, format_of, input_format, readable
from quotesmith.corpus.reading.rows import (
    INPUT_COLUMNS,
    Fault,
    InputDocument,
    Position,
    complete_columns,
    make_document,
)
from quotesmith.errors import ArgumentError, FormatError, OptionError, QuotesmithWarning
from quotesmith.export.characters import without_surrogates
from quotesmith.files import checked_path

Inputs: TypeAlias = str | os.PathLike[str] | Iterable[str | os.PathLike[str]]
# A folder that has this file is a corpus: its files were made from inputs and are none themselves.
PLAN: Final = "plan.sqlite"
_WILDCARDS = frozenset("*?[")


@frozen
class InputFile:
    """A file of documents.

    Attributes:
        path: Where it is, from the root of the file system.
        name: The path as it was given, from which places and ids are made.
        format: The name of its format.
        columns: The columns of its rows, as `complete_columns` gives them.
    """

    path: str
    name: str
    format: str
    columns: Mapping[str, str] = field(factory=lambda: dict(INPUT_COLUMNS), hash=False)

    def place(self, number: int) -> str:
        """The file and the line or row of that number, for people."""
        unit = input_format(self.format).unit
        return f"{self.name}, {unit} {number}" if unit else self.name

    def key(self, number: int) -> str:
        """The id of the document at that line or row, for documents without one of their own."""
        return f"{self.name}#{number}" if input_format(self.format).unit else self.name


def find_inputs(
    inputs: Inputs,
    *,
    format: str | None = None,
    columns: Mapping[str, str] | None = None,
) -> tuple[InputFile, ...]:
    """The files that inputs mean, each once, sorted by name.

    Args:
        inputs: Files, folders and patterns (`news/**/*.jsonl`), or one of them. A folder means all files in it and its
            folders whose names have a known ending, except hidden files, links to folders or out of the folder, what is
            no file (a pipe, a dangling link), which a warning names, and files in a corpus.
        format: The format of all files, whatever their names: text, html, epub, jsonl, csv, tsv or parquet.
        columns: The columns of what documents have, where they have other names: `{"text": "body"}`.

    Raises:
        FormatError: if a file's name has no known ending.
        FileNotFoundError: if there is no such file, or a folder or pattern has none.
        OptionError: if there is no such format.
        ArgumentError: if an input is no path, or columns isn't a mapping of strings.
    """
    known = None if format is None else input_format(format)
    complete = complete_columns(columns)
    plain = dict(INPUT_COLUMNS)
    names = {os.path.abspath(name): name for one in given_paths(inputs) for name in _names(one, known)}  # noqa: PTH100 - links stay
    files = [
        InputFile(path, without_surrogates(name), found.name, complete if found.unit else plain)
        for path, name in names.items()
        for found in [known or _format_by_name(name)]
    ]
    return tuple(sorted(files, key=lambda file: file.name))


def iter_documents(
    inputs: Inputs,
    *,
    format: str | None = None,
    columns: Mapping[str, str] | None = None,
) -> Iterator[InputDocument | Fault]:
    """The documents of files, folders and patterns, each read on demand, with a `Fault` for each bad row.

    Arguments and errors are those of `find_inputs`. Whether ids differ is not checked.

    Raises:
        MissingPackageError: if a format needs a package that isn't installed.
    """
    for file in find_inputs(inputs, format=format, columns=columns):
        for _, found in iter_file(file):
            yield found if isinstance(found, Fault) else readable(found)


def iter_file(file: InputFile, at: Position | None = None) -> Iterator[tuple[Position, InputDocument | Fault]]:
    """The documents of one file from a row on, pages with their markup, each after the position of its row.

    Where the file can't be read any further, as when a packed file is cut off, the last item is a fault.
    """
    known, start = input_format(file.format), at or Position()
    last = start
    try:
        for row in known.rows(Path(file.path), start, file.columns):
            last = row.at
            place, key = file.place(row.at.number), file.key(row.at.number)
            yield row.at, make_document(row, file.columns, place=place, key=key)
    except FormatError as error:
        yield last, Fault(file.name, str(error))


def given_paths(inputs: Inputs) -> list[str | os.PathLike[str]]:
    """The inputs as a list, even if there is only one."""
    return [inputs] if isinstance(inputs, str | os.PathLike) else list(inputs)


def _format_by_name(name: str) -> InputFormat:
    found = format_of(Path(name))
    if found is None:
        endings = ", ".join(suffix for known in INPUT_FORMATS for suffix in known.suffixes)
        msg = f"the format can't be told from the name {name!r} ({endings}); name one, such as format='text'"
        raise FormatError(msg)
    return found


def _names(given: object, known: InputFormat | None) -> list[str]:
    """The names of the files that one input means."""
    if not isinstance(given, str | os.PathLike):
        msg = f"an input must be the path of a file or folder, or a pattern, not {type(given).__name__}"
        raise ArgumentError(msg)
    name = str(checked_path(given)) if isinstance(given, os.PathLike) else given
    checked_path(name)
    if os.path.isfile(name):  # noqa: PTH113 - unlike Path.is_file, also for names that are too long
        return [name]
    if os.path.isdir(name):  # noqa: PTH112 - the same
        inside = (str(path) for path in iter_folder(name) if known is not None or format_of(path) is not None)
        return _found(sorted(inside), name, "has no file whose format can be told from its name")
    if os.path.lexists(name):
        msg = f"{name!r} is {_kind(Path(name))}, and inputs must be files or folders; give what it holds as '-'"
        raise FormatError(msg)
    if _WILDCARDS.isdisjoint(name):
        msg = f"there is no file or folder {name!r}"
        raise FileNotFoundError(msg)
    return _found(sorted(filter(os.path.isfile, glob.iglob(name, recursive=True))), name, "fits no file")  # noqa: PTH207


def _found(names: list[str], given: str, none: str) -> list[str]:
    if not names:
        msg = f"{given!r} {none}"
        raise FileNotFoundError(msg)
    return names


def iter_folder(folder: str | os.PathLike[str]) -> Iterator[Path]:
    """The files in a folder and its folders, but hidden ones, those behind links to folders and those of a corpus."""
    for place, folders, names in os.walk(folder, onerror=_raise):
        if PLAN in names:
            folders[:] = []
            continue
        folders[:] = [name for name in folders if not name.startswith(".")]
        for path in (Path(place) / name for name in names if not name.startswith(".")):
            kind = _kind(path)
            if kind is None and path.is_symlink() and not path.resolve().is_relative_to(Path(folder).resolve()):
                kind = "a link out of the folder"
            if kind is None:
                yield path
            else:
                warnings.warn(f"{path} is left out: it is {kind}", QuotesmithWarning, stacklevel=2)


def _raise(error: OSError) -> NoReturn:
    """A folder that can't be read is an error: what is in it would be lost without a word."""
    raise error


def _kind(path: Path) -> str | None:
    """What a path leads to that is no file, such as a pipe, from which nothing may ever come; None for a file."""
    try:
        mode = path.stat().st_mode
    except OSError:
        return "a link that leads nowhere"
    if stat.S_ISREG(mode):
        return None
    kinds = ((stat.S_ISFIFO, "a pipe"), (stat.S_ISSOCK, "a socket"))
    return next((kind for is_kind, kind in kinds if is_kind(mode)), "a device")


STDIN: Final = "-"
KEPT: Final = "inputs"


def with_stdin(inputs: Inputs, folder: Path, format: str | None) -> list[str | os.PathLike[str]]:
    """The inputs with a file in place of "-": a copy of standard input in the corpus' folder, for runs that resume.

    Raises:
        OptionError: if there is a "-" and no format.
    """
    return [_keep_stdin(folder, format) if path == STDIN else path for path in given_paths(inputs)]


def _keep_stdin(folder: Path, format: str | None) -> Path:
    if format is None:
        msg = "the format of standard input can't be told from a name; name one, such as format='jsonl'"
        raise OptionError(msg)
    suffix = input_format(format).suffixes[0]
    kept = folder / KEPT
    kept.mkdir(exist_ok=True)
    part = kept / "stdin.part"
    with part.open("wb") as file:
        shutil.copyfileobj(sys.stdin.buffer, file)
    with part.open("rb") as file:
        read = hashlib.file_digest(file, lambda: hashlib.blake2b(digest_size=8)).hexdigest()
    return part.replace(kept / f"stdin-{read}{suffix}")
