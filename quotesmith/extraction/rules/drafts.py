"""Quotes in the making, and how a finished one becomes an attribution."""

import re
from collections.abc import Iterable

from attrs import define, field

from quotesmith.extraction.attributions import Attribution
from quotesmith.extraction.settings import ExtractionSettings
from quotesmith.parsed_text import OUTSIDE_PASSAGES, ParsedText, TokenRange
from quotesmith.records import Act, TextSpan, TextSpans

_EDGE = ",;:-–—―"
_WORD_CHARACTER = re.compile(r"\w")
# A single line break may be a wrapped line's.
_WITHIN_PARAGRAPH = 1


@define
class Draft:
    """A quote in the making.

    Attributes:
        rule: The rule that found it.
        act: Speech, writing, thought or attitude.
        cue: The reporting words.
        source: The words that name who speaks.
        pieces: Content by grammar.
        passages: Content by quotation marks: positions in `ParsedText.passages`.
    """

    rule: str
    act: Act = Act.SPEECH
    cue: TokenRange | None = None
    source: TokenRange | None = None
    pieces: list[TokenRange] = field(factory=list)
    passages: list[int] = field(factory=list)


def claim(owner: dict[int, Draft], draft: Draft, position: int) -> None:
    """Give a passage to a draft, and say so in `owner`, the draft of each passage."""
    owner[position] = draft
    draft.passages.append(position)


def claimed(drafts: Iterable[Draft]) -> set[int]:
    """The positions of all passages that belong to a draft."""
    return {position for draft in drafts for position in draft.passages}


def finish(parsed: ParsedText, draft: Draft, settings: ExtractionSettings) -> Attribution | None:
    """The attribution of a draft; None where no word of content is left."""
    cue = None if draft.cue is None else parsed.span(draft.cue.start, draft.cue.end)
    content = _content_spans(parsed, draft, cue)
    if not content:
        return None
    source = _source_span(parsed, draft, cue, content)
    return Attribution(
        content=content,
        cue=() if cue is None else (cue,),
        source=() if source is None else (source,),
        act=draft.act,
        score=settings.rule_score(draft.rule),
        rule=draft.rule,
    )


def _source_span(parsed: ParsedText, draft: Draft, cue: TextSpan | None, content: TextSpans) -> TextSpan | None:
    """The source beside its cue; None where it stands among its own words, which is a slip of the parser."""
    if draft.source is None:
        return None
    source = max(_cut(parsed.span(draft.source.start, draft.source.end), cue), key=len, default=None)
    span = None if source is None else _trim_characters(parsed.text, source)
    return None if span is None or any(span.overlaps(part) for part in content) else span


def _content_spans(parsed: ParsedText, draft: Draft, cue: TextSpan | None) -> TextSpans:
    passages = (parsed.passages[position] for position in draft.passages)
    spans = [passage.span for passage in passages if not _is_part(passage.tokens, draft.source)]
    for piece in draft.pieces:
        parts = _without(_trim(parsed, piece), draft)
        spans.extend(_snap(parsed, draft, part) for part in parts)
    text = parsed.text
    merged: list[TextSpan] = []
    for span in sorted(spans):
        if merged and (span.start <= merged[-1].end or _is_small(text[merged[-1].end : span.start])):
            merged[-1] = TextSpan(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    bare = (part for span in merged for part in _cut(span, cue))
    trimmed = (_trim_characters(text, span) for span in bare)
    return tuple(span for span in trimmed if span is not None and _WORD_CHARACTER.search(text, span.start, span.end))


def _is_small(gap: str) -> bool:
    """Whether two pieces are one: only white space is between them, and no paragraph begins."""
    return not gap.strip() and len(gap.splitlines()) <= _WITHIN_PARAGRAPH


def _is_part(passage: TokenRange, source: TokenRange | None) -> bool:
    """Whether a passage is a title or a nickname in the source: "the author of “Emma” said"."""
    return source is not None and source.start <= passage.start and passage.end <= source.end


def _without(piece: TokenRange, draft: Draft) -> list[TokenRange]:
    """The piece without the words of its own cue and source."""
    parts = [piece]
    for hole in (draft.cue, draft.source):
        if hole is not None:
            parts = [side for part in parts for side in _sides(part, hole)]
    return [part for part in parts if len(part) > 0]


def _sides(part: TokenRange, hole: TokenRange) -> tuple[TokenRange, ...]:
    if not part.overlaps(hole):
        return (part,)
    return (TokenRange(part.start, hole.start), TokenRange(hole.end, part.end))


def _cut(span: TextSpan, hole: TextSpan | None) -> list[TextSpan]:
    """The span without the hole: a passage may share a token with its cue where no space is between them."""
    if hole is None or not span.overlaps(hole):
        return [span]
    sides = ((span.start, hole.start), (hole.end, span.end))
    return [TextSpan(start, end) for start, end in sides if start < end]


def _trim(parsed: ParsedText, piece: TokenRange) -> TokenRange:
    """Without full stops at the end and punctuation at either end; marks stay where their pair does."""
    start, end = piece.start, piece.end
    while start < end and _is_edge(parsed.doc[start].text, _EDGE + ")]"):
        start += 1
    while end > start and parsed.passage_at[end - 1] < 0 and _is_edge(parsed.doc[end - 1].text, _EDGE + ".(["):
        end -= 1
    return TokenRange(start, end)


def _is_edge(word: str, marks: str) -> bool:
    return all(character in marks or character.isspace() for character in word)


def _snap(parsed: ParsedText, draft: Draft, piece: TokenRange) -> TextSpan:
    """Where the piece stands; it grows over a passage that it cuts, unless the cue lies in that passage."""
    own = OUTSIDE_PASSAGES if draft.cue is None else parsed.passage_at[draft.cue.start]
    span = parsed.span(piece.start, piece.end)
    start, end = span.start, span.end
    for position in (parsed.passage_at[piece.start], parsed.passage_at[piece.end - 1]):
        if position >= 0 and position != own:
            passage = parsed.passages[position].span
            start, end = min(start, passage.start), max(end, passage.end)
    return TextSpan(start, end)


def _trim_characters(text: str, span: TextSpan) -> TextSpan | None:
    start, end = span.start, span.end
    while start < end and _is_edge(text[start], _EDGE):
        start += 1
    while end > start and _is_edge(text[end - 1], _EDGE):
        end -= 1
    return TextSpan(start, end) if end > start else None
