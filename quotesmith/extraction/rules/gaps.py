"""The words between quoted passages, where cue clauses stand."""

from collections.abc import Iterator

from attrs import frozen

from quotesmith.parsed_text import ParsedText, QuotedPassage, TokenRange

_ENDINGS = frozenset({".", "!", "?", ";"})
# A cue clause of more tokens than this is narrative: 99 of 100 cue clauses in news are shorter.
_MAX_CUE_CLAUSE = 40


@frozen
class Gap:
    """The unquoted tokens between two passages of one paragraph, or at its edges.

    Attributes:
        tokens: May be none, where only white space parts two passages.
        before: Position of the passage before; None where the paragraph starts.
        after: Position of the passage after; None where the paragraph ends.
    """

    tokens: TokenRange
    before: int | None
    after: int | None


def find_gaps(parsed: ParsedText) -> Iterator[Gap]:
    """All gaps in text order.

    The gap before a paragraph's first passage takes in the paragraph before where that ends with a colon.
    """
    passages = parsed.passages
    for position, passage in enumerate(passages):
        previous = passages[position - 1] if position > 0 else None
        if previous is None or previous.paragraph != passage.paragraph:
            start = _lead_start(parsed, passage)
            if previous is not None:
                start = max(start, previous.tokens.end)
            yield Gap(TokenRange(start, passage.tokens.start), None, position)
        following = passages[position + 1] if position + 1 < len(passages) else None
        if following is not None and following.paragraph == passage.paragraph:
            yield Gap(TokenRange(passage.tokens.end, following.tokens.start), position, position + 1)
        else:
            # A passage may reach beyond the paragraph that it starts in.
            end = max(passage.tokens.end, parsed.paragraph_tokens[passage.paragraph].end)
            yield Gap(TokenRange(passage.tokens.end, end), position, None)


def _lead_start(parsed: ParsedText, passage: QuotedPassage) -> int:
    start = parsed.paragraph_tokens[passage.paragraph].start
    if passage.tokens.start > start or passage.paragraph == 0:
        return start
    before = parsed.paragraph_tokens[passage.paragraph - 1]
    return before.start if parsed.doc[before.end - 1].text == ":" else start


def first_part(parsed: ParsedText, tokens: TokenRange) -> TokenRange:
    """The tokens up to the first that ends a sentence, at most a cue clause's reach."""
    reach = min(tokens.end, tokens.start + _MAX_CUE_CLAUSE)
    end = next((i for i in range(tokens.start, reach) if parsed.doc[i].text in _ENDINGS), reach)
    return TokenRange(tokens.start, end)


def last_part(parsed: ParsedText, tokens: TokenRange) -> TokenRange:
    """The tokens after the last that ends a sentence, at most a cue clause's reach."""
    reach = max(tokens.start, tokens.end - _MAX_CUE_CLAUSE)
    ending = next((i for i in range(tokens.end - 1, reach - 1, -1) if parsed.doc[i].text in _ENDINGS), None)
    return TokenRange(reach if ending is None else ending + 1, tokens.end)
