"""The unit of a run: a shard, some documents of the inputs, and what has become of it."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import Final

from attrs import asdict, field, frozen
from cattrs import Converter

from quotesmith.corpus.reading.inputs import InputFile, iter_file
from quotesmith.corpus.reading.rows import Fault, InputDocument, Position
from quotesmith.corpus.settings import CORPUS_FORMAT

SHARDS: Final = "shards"
MANIFEST: Final = "manifest.json"
SHARDS_AT_ONCE: Final = 200
_SHARD_CONVERTER = Converter()


@frozen
class RowRange:
    """Rows of one input that follow each other."""

    file: InputFile
    at: Position
    rows: int


@frozen(kw_only=True)
class Shard:
    """Documents that are worked on at a time, by any process that sees the inputs and the corpus' folder.

    Attributes:
        folder: The corpus' folder, from the root of the file system.
        number: From 0, in the order of the plan.
        pieces: Where its documents stand.
        digest: Of its documents as they were when the plan was made.
        repeated: Documents that are left out since their ids are taken.
        documents: How many there are; pages without text are counted.
        characters: How many they have in all, or for pages bytes.
        stops: Whether a fault ends the run; otherwise it is put into the manifest.
    """

    folder: str
    number: int
    pieces: tuple[RowRange, ...]
    digest: str
    repeated: tuple[Fault, ...] = ()
    documents: int
    characters: int
    stops: bool = True

    @property
    def place(self) -> Path:
        """The folder of its tables, once they are there."""
        return Path(self.folder) / SHARDS / f"{self.number:06}"

    @property
    def is_done(self) -> bool:
        """Whether its tables are there."""
        return (self.place / MANIFEST).is_file()

    def to_json(self) -> str:
        """The shard as JSON, which `from_json` reads."""
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, data: str) -> "Shard":
        """The shard of `to_json`."""
        return _SHARD_CONVERTER.structure(json.loads(data), cls)


@frozen(kw_only=True)
class Manifest:
    """What a shard has become.

    Attributes:
        shard: Its number.
        digest: Of its documents.
        documents: How many it was planned with; so for `characters`.
        words: How many its texts have, parted by white space.
        rows: How many each table has.
        faults: The rows and pages that were left out.
        seconds: Of wall-clock time, by what it went into: reading, analysis, writing.
        format: The version of the tables.
    """

    shard: int
    digest: str
    documents: int
    characters: int
    words: int
    rows: Mapping[str, int] = field(hash=False)
    faults: tuple[Fault, ...] = ()
    seconds: Mapping[str, float] = field(factory=dict, hash=False, eq=False)
    format: int = CORPUS_FORMAT

    def to_json(self) -> str:
        """The manifest as JSON, which `from_json` reads."""
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, data: str) -> "Manifest":
        """The manifest of `to_json`."""
        return _SHARD_CONVERTER.structure(json.loads(data), cls)

    @classmethod
    def read(cls, place: Path) -> "Manifest | None":
        """The manifest of a shard's folder; None where it isn't done."""
        path = place / MANIFEST
        return cls.from_json(path.read_text(encoding="utf-8")) if path.is_file() else None


def shard_places(folder: Path) -> list[Path]:
    """The folders of a corpus' shards that are done, in order."""
    return sorted((folder / SHARDS).glob("*/"), key=lambda place: int(place.name))


def shard_batches(folder: Path) -> Iterator[list[Path]]:
    """The folders of a corpus' shards that are done, in order, as many at a time as are read at once."""
    waiting = iter(shard_places(folder))
    while batch := list(islice(waiting, SHARDS_AT_ONCE)):
        yield batch


class DocumentDigest:
    """A digest of documents in their order, bit by bit."""

    def __init__(self) -> None:
        self._hash = hashlib.blake2b(digest_size=16)

    def add(self, document: InputDocument) -> None:
        """Take in a document, before the text is taken from its markup."""
        told = json.dumps([document.id, document.meta], sort_keys=True).encode()
        body = document.text.encode("utf-8", "surrogatepass") if document.markup is None else document.markup
        for part in (told, body):
            self._hash.update(len(part).to_bytes(8, "big") + part)

    def __str__(self) -> str:
        return self._hash.hexdigest()


def iter_row_range(piece: RowRange) -> Iterator[InputDocument | Fault]:
    """The documents and faults of a piece, pages with their markup."""
    return (found for _, found in islice(iter_file(piece.file, piece.at), piece.rows))
