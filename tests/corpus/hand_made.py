"""Corpora of documents that are made by hand, registries of them, articles to be read, and what tables hold."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from quotesmith.corpus import Corpus, Manifest
from quotesmith.corpus.registry.building import Made, build_registry
from quotesmith.corpus.registry.corrections import Correction
from quotesmith.corpus.settings import CorpusSettings
from quotesmith.corpus.shards import MANIFEST, SHARDS
from quotesmith.corpus.tables import SCHEMAS, write_tables
from quotesmith.lexicon.gazetteer import GazetteerEntry
from quotesmith.records import Entity, Mention, Quote, QuoteDocument


def write_corpus(folder: Path, documents: Iterable[QuoteDocument], *, shard_documents: int = 2) -> Corpus:
    """A corpus of the documents."""
    folder.mkdir(parents=True, exist_ok=True)
    CorpusSettings(
        quotesmith="0",
        weights="0",
        spacy="3",
        pipeline="en",
        pipeline_version="1",
        gazetteer=None,
        shard_documents=shard_documents,
    ).write(folder)
    add_documents(folder, documents, shard_documents=shard_documents)
    return Corpus(folder)


def add_documents(folder: Path, documents: Iterable[QuoteDocument], *, shard_documents: int = 2) -> None:
    """Write further shards."""
    waiting = iter(documents)
    while batch := list(islice(waiting, shard_documents)):
        place = _new_shard(folder)
        rows = write_tables([(document, "") for document in batch], place)
        _write_manifest(place, batch[0].id, rows)


def add_tables(folder: Path, tables: Mapping[str, pa.Table]) -> None:
    """Write a further shard of these tables."""
    place = _new_shard(folder)
    for name, table in tables.items():
        pq.write_table(table, place / f"{name}.parquet", compression="zstd")
    _write_manifest(place, place.name, {name: len(table) for name, table in tables.items()})


def _new_shard(folder: Path) -> Path:
    place = folder / SHARDS / f"{len(list((folder / SHARDS).glob('*/'))):06}"
    place.mkdir(parents=True)
    return place


def _write_manifest(place: Path, digest: str, rows: Mapping[str, int]) -> None:
    made = Manifest(shard=int(place.name), digest=digest, documents=rows["documents"], characters=0, words=0, rows=rows)
    (place / MANIFEST).write_text(made.to_json(), encoding="utf-8")


def write_registry(
    folder: Path,
    identities: Sequence[tuple[str, str, str, str | None, str | None, int]],
    names: Sequence[tuple[str, str]],
    members: Sequence[tuple[str, str, str]],
) -> None:
    """A registry's tables: identities with name, kind, gender, identifier and number of documents, and the rest."""
    place = folder / "registry"
    place.mkdir(exist_ok=True)
    text, many = pa.string(), pa.int64()
    columns = {"identity": text, "name": text, "kind": text, "gender": text, "identifier": text, "documents": many}
    _write(place / "identities.parquet", columns, identities)
    named = {"identity": text, "name": text, "documents": many, "reason": text}
    _write(place / "names.parquet", named, [(*name, 1, "") for name in names])
    _write(place / "members.parquet", {"document": text, "entity": text, "identity": text}, members)


def _write(path: Path, columns: dict[str, pa.DataType], rows: Iterable[Sequence[object]]) -> None:
    records = [dict(zip(columns, row, strict=True)) for row in rows]
    pq.write_table(pa.Table.from_pylist(records, pa.schema(list(columns.items()))), path)


def naming(document_id: str, *names: str | Entity, text: str = "") -> QuoteDocument:
    """A document that names people, or entities as they are given, in sentences of their own or in the text."""
    given = [name if isinstance(name, Entity) else Entity(f"e{at}", name, "person") for at, name in enumerate(names)]
    written = text or " ".join(f"{entity.name} spoke." for entity in given)
    mentions = [
        Mention(f"m{place}", [(at, at + len(entity.name))], "name", entity.id)
        for place, entity in enumerate(given)
        if (at := written.find(entity.name)) >= 0
    ]
    return QuoteDocument(document_id, written, "en", [], given, mentions)


