"""Dialogue with dashes: each paragraph that a dash opens is one turn, without the narrator's words in it."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import Final

import attrs
from attrs import frozen
from spacy.tokens import Token

from quotesmith.extraction.attributions import Attribution
from quotesmith.extraction.insertions import InsertedClause, read_inserted_clause
from quotesmith.extraction.settings import ExtractionSettings
from quotesmith.lexicon.reporting import ReportingLexicon
from quotesmith.marks import DASHES, MarkStyle, find_dashes
from quotesmith.parsed_text import ParsedText, TokenRange
from quotesmith.records import Act, TextSpan, TextSpans

_TURN_STOPS: Final = frozenset({".", "!", "?", "…", "..."})
_SEGMENT_ENDS: Final = _TURN_STOPS | {",", ";", ":"}
_BEFORE_CLAUSE: Final = frozenset({",", "?", "!", "…", "..."})
_ADDED_TAGS: Final = frozenset({"VBG", "IN", "RB"})
_PAST_TAGS: Final = frozenset({"VBD", "MD"})
_PERSONS: Final = ("Person=1", "Person=2")
_TALK_MARKS: Final = "?!"
_OUTER_EDGES: Final = " \t\n\r\u00a0_*" + DASHES


@frozen
class _Segment:
    """The words between two punctuation marks.

    Attributes:
        tokens: The words.
        before: The mark before them; a dash beats what stands beside it.
        after: The mark behind them.
    """

    tokens: TokenRange
    before: str
    after: str


@frozen
class _DashTurn:
    """A paragraph that a dash opens.

    Attributes:
        span: The paragraph from its dash on.
        dash: The dash, and the white space behind it.
        content: What is said, from the dash on.
        clause: Who says it, where the narrator says so.
    """

    span: TextSpan
    dash: TextSpan
    content: TextSpans
    clause: InsertedClause | None


def add_dash_turns(
    parsed: ParsedText,
    quotes: Sequence[Attribution],
    lexicon: ReportingLexicon,
    settings: ExtractionSettings,
) -> list[Attribution]:
    """The attributions and the turns of dialogue with dashes, which replace what else was found in their paragraphs.

    A quote stays that has its cue and all its words in what one turn says. Linear in the text.

    Args:
        parsed: The text; its Doc has tags, lemmas and sentences.
        quotes: Its attributions.
        lexicon: The reporting words.
        settings: The thresholds.
    """
    turns = _find_dash_turns(parsed, lexicon, settings)
    if not turns:
        return list(quotes)
    kept = [part for quote in quotes for part in _beside_turns(quote, turns)]
    return [*kept, *(_attribution(parsed, turn, settings) for turn in turns)]


def _find_dash_turns(parsed: ParsedText, lexicon: ReportingLexicon, settings: ExtractionSettings) -> list[_DashTurn]:
    marked = [pair for pair in parsed.marks if pair.style is MarkStyle.DASH]
    openings = (
        [(pair.opening, pair.end) for pair in marked]
        if marked
        else [(dash, parsed.paragraphs[n].end) for n, dash in find_dashes(parsed.text, parsed.paragraphs).items()]
    )
    if not marked and (len(openings) < settings.min_dash_turns or len(parsed.passages) > len(openings)):
        return []
    read = (_read_turn(parsed, dash, end, lexicon, settings) for dash, end in openings)
    turns = [turn for turn in read if turn is not None]
    return turns if marked or _is_tagged_dialogue(parsed, turns) else []


def _is_tagged_dialogue(parsed: ParsedText, turns: Sequence[_DashTurn]) -> bool:
    """Whether the narrator says of some turn who says it, and somebody speaks of "I" or "you", or asks or calls.

    The items of a list may be sentences too, and some may have a source.
    """
    spoken = [span for turn in turns for span in turn.content]
    has_clause = any(turn.clause is not None for turn in turns)
    has_talk = any(mark in span.of(parsed.text) for span in spoken for mark in _TALK_MARKS)
    return has_clause and (
        has_talk or any(person in str(word.morph) for word in parsed.words(tuple(spoken)) for person in _PERSONS)
    )


def _read_turn(
    parsed: ParsedText, dash: TextSpan, end: int, lexicon: ReportingLexicon, settings: ExtractionSettings
) -> _DashTurn | None:
    segments = list(_iter_segments(parsed, parsed.token_range(TextSpan(dash.end, end)))) if dash.end < end else []
    found = _find_clause(parsed, segments, lexicon, settings)
    ranges = [(dash.end, end)]
    if found is not None:
        resumed = _find_resumed(parsed, segments, found[0])
        behind = end if resumed is None else parsed.starts[segments[resumed].tokens.start]
        ranges = [(dash.end, parsed.starts[segments[found[0]].tokens.start]), (behind, end)]
    pieces = _pieces(parsed, ranges)
    if not pieces:
        return None
    first, *others = pieces
    return _DashTurn(
        span=TextSpan(dash.start, end),
        dash=TextSpan(dash.start, first.start),
        content=(TextSpan(dash.start, first.end), *others),
        clause=None if found is None else found[1],
    )


def _iter_segments(parsed: ParsedText, tokens: TokenRange) -> Iterator[_Segment]:
    start, before = tokens.start, ""
    for index in range(tokens.start, tokens.end + 1):
        text = parsed.doc[index].text if index < tokens.end else ""
        is_dash = bool(text) and all(character in DASHES for character in text) and text != "-"
        if index < tokens.end and not (is_dash or text in _SEGMENT_ENDS):
            continue
        if parsed.has_words(TokenRange(start, index)):
            yield _Segment(TokenRange(_first_word(parsed, start, index), index), before, text)
            before = ""
        before = text if is_dash or before not in DASHES or not before else before
        start = index + 1


def _first_word(parsed: ParsedText, start: int, end: int) -> int:
    return next((i for i in range(start, end) if parsed.doc[i].is_alpha), start)


def _find_clause(
    parsed: ParsedText, segments: Sequence[_Segment], lexicon: ReportingLexicon, settings: ExtractionSettings
) -> tuple[int, InsertedClause] | None:
    """The first clause of who says it, with its position; never the words that open the turn."""
    for position, segment in enumerate(segments[1:], start=1):
        if segment.before in _BEFORE_CLAUSE or segment.before[:1] in DASHES:
            clause = read_inserted_clause(parsed, segment.tokens, lexicon, settings)
            if clause is not None and "Person=2" not in str(parsed.doc[clause.source.start].morph):
                return position, clause
    return None


def _find_resumed(parsed: ParsedText, segments: Sequence[_Segment], clause: int) -> int | None:
    """The position of the segment behind the narrator's words; None where nothing more is said."""
    for position in range(clause + 1, len(segments)):
        segment = segments[position]
        if segment.before[:1] in DASHES and segment.before:
            return position
        if segment.before in _TURN_STOPS:
            return None if _is_told(parsed, segments[position:]) else position
        if segment.before != "," or not _adds_to_clause(parsed, segment):
            return position
    return None


