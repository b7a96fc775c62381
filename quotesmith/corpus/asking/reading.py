"""From numbers of quotes to what they are: what the index knows, and the records of the shards' tables."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import Path
from typing import Final

from quotesmith.corpus.asking.index import Index, Numbers
from quotesmith.corpus.asking.owners import Finding
from quotesmith.corpus.shards import SHARDS
from quotesmith.records import Quote, QuoteDocument

PAGE: Final = 500
"""How many quotes, or their documents, are in memory at a time."""
_FINDINGS: Final = """
SELECT q.number, d.shard, d.id, d.title, q.day, d.outlet, d.url, q.quote, q.kind, q.act, q.assertion, q.score,
    q.speaker_score, q.speakers, q.addressees, q.text
FROM quotes AS q JOIN documents AS d ON d.number = q.document
WHERE q.number BETWEEN ? AND ? AND q.number IN (SELECT unnest(CAST(? AS BIGINT[])))
"""


def iter_findings(index: Index, numbers: Numbers) -> Iterator[Finding]:
    """What the index knows of the quotes of these numbers, in the order given."""
    for page in _pages(numbers):
        found = {row[0]: Finding(*row) for row in index.rows(_FINDINGS, [min(page), max(page), page])}
        yield from (found[number] for number in page)


def iter_quotes(index: Index, numbers: Numbers) -> Iterator[Quote]:
    """The quotes of these numbers, in the order given, read from the shards some at a time."""
    from quotesmith.corpus.tables import read_quotes

    for findings in _grouped(iter_findings(index, numbers)):
        found: dict[tuple[str, str], Quote] = {}
        for place, own in _by_shard(index.folder, findings).items():
            found |= read_quotes(place, [(finding.document, finding.quote) for finding in own])
        for finding in findings:
            yield index.owners.add(found[finding.document, finding.quote], finding)


def iter_pairs(index: Index, numbers: Numbers) -> Iterator[tuple[QuoteDocument, Quote]]:
    """The quotes of these numbers after their documents, in the order given, read from the shards some at a time."""
    for findings in _grouped(iter_findings(index, numbers)):
        documents = read_documents_of(index.folder, findings)
        for finding in findings:
            document = documents[finding.document]
            yield document, index.owners.add(document.quote(finding.quote), finding)


def read_documents_of(folder: Path, findings: Iterable[Finding]) -> Mapping[str, QuoteDocument]:
    """The documents in which quotes stand, by their ids, in order of shards."""
    from quotesmith.corpus.tables import read_documents

    return {
        document.id: document
        for place, own in _by_shard(folder, findings).items()
        for document in read_documents(place, {finding.document for finding in own})
    }


def _by_shard(folder: Path, findings: Iterable[Finding]) -> Mapping[Path, Sequence[Finding]]:
    found: dict[Path, list[Finding]] = defaultdict(list)
    for finding in findings:
        found[folder / SHARDS / f"{finding.shard:06}"].append(finding)
    return found


def _pages(numbers: Numbers) -> Iterator[list[int]]:
    for start in range(0, len(numbers), PAGE):
        yield numbers[start : start + PAGE].tolist()


def _grouped(findings: Iterable[Finding]) -> Iterator[list[Finding]]:
    for _, page in groupby(enumerate(findings), key=lambda place: place[0] // PAGE):
        yield [finding for _, finding in page]
