"""The unit of a run: a shard, which is some documents of the inputs, and the manifest of what it became."""

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import Final

from attrs import asdict, field, frozen
from cattrs import BaseValidationError, Converter

from quotesmith.corpus.reading.inputs import InputFile, iter_file
from quotesmith.corpus.reading.rows import Fault, InputDocument, Position
from quotesmith.corpus.settings import CORPUS_FORMAT
from quotesmith.errors import CorpusError

SHARDS: Final = "shards"
MANIFEST: Final = "manifest.json"
PARTIAL: Final = "partial"
"""Where shards lie that aren't finished, and damaged ones that are being removed."""
RUN_AGAIN: Final = "run the corpus again with its inputs, which makes this shard anew"
"""What to do about a damaged shard."""
SHARDS_AT_ONCE: Final = 200
_SHARD_CONVERTER = Converter(forbid_extra_keys=True)
_SHARD_NAME: Final = re.compile(r"\d{6,}")


@frozen
class RowRange:
    """Consecutive rows of one input."""

    file: InputFile
    at: Position
    rows: int


@frozen(kw_only=True)
class Shard:
    """Documents that are analysed together, by any process that sees the inputs and the corpus' folder.

    Attributes:
        folder: The corpus' folder, from the root of the file system.
        number: From 0, in the order of the plan.
        pieces: The rows of the inputs that have its documents.
        digest: Of its documents as they were when the plan was made.
        repeated: Documents that are left out because their ids are taken.
        documents: How many there are, including pages without text.
        characters: How many characters they have in all; of pages, how many bytes.
        stops: Whether a fault ends the run; otherwise it goes into the manifest.
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
    """What a shard became.

    Attributes:
        shard: Its number.
        digest: Of its documents.
        documents: How many it was planned with; likewise `characters`.
        words: How many words its texts have, separated by white space.
        rows: How many rows each table has.
        faults: The rows and pages that were left out.
        seconds: Wall-clock time of each step: reading, analysis, writing.
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
        """The manifest in a shard's folder; None where the shard isn't done.

        Raises:
            CorpusError: if it is damaged.
        """
        path = place / MANIFEST
        try:
            return cls.from_json(path.read_text(encoding="utf-8")) if path.is_file() else None
        except (ValueError, RecursionError, TypeError, AttributeError, BaseValidationError) as error:
            msg = f"{path} is no manifest of a shard; {RUN_AGAIN}"
            raise CorpusError(msg) from error


@frozen
class Damage:
    """Something in a corpus' folder that isn't as a run left it.

    Attributes:
        path: The file or folder.
        what: What is wrong with it.
        remedy: What to do.
    """

    path: str
    what: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.path}: {self.what}; {self.remedy}"


def shard_numbers(folder: Path) -> list[int]:
    """The numbers of a corpus' shards that have a folder, whole or not, in order."""
    found = (place.name for place in (folder / SHARDS).glob("*/"))
    return sorted(int(name) for name in found if _SHARD_NAME.fullmatch(name))


def shard_places(folder: Path) -> list[Path]:
    """The folders of a corpus' shards that are done, in order; what else lies beside them is none of ours.

    Raises:
        CorpusError: if one has no manifest, without which nobody knows whether its tables are whole.
    """
    places = [folder / SHARDS / f"{number:06}" for number in shard_numbers(folder)]
    for place in places:
        if not (place / MANIFEST).is_file():
            msg = f"{place / MANIFEST} is missing; {RUN_AGAIN}"
            raise CorpusError(msg)
    return places


def shard_batches(folder: Path) -> Iterator[list[Path]]:
    """The folders of a corpus' shards that are done, in order, in batches of `SHARDS_AT_ONCE`."""
    waiting = iter(shard_places(folder))
    while batch := list(islice(waiting, SHARDS_AT_ONCE)):
        yield batch


class DocumentDigest:
    """A digest of documents in order, taken in one by one."""

    def __init__(self) -> None:
        self._hash = hashlib.blake2b(digest_size=16)

    def add(self, document: InputDocument) -> None:
        """Take in a document as it was read: a page with its markup."""
        record = json.dumps([document.id, document.meta], sort_keys=True).encode()
        body = document.text.encode("utf-8", "surrogatepass") if document.markup is None else document.markup
        for part in (record, body):
            self._hash.update(len(part).to_bytes(8, "big") + part)

    def __str__(self) -> str:
        return self._hash.hexdigest()


def iter_row_range(piece: RowRange) -> Iterator[InputDocument | Fault]:
    """The documents and faults of these rows, pages with their markup."""
    return (found for _, found in islice(iter_file(piece.file, piece.at), piece.rows))
