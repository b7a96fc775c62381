"""What is wrong in a corpus' folder: parts that are missing, cut, of another shape, or that contradict each other.

Everything that a run can make anew, the next run does. What it can't, somebody has to put back.
"""

import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Final
from uuid import uuid4

import pyarrow as pa
import pyarrow.parquet as pq

from quotesmith.corpus.database import is_parquet
from quotesmith.corpus.index.building import INDEX, INDEX_FILES
from quotesmith.corpus.reading.inputs import PLAN
from quotesmith.corpus.registry.corrections import CORRECTIONS, read_corrections
from quotesmith.corpus.registry.statements import REGISTRY_FILES
from quotesmith.corpus.registry.updating import STATE_FILE, read_state
from quotesmith.corpus.settings import GAZETTEER, REGISTRY_FOLDER, SETTINGS, CorpusSettings, digest
from quotesmith.corpus.shards import MANIFEST, PARTIAL, RUN_AGAIN, SHARDS, Damage, Manifest, Shard
from quotesmith.corpus.tables import SCHEMAS, read_documents
from quotesmith.errors import QuotesmithError

_PUT_BACK: Final = "put it back, or analyze the inputs again into another folder"
_ASK_AGAIN: Final = "it is built anew when the corpus is next opened"


def find_shard_damage(place: Path, shard: Shard | None = None) -> Damage | None:
    """What is wrong with a shard's folder, as far as the heads of its files tell; None where nothing is.

    Args:
        place: The folder.
        shard: What was planned; without it the folder is only held against itself.
    """
    try:
        manifest = Manifest.read(place)
    except QuotesmithError:
        return Damage(str(place / MANIFEST), "it is no manifest of a shard", RUN_AGAIN)
    if manifest is None:
        return Damage(str(place / MANIFEST), "it is missing", RUN_AGAIN)
    if place.name != f"{manifest.shard:06}" or (shard is not None and manifest.digest != shard.digest):
        return Damage(str(place / MANIFEST), "it is that of other documents", RUN_AGAIN)
    faults = ((place / f"{name}.parquet", _find_table_fault(place, name, manifest)) for name in SCHEMAS)
    return next((Damage(str(path), fault, RUN_AGAIN) for path, fault in faults if fault is not None), None)


def _find_table_fault(place: Path, name: str, manifest: Manifest) -> str | None:
    try:
        found = pq.ParquetFile(place / f"{name}.parquet")
    except (OSError, pa.ArrowException) as error:
        return _told(error)
    with found:
        rows, planned = found.metadata.num_rows, manifest.rows.get(name)
        if not found.schema_arrow.equals(SCHEMAS[name]):
            return f"its columns are {', '.join(found.schema_arrow.names)}"
        return None if rows == planned else f"it has {rows} rows, where its manifest says {planned}"


def set_damaged_aside(folder: Path, shards: Iterator[Shard]) -> list[Damage]:
    """Take away the folders of damaged shards, so that a run makes them anew; says what was wrong with each.

    They lie with the unfinished shards, which `clear_partial` removes.
    """
    found = []
    for shard in shards:
        damage = find_shard_damage(shard.place, shard) if shard.place.exists() else None
        if damage is not None:
            # Renamed first: a folder that is half removed could be taken for a shard.
            aside = folder / PARTIAL / f"damaged-{uuid4().hex}"
            aside.parent.mkdir(exist_ok=True)
            shard.place.rename(aside)
            found.append(damage)
    return found


def verify(folder: str | Path) -> list[Damage]:
    """All that is wrong in a corpus' folder: every table is read to its end. Nothing is changed.

    Args:
        folder: The corpus' folder.

    Raises:
        FileNotFoundError: if there is no such folder.
    """
    place = Path(folder).absolute()
    if not place.is_dir():
        msg = f"there is no folder {place}"
        raise FileNotFoundError(msg)
    checks: tuple[Callable[[Path], Iterator[Damage]], ...] = (
        _settings_damage,
        _shards_damage,
        _registry_damage,
        _index_damage,
    )
    return [damage for check in checks for damage in check(place)]


