"""Updates a registry: one process at a time, and all of its tables appear at once."""

import hashlib
import json
import logging
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from typing import Any, Final

from attrs import asdict, fields, frozen

from quotesmith.corpus.database import is_parquet, need_duckdb
from quotesmith.corpus.registry.corrections import CORRECTIONS, Correction, add_correction, read_corrections
from quotesmith.corpus.registry.statements import REGISTRY_FILES
from quotesmith.corpus.settings import GAZETTEER, REGISTRY_FOLDER, SETTINGS
from quotesmith.corpus.shards import MANIFEST, shard_places
from quotesmith.errors import CorpusError, QuotesmithError
from quotesmith.export.json_data import decode_json
from quotesmith.lexicon.gazetteer import GazetteerSource, read_gazetteer

_LOG = logging.getLogger("quotesmith")
REGISTRY_FORMAT: Final = 2
"""The version of a registry's files and of the rules by which it is built."""
STATE_FILE: Final = "registry.json"
_LOCK_FILE: Final = "registry.lock"
_NEW_FOLDER: Final = "registry.part"
_OLD_FOLDER: Final = "registry.old"
_PATIENCE: Final = 30.0
# The tables that say which identity has which id.
_IDS: Final = ("members.parquet", "merged.parquet")
_BEGIN_ANEW: Final = "delete that folder's tables and registry.json, and the next update gives new ids"
_UPDATE: Final = "update the registry, which makes it anew"


@frozen(kw_only=True)
class State:
    """What a registry was built from.

    Attributes:
        covers: A digest of the shards, the corrections and the gazetteer.
        shards: How many shards there were.
        next_number: The number of the next new identity; no number is given twice.
        unused: The corrections whose names are in no document, in words.
        format: The version of the files.
    """

    covers: str
    shards: int
    next_number: int
    unused: tuple[str, ...] = ()
    format: int = REGISTRY_FORMAT


def read_state(folder: Path) -> State | None:
    """What the registry of a corpus was built from; None where there is none.

    Raises:
        CorpusError: if it has another version, or is missing beside its tables.
        FormatError: if it isn't JSON.
    """
    path = folder / REGISTRY_FOLDER / STATE_FILE
    if not path.is_file():
        if any(path.parent.glob("*.parquet")):
            msg = f"{path} is missing beside its tables; {_UPDATE}"
            raise CorpusError(msg)
        return None
    data: Any = decode_json(path.read_bytes(), str(path))
    if not isinstance(data, dict) or data.keys() != {own.name for own in fields(State)}:
        msg = f"{path} is not of a registry that this version knows; {_UPDATE}"
        raise CorpusError(msg)
    return State(**{**data, "unused": tuple(data["unused"])})


def _known_state(folder: Path) -> State | None:
    """What the registry was built from; of one whose own file is damaged, what its tables still tell."""
    try:
        return read_state(folder)
    except QuotesmithError as error:
        _LOG.warning("%s", error)
        place = folder / REGISTRY_FOLDER
        whole = [place / name for name in _IDS if is_parquet(place / name)]
        return State(covers="", shards=0, next_number=1 + max(map(_highest_number, whole), default=0))


def _highest_number(path: Path) -> int:
    import pyarrow.parquet as pq

    # "i7" is the seventh identity.
    return max((int(found[1:]) for found in pq.read_table(path)["identity"].to_pylist()), default=0)


def is_current(folder: Path) -> bool:
    """Whether a corpus has a registry that was built from what is there now."""
    state = _known_state(folder)
    place = folder / REGISTRY_FOLDER
    return state is not None and not _damaged(place) and state.covers == _covered(folder, place)


def bring_up_to_date(
    folder: Path, gazetteer: GazetteerSource | None = None, *, watch: Callable[[str], None] | None = None
) -> State:
    """Build the registry of what is in a corpus' folder now, unless it is current.

    Args:
        folder: The corpus' folder.
        gazetteer: Names that are known. It is kept: by default that of the last update is used, or else the corpus'.
        watch: Called with a message when the registry is built; the logger "quotesmith" has it too.

    Raises:
        CorpusError: if the tables can't be read, corrections contradict each other, or another process is updating it.
        GazetteerError: if the gazetteer is malformed or contradicts itself.
        MissingPackageError: if duckdb isn't installed.
        OSError: if the registry can't be written.
    """
    need_duckdb()
    given = None if gazetteer is None else read_gazetteer(gazetteer)
    with _locked(folder):
        _recover(folder)
        part, place = folder / _NEW_FOLDER, folder / REGISTRY_FOLDER
        shutil.rmtree(part, ignore_errors=True)
        part.mkdir()
        try:
            _keep(place / CORRECTIONS, part / CORRECTIONS)
            if given is None:
                _keep(_kept_gazetteer(folder), part / GAZETTEER)
            else:
                lines = "".join(json.dumps(entry.to_dict()) + "\n" for entry in given)
                (part / GAZETTEER).write_text(lines, encoding="utf-8")
            covers = _covered(folder, part)
            before = _known_state(folder)
            damaged = [] if before is None else _damaged(place)
            for name in _IDS:
                if name in damaged:
                    msg = f"{place / name} is cut or missing, and with it the ids; put it back, or {_BEGIN_ANEW}"
                    raise CorpusError(msg)
            if before is not None and before.covers == covers and not damaged:
                return before
            message = f"{folder}: building the registry of identities"
            _LOG.info(message)
            if watch is not None:
                watch(message)
            state = _make(folder, part, before, covers)
            _swap(folder)
        finally:
            shutil.rmtree(part, ignore_errors=True)
    return state


