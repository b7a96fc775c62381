"""A document as SSML 1.1 (W3C, 2010) for speech synthesis: each speaker and the narrator in a voice of their own.

A paragraph that one voice reads is a `<p>` in its `<voice>`. One that several voices share is their words one after
another, with a `<break>` before the next such paragraph: the standard would have voices in a `<p>` too, but some
services (Azure) take `<voice>` only as a child of `<speak>`.

Before each chapter stands a `<mark>`, by which a player finds it, and behind the one before it a long pause. Services
take no whole book at once, and an audiobook is one recording a chapter: so chapters can be files of their own, too.
"""

import io
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, groupby, zip_longest
from operator import itemgetter
from os import PathLike
from typing import Final, TypeAlias
from xml.sax.saxutils import XMLGenerator
from xml.sax.xmlreader import AttributesImpl
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from attrs import frozen

from quotesmith.errors import ArgumentError, OptionError
from quotesmith.export.characters import REPLACEMENT, language_tag, without_forbidden
from quotesmith.export.scripts import NARRATOR, NO_NAME
from quotesmith.files import replace_atomically, write_atomically
from quotesmith.query import chapters_begun
from quotesmith.query.names import find_entity, own_entity
from quotesmith.records import Entity, EntityId, Gender, QuoteDocument, Segment, TextSpan

# The keys of a Mapping are invariant for type checkers, so that those of names alone are a type of their own.
Voices: TypeAlias = Mapping[str, str] | Mapping[str | None, str] | Mapping[str | Entity | None, str]
"""The name of a voice for speakers, by name or as entities, for the other ones of a gender ("feminine", "masculine"),
and for the narrator: None, or "narrator" in any case."""
_Owner: TypeAlias = EntityId | Gender | None
_FILE_WORD: Final = re.compile("[a-z0-9]+")
_MAX_TITLE_NAME: Final = 50  # characters of a chapter's title in the name of its file
_NO_DATE: Final = (1980, 1, 1, 0, 0, 0)  # the first that a ZIP file can have


def write_ssml(document: QuoteDocument, path: str | PathLike[str], *, voices: Voices | None = None) -> None:
    """Write the document to a file as SSML; voices and errors as of `document_ssml`."""
    write_atomically(path, document_ssml(document, voices=voices))


def document_ssml(document: QuoteDocument, *, voices: Voices | None = None) -> bytes:
    """The document as SSML 1.1, in UTF-8; characters that XML forbids are left out.

    Args:
        document: The document.
        voices: The name of a voice, or names in order of preference with spaces between, for some speakers: each given
            by a name that `doc.quotes.by` takes, or as an entity. "feminine" and "masculine" give a voice to all others
            whose gender is known to be that. None, or "narrator" in any case, is the narrator, who also reads what the
            rest says. Without voices each speaker's name is the name of a voice, with hyphens
            for spaces.

    Raises:
        NameNotFoundError: if a name fits nobody in the document; lists close names.
        AmbiguousNameError: if a name fits several; lists them.
        OptionError: if a voice is empty, or one speaker is given two.
        ArgumentError: if a speaker or a voice is of another type.
    """
    return _speak(document, _parts(document, voices), has_marks=True)


def write_chapters_zip(document: QuoteDocument, path: str | PathLike[str], *, voices: Voices | None = None) -> None:
    """Write a ZIP file with an SSML file for each chapter, in order: see `chapters_ssml`.

    Names begin with the chapter's number, and have its title in small letters: "07-a-mad-tea-party.ssml". The same
    document always gives the same file.
    """
    files = chapters_ssml(document, voices=voices)
    with replace_atomically(path) as part, ZipFile(part, "w", ZIP_DEFLATED) as archive:
        for name, ssml in files.items():
            archive.writestr(ZipInfo(name, _NO_DATE), ssml, ZIP_DEFLATED)


def chapters_ssml(document: QuoteDocument, *, voices: Voices | None = None) -> Mapping[str, bytes]:
    """The chapters as SSML, each a whole file, by the names of the files; voices and errors as of `document_ssml`.

    What stands before the first chapter has the number 0; what stands behind a chapter and in none is part of its file.
    Chapters without words to read are left out. Without chapters there is one file, "00.ssml".
    """
    width = max(2, len(str(len(document.chapters))))
    return {
        _file_name(document, number, width): _speak(document, own, has_marks=False)
        for number, own in groupby(_parts(document, voices), key=lambda part: part.chapter)
    }


