"""The plan of a corpus, in SQLite: its inputs, the shards that they are cut into, and the ids that are taken.

The database is locked while a run has it open, so that two runs never plan at once; the lock ends with the process,
however that ends. Additions to a plan are made all at once or not at all.
"""

import hashlib
import json
import os
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Final

from attrs import define, evolve, field, frozen

from quotesmith.corpus.reading.inputs import PLAN, InputFile, iter_file
from quotesmith.corpus.reading.rows import Fault, InputDocument, Position
from quotesmith.corpus.shards import DocumentDigest, RowRange, Shard
from quotesmith.errors import CorpusError, FormatError

# This many characters end a shard too: long texts take long, and a run that is killed loses its unfinished shards.
MAX_CHARACTERS: Final = 400_000
FAULTS_LISTED: Final = 10
"""How many of the rows that are left out a message names."""
_OPENING = """
PRAGMA locking_mode = EXCLUSIVE;
PRAGMA cache_size = -65536;
BEGIN EXCLUSIVE;
CREATE TABLE IF NOT EXISTS inputs (
    number INTEGER PRIMARY KEY, path BLOB UNIQUE, name TEXT, format TEXT, columns TEXT, size INTEGER, changed INTEGER,
    digest BLOB
);
CREATE TABLE IF NOT EXISTS shards (number INTEGER PRIMARY KEY, documents INTEGER, characters INTEGER, shard TEXT);
CREATE TABLE IF NOT EXISTS ids (digest BLOB PRIMARY KEY, input INTEGER, row INTEGER) WITHOUT ROWID;
COMMIT;
"""


@define
class _ShardDraft:
    """A shard that is being assembled."""

    pieces: list[RowRange] = field(factory=list)
    digest: DocumentDigest = field(factory=DocumentDigest)
    documents: int = 0
    characters: int = 0
    repeated: list[Fault] = field(factory=list)

    def add_row(self, file: InputFile, at: Position) -> None:
        if self.pieces and self.pieces[-1].file is file:
            self.pieces[-1] = evolve(self.pieces[-1], rows=self.pieces[-1].rows + 1)
        else:
            self.pieces.append(RowRange(file, at, 1))

    def add_document(self, document: InputDocument) -> None:
        self.digest.add(document)
        self.documents += 1
        self.characters += len(document.text if document.markup is None else document.markup)