def correct(folder: Path, correction: Correction) -> None:
    """Add a correction to the log of a corpus' registry; it takes effect at the next update.

    Raises:
        CorpusError: if it contradicts another, or another process is updating the registry.
    """
    with _locked(folder):
        _recover(folder)
        add_correction(folder / REGISTRY_FOLDER / CORRECTIONS, correction)


def _make(folder: Path, part: Path, before: State | None, covers: str) -> State:
    from quotesmith.corpus.registry.building import build_registry

    place = folder / REGISTRY_FOLDER
    made = build_registry(
        folder,
        part,
        corrections=read_corrections(part / CORRECTIONS),
        entries=read_gazetteer(part / GAZETTEER) if (part / GAZETTEER).is_file() else (),
        old=None if before is None else place,
        next_number=1 if before is None else before.next_number,
    )
    state = State(
        covers=covers,
        shards=len(shard_places(folder)),
        next_number=made.next_number,
        unused=tuple(map(str, made.unused)),
    )
    (part / STATE_FILE).write_text(json.dumps(asdict(state), indent=2) + "\n", encoding="utf-8")
    return state


def _covered(folder: Path, place: Path) -> str:
    """A digest, in 16 hexadecimal digits, of the shards, and of the corrections and gazetteer in the folder `place`."""
    found = hashlib.blake2b(str(REGISTRY_FORMAT).encode(), digest_size=8)
    found.update((folder / SETTINGS).read_bytes())
    for shard in shard_places(folder):
        found.update(shard.name.encode() + (shard / MANIFEST).read_bytes())
    for name in (CORRECTIONS, GAZETTEER):
        content = (place / name).read_bytes() if (place / name).is_file() else b""
        found.update(len(content).to_bytes(8, "big") + content)
    return found.hexdigest()


def _damaged(place: Path) -> list[str]:
    """The tables of a registry that are cut or missing."""
    return [f"{name}.parquet" for name in REGISTRY_FILES if not is_parquet(place / f"{name}.parquet")]


def _kept_gazetteer(folder: Path) -> Path:
    kept = folder / REGISTRY_FOLDER / GAZETTEER
    is_known = kept.is_file() or (folder / REGISTRY_FOLDER / STATE_FILE).is_file()
    return kept if is_known else folder / GAZETTEER


def _keep(path: Path, kept: Path) -> None:
    if path.is_file():
        shutil.copyfile(path, kept)


def _swap(folder: Path) -> None:
    """Replace the old registry with the new one; `_recover` repairs it if the process ends in between."""
    part, place, old = (folder / name for name in (_NEW_FOLDER, REGISTRY_FOLDER, _OLD_FOLDER))
    if place.exists():
        place.rename(old)
    part.rename(place)
    shutil.rmtree(old, ignore_errors=True)


def _recover(folder: Path) -> None:
    """Restore the old registry if a process ended while it was being replaced."""
    place, old = folder / REGISTRY_FOLDER, folder / _OLD_FOLDER
    if old.exists() and not place.exists():
        old.rename(place)
    shutil.rmtree(old, ignore_errors=True)


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """Keep other processes from the registry; the lock ends with its process, however that ends."""
    with ExitStack() as stack:
        try:
            lock = stack.enter_context(
                closing(sqlite3.connect(folder / _LOCK_FILE, timeout=_PATIENCE, isolation_level=None))
            )
            lock.execute("BEGIN EXCLUSIVE")
        except sqlite3.DatabaseError as error:
            is_taken = "locked" in str(error)
            why = "another process is at it; try again when it is done" if is_taken else "it can't be written"
            msg = f"the registry of {folder}: {why} ({error})"
            raise CorpusError(msg) from error
        yield