def _settings_damage(folder: Path) -> Iterator[Damage]:
    path = folder / SETTINGS
    try:
        settings = CorpusSettings.read(folder)
    except QuotesmithError as error:
        yield Damage(str(path), str(error), _PUT_BACK)
        return
    if settings is None:
        yield Damage(str(path), "it is missing", _PUT_BACK)
    elif settings.gazetteer is not None:
        kept = folder / GAZETTEER
        if not kept.is_file() or digest(kept.read_bytes()) != settings.gazetteer:
            yield Damage(str(kept), "it is not the gazetteer that the corpus was begun with", _PUT_BACK)


def _shards_damage(folder: Path) -> Iterator[Damage]:
    planned = _planned(folder)
    if isinstance(planned, Damage):
        yield planned
        planned = {}
    names = {f"{number:06}" for number in planned}
    places = sorted((folder / SHARDS).iterdir()) if (folder / SHARDS).is_dir() else []
    for place in places:
        if names and place.name not in names:
            yield Damage(str(place), "no run of this corpus made it", "remove it")
    seen: Counter[str] = Counter()
    for number, shard in planned.items():
        place = folder / SHARDS / f"{number:06}"
        if not place.is_dir():
            yield Damage(str(place), f"the {shard.documents} documents of this shard are missing", RUN_AGAIN)
            continue
        damage = find_shard_damage(place, shard) or _table_damage(place, seen)
        if damage is not None:
            yield damage
    for key, count in seen.items():
        if count > 1:
            yield Damage(str(folder / SHARDS), f"{count} documents have the id {key!r}", RUN_AGAIN)


def _table_damage(place: Path, seen: Counter[str]) -> Damage | None:
    """What is wrong within a shard's tables, whose heads are as they should be; counts the ids of its documents."""
    manifest = Manifest.read(place)
    try:
        ids = [document.id for document in read_documents(place)]
        links = pq.read_table(place / "links.parquet", page_checksum_verification=True)
    except (QuotesmithError, OSError, pa.ArrowException) as error:
        return Damage(str(place), _told(error), RUN_AGAIN)
    seen.update(ids)
    if not set(links["document"].to_pylist()) <= set(ids):
        return Damage(str(place / "links.parquet"), "it links quotes of documents that aren't there", RUN_AGAIN)
    planned = 0 if manifest is None else manifest.documents
    # Pages without text were planned as documents, and are faults now.
    left_out = 0 if manifest is None else len(manifest.faults)
    if not planned - left_out <= len(ids) <= planned:
        return Damage(str(place), f"{planned} documents were planned, and there are {len(ids)}", RUN_AGAIN)
    return None


def _planned(folder: Path) -> dict[int, Shard] | Damage:
    path = folder / PLAN
    if not path.is_file():
        return Damage(str(path), "it is missing", _PUT_BACK)
    try:
        with closing(sqlite3.connect(f"file:{_quoted(path)}?mode=ro", uri=True, timeout=0)) as database:
            rows = database.execute("SELECT number, shard FROM shards ORDER BY number").fetchall()
        return {number: Shard.from_json(shard) for number, shard in rows}
    except (sqlite3.DatabaseError, QuotesmithError) as error:
        busy = "locked" in str(error)
        return Damage(str(path), str(error), "try again when the run is done" if busy else _PUT_BACK)


def _quoted(path: Path) -> str:
    return path.as_uri().removeprefix("file://")


def _registry_damage(folder: Path) -> Iterator[Damage]:
    place = folder / REGISTRY_FOLDER
    try:
        read_corrections(place / CORRECTIONS)
    except QuotesmithError as error:
        yield Damage(str(place / CORRECTIONS), str(error), "mend the line, or take it out")
    try:
        state = read_state(folder)
    except QuotesmithError as error:
        yield Damage(str(place / STATE_FILE), str(error), _ASK_AGAIN)
        return
    if state is not None:
        yield from _files_damage(place, REGISTRY_FILES)


def _index_damage(folder: Path) -> Iterator[Damage]:
    for place in sorted((folder / INDEX).glob("*/")):
        if place.name.isalnum():
            yield from _files_damage(place, INDEX_FILES)


def _files_damage(place: Path, names: Iterable[str]) -> Iterator[Damage]:
    for name in names:
        path = place / f"{name}.parquet"
        if not is_parquet(path):
            yield Damage(str(path), "it is cut or missing", _ASK_AGAIN)


def _told(error: Exception) -> str:
    return "it is missing" if isinstance(error, FileNotFoundError) else str(error).splitlines()[0]
