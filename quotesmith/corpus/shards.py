"""The unit of a run: some documents of the inputs, read, analysed and written as tables, all or nothing."""

import hashlib
import json
import os
import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import Any, Final
from uuid import uuid4

from attrs import asdict, evolve, field, frozen
from cattrs import Converter
from spacy.language import Language

from quotesmith.analysis import Stopwatch
from quotesmith.corpus.inputs import InputFile, iter_file
from quotesmith.corpus.pages import readable
from quotesmith.corpus.rows import Fault, InputDocument, Position
from quotesmith.corpus.settings import FORMAT, GAZETTEER, Settings
from quotesmith.errors import CorpusError, FormatError
from quotesmith.pipeline import load, pipe
from quotesmith.records import QuoteDocument

SHARDS: Final = "shards"
PARTIAL: Final = "partial"
MANIFEST: Final = "manifest.json"
_CONVERTER = Converter()


@frozen
class Piece:
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
    pieces: tuple[Piece, ...]
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
        return _CONVERTER.structure(json.loads(data), cls)


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
    format: int = FORMAT

    @classmethod
    def read(cls, place: Path) -> "Manifest | None":
        """The manifest of a shard's folder; None where it isn't done."""
        path = place / MANIFEST
        return _CONVERTER.structure(json.loads(path.read_bytes()), cls) if path.is_file() else None


def run_shard(shard: Shard) -> Manifest:
    """Analyse a shard's documents and write its tables; where that is done already, only its manifest is read.

    The tables stand in their place all at once or not at all, whenever the process ends, so a shard may be run again, or
    twice at the same time. A process loads its pipeline once.

    Raises:
        CorpusError: if its documents aren't those that were planned, or this machine has other packages.
        FormatError: if there is a fault and `shard.stops`.
        OSError: if an input can't be read or the folder can't be written.
    """
    done = Manifest.read(shard.place)
    if done is not None:
        return done
    watch = Stopwatch()
    documents, faults = _read(shard)
    watch.stop("reading")
    analysed = list(_analyse(documents, Path(shard.folder)))
    watch.stop("analysis")
    with _appearing(shard) as folder:
        from quotesmith.corpus.tables import write_tables

        rows = write_tables(analysed, folder)
        watch.stop("writing")
        manifest = Manifest(
            shard=shard.number,
            digest=shard.digest,
            documents=shard.documents,
            characters=shard.characters,
            words=sum(len(document.text.split()) for document in documents),
            rows=rows,
            faults=tuple(faults),
            seconds=watch.seconds,
        )
        (folder / MANIFEST).write_text(json.dumps(asdict(manifest)), encoding="utf-8")
    return manifest


def clear_partial(folder: Path) -> None:
    """Remove what runs that were killed left of shards."""
    shutil.rmtree(folder / PARTIAL, ignore_errors=True)


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


def iter_piece(piece: Piece) -> Iterator[InputDocument | Fault]:
    """The documents and faults of a piece, pages with their markup."""
    return (found for _, found in islice(iter_file(piece.file, piece.at), piece.rows))


def _read(shard: Shard) -> tuple[list[InputDocument], list[Fault]]:
    """The shard's documents and what is left out, faults in the order of their rows."""
    read = DocumentDigest()
    repeated = {fault.place: fault for fault in shard.repeated}
    documents, faults = [], []
    for found in (found for piece in shard.pieces for found in iter_piece(piece)):
        if isinstance(found, InputDocument) and found.place not in repeated:
            read.add(found)
        taken = repeated.get(found.place) or (found if isinstance(found, Fault) else readable(found))
        if isinstance(taken, InputDocument):
            documents.append(taken)
        else:
            faults.append(taken)
    if str(read) != shard.digest:
        names = ", ".join(dict.fromkeys(piece.file.name for piece in shard.pieces))
        msg = f"{names} changed since the corpus in {shard.folder} was planned; put back what was there"
        raise CorpusError(msg)
    if faults and shard.stops:
        raise FormatError(str(faults[0]))
    return documents, faults


def _analyse(documents: list[InputDocument], folder: Path) -> Iterator[tuple[QuoteDocument, str]]:
    texts = ((document.text, document) for document in documents)
    for analysed, document in pipe(texts, as_tuples=True, nlp=_pipeline(folder)):
        yield evolve(analysed, id=document.id, meta=document.meta), document.place


@lru_cache(maxsize=1)
def _pipeline(folder: Path) -> Language:
    settings = Settings.read(folder)
    if settings is None:
        msg = f"{folder} has no corpus; is it the same folder on this machine?"
        raise CorpusError(msg)
    settings.check_installed()
    return load(settings.pipeline, gazetteer=None if settings.gazetteer is None else folder / GAZETTEER)


@contextmanager
def _appearing(shard: Shard) -> Iterator[Path]:
    """A folder that becomes the shard's place when all is written, unless another process was first."""
    folder = Path(shard.folder) / PARTIAL / f"{shard.number:06}-{uuid4().hex}"
    folder.mkdir(parents=True)
    try:
        yield folder
        _sync([*folder.iterdir(), folder])
        shard.place.parent.mkdir(exist_ok=True)
        _rename(folder, shard.place)
        _sync([shard.place.parent])
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _rename(folder: Path, place: Path) -> None:
    try:
        folder.rename(place)
    except OSError:
        if not place.is_dir():
            raise


def _sync(paths: Iterable[Path]) -> None:
    """Have the disk keep the files and folders: without it a name may outlive what it names when power fails."""
    if os.name == "nt":
        return
    for path in paths:
        handle = os.open(path, os.O_RDONLY)
        os.fsync(handle)
        os.close(handle)

