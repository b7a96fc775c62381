"""Registry: who is the same across all documents of a corpus, why, and the user's corrections."""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from attrs import frozen

from quotesmith.corpus.database import VARCHAR, connect, iter_rows, literal
from quotesmith.corpus.registry.corrections import CORRECTIONS, Correction, CorrectionKind, read_corrections
from quotesmith.corpus.registry.updating import correct, read_state
from quotesmith.corpus.settings import REGISTRY_FOLDER
from quotesmith.errors import AmbiguousNameError, CorpusError, NameNotFoundError
from quotesmith.lexicon.folding import fold
from quotesmith.query.identities import Identity
from quotesmith.query.names import check_string, enumerated, similar_names
from quotesmith.records import Entity, EntityId, QuoteDocument

if TYPE_CHECKING:
    import duckdb

_ID: Final = re.compile("i[1-9][0-9]*")
_REMEMBERED: Final = 1_000
_HINTS_LISTED: Final = 5
_IDENTIFIED_COLUMNS: Final = "i.identity, i.name, i.kind, i.gender, i.identifier, i.documents"

_SELECT_IDENTIFIED: Final = " ".join(["SELECT", _IDENTIFIED_COLUMNS, "FROM identities AS i"])


@frozen
class Identified:
    """An identity: somebody or something that is the same across the documents of a corpus.

    Attributes:
        identity: The id, which later updates keep.
        name: The commonest full name, or the one that the user gave.
        kind: As of an entity; likewise `gender`.
        identifier: The user's own key, or None.
        documents: How many documents name it.
    """

    identity: str
    name: str
    kind: str
    gender: str | None
    identifier: str | None
    documents: int

    def __str__(self) -> str:
        return f"{self.name} ({self.kind}, {self.identity})"


@frozen
class Naming:
    """A name that an identity has.

    Attributes:
        name: As documents write it.
        documents: How many documents do.
        reason: Why it was taken for a name of this identity; empty for the main name.
    """

    name: str
    documents: int
    reason: str


@frozen
class NearName:
    """Two names that could mean the same and were kept apart.

    Attributes:
        name: A name of the identity that is explained.
        other: The id of the other identity.
        other_name: Its name.
        reason: What speaks against it.
    """

    name: str
    other: str
    other_name: str
    reason: str


@frozen
class Explanation:
    """Why names were taken for those of one identity; `str` gives lines for people.

    Attributes:
        identified: The identity.
        names: Its names, the commonest first.
        near: Names that were kept apart.
    """

    identified: Identified
    names: tuple[Naming, ...]
    near: tuple[NearName, ...]

    def __str__(self) -> str:
        lines = [f"{self.identified}: {_counted(self.identified.documents)}"]
        lines += [f"  {own.name}: {_counted(own.documents)}{own.reason and f'; {own.reason}'}" for own in self.names]
        lines += [f"  not {own.other_name} ({own.other}): {own.name!r}; {own.reason}" for own in self.near]
        return "\n".join(lines)