def _file_name(document: QuoteDocument, number: int, width: int) -> str:
    title = document.chapters[number - 1].title.casefold() if number else ""
    words = "-".join(_FILE_WORD.findall(title))[:_MAX_TITLE_NAME].strip("-")
    return "-".join(filter(None, (f"{number:0{width}}", words))) + ".ssml"


def _speak(document: QuoteDocument, parts: Iterable["_Part"], *, has_marks: bool) -> bytes:
    """A whole SSML document of the parts, with or without marks where chapters begin."""
    xml = io.StringIO(newline="")
    out = XMLGenerator(xml, "UTF-8", short_empty_elements=True)
    out.startDocument()
    language = language_tag(document.language) or "und"
    root = {"version": "1.1", "xmlns": "http://www.w3.org/2001/10/synthesis", "xml:lang": language}
    out.startElement("speak", AttributesImpl(root))
    out.characters("\n")
    begun = 0
    for (chapter, voice), own in groupby(parts, key=lambda part: (part.chapter, part.voice)):
        if has_marks and chapter > begun:
            _write_empty(out, "mark", "name", f"chapter-{chapter}")
            out.characters("\n")
        begun = chapter
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
    """The words of one paragraph, or of a part of it, that one voice reads, and how strong a break follows, if any."""

    chapter: int
    voice: str
    words: str
    is_whole: bool
    pause: str


def _write_part(out: XMLGenerator, part: _Part) -> None:
    if part.is_whole:
        out.startElement("p", AttributesImpl({}))
    out.characters(part.words)
    if part.is_whole:
        out.endElement("p")
    if part.pause:
        _write_empty(out, "break", "strength", part.pause)


def _write_empty(out: XMLGenerator, tag: str, attribute: str, value: str) -> None:
    out.startElement(tag, AttributesImpl({attribute: value}))
    out.endElement(tag)


def _parts(document: QuoteDocument, voices: Voices | None) -> Iterator[_Part]:
    """What is read of each paragraph by each voice, in order."""
    named = None if voices is None else _voices_by_entity(document, voices)
    read = (
        (chapters_begun(document, piece.start), _paragraph_number(document, piece), _voice(segment, named), words)
        for segment in document.segments()
        for piece, words in zip(segment.pieces, segment.words, strict=True)
    )
    turns = [(*key, " ".join(words for *_, words in own)) for key, own in groupby(read, itemgetter(0, 1, 2))]
    voices_of = Counter(number for _, number, *_ in turns)
    for (chapter, number, voice, words), following in zip_longest(turns, turns[1:]):
        is_whole = voices_of[number] == 1
        pause = ""
        if following is not None and following[0] != chapter:
            pause = "x-strong"
        elif following is not None and following[1] != number and not is_whole and voices_of[following[1]] > 1:
            pause = "strong"
        yield _Part(chapter, voice, _plain(words), is_whole, pause)


def _paragraph_number(document: QuoteDocument, piece: TextSpan) -> int:
    return bisect_right(document._paragraphs, piece.start, key=lambda paragraph: paragraph.start)


def _voice(segment: Segment, named: Mapping[_Owner, str] | None) -> str:
    if named is None:
        own = NARRATOR if segment.quote is None else _plain(" ".join(segment.names))
        # White space would part two voices.
        return "-".join(own.split() or NO_NAME.split())
    keys = chain((who.id for who in segment.speakers), (who.gender for who in segment.speakers if who.gender), [None])
    return next((named[key] for key in keys if key in named), NARRATOR)


def _plain(words: str) -> str:
    return without_forbidden(words).replace(REPLACEMENT, "")


def _voices_by_entity(document: QuoteDocument, voices: object) -> dict[_Owner, str]:
    """The voices by the ids of those who have them, or their gender; None is the narrator."""
    if not isinstance(voices, Mapping):
        msg = f"voices must be a mapping from speakers to the names of voices, not {type(voices).__name__}"
        raise ArgumentError(msg)
    named: dict[_Owner, str] = {}
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
        owner = _owner(document, speaker)
        if named.setdefault(owner, name) != name:
            msg = f"two voices, {named[owner]!r} and {name!r}, for one speaker, {speaker!r:.80}"
            raise OptionError(msg)
    return named


def _owner(document: QuoteDocument, speaker: str | Entity | None) -> _Owner:
    """Whose voice a key of voices gives."""
    if speaker is None or (isinstance(speaker, str) and speaker.upper() == NARRATOR):
        return None
    if isinstance(speaker, Entity):
        return own_entity(document, speaker).id
    genders = {gender.value: gender for gender in Gender}
    return genders.get(speaker.lower()) or find_entity(document, speaker).id
