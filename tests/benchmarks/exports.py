"""Seconds and bytes that each format takes to write, and to read, for documents of growing size.

Run as `python -m tests.benchmarks.exports`. The documents are hand-made: a paragraph with two quotes again and again,
each time by somebody else.
"""

import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TypeVar

from quotesmith.export import DOCUMENT_FORMATS, GRAPH_FORMATS
from quotesmith.graph import build_graph
from quotesmith.records import Entity, Mention, Quote, QuoteDocument, TextSpan, TextSpans
from tests.benchmarks.measuring import cpu_seconds_of

SIZES = (30_000, 120_000)
WORDS_A_QUOTE = 24
Thing = TypeVar("Thing")
_SPLIT = ("“The bridge is closed,”", "“and it will stay so.”")
_CLAUSE = "that repairs would take a year"
_FILLER = " Nothing else was heard of it on that day, and" * 3 + ".\n\n"
_PARAGRAPH = (
    "“The bridge is closed,” said Mayor Ann No{0}, “and it will stay so.” She added that repairs would take a year."
)


def make_document(words: int) -> QuoteDocument:
    """A document of about so many words, with a quote for every `WORDS_A_QUOTE`."""
    pieces: list[str] = []
    quotes: list[Quote] = []
    entities: list[Entity] = []
    mentions: list[Mention] = []
    start = 0
    for number in range(words // (2 * WORDS_A_QUOTE)):
        paragraph, name = _PARAGRAPH.format(number), f"Ann No{number}"
        entities.append(Entity(f"e{number}", name, "person"))
        mentions.append(Mention(f"n{number}", _spans(paragraph, start, name), "name", f"e{number}"))
        mentions.append(Mention(f"p{number}", _spans(paragraph, start, "She"), "pronoun", f"e{number}"))
        quotes.append(_quote(paragraph, start, f"n{number}", "direct", "said", *_SPLIT))
        quotes.append(_quote(paragraph, start, f"p{number}", "indirect", "added", _CLAUSE))
        pieces.append(paragraph + _FILLER)
        start += len(pieces[-1])
    return QuoteDocument("large", "".join(pieces), "en", quotes, entities, mentions)


def _quote(paragraph: str, start: int, source: str, kind: str, cue: str, *content: str) -> Quote:
    return Quote(
        f"q-{source}",
        kind,
        _spans(paragraph, start, *content),
        " … ".join(piece.strip("“”") for piece in content),
        cue=_spans(paragraph, start, cue),
        source=source,
        speakers=[f"e{source[1:]}"],
        score=0.9,
        speaker_score=0.8,
    )


def _spans(paragraph: str, start: int, *words: str) -> TextSpans:
    places = [start + paragraph.index(piece) for piece in words]
    return tuple(TextSpan(place, place + len(piece)) for place, piece in zip(places, words, strict=True))


def main() -> None:
    """Print a row for each format, the figures of all sizes side by side."""
    documents = [make_document(words) for words in SIZES]
    for document in documents:
        print(f"{len(document.text.split()):,} words, {len(document.quotes):,} quotes")
    print(f"{'':12}{'writing, s':>20}{'reading, s':>20}{'MB':>20}")
    for known in DOCUMENT_FORMATS:
        read = None if known.read is None else _all_read(known.read)
        _measure(known.suffix, [[document] for document in documents], known.write, read)
    graphs = [build_graph([document]) for document in documents]
    for known_graph in GRAPH_FORMATS:
        _measure(known_graph.suffix, graphs, known_graph.write, known_graph.read)


def _all_read(read: Callable[[Path], Iterable[QuoteDocument]]) -> Callable[[Path], list[QuoteDocument]]:
    return lambda path: list(read(path))


def _measure(
    suffix: str, things: list[Thing], write: Callable[[Thing, Path], object], read: Callable[[Path], object] | None
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder) / f"{number}{suffix}" for number in range(len(things))]
        writing = [cpu_seconds_of(write, thing, path) for thing, path in zip(things, paths, strict=True)]
        reading = [cpu_seconds_of(read, path) for path in paths] if read else []
        sizes = [path.stat().st_size / 1e6 for path in paths]
    print(f"{suffix:12}{_cells(writing):>20}{_cells(reading):>20}{_cells(sizes):>20}", flush=True)


def _cells(values: list[float]) -> str:
    return " ".join(f"{value:8.2f}" for value in values)


if __name__ == "__main__":
    main()
