"""Turns that the layout gives -> attributions; what is found inside a turn stays inside it."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence

import attrs
from attrs import field, frozen

from quotesmith.extraction.attributions import Attribution
from quotesmith.extraction.settings import ExtractionSettings
from quotesmith.parsed_text import UNREAD, LabelledTurn, ParsedText, SpeechLayout
from quotesmith.records import Act, TextSpan, TextSpans


def add_labelled_turns(
    parsed: ParsedText, found: Sequence[Attribution], settings: ExtractionSettings
) -> list[Attribution]:
    """The attributions and the turns that the layout gives, each by its label.

    What was found inside a turn is a quote inside it, cut where the turn ends: no quote holds words of two turns, of a
    label or of a line that nobody says. Content without a cue of its own is nothing beside the turn that holds it. In a
    layout that no family reads, quotes with neither cue nor source are left out: nobody can say whose they are.

    Args:
        parsed: The text.
        found: Its attributions by tags or by rules.
        settings: The thresholds.
    """
    layout = parsed.layout
    if layout.family == UNREAD:
        return [quote for quote in found if quote.cue or quote.source]
    if not layout.turns:
        return list(found)
    places = _TurnPieces.of(parsed.text, layout)
    kept = [part for quote in found for part in _within(quote, places)]
    return [
        *_one_for_each_cue(parsed, kept, places),
        *(_attribution(turn, layout.family, settings) for turn in _worded(layout.turns, parsed.text)),
    ]


def _worded(turns: Iterable[LabelledTurn], text: str) -> Iterator[LabelledTurn]:
    """The turns with those pieces that have words; layouts are read with the tags of pages, which say nothing."""
    for turn in turns:
        content = tuple(piece for piece in turn.content if any(map(str.isalnum, piece.of(text))))
        if content:
            yield attrs.evolve(turn, content=content)


_OUTSIDE = -1


@frozen(eq=False)
class _TurnPieces:
    """Where the pieces of turns stand, and what nobody says.

    Attributes:
        text: The text.
        pieces: The content of all turns and, between them, labels, colons and silent lines, in order.
        owners: The number of each piece's turn; None for what nobody says.
    """

    text: str
    pieces: Sequence[TextSpan]
    owners: Sequence[int | None]
    starts: Sequence[int] = field()

    @starts.default
    def _find_starts(self) -> list[int]:
        return [piece.start for piece in self.pieces]

    @classmethod
    def of(cls, text: str, layout: SpeechLayout) -> "_TurnPieces":
        """The places of a layout's turns."""
        owned: list[tuple[TextSpan, int | None]] = [(span, None) for span in layout.silent]
        for number, turn in enumerate(layout.turns):
            owned.append((turn.label_extent, None))
            owned += [(piece, number) for piece in turn.content]
        owned.sort(key=lambda pair: pair[0])
        return cls(text, [piece for piece, _ in owned], [owner for _, owner in owned])

    def owner_at(self, offset: int) -> int | None:
        """The number of the turn that has the offset; None for what nobody says, -1 outside of both."""
        number = bisect_right(self.starts, offset) - 1
        return self.owners[number] if number >= 0 and offset < self.pieces[number].end else _OUTSIDE

    def cut(self, spans: TextSpans) -> Iterator[tuple[TextSpan, int]]:
        """The parts of spans that lie in turns, each with its turn's number; those outside have -1."""
        for span in spans:
            at = span.start
            for number in range(max(bisect_right(self.starts, span.start) - 1, 0), len(self.pieces)):
                piece, owner = self.pieces[number], self.owners[number]
                if piece.start >= span.end:
                    break
                if piece.end <= at:
                    continue
                yield from self._part(at, piece.start, _OUTSIDE)
                if owner is not None:
                    yield from self._part(max(at, piece.start), min(piece.end, span.end), owner)
                at = piece.end
            yield from self._part(at, span.end, _OUTSIDE)

    def _part(self, start: int, end: int, owner: int) -> Iterator[tuple[TextSpan, int]]:
        part = TextSpan(start, end).stripped(self.text) if start < end else None
        if part is not None and any(map(str.isalnum, part.of(self.text))):
            yield part, owner


def _within(quote: Attribution, places: _TurnPieces) -> Iterator[Attribution]:
    """The attribution with what stands in the turn of its cue, or outside of turns as that does."""
    if not quote.cue and any(places.owner_at(span.start) != _OUTSIDE for span in quote.content):
        return
    own = places.owner_at(quote.cue[0].start) if quote.cue else _OUTSIDE
    if own is None:
        return
    content = tuple(part for part, owner in places.cut(quote.content) if owner == own)
    if content:
        source = tuple(part for part, owner in places.cut(quote.source) if owner == own)
        yield attrs.evolve(quote, content=content, source=source)


def _one_for_each_cue(parsed: ParsedText, quotes: Sequence[Attribution], places: _TurnPieces) -> Iterator[Attribution]:
    """The quotes; of those inside turns that share a cue, the one whose extent marks give, or else the surest.

    The tags of both levels may find the same quote with other extents.
    """
    best: dict[int, Attribution] = {}
    for quote in quotes:
        if quote.cue:
            known = best.setdefault(quote.cue[0].start, quote)
            best[quote.cue[0].start] = max(known, quote, key=lambda own: (_is_marked(parsed, own), own.score))
    for quote in quotes:
        if not quote.cue or places.owner_at(quote.cue[0].start) == _OUTSIDE or best[quote.cue[0].start] is quote:
            yield quote


def _is_marked(parsed: ParsedText, quote: Attribution) -> bool:
    edges = parsed.mark_edges
    return all(span.start in edges and span.end in edges for span in quote.content)


def _attribution(turn: LabelledTurn, family: str | None, settings: ExtractionSettings) -> Attribution:
    return Attribution(
        content=turn.content,
        cue=() if turn.colon is None else (turn.colon,),
        source=(turn.label,),
        act=Act.SPEECH,
        score=settings.signature_score if family is None else settings.turn_score,
        rule=f"layout, {family or 'signature'}",
        is_turn=True,
    )
