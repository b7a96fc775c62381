"""A document as a script: `NAME: words`, narration as `NARRATOR: words`; and its segments as JSON."""

from collections.abc import Iterable, Iterator
from itertools import groupby
from os import PathLike
from typing import Any, Final

from quotesmith.export.characters import without_forbidden
from quotesmith.export.json_data import encode_json
from quotesmith.files import replace_atomically, write_atomically
from quotesmith.query import chapters_begun
from quotesmith.records import QuoteDocument, Segment

NARRATOR: Final = "NARRATOR"
"""Who reads what is no quote."""
NO_NAME: Final = "SPEAKER ?"
"""Who says a quote of which nobody is known to be the speaker."""


def write_script(document: QuoteDocument, path: str | PathLike[str]) -> None:
    """Write the document to a file as a script: see `document_script`."""
    write_atomically(path, document_script(document).encode())


def document_script(document: QuoteDocument) -> str:
    """The whole text as a script: a block a segment, with a blank line between.

    A block has a line for each paragraph: the label, a colon and the words without the quotation marks around them. Of
    a text with chapters, "# " and the title on a line of its own stand before the first block of each chapter, as
    Fountain writes a section; the narrator reads the heading that stands in the text, too.

    Every stretch of white space is one space; characters that XML forbids are U+FFFD. Segments without words to read,
    such as the white space between two quotes or a row of asterisks, are left out.
    """
    return without_forbidden("\n".join(_blocks(document)) or "\n")


def speaker_label(segment: Segment) -> str:
    """The label of a segment: the speakers' names in capitals, "NARRATOR", or "SPEAKER ?" where nobody is known."""
    if segment.quote is None:
        return NARRATOR
    return " ".join(", ".join(segment.names).upper().split()) or NO_NAME


def write_segments(documents: Iterable[QuoteDocument], path: str | PathLike[str]) -> None:
    """Write the segments of documents to a file, as a list of objects: see `segment_rows`."""
    with replace_atomically(path) as part, part.open("wb") as file:
        file.writelines(segments_json(documents))


def segments_json(documents: Iterable[QuoteDocument]) -> Iterator[bytes]:
    """The segments of documents in order as one list in JSON, an object a line."""
    before = b"[\n"
    for document in documents:
        for row in segment_rows(document):
            yield before + encode_json(row, "a segment").rstrip(b"\n")
            before = b",\n"
    yield b"[]\n" if before == b"[\n" else b"\n]\n"


def segment_rows(document: QuoteDocument) -> Iterator[dict[str, Any]]:
    """One dictionary a segment: document, start, end, text, quote (its id or None), kind, and the speakers' names.

    `kind` is "narration", or else the kind of the quote. Joined, the texts are the text of the document.
    """
    for segment in document.segments():
        quote = segment.quote
        yield {
            "document": document.id,
            "start": segment.start,
            "end": segment.end,
            "text": segment.text,
            "quote": None if quote is None else quote.id,
            "kind": "narration" if quote is None else quote.kind.value,
            "speakers": list(segment.names),
        }


def _blocks(document: QuoteDocument) -> Iterator[str]:
    """The blocks and the titles of chapters; narration that goes on over the end of a chapter is cut there."""
    begun = 0
    for segment in document.segments():
        label = speaker_label(segment)
        places = zip(segment.pieces, segment.words, strict=True)
        for number, own in groupby(places, key=lambda place: chapters_begun(document, place[0].start)):
            if number > begun:
                yield f"# {' '.join(document.chapters[number - 1].title.split())}\n"
                begun = number
            yield "".join(f"{label}: {words}\n" for _, words in own)
