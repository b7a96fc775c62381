"""The text as segments in order, each all narration or all one quote's; joined they are the text.

A voice changes only for words between quotation marks, or that a layout gives word by word: direct quotes, and what
stands between marks in mixed ones. Indirect speech is narration, and a quote inside a direct one stays in its voice.
"""

import heapq
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, groupby, pairwise
from typing import TYPE_CHECKING, TypeAlias, overload

from attrs import field, frozen

from quotesmith.records import delegates
from quotesmith.records.spans import TextSpan, TextSpans
from quotesmith.records.types import Entity, Quote, QuoteKind

if TYPE_CHECKING:
    from quotesmith.marks import MarkPair
    from quotesmith.records.documents import QuoteDocument

# Where a quote's words stand, and its rank among others that claim the same words.
_Claim: TypeAlias = tuple[TextSpan, tuple[int, ...], Quote]
_Stretch: TypeAlias = tuple[int, int, Quote | None]

_WORD = re.compile(r"\w")
_LETTER = re.compile(r"[^\W\d_]")
# What belongs to the quote before: (“Go.”) He left
_SIGNS_BEFORE = re.compile(r"[,;:.!?)\]]{1,3}\s+")
# Between a label and a stage direction: BEN. [Rising] Is it?
_LABEL_END = re.compile(r"[*_\s]{0,5}[.:][*_\s]{0,5}(?=[(\[])")
# What a signature says of who signs: “Go.” — Ann Lee, The Courier
_SIGNATURE_END = re.compile(
    r"[*_]{0,3}(?:\s?[,(][^\n\r]{0,160}?(?=(?<!\b[A-Z])[.!?](?:\s|$)|[\n\r]|$))?[*_.]{0,3}", re.MULTILINE
)
_IN_BRACKETS = re.compile(r"(?:(?:\[[^\[\]]*\]|\([^()]*\))\s*)+")
# By `evidence.extraction`: layouts whose stage directions are there to be read, and a turn that is no part of a layout.
_LAYOUT = "layout, "
_STAGED = frozenset({"layout, play", "layout, script"})
_SIGNATURE = "layout, signature"


