"""`attribution`: one whose spans are given by the words of its text."""

from quotesmith.extraction import Attribution
from quotesmith.records import Act, Assertion, QuoteKind, TextSpan, TextSpans


def attribution(
    text: str,
    *content: str,
    cue: str = "",
    source: str = "",
    kind: QuoteKind = QuoteKind.INDIRECT,
    score: float = 1.0,
    rule: str = "tags",
) -> Attribution:
    """Speech that is asserted; words stand where the text has them first, and "" stands nowhere."""
    return Attribution(
        content=tuple(span for words in content for span in place(text, words)),
        cue=place(text, cue),
        source=place(text, source),
        kind=kind,
        act=Act.SPEECH,
        assertion=Assertion.ASSERTED,
        score=score,
        rule=rule,
    )


def place(text: str, words: str) -> TextSpans:
    """Where the words stand first in the text; "" stands nowhere."""
    return (TextSpan(text.index(words), text.index(words) + len(words)),) if words else ()
