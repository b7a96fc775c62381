"""A document as TEI P5: the text with `<said>` around what is said, and the lists of those who say it.

The text stands in one `<ab>`, character by character; each character that XML forbids becomes U+FFFD. A
quote in several pieces, or one whose end crosses another's, is several elements that `@next` and `@prev` join.
"""

import io
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, nullcontext
from os import PathLike
from types import MappingProxyType
from typing import TypeAlias
from xml.sax.saxutils import XMLGenerator
from xml.sax.xmlreader import AttributesImpl

from attrs import frozen

from quotesmith.export.characters import language_tag, without_forbidden
from quotesmith.export.overlaps import nested_pieces
from quotesmith.files import write_atomically
from quotesmith.records import Act, Assertion, Entity, EntityKind, Quote, QuoteDocument, QuoteKind, TextSpans

_Attributes: TypeAlias = Mapping[str, str | None]

# List, element and element of the name, for each kind of entity.
_LISTS = {
    EntityKind.PERSON: ("listPerson", "person", "persName"),
    EntityKind.GROUP: ("listPerson", "personGrp", "persName"),
    EntityKind.ORGANIZATION: ("listOrg", "org", "orgName"),
    EntityKind.PLACE: ("listPlace", "place", "placeName"),
    EntityKind.OTHER: ("listObject", "object", "objectName"),
}
# Mixed speech is in the reporter's words, with some of the speaker's among them.
_DIRECT = {QuoteKind.DIRECT: "true", QuoteKind.MIXED: "false", QuoteKind.INDIRECT: "false"}
_ALOUD = {Act.SPEECH: "true", Act.THOUGHT: "false"}


def write_tei(document: QuoteDocument, path: str | PathLike[str]) -> None:
    """Write the document to a file, as TEI P5."""
    write_atomically(path, document_tei(document))


def document_tei(document: QuoteDocument) -> bytes:
    """The document as `write_tei` writes it: XML in UTF-8."""
    people = {entity.id: f"e{number}" for number, entity in enumerate(document.entities)}
    xml = io.StringIO(newline="")
    out = XMLGenerator(xml, "UTF-8")
    out.startDocument()
    with _element(out, "TEI", {"xmlns": "http://www.tei-c.org/ns/1.0"}):
        _end_line(out)
        _write_header(out, document)
        _end_line(out)
        _write_entities(out, document, people)
        language, space = {"xml:lang": language_tag(document.language)}, {"xml:space": "preserve"}
        with _element(out, "text", language), _element(out, "body"), _element(out, "ab", space):
            _write_marked_text(out, document, people)
        _end_line(out)
    _end_line(out)
    # A reader would take a bare carriage return for a line feed.
    return without_forbidden(xml.getvalue()).replace("\r", "&#13;").encode()


@contextmanager
def _element(out: XMLGenerator, name: str, attributes: _Attributes = MappingProxyType({})) -> Iterator[None]:
    """An element around what is written inside."""
    _begin(out, name, attributes)
    yield
    out.endElement(name)


def _begin(out: XMLGenerator, name: str, attributes: _Attributes) -> None:
    """Begin an element, without the attributes that have no value."""
    out.startElement(name, AttributesImpl({key: value for key, value in attributes.items() if value}))


def _write_words(out: XMLGenerator, name: str, words: str, attributes: _Attributes = MappingProxyType({})) -> None:
    with _element(out, name, attributes):
        out.characters(words)


def _end_line(out: XMLGenerator) -> None:
    out.characters("\n")


def _pointers(ids: Iterable[str]) -> str:
    return " ".join(f"#{i}" for i in ids)


def _write_header(out: XMLGenerator, document: QuoteDocument) -> None:
    title = document.meta.get("title")
    described = (
        ("titleStmt", "title", title if isinstance(title, str) else document.id),
        ("publicationStmt", "p", "Quotes and speakers were marked by quotesmith."),
        ("sourceDesc", "p", document.id or "The text as it was read."),
    )
    with _element(out, "teiHeader"):
        with _element(out, "fileDesc"):
            for statement, element, words in described:
                with _element(out, statement):
                    _write_words(out, element, words)
        with _element(out, "encodingDesc"), _element(out, "classDecl"):
            for name, choices in (("kind", QuoteKind), ("act", Act), ("assertion", Assertion)):
                with _element(out, "taxonomy", {"n": name}):
                    for choice in choices:
                        with _element(out, "category", {"xml:id": choice.value}):
                            _write_words(out, "catDesc", choice.value)


def _write_entities(out: XMLGenerator, document: QuoteDocument, people: Mapping[str, str]) -> None:
    """The lists of entities; nothing where there are none, since the element must hold something."""
    if not document.entities:
        return
    relations = list(_relations(document, people))
    with _element(out, "standOff"):
        for number, name in enumerate(dict.fromkeys(_LISTS[entity.kind][0] for entity in document.entities)):
            if number:
                _end_line(out)
            with _element(out, name):
                _end_line(out)
                for entity in document.entities:
                    if _LISTS[entity.kind][0] == name:
                        _write_entity(out, entity, people[entity.id])
                        _end_line(out)
        if relations:
            with _element(out, "listRelation"):
                for relation in relations:
                    _write_words(out, "relation", "", relation)
    _end_line(out)


