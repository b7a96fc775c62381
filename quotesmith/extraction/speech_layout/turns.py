"""Turns that the layout gives -> attributions; what is found inside a turn stays inside it."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence

import attrs

from quotesmith.extraction.attributions import Attribution
from quotesmith.extraction.settings import ExtractionSettings
from quotesmith.parsed_text import LabelledTurn, ParsedText
from quotesmith.records import Act, TextSpan


def add_labelled_turns(
    parsed: ParsedText, found: Sequence[Attribution], settings: ExtractionSettings
) -> list[Attribution]:
    """The attributions and the turns that the layout gives, each by its label.

    Other quotes stay inside their turn: what a turn attributes to somebody is a quote inside it.

    Args:
        parsed: The text.
        found: Its attributions by tags.
        settings: The thresholds.
    """
    turns = parsed.layout.turns
    if not turns:
        return list(found)
    kept = [part for quote in found for part in _within(quote, turns)]
    return [*kept, *(_attribution(turn, parsed.layout.family, settings) for turn in turns)]


def _within(quote: Attribution, turns: Sequence[LabelledTurn]) -> Iterator[Attribution]:
    """The attribution with the contents that stand in the turn of its cue, or outside of turns as that does."""
    if not quote.cue:
        if all(_turn_at(span, turns) is None for span in quote.content):
            yield quote
        return
    own = _turn_at(quote.cue[0], turns)
    if own is not None and not any(piece.contains(quote.cue[0]) for piece in turns[own].content):
        return
    content = tuple(span for span in quote.content if _turn_at(span, turns) == own)
    if content:
        source = tuple(span for span in quote.source if _turn_at(span, turns) == own)
        yield attrs.evolve(quote, content=content, source=source)


def _turn_at(span: TextSpan, turns: Sequence[LabelledTurn]) -> int | None:
    """The position of the turn in which a span begins."""
    position = bisect_right(turns, span.start, key=lambda turn: turn.extent.start) - 1
    return position if position >= 0 and span.start < turns[position].extent.end else None


def _attribution(turn: LabelledTurn, family: str | None, settings: ExtractionSettings) -> Attribution:
    return Attribution(
        content=turn.content,
        cue=() if turn.colon is None else (turn.colon,),
        source=(turn.label,),
        act=Act.SPEECH,
        score=settings.signature_score if family is None else settings.label_score,
        rule=f"layout, {family or 'signature'}",
        is_turn=True,
    )
