"""Runs one shard: reads its documents, analyses them and writes their tables, all or nothing."""

import os
import shutil
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final
from uuid import uuid4

from attrs import evolve

import quotesmith
from quotesmith.corpus.reading.formats import readable
from quotesmith.corpus.reading.rows import Fault, InputDocument
from quotesmith.corpus.settings import GAZETTEER, CorpusSettings
from quotesmith.corpus.shards import MANIFEST, DocumentDigest, Manifest, Shard, iter_row_range
from quotesmith.errors import CorpusError, FormatError
from quotesmith.files import create_folder_atomically
from quotesmith.records import QuoteDocument

if TYPE_CHECKING:
    from spacy.language import Language

PARTIAL: Final = "partial"


def run_shard(shard: Shard) -> Manifest:
    """Analyse a shard's documents and write its tables; if that has been done, only its manifest is read.

    The tables appear all at once or not at all, whenever the process ends, so a shard may be run again, or twice at the
    same time. A process loads its pipeline once.

    Raises:
        CorpusError: if its documents aren't those that were planned, or this machine has other packages.
        FormatError: if there is a fault and `shard.stops`.
        OSError: if an input can't be read or the folder can't be written.
    """
    done = Manifest.read(shard.place)
    if done is not None:
        return done
    # Querying a corpus imports this module, but needs no spaCy.
    from quotesmith.analysis import Stopwatch
    from quotesmith.pipeline.memory import forgetting

    watch = Stopwatch()
    documents, faults = _read(shard)
    watch.stop("reading")
    nlp = _pipeline(Path(shard.folder))
    with forgetting(nlp):
        analysed = list(_analyse(documents, nlp))
    watch.stop("analysis")
    part = Path(shard.folder) / PARTIAL / f"{shard.number:06}-{uuid4().hex}"
    with create_folder_atomically(shard.place, part) as folder:
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
        (folder / MANIFEST).write_text(manifest.to_json(), encoding="utf-8")
        _sync([*folder.iterdir(), folder])
    _sync([shard.place.parent])
    return manifest


def clear_partial(folder: Path) -> None:
    """Remove the unfinished shards of runs that were killed."""
    shutil.rmtree(folder / PARTIAL, ignore_errors=True)


def _read(shard: Shard) -> tuple[list[InputDocument], list[Fault]]:
    """The shard's documents, and its faults in the order of their rows."""
    read = DocumentDigest()
    repeated = {fault.place: fault for fault in shard.repeated}
    documents, faults = [], []
    for found in (found for piece in shard.pieces for found in iter_row_range(piece)):
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


def _analyse(documents: list[InputDocument], nlp: "Language") -> Iterator[tuple[QuoteDocument, str]]:
    texts = ((document.text, document) for document in documents)
    for analysed, document in quotesmith.pipe(texts, as_tuples=True, nlp=nlp):
        yield evolve(analysed, id=document.id, meta=document.meta), document.place


@lru_cache(maxsize=1)
def _pipeline(folder: Path) -> "Language":
    settings = CorpusSettings.read(folder)
    if settings is None:
        msg = f"{folder} has no corpus; is it the same folder on this machine?"
        raise CorpusError(msg)
    settings.check_installed()
    return quotesmith.load(settings.pipeline, gazetteer=None if settings.gazetteer is None else folder / GAZETTEER)


def _sync(paths: Iterable[Path]) -> None:
    """Flush the files and folders to disk: otherwise a name may survive a power failure that its content does not."""
    if os.name == "nt":
        return
    for path in paths:
        handle = os.open(path, os.O_RDONLY)
        os.fsync(handle)
        os.close(handle)
