"""Attributions whose spans are given by the words of their text, or by offsets."""

from collections.abc import Sequence
from typing import TypeAlias

from quotesmith.extraction import Attribution
from quotesmith.records import Act, Assertion, QuoteKind, TextSpan, TextSpans
from tests.extraction.found import find_kind

Offsets: TypeAlias = tuple[int, int]


def attribution(
    text: str,
    *content: str,
    cue: str = "",
    source: str = "",
    score: float = 1.0,
    rule: str = "tags",
) -> Attribution:
    """Speech that is asserted; words stand where the text has them first, and "" stands nowhere."""
    spans = tuple(span for words in content for span in place(text, words))
    return Attribution(
        content=spans,
        cue=place(text, cue),
        source=place(text, source),
        kind=find_kind(text, spans, place(text, cue)),
        act=Act.SPEECH,
        assertion=Assertion.ASSERTED,
        score=score,
        rule=rule,
    )


def quote_at(
    *content: Offsets,
    cue: Offsets | None = None,
    source: Offsets | None = None,
    kind: QuoteKind = QuoteKind.INDIRECT,
    marks: Sequence[Offsets] = (),
) -> Attribution:
    """Speech that is asserted, by offsets."""

    def spans(*offsets: Offsets | None) -> TextSpans:
        return tuple(TextSpan(*pair) for pair in offsets if pair is not None)

    return Attribution(
        content=spans(*content),
        cue=spans(cue),
        source=spans(source),
        kind=kind,
        act=Act.SPEECH,
        assertion=Assertion.ASSERTED,
        outer_marks=spans(*marks),
        score=0.5,
        rule="tags",
    )


def place(text: str, words: str) -> TextSpans:
    """Where the words stand first in the text; "" stands nowhere."""
    return (TextSpan(text.index(words), text.index(words) + len(words)),) if words else ()
