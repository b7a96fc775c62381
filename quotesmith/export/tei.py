"""A document as TEI P5: the text with `<said>` around what is said, and the lists of those who say it.

The text stands in one `<ab>`, character by character, without its characters that XML forbids: each becomes U+FFFD. A
quote in several pieces, or one whose end crosses another's, is several elements that `@next` and `@prev` join.
"""

from collections.abc import Iterable, Iterator, Mapping
from os import PathLike
from re import fullmatch
from typing import TypeAlias
from xml.sax.saxutils import escape, quoteattr

from attrs import frozen

from quotesmith.export.characters import without_forbidden
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
# Mixed speech is told in the reporter's words, some of the speaker's among them.
_DIRECT = {QuoteKind.DIRECT: "true", QuoteKind.MIXED: "false", QuoteKind.INDIRECT: "false"}
_ALOUD = {Act.SPEECH: "true", Act.THOUGHT: "false"}


def write_tei(document: QuoteDocument, path: str | PathLike[str]) -> None:
    """Write the document to a file, as TEI P5."""
    write_atomically(path, document_tei(document))


def document_tei(document: QuoteDocument) -> bytes:
    """The document as `write_tei` writes it: XML in UTF-8."""
    people = {entity.id: f"e{number}" for number, entity in enumerate(document.entities)}
    language = {"xml:lang": _language(document)}
    block = _element("ab", "".join(_marked_text(document, people)), {"xml:space": "preserve"})
    lines = (
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<TEI xmlns="http://www.tei-c.org/ns/1.0">',
        _header(document),
        *_stand_off(document, people),
        _element("text", _element("body", block), language),
        "</TEI>\n",
    )
    return "\n".join(lines).encode()


def _element(name: str, content: str, attributes: _Attributes | None = None) -> str:
    return f"{_opening(name, attributes or {})}{content}</{name}>"


def _opening(name: str, attributes: _Attributes) -> str:
    """The element's first tag, without the attributes that have no value."""
    told = (f" {key}={quoteattr(without_forbidden(value))}" for key, value in attributes.items() if value)
    return f"<{name}{''.join(told)}>"


def _escaped(text: str) -> str:
    # A reader would take a bare carriage return for a line feed.
    return escape(without_forbidden(text), {"\r": "&#13;"})


def _language(document: QuoteDocument) -> str | None:
    return document.language if fullmatch(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*", document.language) else None


def _pointers(ids: Iterable[str]) -> str:
    return " ".join(f"#{i}" for i in ids)


def _header(document: QuoteDocument) -> str:
    title = document.meta.get("title")
    words = _escaped(title if isinstance(title, str) else document.id)
    described = "".join(
        (
            _element("titleStmt", _element("title", words)),
            _element("publicationStmt", _element("p", "Quotes and speakers were marked by quotesmith.")),
            _element("sourceDesc", _element("p", _escaped(document.id) or "The text as it was read.")),
        )
    )
    taxonomies = "".join(
        _element("taxonomy", "".join(_category(member.value) for member in choices), {"n": name})
        for name, choices in (("kind", QuoteKind), ("act", Act), ("assertion", Assertion))
    )
    encoding = _element("encodingDesc", _element("classDecl", taxonomies))
    return _element("teiHeader", _element("fileDesc", described) + encoding)


def _category(value: str) -> str:
    return _element("category", _element("catDesc", value), {"xml:id": value})


def _stand_off(document: QuoteDocument, people: Mapping[str, str]) -> Iterator[str]:
    """The lists of entities; nothing where there are none, since the element must hold something."""
    if not document.entities:
        return
    lists: dict[str, list[str]] = {}
    relations = []
    for entity in document.entities:
        lists.setdefault(_LISTS[entity.kind][0], []).append(_entry(entity, people))
        meant = () if entity.stands_for is None else (entity.stands_for,)
        for name, others in (("member", entity.members), ("stands_for", meant)):
            if others:
                ends = {"active": f"#{people[entity.id]}", "passive": _pointers(people[other] for other in others)}
                relations.append(_element("relation", "", {"name": name, **ends}))
    filled = "\n".join(_element(name, "\n" + "\n".join(entries) + "\n") for name, entries in lists.items())
    yield _element("standOff", filled + (_element("listRelation", "".join(relations)) if relations else ""))


def _entry(entity: Entity, people: Mapping[str, str]) -> str:
    _, element, name = _LISTS[entity.kind]
    names = _element(name, _escaped(entity.name), {"type": None if entity.named else "description"})
    names += "".join(_element(name, _escaped(alias), {"type": "alias"}) for alias in entity.aliases)
    identifier = "" if entity.identifier is None else _element("idno", _escaped(entity.identifier))
    if entity.kind is EntityKind.OTHER:
        content = _element("objectIdentifier", names + identifier)
    elif entity.kind is EntityKind.PERSON and entity.gender is not None:
        content = names + _element("gender", "", {"value": entity.gender.value}) + identifier
    else:
        content = names + identifier
    return _element(element, content, {"xml:id": people[entity.id], "n": entity.id})


@frozen
class _Mark:
    """The element that shows a record in the text, where it stands, and which others it belongs with."""

    id: str
    element: str
    spans: TextSpans
    attributes: _Attributes
    partners: tuple[str, ...] = ()


def _marked_text(document: QuoteDocument, people: Mapping[str, str]) -> Iterator[str]:
    owned = [(mark, span) for mark in _marks(document, people) for span in mark.spans]
    pieces = nested_pieces([span for _, span in owned])
    marks = [owned[piece.span][0] for piece in pieces]
    shown = {mark.id for mark in marks}
    text = _TaggedText(document.text)
    for piece, mark, links in zip(pieces, marks, _links(marks), strict=True):
        partners = {"corresp": _pointers(partner for partner in mark.partners if partner in shown)}
        yield from text.up_to(piece.start)
        yield text.begin(mark.element, {**links, **mark.attributes, **partners}, piece.end)
    yield from text.up_to(len(document.text))


class _TaggedText:
    """Gives a text bit by bit, with the ends of the elements that were begun in it."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._done = 0
        self._inside: list[tuple[int, str]] = []

    def begin(self, element: str, attributes: _Attributes, end: int) -> str:
        self._inside.append((end, element))
        return _opening(element, attributes)

    def up_to(self, offset: int) -> Iterator[str]:
        while self._inside and self._inside[-1][0] <= offset:
            end, element = self._inside.pop()
            yield f"{self._given(end)}</{element}>"
        yield self._given(offset)

    def _given(self, end: int) -> str:
        start, self._done = self._done, end
        return _escaped(self._text[start:end])


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
