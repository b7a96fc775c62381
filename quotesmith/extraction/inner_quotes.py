"""Quotes inside quotes: the contents of quotes are read once more, as a text of their own."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from functools import cached_property

import attrs
from attrs import frozen

from quotesmith.extraction.fragments import MarkedText, Tagged
from quotesmith.extraction.linking import Linked
from quotesmith.extraction.settings import ExtractionSettings
from quotesmith.lexicon.reporting import ReportingLexicon
from quotesmith.marks import MarkPair, find_paragraphs
from quotesmith.parsed_text import ParsedText
from quotesmith.records import TextSpan, TextSpans

_BETWEEN = "\n\n"


@frozen
class InnerText:
    """Stretches of a text one below the other, each a paragraph or more.

    Attributes:
        text: The stretches with blank lines between them.
        marks: The quotation marks that lie whole in one of them, as they stand in `text`: the outermost have depth 0
            again, and none continues another.
        stretches: Where each stands in the outer text.
        starts: Where each starts in `text`.
        furniture: None: it has been cut out of the stretches.
    """

    text: str
    marks: Sequence[MarkPair]
    stretches: Sequence[TextSpan]
    starts: Sequence[int]
    furniture: TextSpans = ()

    @cached_property
    def paragraph_starts(self) -> Sequence[int]:
        """The first character of each paragraph."""
        return [paragraph.start for paragraph in find_paragraphs(self.text)]

    def stretch_at(self, span: TextSpan) -> int:
        """Position of the stretch that the span starts in."""
        return bisect_right(self.starts, span.start) - 1

    def outer(self, span: TextSpan) -> TextSpan:
        """Where a span of `text` stands in the outer text, as far as the stretch goes that it starts in."""
        position = self.stretch_at(span)
        moved = span.shifted(self.stretches[position].start - self.starts[position])
        return TextSpan(moved.start, min(moved.end, self.stretches[position].end))


def take_out(outer: MarkedText, stretches: Sequence[TextSpan]) -> InnerText:
    """The inner text of `stretches`; linear in it and in the marks.

    Args:
        outer: The outer text.
        stretches: In text order, none overlapping another.
    """
    starts: list[int] = []
    length = 0
    for stretch in stretches:
        starts.append(length)
        length += len(stretch) + len(_BETWEEN)
    openings = [stretch.start for stretch in stretches]
    inside: list[MarkPair] = []
    # Where the passages around the next one end.
    ends: list[int] = []
    for pair in outer.marks:
        position = bisect_right(openings, pair.span.start) - 1
        if position >= 0 and pair.span.end <= stretches[position].end:
            offset = starts[position] - openings[position]
            while ends and ends[-1] <= pair.span.start:
                ends.pop()
            inside.append(_moved(pair, offset, len(ends)))
            ends.append(pair.span.end)
    return InnerText(_BETWEEN.join(stretch.of(outer.text) for stretch in stretches), inside, stretches, starts)


def _moved(pair: MarkPair, offset: int, depth: int) -> MarkPair:
    return attrs.evolve(
        pair,
        opening=pair.opening.shifted(offset),
        closing=None if pair.closing is None else pair.closing.shifted(offset),
        end=pair.end + offset,
        depth=depth,
        continues=None,
    )


def find_inner_quotes(
    parsed: ParsedText,
    quotes: Sequence[Linked],
    may_report: Callable[[TextSpan], bool],
    read: Callable[[InnerText], Sequence[Linked]],
    settings: ExtractionSettings,
) -> list[Linked]:
    """The quotes that have their cue and all their words inside one content of `quotes`, or one piece of a turn.

    Where the layout gives turns, these are what is read again, however the tags cut them.

    Args:
        parsed: The text.
        quotes: Those of the text that lie in no other.
        may_report: Whether it is worth reading a content, given without its outer marks.
        read: Finds the quotes of the contents, which it is given as one text of their own.
        settings: The thresholds.
    """
    # A mail goes on behind the one that it quotes.
    pieces = sorted(piece for turn in parsed.layout.turns for piece in turn.content)
    spans = (part.span for quote in quotes for part in quote.contents)
    outside = (span for span in spans if not _overlaps_any(span, pieces))
    contents = sorted(_without_marks(parsed, span) for span in (*pieces, *outside))
    inner = take_out(parsed, [span for span in contents if may_report(span)])
    found = []
    for quote in read(inner):
        stretches = {inner.stretch_at(part.span) for part in quote.parts}
        is_sure = all(part.score >= settings.min_inner_probability for part in quote.parts)
        if quote.cue is not None and is_sure and len(stretches) == 1:
            found.append(
                attrs.evolve(
                    quote,
                    contents=tuple(_outer_part(part, inner) for part in quote.contents),
                    cue=_outer_part(quote.cue, inner),
                    source=None if quote.source is None else _outer_part(quote.source, inner),
                )
            )
    return found


def _overlaps_any(span: TextSpan, pieces: Sequence[TextSpan]) -> bool:
    """Whether a span shares a character with one of the pieces, which are in order and apart."""
    position = bisect_right(pieces, span.end - 1, key=lambda piece: piece.start) - 1
    return position >= 0 and pieces[position].end > span.start


def find_reporting(
    parsed: ParsedText, lexicon: ReportingLexicon, settings: ExtractionSettings
) -> Callable[[TextSpan], bool]:
    """Whether a content may hold a quote: it has words enough, and among them one that is known to report.

    Args:
        parsed: The text; its Doc has lemmas.
        lexicon: The reporting words.
        settings: The thresholds.
    """
    text, doc = parsed.text, parsed.doc
    lemmas = {token.lemma: token.lemma_.lower() for token in doc}
    reporting = {key for key, lemma in lemmas.items() if lexicon.guess(lemma) is not None}
    cues = [token.idx for token in doc if token.lemma in reporting or lexicon.is_added(token.text)]

    def may_report(content: TextSpan) -> bool:
        has_cue = bisect_left(cues, content.start) < bisect_left(cues, content.end)
        return has_cue and text.count(" ", content.start, content.end) >= settings.min_inner_spaces

    return may_report


def _outer_part(part: Tagged, inner: InnerText) -> Tagged:
    return attrs.evolve(part, span=inner.outer(part.span))


def _without_marks(parsed: ParsedText, span: TextSpan) -> TextSpan:
    """The span without a quotation mark at its start and one at its end, and without white space inside of them."""
    edges = parsed.mark_edges
    opening, closing = edges.get(span.start), edges.get(span.end)
    start = span.start if opening is None else opening.end
    end = span.end if closing is None else closing.start
    words = TextSpan(start, end).stripped(parsed.text) if start < end else None
    return span if words is None else words
