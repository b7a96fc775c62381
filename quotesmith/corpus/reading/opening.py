"""Opens inputs, packed ones too."""

import gzip
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, cast

from quotesmith.errors import FormatError

PACKED = ".gz"


@contextmanager
def opened(path: Path) -> Iterator[BinaryIO]:
    """The file's bytes, unpacked where its name ends in .gz; seeking in a packed file reads all before.

    Raises:
        FormatError: if a packed file is broken.
    """
    if path.suffix.lower() != PACKED:
        with path.open("rb") as file:
            yield file
        return
    try:
        with gzip.open(path, "rb") as packed:
            yield cast("BinaryIO", packed)
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        msg = f"the file can't be unpacked: {error}"
        raise FormatError(msg) from error