@frozen
class Plan:
    """The plan of a corpus, open for a run; `open_plan` gives it.

    Attributes:
        folder: The corpus' folder, from the root of the file system.
        database: Where the plan stands.
    """

    folder: Path
    database: sqlite3.Connection

    def add(self, files: Iterable[InputFile], *, shard_documents: int, stops: bool) -> tuple[Fault, ...]:
        """Plan the files that aren't planned yet; gives the faults in them. Files in the plan must not have changed.

        Args:
            files: In the order in which they are cut into shards.
            shard_documents: The most documents that a shard has.
            stops: Whether a fault is an error.

        Raises:
            FormatError: if there are faults and `stops`; lists up to ten. Nothing is planned then.
            CorpusError: if a file has changed since it was planned, or its format or columns have.
        """
        faults: list[Fault] = []
        with self.database:
            for draft, found in self._drafts(files, shard_documents):
                faults += found
                if stops and len(faults) >= FAULTS_LISTED:
                    break
                self._add_shard(draft)
            if stops and faults:
                raise FormatError(_fault_list(faults))
        return tuple(faults)

    def shards(self, *, stops: bool) -> Iterator[Shard]:
        """All shards in order, including those that are done."""
        # One by one: a half-read query would keep the lock even after the database is closed.
        for number in range(self.totals()[0]):
            [shard] = self.database.execute("SELECT shard FROM shards WHERE number = ?", (number,)).fetchone()
            yield evolve(Shard.from_json(shard), folder=str(self.folder), stops=stops)

    def totals(self) -> tuple[int, int, int]:
        """How many shards, documents and characters there are."""
        query = "SELECT count(*), coalesce(sum(documents), 0), coalesce(sum(characters), 0) FROM shards"
        shards, documents, characters = self.database.execute(query).fetchone()
        return shards, documents, characters

    def _drafts(self, files: Iterable[InputFile], size: int) -> Iterator[tuple[_ShardDraft, list[Fault]]]:
        """The shards of the files that aren't planned yet, each with the faults in it."""
        draft, faults = _ShardDraft(), []
        for file in files:
            if self._is_planned(file):
                continue
            number = self._add_input(file)
            for at, found in iter_file(file):
                fault = self._add_row(draft, file, number, at, found)
                faults += [] if fault is None else [fault]
                if draft.documents >= size or draft.characters >= MAX_CHARACTERS:
                    yield draft, faults
                    draft, faults = _ShardDraft(), []
        if draft.pieces:
            yield draft, faults

    def _add_row(
        self, draft: _ShardDraft, file: InputFile, number: int, at: Position, found: InputDocument | Fault
    ) -> Fault | None:
        draft.add_row(file, at)
        if isinstance(found, Fault):
            return found
        taken = self._take_id(found.id, number, at.number)
        if taken is None:
            draft.add_document(found)
            return None
        fault = Fault(found.place, f"its id {found.id!r} is that of {taken} too; ids must differ")
        draft.repeated.append(fault)
        return fault

    def _add_shard(self, draft: _ShardDraft) -> None:
        [number] = self.database.execute("SELECT count(*) FROM shards").fetchone()
        shard = Shard(
            folder="",
            number=number,
            pieces=tuple(draft.pieces),
            digest=str(draft.digest),
            repeated=tuple(draft.repeated),
            documents=draft.documents,
            characters=draft.characters,
        )
        row = (number, draft.documents, draft.characters, shard.to_json())
        self.database.execute("INSERT INTO shards VALUES (?, ?, ?, ?)", row)

    def _take_id(self, id: str, number: int, row: int) -> str | None:
        """Record that a document has this id; the place of the document that already has it, or None."""
        key = hashlib.blake2b(id.encode(), digest_size=16).digest()
        if self.database.execute("INSERT OR IGNORE INTO ids VALUES (?, ?, ?)", (key, number, row)).rowcount:
            return None
        query = "SELECT name, format, row FROM ids JOIN inputs ON input = number WHERE ids.digest = ?"
        name, known, first = self.database.execute(query, (key,)).fetchone()
        return InputFile("", name, known).place(first)

    def _add_input(self, file: InputFile) -> int:
        state = Path(file.path).stat()
        row = (
            os.fsencode(file.path),
            file.name,
            file.format,
            _columns(file),
            state.st_size,
            state.st_mtime_ns,
            _digest(file),
        )
        added = self.database.execute(
            "INSERT INTO inputs (path, name, format, columns, size, changed, digest) VALUES (?, ?, ?, ?, ?, ?, ?)", row
        )
        return int(added.lastrowid or 0)

    def _is_planned(self, file: InputFile) -> bool:
        query = "SELECT format, columns, size, changed, digest FROM inputs WHERE path = ?"
        planned = self.database.execute(query, (os.fsencode(file.path),)).fetchone()
        if planned is None:
            return False
        known, columns, size, changed, digest = planned
        if (known, columns) != (file.format, _columns(file)):
            msg = f"{file.name} was planned as {known} with the columns {columns}; read it so, or in another folder"
            raise CorpusError(msg)
        state = Path(file.path).stat()
        if (size, changed) != (state.st_size, state.st_mtime_ns) and (size, digest) != (state.st_size, _digest(file)):
            msg = f"{file.name} has changed since it was planned; put it back, and new documents into new files"
            raise CorpusError(msg)
        return True


@contextmanager
def open_plan(folder: Path) -> Iterator[Plan]:
    """The plan in a corpus' folder, made if there is none, and locked until the block ends.

    Raises:
        CorpusError: if another run has it open, or the file is none of ours.
    """
    with closing(sqlite3.connect(folder / PLAN, timeout=0)) as database:
        try:
            database.executescript(_OPENING)
        except sqlite3.DatabaseError as error:
            locked = "another run is at work on it" if "locked" in str(error) else f"its {PLAN} can't be used"
            remedy = (
                "try again when it is done" if "locked" in str(error) else "put it back, or run into another folder"
            )
            msg = f"{folder}: {locked} ({error}); {remedy}"
            raise CorpusError(msg) from error
        yield Plan(folder.absolute(), database)


def _columns(file: InputFile) -> str:
    return json.dumps(dict(file.columns), sort_keys=True)


def _digest(file: InputFile) -> bytes:
    with Path(file.path).open("rb") as data:
        return hashlib.file_digest(data, lambda: hashlib.blake2b(digest_size=16)).digest()


def _fault_list(faults: list[Fault]) -> str:
    listed = "\n  ".join(map(str, faults[:FAULTS_LISTED]))
    return f"rows that are no documents:\n  {listed}\nmend them, or leave such rows out with faults='skip'"
