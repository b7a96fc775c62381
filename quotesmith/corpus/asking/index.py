"""An index that is open: what a corpus' answers come from."""

import logging
import re
import shutil
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeAlias
from uuid import uuid4

import numpy as np
from attrs import field, frozen

from quotesmith.corpus.asking.building import PART, build_index
from quotesmith.corpus.asking.coverage import INDEX, covered
from quotesmith.corpus.asking.owners import Owners
from quotesmith.corpus.asking.statements import FILES
from quotesmith.corpus.duck import connect, literal, need_duckdb
from quotesmith.errors import CorpusError
from quotesmith.export.characters import without_surrogates

if TYPE_CHECKING:
    import duckdb

Numbers: TypeAlias = "np.ndarray[Any, np.dtype[np.int64]]"
_LOG = logging.getLogger("quotesmith")
_TOKEN = re.compile("[0-9a-f]{16}")
_DAY: Final = 24 * 60 * 60
_PAGE: Final = 1_000


@frozen(eq=False)
class Index:
    """The index of a corpus as it was when it was opened; may be asked by several threads at a time.

    Attributes:
        folder: The corpus'.
        owners: Which of the quotes that were given stands where.
    """

    folder: Path
    _connection: "duckdb.DuckDBPyConnection" = field(repr=False)
    owners: Owners = field(factory=Owners, repr=False)

    def rows(self, sql: str, parameters: Sequence[object] = ()) -> Iterator[tuple[Any, ...]]:
        """The rows of an answer, some in memory at a time.

        Raises:
            CorpusError: if the index has been replaced or can't be read.
        """
        cursor = self._asked(sql, parameters)
        while rows := cursor.fetchmany(_PAGE):
            yield from rows

    def numbers(self, sql: str, parameters: Sequence[object] = ()) -> Numbers:
        """The one column of an answer; errors as of `rows`."""
        [column] = self._asked(sql, parameters).fetchnumpy().values()
        return np.asarray(column, dtype=np.int64)

    def _asked(self, sql: str, parameters: Sequence[object]) -> "duckdb.DuckDBPyConnection":
        import duckdb

        carried = [without_surrogates(own) if isinstance(own, str) else own for own in parameters]
        try:
            return self._connection.cursor().execute(sql, carried)
        except duckdb.IOException as error:
            msg = f"the index of {self.folder} has been replaced or can't be read; open the corpus again ({error})"
            raise CorpusError(msg) from error


def open_index(folder: Path, *, watch: Callable[[str], None] | None = None) -> Index:
    """The index of what is in the corpus' folder now, made if there is none yet.

    Args:
        folder: The corpus'.
        watch: Called with a line that says so when the index is made.

    Raises:
        CorpusError: if the tables can't be read.
        MissingPackageError: if duckdb isn't installed.
        OSError: if the index can't be written.
    """
    need_duckdb()
    place = folder / INDEX / covered(folder)
    if not place.is_dir():
        told = f"{folder}: making the index of what is new"
        _LOG.info(told)
        if watch is not None:
            watch(told)
        build_index(folder, place)
        _clear(place)
    connection = connect(":memory:", place.with_name(f"spill-{uuid4().hex}"))
    for name in FILES:
        connection.from_parquet(literal(place / f"{name}.parquet")).create_view(name)
    return Index(folder, connection)


def _clear(place: Path) -> None:
    """Remove other indexes than this one, and parts of those whose making ended too early, a day ago or more."""
    for other in place.parent.iterdir():
        is_old = _TOKEN.fullmatch(other.name) and other != place
        is_left = other.name.startswith(PART) and other.stat().st_mtime < time.time() - _DAY
        if is_old or is_left:
            shutil.rmtree(other, ignore_errors=True)
