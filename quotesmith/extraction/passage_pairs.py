"""The pieces of speech that an extractor found, each with its neighbours, and how the text writes speech."""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cached_property

from attrs import evolve, frozen

from quotesmith.extraction.attributions import Attribution
from quotesmith.parsed_text import OUTSIDE_PASSAGES, ParsedText, TokenRange
from quotesmith.records import TextSpan

QUESTION = "?"
_CLOSING = " \t\r\n\u00a0\"'”’»)“‘«"


@frozen
class SpeechPiece:
    """One piece of what is said.

    Attributes:
        span: Where it stands.
        position: Its place among the pieces.
        quote: The position of its attribution among the candidates.
        tokens: Its tokens.
        first: The number of the paragraph that it starts in.
        last: The number of the paragraph that it ends in.
        passage: The position of the quoted passage that it is; `OUTSIDE_PASSAGES` where it is none.
        is_whole: Whether it is all the words of its paragraph.
        opens: Whether no word stands before it in its paragraph.
        touches: Whether it stands right behind another piece, without words between them, in one paragraph.
        ending: The last character of what is said, marks left out; empty where there is none.
    """

    span: TextSpan
    position: int
    quote: int
    tokens: TokenRange
    first: int
    last: int
    passage: int
    is_whole: bool
    opens: bool
    touches: bool
    ending: str

    @property
    def is_quoted(self) -> bool:
        """Whether it is what stands between two marks."""
        return self.passage != OUTSIDE_PASSAGES


@frozen
class Pair:
    """Two pieces that may be one quote's.

    Attributes:
        before: The first.
        after: The second.
        gap: The tokens between them.
        between: How many other pieces stand between them.
    """

    before: SpeechPiece
    after: SpeechPiece
    gap: TokenRange
    between: int

    @property
    def breaks(self) -> int:
        """How many paragraphs begin between them."""
        return self.after.first - self.before.last


@frozen(eq=False)
class SpeechPieces:
    """The pieces of all candidates of a text, in text order.

    Attributes:
        parsed: The text.
        quotes: The candidates, of the text's outermost level.
        found: Their pieces.
    """

    parsed: ParsedText
    quotes: Sequence[Attribution]
    found: Sequence[SpeechPiece]

    @classmethod
    def of(cls, parsed: ParsedText, quotes: Sequence[Attribution]) -> "SpeechPieces":
        """The pieces of the candidates; n log n in them."""
        spans = sorted((span, number) for number, quote in enumerate(quotes) for span in quote.content)
        return cls(parsed, quotes, _read_all(parsed, spans))

    @cached_property
    def starts(self) -> Sequence[int]:
        """The first token of each piece."""
        return [piece.tokens.start for piece in self.found]

    def goes_on(self, pair: Pair) -> bool:
        """Whether the second piece's opening mark repeats that of the first, which is never closed."""
        if not (pair.before.is_quoted and pair.after.is_quoted):
            return False
        return self.parsed.passages[pair.after.passage].continues == pair.before.passage

    def pairs(self) -> list[Pair]:
        """Each piece with the one before it, and with the one before it of its own quote, in text order."""
        last_of: dict[int, int] = {}
        pairs: list[Pair] = []
        for position, piece in enumerate(self.found):
            own = last_of.get(piece.quote)
            neighbours = sorted({position - 1, position - 1 if own is None else own})
            pairs.extend(
                self._pair(before, position)
                for before in neighbours
                if before >= 0 and self.found[before].span.end <= piece.span.start
            )
            last_of[piece.quote] = position
        return pairs

    def _pair(self, before: int, after: int) -> Pair:
        first, second = self.found[before], self.found[after]
        gap = TokenRange(first.tokens.end, max(first.tokens.end, second.tokens.start))
        return Pair(first, second, gap, after - before - 1)

    def behind(self, piece: SpeechPiece, longest: int) -> TokenRange:
        """The tokens behind a piece up to the next one or the end of its paragraph, at most so many."""
        parsed = self.parsed
        following = bisect_left(self.starts, piece.tokens.end)
        end = self.starts[following] if following < len(self.starts) else len(parsed.starts)
        end = min(end, parsed.paragraph_tokens[piece.last].end, piece.tokens.end + longest)
        return TokenRange(piece.tokens.end, max(piece.tokens.end, end))

    def ahead(self, piece: SpeechPiece, longest: int) -> TokenRange:
        """The tokens before a piece from the one before it or the start of its paragraph on, at most so many."""
        position = bisect_left(self.starts, piece.tokens.start)
        start = self.found[position - 1].tokens.end if position > 0 else 0
        start = max(start, self.parsed.paragraph_tokens[piece.first].start, piece.tokens.start - longest)
        return TokenRange(min(start, piece.tokens.start), piece.tokens.start)


