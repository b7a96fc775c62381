"""Standard input, kept as a file in the corpus' folder: a run that goes on needs it again."""

import hashlib
import os
import shutil
import sys
from pathlib import Path
from typing import Final

from quotesmith.corpus.reading.formats import input_format
from quotesmith.corpus.reading.inputs import Inputs, given_paths
from quotesmith.errors import OptionError

STDIN: Final = "-"
KEPT: Final = "inputs"


def with_stdin(inputs: Inputs, folder: Path, format: str | None) -> list[str | os.PathLike[str]]:
    """The inputs with a file in the place of "-", named for a digest of what standard input gave.

    Raises:
        OptionError: if there is a "-" and no format.
    """
    return [_keep_stdin(folder, format) if path == STDIN else path for path in given_paths(inputs)]


def _keep_stdin(folder: Path, format: str | None) -> Path:
    if format is None:
        msg = "standard input has no name that tells its format; say which it is, such as format='jsonl'"
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
