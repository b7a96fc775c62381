"""Precision and recall of who is one person over many articles, on labelled pairs of names in PolNeAR train.

Run as

    quotesmith corpus GOLD/polnear/train.jsonl.gz -o TABLES --column id=doc_id
    python -m tests.benchmarks.same_people TABLES

This makes the registry of TABLES. The labels are in tests/data/people.jsonl and bodies.jsonl;
the README beside them says how they were made.
"""

import sys
from collections import Counter
from collections.abc import Iterator
from typing import Any

from quotesmith.corpus import Corpus
from quotesmith.query.identities import Identity
from quotesmith.records import QuoteDocument
from tests.benchmarks.measuring import Figures, print_head, print_row, read_labels

SECOND = 2


def entity_at(document: QuoteDocument, start: int, end: int) -> str | None:
    """The entity of the mention that stands at the place, or else of one that ends there."""
    ending = {mention.spans[0].start: mention.entity for mention in document.mentions if mention.spans[-1].end == end}
    return ending.get(start, next(iter(ending.values()), None))


def _key(identity: Identity, document: QuoteDocument, entity: str | None) -> str | None:
    return None if entity is None else identity(document, document.entity(entity))


def iter_labels() -> Iterator[tuple[dict[str, Any], tuple[str, ...]]]:
    """The labelled pairs, each with the rows of the table in which it counts."""
    for row in read_labels("people"):
        drawn = "second drawing" if row.get("round") == SECOND else "first drawing"
        yield row, ("people", drawn, row["sort"])
    for row in read_labels("bodies"):
        yield row, (row["sort"],)


def main() -> None:
    """Print the figures, by the sort of pair and for all people."""
    tables = Corpus(sys.argv[1])
    documents = {document.id: document for document in tables.documents()}
    identity = tables.update_registry().identity
    counts: Counter[tuple[str, bool, bool]] = Counter()
    for row, sorts in iter_labels():
        named = [(documents[key], span) for key, span in zip(row["documents"], row["names"], strict=True)]
        one, other = (_key(identity, document, entity_at(document, *span)) for document, span in named)
        found = one is not None and one == other
        for sort in sorts:
            counts[sort, row["same"], found] += 1
        if found is not row["same"]:
            texts = [document.text[slice(*span)] for document, span in named]
            print(f"{'joined' if found else 'apart'} ({', '.join(sorts)}): {' | '.join(texts)}")
    print_head("pairs", "same", "joined", "precision", "recall")
    for sort in dict.fromkeys(sort for sort, *_ in counts):
        right, wrong, missed = (counts[sort, *key] for key in ((True, True), (False, True), (True, False)))
        figures = Figures(right, right + wrong, right + missed)
        precision = f"{figures.precision:.3f}" if figures.given else "-"
        recall = f"{figures.recall:.3f}" if figures.labelled else "-"
        print_row([sort, figures.labelled, figures.given, precision, recall])


if __name__ == "__main__":
    main()