def _adds_to_clause(parsed: ParsedText, segment: _Segment) -> bool:
    """Whether the words say how it was said: "laughing", "with a smile", "and put down the knife"."""
    first, *others = parsed.doc_span(segment.tokens)
    joins = first.tag_ == "CC" and any(word.tag_ == "VBD" for word in others[:1])
    return first.tag_ in _ADDED_TAGS or joins


def _is_told(parsed: ParsedText, segments: Sequence[_Segment]) -> bool:
    """Whether the sentence behind the clause is narration: somebody else did something."""
    words: list[Token] = []
    for segment in segments:
        words.extend(parsed.doc_span(segment.tokens))
        if segment.after in _TURN_STOPS:
            break
    first = words[0]
    is_third = first.tag_ == "PRP" and not any(person in str(first.morph) for person in _PERSONS)
    tense = next((word.tag_ for word in words if word.tag_ in _PAST_TAGS | {"VBZ", "VBP"}), "")
    return is_third and tense == "VBD"


def _pieces(parsed: ParsedText, ranges: Sequence[tuple[int, int]]) -> list[TextSpan]:
    """What is said in the ranges, without dashes and signs of emphasis at its edges."""
    text = parsed.text
    pieces = []
    for start, end in ranges:
        words = text[start:end]
        first = start + len(words) - len(words.lstrip(_OUTER_EDGES))
        last = start + len(words.rstrip(_OUTER_EDGES))
        if any(map(str.isalnum, words)):
            pieces.append(TextSpan(first, last))
    return pieces


def _beside_turns(quote: Attribution, turns: Sequence[_DashTurn]) -> Iterator[Attribution]:
    """The quote, if it lies in what one turn says, else what of it stands in no turn."""
    holders = {_turn_at(span, turns) for span in (*quote.content, *quote.cue)}
    holder = next(iter(holders))
    if quote.cue and len(holders) == 1 and holder is not None:
        parts = (*quote.content, *quote.cue, *quote.source)
        if any(all(piece.contains(part) for part in parts) for piece in turns[holder].content):
            yield quote
        return
    content = tuple(span for span in quote.content if _turn_at(span, turns) is None)
    if content and all(_turn_at(span, turns) is None for span in quote.cue):
        yield attrs.evolve(quote, content=content)


def _turn_at(span: TextSpan, turns: Sequence[_DashTurn]) -> int | None:
    position = bisect_right(turns, span.start, key=lambda turn: turn.span.start) - 1
    return position if position >= 0 and span.start < turns[position].span.end else None


def _attribution(parsed: ParsedText, turn: _DashTurn, settings: ExtractionSettings) -> Attribution:
    clause = turn.clause
    return Attribution(
        content=turn.content,
        cue=() if clause is None else (parsed.span(clause.cue.start, clause.cue.end),),
        source=() if clause is None else (parsed.span(clause.source.start, clause.source.end),),
        outer_marks=(turn.dash,),
        act=Act.SPEECH if clause is None else clause.act,
        score=settings.dash_score,
        rule="dash",
        is_turn=True,
    )