@frozen
class Segment:
    """A stretch of the text that is all narration or all one quote's.

    Attributes:
        start: Where it begins in the document's text, in code points.
        end: Where it ends; half open.
        text: Its words, white space and quotation marks as they stand in the text.
        quote: The quote whose words it has, or a part of them; None for narration.
        speakers: Who says it; empty for narration, and where nobody is known.
        pieces: What of it is read aloud, a piece a paragraph, without outer quotation marks and white space at the
            edges. Empty for white space and signs alone, and for the label of a turn ("ANNA:", "— Ann"), which a voice
            replaces.
    """

    start: int
    end: int
    text: str
    quote: Quote | None = field(default=None, repr=lambda quote: "None" if quote is None else quote.id)
    speakers: tuple[Entity, ...] = field(default=(), repr=lambda speakers: repr([who.name for who in speakers]))
    pieces: TextSpans = field(default=(), repr=False)

    @property
    def span(self) -> TextSpan:
        """Where it stands in the document's text."""
        return TextSpan(self.start, self.end)

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the speakers, in order."""
        return tuple(speaker.name for speaker in self.speakers)

    @property
    def words(self) -> tuple[str, ...]:
        """The words of each of `pieces`, each stretch of white space as one space."""
        placed = (piece.shifted(-self.start) for piece in self.pieces)
        return tuple(" ".join(piece.of(self.text).split()) for piece in placed)


@frozen(repr=False)
class Segments(Sequence[Segment]):
    """The segments of a document in order, or some of them that stand side by side."""

    document: "QuoteDocument" = field(eq=False)
    _segments: tuple[Segment, ...]

    def __len__(self) -> int:
        return len(self._segments)

    def __iter__(self) -> Iterator[Segment]:
        return iter(self._segments)

    @overload
    def __getitem__(self, index: int) -> Segment: ...

    @overload
    def __getitem__(self, index: slice) -> "Segments": ...

    def __getitem__(self, index: int | slice) -> "Segment | Segments":
        if isinstance(index, slice):
            return Segments(self.document, self._segments[index])
        return self._segments[index]

    def _repr_html_(self) -> str:
        return delegates.segments_to_html(self)

    def __repr__(self) -> str:
        quoted = sum(segment.quote is not None for segment in self._segments)
        return f"<Segments: {len(self)} of {self.document.id!r}, {quoted} of them of quotes>"


def find_segments(document: "QuoteDocument") -> Segments:
    """The whole text in order: narration, or words of one quote.

    Of quotes that claim the same words, the outermost direct one has them; where only mixed ones do, the innermost. So
    records that overlap still give each character once.

    Note:
        Linear in the text, but for sorting the quotes.
    """
    marks = delegates.pair_marks(document.text)
    stretches = list(_stretches(_claims(document, marks), len(document.text)))
    reader = _Reader(document, marks)
    quotes = [quote for _, _, quote in stretches]
    around = zip([None, *quotes], [*quotes[1:], None], strict=False)
    segments = (
        Segment(
            start,
            end,
            document.text[start:end],
            quote,
            () if quote is None else tuple(map(document.entity, quote.speakers)),
            tuple(reader.pieces(TextSpan(start, end), quote, before, after)),
        )
        for (start, end, quote), (before, after) in zip(stretches, around, strict=False)
    )
    return Segments(document, tuple(segments))


def _claims(document: "QuoteDocument", marks: Sequence["MarkPair"]) -> list[_Claim]:
    openings = {pair.opening.end: pair.opening.start for pair in marks}
    closings = {pair.closing.start: pair.closing.end for pair in marks if pair.closing is not None}
    direct: list[_Claim] = []
    mixed: list[_Claim] = []
    for place, quote in enumerate(document._quotes):
        if quote.kind is QuoteKind.DIRECT:
            for span in quote.content:
                # The marks are the quote's, also where a record leaves them out of its content.
                start, end = openings.get(span.start, span.start), closings.get(span.end, span.end)
                direct.append((TextSpan(start, end), (0, start, -end, quote.parent is not None, place), quote))
        elif quote.kind is QuoteKind.MIXED:
            rank = (1, -quote.content[0].start, quote.content[-1].end, -place)
            mixed += [(span, rank, quote) for span in quote.content]
    passages = _outermost(marks)
    quoted = (
        (span, (1,), quote)
        for start, end, quote in _stretches(mixed, len(document.text))
        if quote is not None
        for span in _passages_in(passages, TextSpan(start, end))
    )
    return [*direct, *quoted]


def _outermost(marks: Sequence["MarkPair"]) -> TextSpans:
    """The passages between marks that stand in no other; a dash marks a paragraph, with the narrator's words in it."""
    passages: list[TextSpan] = []
    for pair in marks:
        if pair.style != "dash" and (not passages or pair.opening.start >= passages[-1].end):
            passages.append(pair.span)
    return tuple(passages)


def _passages_in(passages: TextSpans, span: TextSpan) -> Iterator[TextSpan]:
    first = bisect_right(passages, span.start, key=lambda passage: passage.end)
    last = bisect_left(passages, span.end, key=lambda passage: passage.start)
    for passage in passages[first:last]:
        yield TextSpan(max(passage.start, span.start), min(passage.end, span.end))


def _stretches(claims: Sequence[_Claim], length: int) -> Iterator[_Stretch]:
    """The text cut where its owner changes: of the claims on a stretch, the one of the least rank has it."""
    waiting = sorted(range(len(claims)), key=lambda place: claims[place][0].start, reverse=True)
    cuts = sorted({0, length, *chain.from_iterable((span.start, span.end) for span, _, _ in claims)})
    begun: list[tuple[tuple[int, ...], int]] = []  # a heap
    owned: list[_Stretch] = []
    for start, end in pairwise(cuts):
        while waiting and claims[waiting[-1]][0].start == start:
            place = waiting.pop()
            heapq.heappush(begun, (claims[place][1], place))
        while begun and claims[begun[0][1]][0].end <= start:
            heapq.heappop(begun)
        owned.append((start, end, claims[begun[0][1]][2] if begun else None))
    for _, parts in groupby(owned, key=lambda stretch: id(stretch[2])):
        (start, end, quote), *more = parts
        yield start, more[-1][1] if more else end, quote


