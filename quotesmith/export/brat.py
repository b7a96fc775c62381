"""Documents as brat standoff: the text in a `.txt` file, and beside it the annotations in an `.ann` file.

| line | says |
| --- | --- |
| `T` | `Quote`, `Cue`, or a mention by its entity's kind (`Person`, `Organization`, `Place`, `Group`, `Other`) |
| `R` | `Cued_by`, `Source`, `Speaker`, `Addressee`, `Inside` of a quote; `Member`, `Stands_for` of an entity |
| `A` | `Kind`, `Act`, `Assertion` of a quote; `Form` of a mention |
| `*` | `Equiv`: the mentions of one entity |
| `#` | a quote's scores, an entity's name and what else is known of it, as a JSON object |

An entity is referred to by its first name in the text, else its first description, else its first pronoun. Offsets
are code points. An annotation of brat stands on one line, so what runs over a line end is several fragments of one
annotation; what consists of line ends alone, and entities that are nowhere mentioned, are left out. Surrogates, which
UTF-8 can't carry, become U+FFFD in both files.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from os import PathLike
from pathlib import Path
from typing import Any

from quotesmith.errors import FormatError
from quotesmith.export.characters import without_surrogates
from quotesmith.export.json_data import encode_json
from quotesmith.files import replace_atomically, write_atomically
from quotesmith.records import Entity, MentionForm, Quote, QuoteDocument, TextSpan, TextSpans

# What Python's readers of lines, brat's among them, take for a line's end.
LINE_ENDS = "\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029"
_FRAGMENT = re.compile(f"[^{LINE_ENDS}]+")


def write_brat(document: QuoteDocument, path: str | PathLike[str]) -> None:
    """Write the annotations to a file whose name ends in `.ann`, and the text beside it to one that ends in `.txt`.

    Raises:
        FormatError: if the `.txt` file is there and holds something else: brat's annotations go with one text.
    """
    text = without_surrogates(document.text).encode()
    beside = text_path(path)
    if beside.exists() and beside.read_bytes() != text:
        msg = f"{beside} is there with another text than the document's; choose another name for {path}"
        raise FormatError(msg)
    lines = "".join(f"{line}\n" for line in annotation_lines(document)).encode()
    # The text appears between the two, so that an error leaves neither file without the other.
    with replace_atomically(path) as part:
        part.write_bytes(lines)
        if not beside.exists():
            write_atomically(beside, text)


def text_path(path: str | PathLike[str]) -> Path:
    """The path of the text that belongs to an `.ann` file."""
    return Path(path).with_suffix(".txt")


def annotation_lines(document: QuoteDocument) -> Iterator[str]:
    """The lines of the `.ann` file, without their line ends."""
    return _BratWriter(document).lines()


class _BratWriter:
    """Numbers a document's annotations, and knows which have a place in the text."""

    def __init__(self, document: QuoteDocument) -> None:
        self._document = document
        self._bound: list[str] = []
        self._quotes = {quote.id: self._bind("Quote", quote.content) for quote in document.quotes}
        self._cues = {quote.id: self._bind("Cue", quote.cue) for quote in document.quotes}
        self._mentions: dict[str, str | None] = {}
        self._of_entity: dict[str, list[str]] = {}
        self._pointed: dict[str, str] = {}
        for mention in document.mentions:
            kind = document.entity(mention.entity).kind.value.capitalize()
            bound = self._mentions[mention.id] = self._bind(kind, mention.spans)
            if bound is not None:
                self._of_entity.setdefault(mention.entity, []).append(bound)
        for form in MentionForm:
            for mention in document.mentions:
                bound = self._mentions[mention.id]
                if mention.form is form and bound is not None:
                    self._pointed.setdefault(mention.entity, bound)

    def lines(self) -> Iterator[str]:
        yield from self._bound
        for number, (name, one, other) in enumerate(self._relations(), start=1):
            yield f"R{number}\t{name} Arg1:{one} Arg2:{other}"
        for bound in self._of_entity.values():
            if len(bound) > 1:
                yield f"*\tEquiv {' '.join(bound)}"
        for number, (name, bound_to, value) in enumerate(self._attributes(), start=1):
            yield f"A{number}\t{name} {bound_to} {value}"
        for number, (bound_to, note) in enumerate(self._notes(), start=1):
            yield f"#{number}\tAnnotatorNotes {bound_to}\t{_one_line(note)}"

    def _bind(self, kind: str, spans: TextSpans) -> str | None:
        """The id of a new text-bound annotation; None where all its characters end lines."""
        fragments = [fragment for span in spans for fragment in _fragments(self._document.text, span)]
        if not fragments:
            return None
        bound = f"T{len(self._bound) + 1}"
        places = ";".join(f"{fragment.start} {fragment.end}" for fragment in fragments)
        words = without_surrogates(" ".join(fragment.of(self._document.text) for fragment in fragments))
        self._bound.append(f"{bound}\t{kind} {places}\t{words}")
        return bound

    def _relations(self) -> Iterator[tuple[str, str, str]]:
        """Name, first and second argument of those whose both ends are in the text."""
        for quote in self._document.quotes:
            ends = [
                ("Cued_by", self._cues[quote.id]),
                ("Source", self._mentions.get(quote.source or "")),
                *(("Speaker", self._pointed.get(speaker)) for speaker in quote.speakers),
                *(("Addressee", self._pointed.get(addressee)) for addressee in quote.addressees),
                ("Inside", self._quotes.get(quote.parent or "")),
            ]
            yield from _relations_of(self._quotes[quote.id], ends)
        for entity in self._document.entities:
            ends = [("Member", self._pointed.get(member)) for member in entity.members]
            ends.append(("Stands_for", self._pointed.get(entity.stands_for or "")))
            yield from _relations_of(self._pointed.get(entity.id), ends)

    def _attributes(self) -> Iterator[tuple[str, str, str]]:
        for quote in self._document.quotes:
            bound = self._quotes[quote.id]
            if bound is not None:
                yield "Kind", bound, quote.kind.value
                yield "Act", bound, quote.act.value
                yield "Assertion", bound, quote.assertion.value
        for mention in self._document.mentions:
            bound = self._mentions[mention.id]
            if bound is not None:
                yield "Form", bound, mention.form.value

    def _notes(self) -> Iterator[tuple[str, Mapping[str, Any]]]:
        for quote in self._document.quotes:
            bound = self._quotes[quote.id]
            if bound is not None:
                yield bound, _quote_note(quote)
        for entity in self._document.entities:
            if entity.id in self._pointed:
                yield self._pointed[entity.id], _entity_note(entity)


def _fragments(text: str, span: TextSpan) -> Iterator[TextSpan]:
    for match in _FRAGMENT.finditer(text, span.start, span.end):
        yield TextSpan(*match.span())


def _relations_of(one: str | None, ends: Iterable[tuple[str, str | None]]) -> Iterator[tuple[str, str, str]]:
    if one is not None:
        yield from ((name, one, other) for name, other in ends if other is not None)


def _quote_note(quote: Quote) -> Mapping[str, Any]:
    return {"score": quote.score, "speaker_score": quote.speaker_score}


def _entity_note(entity: Entity) -> Mapping[str, Any]:
    known = {
        "name": entity.name,
        "named": entity.named,
        "aliases": entity.aliases,
        "gender": entity.gender and entity.gender.value,
        "identifier": entity.identifier,
    }
    return {name: value for name, value in known.items() if value not in (None, ())}


def _one_line(note: Mapping[str, Any]) -> str:
    line = encode_json(note, "the note").decode().rstrip("\n")
    return re.sub("[\x85\u2028\u2029]", lambda end: f"\\u{ord(end.group()):04x}", line)