def article(
    document_id: str,
    *said: tuple[Sequence[str], str],
    day: str | None = None,
    outlet: str | None = None,
    aliases: Sequence[str] = (),
    identifier: str | None = None,
) -> QuoteDocument:
    """An article in which persons say something; each name is an entity, the first with the aliases and identifier."""
    names = list(dict.fromkeys(name for speakers, _ in said for name in speakers))
    entities = [
        Entity(
            f"e{place}",
            name,
            "person" if name[0].isupper() else "group",
            named=name[0].isupper(),
            aliases=() if place else aliases,
            identifier=None if place else identifier,
        )
        for place, name in enumerate(names)
    ]
    ids = {entity.name: entity.id for entity in entities}
    text, quotes = "", []
    for place, (speakers, words) in enumerate(said):
        content = [(len(text), len(text) + len(words))]
        quotes.append(Quote(f"q{place}", "direct", content, words, speakers=[ids[name] for name in speakers]))
        text += words + "\n"
    mentions = [
        Mention(f"m{len(entities)}{place}", [(at, at + len(entity.name))], "name", entity.id)
        for place, entity in enumerate(entities)
        if (at := text.find(entity.name)) >= 0
    ]
    meta = {name: value for name, value in (("date", day), ("outlet", outlet)) if value is not None}
    return QuoteDocument(document_id, text, "en", quotes, entities, mentions, meta)


NAMES = ("Jane Roe", "Ann Lee", "Omar Diaz", "Mei Lin")


def write_articles(path: Path, count: int) -> Path:
    """A file of JSON Lines with short articles, each other than the rest."""
    rows = (
        {
            "id": f"article {number}",
            "text": f"“The bridge {number} is closed,” said Mayor {NAMES[number % 4]}.\n\nShe told"
            f" {NAMES[number % 3]} that repairs would take {number} weeks.",
            "date": f"2026-11-{1 + number % 28:02}",
        }
        for number in range(count)
    )
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def all_rows(corpus: Corpus) -> dict[str, list[dict[str, Any]]]:
    """All rows of each table, by document."""
    return {name: _sorted(pa.concat_tables(map(pq.read_table, corpus.table(name)))) for name in SCHEMAS}


def _sorted(table: pa.Table) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = table.to_pylist()
    return sorted(rows, key=lambda row: str(row.get("document", row.get("id", ""))))


class Making:
    """Registries of one corpus, each with the ids of the one before."""

    def __init__(self, folder: Path, documents: Sequence[QuoteDocument]) -> None:
        self.folder = folder
        self.corpus = write_corpus(folder / "tables", documents)
        self.old: Path | None = None
        self.next_number = 1

    def add(self, *documents: QuoteDocument) -> None:
        add_documents(self.corpus.folder, documents)

    def make(self, corrections: Sequence[Correction] = (), entries: Sequence[GazetteerEntry] = ()) -> Made:
        place = self.folder / f"made{len(list(self.folder.iterdir()))}"
        place.mkdir()
        made = build_registry(
            self.corpus.folder,
            place,
            corrections=corrections,
            entries=entries,
            old=self.old,
            next_number=self.next_number,
        )
        self.old, self.next_number = place, made.next_number
        return made

    def rows(self, table: str) -> list[dict[str, Any]]:
        assert self.old is not None
        rows: list[dict[str, Any]] = pq.read_table(self.old / f"{table}.parquet").to_pylist()
        return rows

    def who(self) -> dict[str, str]:
        """The identity of each "document/entity"."""
        return {f"{row['document']}/{row['entity']}": row["identity"] for row in self.rows("members")}

    def together(self) -> set[frozenset[str]]:
        found = defaultdict(set)
        for place, identity in self.who().items():
            found[identity].add(place)
        return set(map(frozenset, found.values()))