class _Reader:
    """Finds what is read aloud of each stretch of a document."""

    def __init__(self, document: "QuoteDocument", marks: Sequence["MarkPair"]) -> None:
        self._document = document
        self._openings: Mapping[int, MarkPair] = {pair.opening.start: pair for pair in marks}
        self._closings: Mapping[int, MarkPair] = {pair.closing.end: pair for pair in marks if pair.closing is not None}
        ways = {quote.evidence.extraction for quote in document._quotes if _is_turn(quote)} - {_SIGNATURE}
        # In a chat or in subtitles, a line of signs and digits alone is a number or a time.
        self._has_layout = bool(ways)
        self._reads_brackets = not ways or not ways.isdisjoint(_STAGED)
        # What belongs to the quote behind: he left (“too late”)
        self._signs_behind = "([" + "".join(delegates.OPENING_CHARACTERS - delegates.CLOSING_CHARACTERS) + "“‘"

    def pieces(
        self, stretch: TextSpan, quote: Quote | None, before: Quote | None, after: Quote | None
    ) -> Iterator[TextSpan]:
        """What is read of a stretch, a piece a paragraph; `before` and `after` are the quotes beside narration."""
        text, paragraphs = self._document.text, self._document._paragraphs
        needed = _LETTER if self._has_layout and quote is None else _WORD
        first = bisect_right(paragraphs, stretch.start, key=lambda paragraph: paragraph.end)
        last = bisect_left(paragraphs, stretch.end, key=lambda paragraph: paragraph.start)
        labels = self._label(after) if quote is None else ()
        signed = self._signature_end(before, stretch) if quote is None else stretch.start
        for paragraph in paragraphs[first:last]:
            start, end = max(paragraph.start, stretch.start, signed), min(paragraph.end, stretch.end)
            piece = TextSpan(start, end).stripped(text) if start < end else None
            if piece is not None:
                piece = self._without_signs(piece, labels) if quote is None else self._said(piece, quote)
            if piece is not None and needed.search(text, piece.start, piece.end):
                yield piece

    def _without_signs(self, piece: TextSpan, labels: TextSpans) -> TextSpan | None:
        """The narration without what belongs to the quotes around it: signs, and the label of the turn that follows."""
        text = self._document.text
        before = _SIGNS_BEFORE.match(text, piece.start, piece.end)
        start = piece.start if before is None else before.end()
        for label in labels:
            if piece.overlaps(label):
                behind = _LABEL_END.match(text, label.end, piece.end)
                start = piece.end if behind is None else behind.end()
        words = text[start : piece.end].rstrip(self._signs_behind)
        if not words or (not self._reads_brackets and _IN_BRACKETS.fullmatch(text, start, piece.end)):
            return None
        return TextSpan(start, start + len(words)).stripped(text)

    def _label(self, quote: Quote | None) -> TextSpans:
        """The label of a turn, which has no reporting words but a colon at most; empty where the quote is no turn."""
        if (
            quote is None
            or not _is_turn(quote)
            or any(_WORD.search(span.of(self._document.text)) for span in quote.cue)
        ):
            return ()
        return self._document.source_spans(quote)

    def _signature_end(self, quote: Quote | None, stretch: TextSpan) -> int:
        """Where the narration begins behind the label that signs the quote before it: “Go.” — Ann Lee, The Courier."""
        text = self._document.text
        labels = [label for label in self._label(quote) if stretch.contains(label)]
        if not labels or _WORD.search(text, stretch.start, labels[0].start):
            return stretch.start
        behind = _SIGNATURE_END.match(text, labels[-1].end, stretch.end)
        return labels[-1].end if behind is None else behind.end()

    def _said(self, piece: TextSpan, quote: Quote) -> TextSpan | None:
        """The piece without marks at its edges, and without a dash that opens the quote and isn't in its text."""
        text, opening = self._document.text, quote.content[0]
        if quote.kind is QuoteKind.DIRECT and piece.start == opening.start and text[piece.start] in delegates.DASHES:
            words = piece.of(text).lstrip(delegates.DASHES).lstrip()
            if words and quote.text.startswith(words[0]):
                return TextSpan(piece.end - len(words), piece.end)
        return self._without_marks(piece)

    def _without_marks(self, piece: TextSpan) -> TextSpan | None:
        """The piece without marks at its edges, unless their passage is only a part of it: “Go,” he had said."""
        opened, closed = self._openings.get(piece.start), self._closings.get(piece.end)
        start = opened.opening.end if opened is not None and opened.end >= piece.end else piece.start
        end = piece.end
        if closed is not None and closed.closing is not None and closed.opening.start <= piece.start:
            end = closed.closing.start
        return TextSpan(start, end).stripped(self._document.text) if start < end else None


def _is_turn(quote: Quote) -> bool:
    """Whether a layout or a signature gives the quote, word by word."""
    return quote.evidence.method == "label" or quote.evidence.extraction.startswith(_LAYOUT)