def _read_all(parsed: ParsedText, spans: Sequence[tuple[TextSpan, int]]) -> list[SpeechPiece]:
    found: list[SpeechPiece] = []
    for position, (span, number) in enumerate(spans):
        piece = _read(parsed, span, position, number)
        if found and found[-1].last == piece.first and found[-1].is_quoted and piece.is_quoted:
            gap = TokenRange(found[-1].tokens.end, piece.tokens.start)
            piece = evolve(piece, touches=not parsed.has_words(gap))
        found.append(piece)
    return found


def _read(parsed: ParsedText, span: TextSpan, position: int, number: int) -> SpeechPiece:
    tokens = parsed.token_range(span)
    first, last = parsed.paragraph_at(span.start), parsed.paragraph_at(span.end - 1)
    passage = _passage_of(parsed, span)
    opens = not parsed.has_words(TokenRange(parsed.paragraph_tokens[first].start, tokens.start))
    closes = not parsed.has_words(TokenRange(tokens.end, parsed.paragraph_tokens[last].end))
    return SpeechPiece(
        span=span,
        position=position,
        quote=number,
        tokens=tokens,
        first=first,
        last=last,
        passage=passage,
        is_whole=opens and closes and first == last,
        opens=opens,
        touches=False,
        ending=span.of(parsed.text).rstrip(_CLOSING)[-1:],
    )


def _passage_of(parsed: ParsedText, span: TextSpan) -> int:
    """The position of the passage that a span is, with its marks or without; `OUTSIDE_PASSAGES` where it is none."""
    position = bisect_right(parsed.passages, span.start, key=lambda passage: passage.span.start) - 1
    if position < 0:
        return OUTSIDE_PASSAGES
    passage = parsed.passages[position]
    is_inside = passage.inner_span is not None and span.contains(passage.inner_span)
    return position if passage.span == span or (is_inside and passage.span.contains(span)) else OUTSIDE_PASSAGES


HABITS = (
    "quoted_share",
    "whole_share",
    "side_by_side",
    "opening_share",
    "question_share",
    "uncued_share",
    "touching_share",
)
"""The names of what `measure_habits` gives."""


def measure_habits(quotes: Sequence[Attribution], pieces: Iterable[SpeechPiece]) -> dict[str, float]:
    """How a text writes speech: as dialogue, paragraph by paragraph, or as news does.

    quoted_share    the share of the pieces that stand between marks
    whole_share     the share of these that are all of their paragraph
    side_by_side    the share of those with another one in the next paragraph
    opening_share   the share of the quoted that open their paragraph
    question_share  the share of the quoted that end with a question mark
    uncued_share    the share of the quoted without a cue
    touching_share  the share of the quoted right behind another in their paragraph

    Args:
        quotes: The candidates.
        pieces: Their pieces, or some of them.
    """
    counts: Counter[str] = Counter()
    whole = set()
    for piece in pieces:
        counts["all"] += 1
        if piece.is_quoted:
            counts["quoted"] += 1
            counts["opening"] += piece.opens
            counts["question"] += piece.ending == QUESTION
            counts["touching"] += piece.touches
            counts["uncued"] += not quotes[piece.quote].cue
            if piece.is_whole:
                whole.add(piece.first)
    following = sum(number - 1 in whole for number in whole)
    quoted = max(1, counts["quoted"])
    values = (
        counts["quoted"] / max(1, counts["all"]),
        len(whole) / quoted,
        following / max(1, len(whole)),
        counts["opening"] / quoted,
        counts["question"] / quoted,
        counts["uncued"] / quoted,
        counts["touching"] / quoted,
    )
    return dict(zip(HABITS, values, strict=True))