@frozen
class Registry:
    """The registry of a corpus as it is in its folder; `Corpus.update_registry` builds it.

    Attributes:
        folder: The corpus' folder.
    """

    folder: Path

    def __attrs_post_init__(self) -> None:
        if read_state(self.folder) is None:
            msg = f"{self.folder} has no registry; make one with Corpus.update_registry, or: quotesmith registry FOLDER"
            raise CorpusError(msg)

    def __iter__(self) -> Iterator[Identified]:
        """All identities, in order of their ids."""
        query = " ".join([_SELECT_IDENTIFIED, "ORDER BY CAST(i.identity[2:] AS BIGINT)"])
        return (Identified(*row) for row in self._rows(query))

    def find(self, name: str) -> Identified:
        """The identity of that id, identifier or name; an id that an update merged into another one leads there.

        Raises:
            NameNotFoundError: if nobody has that name; lists similar ones.
            AmbiguousNameError: if several have it; lists them.
            ArgumentError: if it isn't a string.
        """
        check_string("a name or id", name)
        known = self._by_id(name) or self._by_name(name)
        if not known:
            hint = enumerated(self._close(name))
            msg = f"nobody in the registry is called {name!r}" + (f"; close: {hint}" if hint else "")
            raise NameNotFoundError(msg)
        if len(known) > 1:
            msg = f"{name!r} fits {len(known)} in the registry: {enumerated(map(str, known))}; give an id"
            raise AmbiguousNameError(msg)
        return known[0]

    def explain(self, identity: str) -> Explanation:
        """Why names were taken for those of an identity, and which similar ones weren't; errors as in `find`.

        Args:
            identity: An id, an identifier or a name.
        """
        own = self.find(identity)
        names = (
            "SELECT name, documents, reason FROM names WHERE identity = ? ORDER BY reason <> '', documents DESC, name"
        )
        near = """
SELECT name, other, other_name, reason FROM apart WHERE identity = $id
UNION SELECT other_name, identity, name, reason FROM apart WHERE other = $id
ORDER BY ALL"""
        return Explanation(
            own,
            tuple(Naming(*row) for row in self._rows(names, [own.identity])),
            tuple(NearName(*row) for row in self._rows(near, {"id": own.identity})),
        )

    def join(self, one: str, other: str, *, document: str | None = None, note: str = "") -> None:
        """Say that two names mean the same person, body or place.

        Like `part` and `rename`, it takes effect at the next update, and for good.

        Args:
            one: A name as documents write it.
            other: Another name.
            document: The id of the only document whose `one` is meant.
            note: Why; explanations show it.

        Raises:
            CorpusError: if it contradicts another correction; shows both.
            OptionError: if both are the same name and no document is given.
            ArgumentError: if something isn't a string.
        """
        correct(self.folder, Correction(do=CorrectionKind.JOIN, one=one, other=other, document=document, note=note))

    def part(self, one: str, other: str, *, document: str | None = None, note: str = "") -> None:
        """Say that two names, or one name in a document and elsewhere, mean different ones; arguments as in `join`."""
        correct(self.folder, Correction(do=CorrectionKind.PART, one=one, other=other, document=document, note=note))

    def rename(self, one: str, name: str, *, note: str = "") -> None:
        """Say what somebody is to be called from now on; arguments as in `join`."""
        correct(self.folder, Correction(do=CorrectionKind.NAME, one=one, other=name, note=note))

    @property
    def corrections(self) -> tuple[Correction, ...]:
        """The user's corrections, in order."""
        return read_corrections(self.folder / REGISTRY_FOLDER / CORRECTIONS)

    @property
    def unused(self) -> tuple[str, ...]:
        """The corrections that had no effect in the last update because their names are in no document, in words."""
        state = read_state(self.folder)
        return () if state is None else state.unused

    @property
    def identity(self) -> Identity:
        """Who is the same across documents, for `build_graph(documents, identity=registry.identity)`."""
        connection = self._connected()

        @lru_cache(maxsize=_REMEMBERED)
        def members(document: str) -> Mapping[EntityId, str]:
            query = "SELECT entity, identity FROM members WHERE document = ?"
            return dict(connection.cursor().execute(query, [document]).fetchall())

        def key(document: QuoteDocument, entity: Entity) -> str | None:
            return members(document.id).get(entity.id)

        return key

    def _by_id(self, name: str) -> list[Identified]:
        now = self._rows("SELECT now FROM merged WHERE identity = ?", [name]) if _ID.fullmatch(name) else iter(())
        wanted = next((row[0] for row in now), name)
        query = " ".join([_SELECT_IDENTIFIED, "WHERE i.identity = ? OR i.identifier = ?"])
        return [Identified(*row) for row in self._rows(query, [wanted, name])]

    def _by_name(self, name: str) -> list[Identified]:
        """Those whose main name it is, or else those who have it among their names."""
        joined = "FROM identities AS i JOIN names AS n USING (identity) WHERE folded(n.name) = ?"
        query = " ".join(
            ["SELECT DISTINCT n.name = i.name,", _IDENTIFIED_COLUMNS, joined, "ORDER BY i.documents DESC, i.identity"]
        )
        found = list(self._rows(query, [fold(name)]))
        main = [Identified(*row[1:]) for row in found if row[0]]
        return main or list(dict.fromkeys(Identified(*row[1:]) for row in found))

    def _close(self, name: str) -> list[str]:
        names = [row[0] for row in self._rows("SELECT DISTINCT name FROM identities")]
        return similar_names(name, names, limit=_HINTS_LISTED)

    def _rows(self, query: str, parameters: Sequence[object] | Mapping[str, object] = ()) -> Iterator[tuple[Any, ...]]:
        """The rows of an answer, read in batches."""
        connection = self._connected()
        try:
            yield from iter_rows(connection.execute(query, parameters))
        finally:
            connection.close()

    def _connected(self) -> "duckdb.DuckDBPyConnection":
        connection = connect(":memory:", self.folder / "registry.spill")
        for name in ("identities", "names", "members", "apart", "merged"):
            path = self.folder / REGISTRY_FOLDER / f"{name}.parquet"
            connection.from_parquet(literal(path)).create_view(name)
        connection.create_function("folded", fold, [VARCHAR], VARCHAR)
        return connection


def _counted(documents: int) -> str:
    return f"{documents:,} document" + ("" if documents == 1 else "s")
