"""A document as SSML 1.1 (W3C, 2010) for speech synthesis: each speaker and the narrator in a voice of their own.

A paragraph that one voice reads is a `<p>` in its `<voice>`. One that several voices share is their words one after
another, with a `<break>` before the next such paragraph: the standard would have voices in a `<p>` too, but some
services (Azure) take `<voice>` only as a child of `<speak>`.
"""

import io
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import groupby, zip_longest
from operator import itemgetter
from os import PathLike
from typing import TypeAlias
from xml.sax.saxutils import XMLGenerator
from xml.sax.xmlreader import AttributesImpl

from attrs import frozen

from quotesmith.errors import ArgumentError, OptionError
from quotesmith.export.characters import REPLACEMENT, language_tag, without_forbidden
from quotesmith.export.scripts import NARRATOR, NO_NAME
from quotesmith.files import write_atomically
from quotesmith.query.names import find_entity, own_entity
from quotesmith.records import Entity, EntityId, QuoteDocument, Segment, TextSpan

# The keys of a Mapping are invariant for type checkers, so that those of names alone are a type of their own.
Voices: TypeAlias = Mapping[str, str] | Mapping[str | None, str] | Mapping[str | Entity | None, str]
"""The name of a voice for speakers, by name or as entities, and for the narrator: None, or "narrator" in any case."""


def write_ssml(document: QuoteDocument, path: str | PathLike[str], *, voices: Voices | None = None) -> None:
    """Write the document to a file as SSML; voices and errors as of `document_ssml`."""
    write_atomically(path, document_ssml(document, voices=voices))


def document_ssml(document: QuoteDocument, *, voices: Voices | None = None) -> bytes:
    """The document as SSML 1.1, in UTF-8; characters that XML forbids are left out.

    Args:
        document: The document.
        voices: The name of a voice, or names in order of preference with spaces between, for some speakers: each given
            by a name that `doc.quotes.by` takes, or as an entity. None, or "narrator" in any case, is the narrator, who
            also reads what other speakers say. Without voices each speaker's name is the name of a voice, with hyphens
            for spaces.

    Raises:
        NameNotFoundError: if a name fits nobody in the document; lists close names.
        AmbiguousNameError: if a name fits several; lists them.
        OptionError: if a voice is empty, or one speaker is given two.
        ArgumentError: if a speaker or a voice is of another type.
    """
    named = None if voices is None else _voices_by_entity(document, voices)
    parts = list(_parts(document, named))
    xml = io.StringIO(newline="")
    out = XMLGenerator(xml, "UTF-8", short_empty_elements=True)
    out.startDocument()
    language = language_tag(document.language) or "und"
    root = {"version": "1.1", "xmlns": "http://www.w3.org/2001/10/synthesis", "xml:lang": language}
    out.startElement("speak", AttributesImpl(root))
    out.characters("\n")
    for voice, own in groupby(parts, key=lambda part: part.voice):
        out.startElement("voice", AttributesImpl({"name": voice}))
        for number, part in enumerate(own):
            out.characters("\n" if number else "")
            _write_part(out, part)
        out.endElement("voice")
        out.characters("\n")
    out.endElement("speak")
    out.characters("\n")
    return xml.getvalue().encode()


@frozen
class _Part:
    """The words of one paragraph, or of a part of it, that one voice reads."""

    voice: str
    words: str
    is_whole: bool
    has_break: bool


def _write_part(out: XMLGenerator, part: _Part) -> None:
    if part.is_whole:
        out.startElement("p", AttributesImpl({}))
    out.characters(part.words)
    if part.is_whole:
        out.endElement("p")
    if part.has_break:
        out.startElement("break", AttributesImpl({"strength": "strong"}))
        out.endElement("break")


def _parts(document: QuoteDocument, named: Mapping[EntityId | None, str] | None) -> Iterator[_Part]:
    """What is read of each paragraph by each voice, in order."""
    read = (
        (_paragraph_number(document, piece), _voice(segment, named), words)
        for segment in document.segments()
        for piece, words in zip(segment.pieces, segment.words, strict=True)
    )
    turns = [
        (number, voice, " ".join(words for *_, words in own))
        for (number, voice), own in groupby(read, itemgetter(0, 1))
    ]
    voices = Counter(number for number, _, _ in turns)
    for (number, voice, words), following in zip_longest(turns, turns[1:]):
        is_whole = voices[number] == 1
        ends_shared = following is not None and following[0] != number and not is_whole
        yield _Part(voice, _plain(words), is_whole, ends_shared and voices[following[0]] > 1)


def _paragraph_number(document: QuoteDocument, piece: TextSpan) -> int:
    return bisect_right(document._paragraphs, piece.start, key=lambda paragraph: paragraph.start)


def _voice(segment: Segment, named: Mapping[EntityId | None, str] | None) -> str:
    if named is None:
        own = NARRATOR if segment.quote is None else _plain(" ".join(segment.names))
        # White space would part two voices.
        return "-".join(own.split() or NO_NAME.split())
    given = (named[speaker.id] for speaker in segment.speakers if speaker.id in named)
    return next(given, named.get(None, NARRATOR))


def _plain(words: str) -> str:
    return without_forbidden(words).replace(REPLACEMENT, "")


def _voices_by_entity(document: QuoteDocument, voices: object) -> dict[EntityId | None, str]:
    """The voices by the ids of those who have them; None is the narrator."""
    if not isinstance(voices, Mapping):
        msg = f"voices must be a mapping from speakers to the names of voices, not {type(voices).__name__}"
        raise ArgumentError(msg)
    named: dict[EntityId | None, str] = {}
    for speaker, voice in voices.items():
        if not (speaker is None or isinstance(speaker, str | Entity)):
            msg = f"a key of voices must be a speaker's name, an entity or None, not {type(speaker).__name__}"
            raise ArgumentError(msg)
        if not isinstance(voice, str):
            msg = f"the voice of {speaker!r:.80} must be a string, not {type(voice).__name__}"
            raise ArgumentError(msg)
        name = " ".join(_plain(voice).split())
        if not name:
            msg = f"the voice of {speaker!r:.80} is empty; give the name of a voice, or leave the speaker out"
            raise OptionError(msg)
        is_narrator = isinstance(speaker, str) and speaker.upper() == NARRATOR
        owner = None if speaker is None or is_narrator else _entity(document, speaker).id
        if named.setdefault(owner, name) != name:
            msg = f"two voices, {named[owner]!r} and {name!r}, for one speaker, {speaker!r:.80}"
            raise OptionError(msg)
    return named


def _entity(document: QuoteDocument, speaker: str | Entity) -> Entity:
    return own_entity(document, speaker) if isinstance(speaker, Entity) else find_entity(document, speaker)
