"""QuoteDocument: a text with its quotes, entities and mentions."""

from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cached_property
from os import PathLike
from typing import TYPE_CHECKING, Any, Final, TypeVar

from attrs import field, fields, frozen

from quotesmith.errors import ArgumentError, InvalidRecordError, NameNotFoundError
from quotesmith.records import delegates
from quotesmith.records.chapters import Chapter, read_chapters
from quotesmith.records.checks import check_each_is, check_mapping, check_no_circle, check_string, check_unique
from quotesmith.records.paragraphs import find_paragraphs
from quotesmith.records.segments import Segments, find_segments
from quotesmith.records.spans import TextSpan, TextSpans
from quotesmith.records.types import (
    Entity,
    EntityId,
    Mention,
    MentionId,
    Quote,
    as_tuple,
)

if TYPE_CHECKING:
    import pandas as pd

    from quotesmith.export import Voices
    from quotesmith.graph import QuoteGraph
    from quotesmith.query import Cast, DocumentIndex, QuoteSelection

_JOINING_DASHES: Final = frozenset("—–―-")
_Record = TypeVar("_Record")


@frozen(slots=False)
class QuoteDocument:
    """A text, who is mentioned in it, and who says what.

    Every id resolves and every span fits the text; one where they don't raises `InvalidRecordError`.

    Attributes:
        id: The document's key in graphs and files; any string, even an empty one.
        text: The original text; all offsets are code points of it.
        language: ISO 639-1 code.
        quotes: In text order, as a selection that can be narrowed: `doc.quotes.by("Xi").kind("direct")`.
        entities: Speakers, addressees and those talked about, in order of first mention.
        mentions: In text order.
        meta: The caller's own JSON data (title, date, outlet, url, ...), and what was found about it ("chapters").
    """

    id: str = field(validator=check_string)
    text: str = field(validator=check_string)
    language: str = field(default="en", validator=check_string)
    _quotes: tuple[Quote, ...] = field(default=(), converter=as_tuple, validator=check_each_is(Quote))
    entities: tuple[Entity, ...] = field(default=(), converter=as_tuple, validator=check_each_is(Entity))
    mentions: tuple[Mention, ...] = field(default=(), converter=as_tuple, validator=check_each_is(Mention))
    meta: Mapping[str, Any] = field(factory=dict, hash=False, validator=check_mapping)

    def __attrs_post_init__(self) -> None:
        _ = self.chapters  # those that don't fit the text are an error now, not when they are first shown
        check_unique("quote", [quote.id for quote in self._quotes])
        check_unique("entity", [entity.id for entity in self.entities])
        check_unique("mention", [mention.id for mention in self.mentions])
        for quote in self._quotes:
            self._check_quote(quote)
        parents = {quote.id: [quote.parent] if quote.parent is not None else [] for quote in self._quotes}
        check_no_circle("a quote stands inside itself", parents)
        for mention in self.mentions:
            self._check_ids(f"mention {mention.id}", "entity", [mention.entity], self._entities_by_id)
            self._check_spans(f"mention {mention.id}", mention.spans)
        for entity in self.entities:
            named = [*entity.members, *([entity.stands_for] if entity.stands_for is not None else [])]
            self._check_ids(f"entity {entity.id}", "entity", named, self._entities_by_id)

    def __getstate__(self) -> dict[str, Any]:
        """The fields alone; the look-ups are rebuilt when they are next needed."""
        return {own.name: getattr(self, own.name) for own in fields(QuoteDocument)}

    def _check_quote(self, quote: Quote) -> None:
        where = f"quote {quote.id}"
        evidence = quote.evidence
        runners_up = [candidate.entity for candidate in evidence.runners_up]
        mentioned = [*([quote.source] if quote.source is not None else []), *evidence.chain]
        self._check_ids(where, "entity", [*quote.speakers, *quote.addressees, *runners_up], self._entities_by_id)
        self._check_ids(where, "mention", mentioned, self._mentions_by_id)
        self._check_spans(where, (*quote.content, *quote.cue))
        self._check_ids(where, "quote", [quote.parent] if quote.parent is not None else [], self._quotes_by_id)

    def _check_ids(self, where: str, kind: str, ids: list[str], known: Mapping[str, object]) -> None:
        missing = [i for i in ids if i not in known]
        if missing:
            listed = ", ".join(map(repr, missing))
            msg = f"{where} names {kind} {listed}, which document {self.id!r} does not have"
            raise InvalidRecordError(msg)

    def _check_spans(self, where: str, spans: TextSpans) -> None:
        for span in spans:
            if span.end > len(self.text):
                msg = f"{where} has {span}, but the text of document {self.id!r} ends at {len(self.text)}"
                raise InvalidRecordError(msg)

    @cached_property
    def chapters(self) -> tuple[Chapter, ...]:
        """The chapters, in text order; none where the text has no headings of chapters and `meta` names none.

        They are read from `meta["chapters"]`: `[{"title": "Chapter I", "start": 0, "end": 5200}, ...]`. What stands
        before the first heading is in no chapter.
        """
        return read_chapters(self.meta, self.text)

    @cached_property
    def _quotes_by_id(self) -> dict[str, Quote]:
        return {quote.id: quote for quote in self._quotes}

    @cached_property
    def _entities_by_id(self) -> dict[str, Entity]:
        return {entity.id: entity for entity in self.entities}

    @cached_property
    def _mentions_by_id(self) -> dict[str, Mention]:
        return {mention.id: mention for mention in self.mentions}

    @cached_property
    def _paragraphs(self) -> TextSpans:
        return find_paragraphs(self.text)

    def quote(self, id: str) -> Quote:
        """The quote of that id; `NameNotFoundError` if there is none."""
        return self._found("quote", self._quotes_by_id, id)

    def entity(self, id: EntityId) -> Entity:
        """The entity of that id; `NameNotFoundError` if there is none."""
        return self._found("entity", self._entities_by_id, id)

    def mention(self, id: MentionId) -> Mention:
        """The mention of that id; `NameNotFoundError` if there is none."""
        return self._found("mention", self._mentions_by_id, id)

    def _found(self, kind: str, records: Mapping[str, _Record], id: str) -> _Record:
        if id not in records:
            msg = f"document {self.id!r} has no {kind} {id!r}, among {len(records)}"
            raise NameNotFoundError(msg)
        return records[id]

    def _own(self, quote: object) -> Quote:
        """The quote, if it is one of this document's."""
        if not isinstance(quote, Quote):
            msg = f"expected a quote, as doc.quotes holds them, not {type(quote).__name__}"
            raise ArgumentError(msg)
        own = self._quotes_by_id.get(quote.id)
        if own is not quote and own != quote:
            msg = f"quote {quote.id!r} is not a quote of document {self.id!r}; take it from doc.quotes"
            raise NameNotFoundError(msg)
        return quote

    def names(self, quote: Quote) -> tuple[str, ...]:
        """The names of the quote's speakers, in order; empty where nobody is known.

        Raises:
            NameNotFoundError: if the quote isn't one of this document's.
        """
        return tuple(self._entities_by_id[speaker].name for speaker in self._own(quote).speakers)

    @property
    def speakers(self) -> tuple[Entity, ...]:
        """The entities that speak, those with most quotes first (then by first quote)."""
        counts = Counter(speaker for quote in self._quotes for speaker in quote.speakers)
        return tuple(self._entities_by_id[speaker] for speaker, _ in counts.most_common())

    def source_spans(self, quote: Quote) -> TextSpans:
        """Where the words that name the quote's speaker stand; empty where no words do."""
        source = self._own(quote).source
        return () if source is None else self._mentions_by_id[source].spans

    def segments(self) -> Segments:
        """The whole text in order, narration included: joined, the segments are the text.

        A segment is narration, or words of one quote with its quotation marks. Direct quotes are segments, and what
        stands between marks in mixed ones; indirect speech is narration. A quote inside a direct one is part of it.

        Examples:
            >>> doc = QuoteDocument("d", "“Go,” he said.", "en", [Quote("q0", "direct", [(0, 5)], "Go,")])
            >>> [segment.text for segment in doc.segments()]
            ['“Go,”', ' he said.']
        """
        return find_segments(self)

    # What the rooms above do, so that a document is handy.

    @property
    def quotes(self) -> "QuoteSelection":
        """All quotes in text order, as a selection that can be narrowed."""
        return delegates.select([self])

    @cached_property
    def _index(self) -> "DocumentIndex":
        """What quotes are looked up by."""
        return delegates.DocumentIndex(self.id, self._quotes, self.entities, self.mentions)

    def context(self, quote: Quote, *, width: int = 200) -> TextSpan:
        """Where the quote stands: its content, cue and source, with up to `width` characters on either side.

        It stays in the paragraphs of these and cuts no word unless the word is longer than `width`.

        Raises:
            NameNotFoundError: if the quote isn't one of this document's.
            OptionError: if the width isn't a whole number of at least 0.

        Examples:
            >>> document = QuoteDocument("d", "So. “Go,” she said.", quotes=[Quote("q0", "direct", [(4, 9)], "Go,")])
            >>> document.context(document.quotes[0], width=10).of(document.text)
            'So. “Go,” she said.'
        """
        return delegates.context_of(self, self._own(quote), width=width)

    def with_speaker(
        self, quote: Quote, speaker: str | Entity | Iterable[str | Entity], *, kind: str = "person"
    ) -> "QuoteDocument":
        """A correction: a new document in which the quote has these speakers, with evidence "user" and score 1.

        A pronoun or description that is the quote's source then means the speaker too (of several, their group), unless
        it is also the source of a quote by others. A name that is the source, and all other mentions, stay.

        Args:
            quote: One of `doc.quotes`.
            speaker: A name, or several. A name fits as in `doc.quotes.by`: an alias or a person's last name suffices;
                an entity of the document, or its id, does too. A name that fits nobody is a new named entity's. An
                empty sequence says that nobody speaks the quote; the evidence then says that the user said so.
            kind: What a new entity is: person, organization, place, group or other.

        Raises:
            NameNotFoundError: if the quote, or an entity, isn't one of this document's.
            AmbiguousNameError: if a name fits several entities; lists them.
            ArgumentError: if a speaker is neither a name nor an entity, or a new name has no word in it.
            OptionError: if there is no such kind.

        Examples:
            >>> doc = QuoteDocument("d", "“Go,” he said.", "en", [Quote("q0", "direct", [(0, 5)], "Go,")])
            >>> corrected = doc.with_speaker(doc.quotes[0], "Ann Lee")
            >>> corrected.names(corrected.quotes[0])
            ('Ann Lee',)
        """
        return delegates.correct_speaker(self, self._own(quote), speaker, kind=kind)

    def cast(self) -> "Cast":
        """Who speaks and who is spoken to, those with most lines first: how much, and in which chapters.

        See `quotesmith.query.Cast` for what a line is.
        """
        return delegates.find_cast(self)

    def graph(self) -> "QuoteGraph":
        """The graph of speakers and quotes."""
        return delegates.build_graph([self])

    def to_dict(self) -> dict[str, Any]:
        """Plain JSON data; `quotesmith.records.codec.document_from_dict` reads it back."""
        return delegates.document_to_dict(self)

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> "QuoteDocument":
        """The document of `to_dict`'s data; `FormatError` where it isn't that."""
        return delegates.document_from_dict(data)

    def to_pandas(self) -> "pd.DataFrame":
        """One row a quote; `MissingPackageError` without pandas."""
        return delegates.to_pandas([self])

    def write(self, path: "str | PathLike[str]", *, voices: "Voices | None" = None) -> None:
        """Write to a file, its format chosen by its suffix.

        Args:
            path: The file.
            voices: For .ssml and .chapters.zip, the name of a voice for each of some speakers: `{"Alice":
                "en-GB-SoniaNeural"}`; "feminine" and "masculine" are the others of that gender, and None or "NARRATOR"
                is the narrator, who also reads what the rest says.

        Raises:
            FormatError: if the suffix isn't known; lists those that are.
            NameNotFoundError: if a speaker in `voices` isn't in the document; lists close names.
            OptionError: if there are voices and the format has none.
        """
        delegates.write_document(self, path, voices=voices)

    def _repr_html_(self) -> str:
        return delegates.document_to_html(self)

    def __repr__(self) -> str:
        counts = f"{len(self._quotes)} quotes, {len(self.entities)} entities, {len(self.text)} characters"
        return f"<QuoteDocument {self.id!r}: {counts}>"


def pieces_text(text: str, content: TextSpans, outer_marks: TextSpans) -> str:
    """The words of a quote's content for reading: without its outer marks, " … " where words are left out.

    Pieces with nothing but marks between them, the paragraphs of one speech, follow each other as lines or words do.

    Args:
        text: The document's text.
        content: The quote's content spans.
        outer_marks: Spans of the quotation marks to leave out; those elsewhere than at a piece's edges are
            kept.
    """
    openings = {mark.start: mark.end for mark in outer_marks}
    closings = {mark.end: mark.start for mark in outer_marks}
    found = ""
    reached: int | None = None
    for span in content:
        start, end = openings.get(span.start, span.start), closings.get(span.end, span.end)
        piece = TextSpan(start, end).of(text).strip() if start < end else ""
        if not piece:
            continue
        found += ("" if reached is None else _joint(text[reached : span.start])) + piece
        reached = span.end
    return found


def _joint(between: str) -> str:
    """What stands between two pieces instead of the text between them."""
    if any(map(str.isalnum, between)):
        return " … "
    if "\n" in between or "\r" in between:
        return "\n"
    # “Never”—“not once”
    return between if between.strip() in _JOINING_DASHES else " "
