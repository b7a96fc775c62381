"""Registries that are made one after another."""

from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from quotesmith.corpus.registry.building import Made, build_registry
from quotesmith.corpus.registry.corrections import Correction
from quotesmith.lexicon.gazetteer import GazetteerEntry
from quotesmith.records import QuoteDocument
from tests.corpus.hand_made import add_documents, write_corpus


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
