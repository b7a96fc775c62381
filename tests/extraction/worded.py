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

    def place(words: str) -> TextSpans:
        return (TextSpan(text.index(words), text.index(words) + len(words)),) if words else ()

    return Attribution(
        content=tuple(span for words in content for span in place(words)),
        cue=place(cue),
        source=place(source),
        kind=kind,
        act=Act.SPEECH,
        assertion=Assertion.ASSERTED,
        score=score,
        rule=rule,
    )