def _relations(document: QuoteDocument, people: Mapping[str, str]) -> Iterator[_Attributes]:
    for entity in document.entities:
        meant = () if entity.stands_for is None else (entity.stands_for,)
        for name, others in (("member", entity.members), ("stands_for", meant)):
            if others:
                passive = _pointers(people[other] for other in others)
                yield {"name": name, "active": f"#{people[entity.id]}", "passive": passive}


def _write_entity(out: XMLGenerator, entity: Entity, id: str) -> None:
    _, element, name = _LISTS[entity.kind]
    wrapped = _element(out, "objectIdentifier") if entity.kind is EntityKind.OTHER else nullcontext()
    with _element(out, element, {"xml:id": id, "n": entity.id}), wrapped:
        _write_words(out, name, entity.name, {"type": None if entity.named else "description"})
        for alias in entity.aliases:
            _write_words(out, name, alias, {"type": "alias"})
        if entity.kind is EntityKind.PERSON and entity.gender is not None:
            _write_words(out, "gender", "", {"value": entity.gender.value})
        if entity.identifier is not None:
            _write_words(out, "idno", entity.identifier)


@frozen
class _Mark:
    """The element that shows a record in the text, its spans, and the other elements that it belongs with."""

    id: str
    element: str
    spans: TextSpans
    attributes: _Attributes
    partners: tuple[str, ...] = ()


def _write_marked_text(out: XMLGenerator, document: QuoteDocument, people: Mapping[str, str]) -> None:
    owned = [(mark, span) for mark in _marks(document, people) for span in mark.spans]
    pieces = nested_pieces([span for _, span in owned])
    marks = [owned[piece.span][0] for piece in pieces]
    shown = {mark.id for mark in marks}
    inside: list[tuple[int, str]] = []
    done = 0
    for piece, mark, links in zip(pieces, marks, _links(marks), strict=True):
        done = _write_up_to(out, document.text, done, piece.start, inside)
        partners = {"corresp": _pointers(partner for partner in mark.partners if partner in shown)}
        _begin(out, mark.element, {**links, **mark.attributes, **partners})
        inside.append((piece.end, mark.element))
    _write_up_to(out, document.text, done, len(document.text), inside)


def _write_up_to(out: XMLGenerator, text: str, done: int, end: int, inside: list[tuple[int, str]]) -> int:
    """Write the text up to `end`, close the elements in `inside` that end on the way, and return `end`."""
    while inside and inside[-1][0] <= end:
        place, element = inside.pop()
        out.characters(text[done:place])
        out.endElement(element)
        done = place
    out.characters(text[done:end])
    return end


def _links(marks: Iterable[_Mark]) -> Iterator[_Attributes]:
    """For each piece its own id, and those of the pieces of the same mark before and after it."""
    ids: dict[str, list[str]] = {}
    own = []
    for mark in marks:
        known = ids.setdefault(mark.id, [])
        own.append((mark.id, len(known)))
        known.append(f"{mark.id}.{len(known) + 1}" if known else mark.id)
    for mark_id, number in own:
        known = ids[mark_id]
        yield {
            "xml:id": known[number],
            "prev": f"#{known[number - 1]}" if number else None,
            "next": f"#{known[number + 1]}" if number + 1 < len(known) else None,
        }


def _marks(document: QuoteDocument, people: Mapping[str, str]) -> Iterator[_Mark]:
    """Quotes before cues before mentions: of equal spans the earlier holds the later."""
    mentions = {mention.id: f"m{number}" for number, mention in enumerate(document.mentions)}
    for number, quote in enumerate(document.quotes):
        source = () if quote.source is None else (mentions[quote.source],)
        yield _Mark(f"q{number}", "said", quote.content, _said(quote, people), (f"c{number}", *source))
    for number, quote in enumerate(document.quotes):
        yield _Mark(f"c{number}", "seg", quote.cue, {"type": "cue"}, (f"q{number}",))
    for mention in document.mentions:
        attributes = {"type": mention.form.value, "ref": f"#{people[mention.entity]}"}
        yield _Mark(mentions[mention.id], "rs", mention.spans, attributes)


def _said(quote: Quote, people: Mapping[str, str]) -> _Attributes:
    return {
        "n": quote.id,
        "who": _pointers(people[speaker] for speaker in quote.speakers),
        "toWhom": _pointers(people[addressee] for addressee in quote.addressees),
        "direct": _DIRECT[quote.kind],
        "aloud": _ALOUD.get(quote.act),
        "ana": _pointers((quote.kind, quote.act, quote.assertion)),
        "cert": str(quote.score),
    }
