"""What an extractor gives: one attribution for each quote, and which attribution's content holds which."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from typing import Protocol

import attrs
from attrs import field, frozen

from quotesmith.encoder import Encoded
from quotesmith.marks import MarkedWords, MarkPair
from quotesmith.parsed_text import ParsedText
from quotesmith.records import Act, Assertion, QuoteKind, TextSpan, TextSpans
from quotesmith.records.checks import check_score


@frozen(kw_only=True)
class Attribution:
    """Content, cue and source of one quote (the literature's attribution relation).

    What follows from content and cue, `kind`, `assertion` and `outer_marks`, is settled by the assembler's last steps:
    candidates have the defaults, but for the marks of turns. A score outside [0, 1] is an `InvalidRecordError`.

    Attributes:
        content: The reported words in text order, with the marks at their edges.
        cue: The reporting words; empty where there are none.
        source: The words that name the speaker; empty where none do.
        kind: Direct, mixed or indirect.
        act: Speech, writing, thought or attitude.
        assertion: Whether the text asserts the act.
        outer_marks: The quotation marks at the edges of the content's pieces.
        parent: Position, in the extractor's list, of the attribution whose content holds this one.
        score: How sure it is that the quote is there with about this extent, in [0, 1].
        rule: The rule or model that found it.
        is_turn: Whether the layout gives it word by word: direct speech that needs no marks.
    """

    content: TextSpans
    cue: TextSpans = ()
    source: TextSpans = ()
    kind: QuoteKind = QuoteKind.INDIRECT
    act: Act
    assertion: Assertion = Assertion.ASSERTED
    outer_marks: TextSpans = ()
    parent: int | None = None
    score: float = field(validator=check_score)
    rule: str
    is_turn: bool = False

    @property
    def extent(self) -> TextSpan:
        """From the first to the last character of the content, gaps included."""
        return TextSpan(self.content[0].start, self.content[-1].end)


class Extractor(Protocol):
    """Finds the attributions of a text, in order of their content's start; never changes its Doc."""

    def __call__(self, parsed: ParsedText, encoded: Encoded | None = None, /) -> list[Attribution]:
        """The attributions of a text.

        Args:
            parsed: The text: its Doc and its quotation marks.
            encoded: What the encoder gave for the text; without it, an extractor that needs it reads the text itself.
        """


def nest(_: ParsedText, attributions: Iterable[Attribution]) -> list[Attribution]:
    """The attributions in order of their content's start, longer ones first, each with its parent."""
    return with_parents(sorted(attributions, key=lambda a: (a.extent.start, -a.extent.end, a.cue)))


def with_parents(attributions: Sequence[Attribution]) -> list[Attribution]:
    """The attributions, each with the position of the innermost one whose content holds its content and cue.

    They lie in one piece of that content; where none holds them so, each of their pieces in one of its pieces.

    Args:
        attributions: In order of their extent's start, longer ones first; no cue lies in its own content.

    Note:
        In n log n of the attributions' spans: the stack of open spans is kept nested, for what ends earlier
        than a span that opens later holds nothing that the later one doesn't.
    """
    extents = [_with_cue(attribution) for attribution in attributions]
    openings = sorted(
        ((span, position) for position, attribution in enumerate(attributions) for span in attribution.content),
        key=lambda opening: (opening[0].start, -opening[0].end, opening[1]),
    )
    parents: dict[int, int] = {}
    stack: list[tuple[TextSpan, int]] = []
    following = 0
    for position in sorted(range(len(attributions)), key=lambda p: extents[p].start):
        extent = extents[position]
        while following < len(openings) and openings[following][0].start <= extent.start:
            while stack and stack[-1][0].end < openings[following][0].end:
                stack.pop()
            stack.append(openings[following])
            following += 1
        # Ends fall from the bottom of the stack to its top.
        holding = bisect_right(stack, -extent.end, key=lambda opening: -opening[0].end)
        held_by = next((p for _, p in reversed(stack[max(0, holding - 2) : holding]) if p != position), None)
        if held_by is None:
            held_by = _holder_in_pieces(attributions, position, stack)
        if held_by is not None:
            parents[position] = held_by
    return [attrs.evolve(a, parent=parents.get(position)) for position, a in enumerate(attributions)]


def _holder_in_pieces(
    attributions: Sequence[Attribution], position: int, stack: Sequence[tuple[TextSpan, int]]
) -> int | None:
    """The one around the first piece of an attribution whose other pieces hold the rest; `stack` as `with_parents`."""
    pieces = sorted((*attributions[position].content, *attributions[position].cue))
    holding = bisect_right(stack, -pieces[0].end, key=lambda opening: -opening[0].end)
    for _, other in reversed(stack[max(0, holding - 2) : holding]):
        holders = attributions[other].content
        places = (bisect_right(holders, piece.start, key=lambda holder: holder.start) - 1 for piece in pieces)
        # What comes first in order is around, never inside.
        if other < position and all(
            place >= 0 and holders[place].contains(piece) for place, piece in zip(places, pieces, strict=True)
        ):
            return other
    return None


def _with_cue(attribution: Attribution) -> TextSpan:
    spans = (*attribution.content, *attribution.cue)
    return TextSpan(min(span.start for span in spans), max(span.end for span in spans))


def find_kind(words: MarkedWords, content: Sequence[TextSpan], cue: Sequence[TextSpan] = ()) -> QuoteKind:
    """Direct where all words of the content lie between marks, indirect where none does, else mixed.

    Marks around both content and cue don't count: what somebody reports within direct speech is direct only between
    marks of its own. A cue without words (a colon) has no place of its own.

    Args:
        words: What `map_words` gives for the text.
        content: The spans of the content, in order.
        cue: The spans of the cue, in order.
    """
    spans = sorted([*content, *cue]) if any(any(words.levels[span.start : span.end]) for span in cue) else []
    start, end = (spans[0].start, max(span.end for span in spans)) if spans else (0, 0)
    outside = 1 + min(words.around[start + 1 : end], default=0)
    levels = {level for span in content for level in words.levels[span.start : span.end]} - {0}
    if not any(level > outside for level in levels):
        return QuoteKind.INDIRECT
    return QuoteKind.DIRECT if min(levels) > outside else QuoteKind.MIXED


def settle_kinds(parsed: ParsedText, quotes: Iterable[Attribution]) -> list[Attribution]:
    """The attributions, each with the kind and the outer marks that its content and cue have."""
    return [
        attrs.evolve(
            quote,
            kind=QuoteKind.DIRECT if quote.is_turn else find_kind(parsed.marked_words, quote.content, quote.cue),
            outer_marks=quote.outer_marks or find_outer_marks(parsed, quote.content),
        )
        for quote in quotes
    ]


def settle_sources(_: ParsedText, quotes: Iterable[Attribution]) -> list[Attribution]:
    """The attributions, their sources without what is content or cue by now."""
    return [attrs.evolve(quote, source=apart(quote.source, (*quote.content, *quote.cue))) for quote in quotes]


def apart(spans: TextSpans, others: TextSpans) -> TextSpans:
    """The spans that share no character with the others."""
    return tuple(span for span in spans if not any(span.overlaps(other) for other in others))


def overlaps_any(span: TextSpan, others: Sequence[TextSpan]) -> bool:
    """Whether a span shares a character with one of the others, which are in order and apart."""
    position = bisect_left(others, span.end, key=lambda other: other.start) - 1
    return position >= 0 and others[position].end > span.start


def find_outer_marks(parsed: ParsedText, content: TextSpans) -> TextSpans:
    """The marks at the edges of the spans that are quoted from end to end; the others keep theirs.

    One that belongs to words inside stays: that before ‘never’ in "‘never’ twice".

    Args:
        parsed: The text.
        content: The spans of one quote.
    """
    quoted = (span for span in content if find_kind(parsed.marked_words, (span,)) is QuoteKind.DIRECT)
    found = (
        (span, parsed.mark_edges.get(edge))
        for span in quoted
        for edge, pair in (
            (span.start, parsed.pairs_by_start.get(span.start)),
            (span.end, parsed.pairs_by_end.get(span.end)),
        )
        if pair is None or not _is_within_words(pair, span)
    )
    # A mark at an edge may be the neighbour's.
    return tuple(
        TextSpan(max(mark.start, span.start), min(mark.end, span.end))
        for span, mark in found
        if mark is not None and mark.overlaps(span)
    )


def _is_within_words(pair: MarkPair, span: TextSpan) -> bool:
    """Whether a pair of marks inside others stands in a span, around only some of its words."""
    return pair.depth > 0 and pair.closing is not None and span.contains(pair.span) and pair.span != span
