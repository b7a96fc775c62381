"""Quoted passages that no clause claims, and the words between passages, where cue clauses stand."""

from collections.abc import Iterator
from itertools import accumulate

from attrs import frozen

from quotesmith.extraction.rules.drafts import Draft, claim, claimed
from quotesmith.extraction.settings import ExtractionSettings
from quotesmith.parsed_text import OUTSIDE_PASSAGES, ParsedText, QuotedPassage, TokenRange

_FINITE = frozenset({"VBD", "VBP", "VBZ", "MD"})
_SPEECH_STOPS = frozenset({".", "!", "?", "…", ","})
_ENDINGS = frozenset({".", "!", "?", ";"})


def join_continued(parsed: ParsedText, drafts: list[Draft]) -> None:
    """Give all paragraphs of one long speech to the draft that has one of them.

    A paragraph whose closing mark is missing goes on in the next that opens with a mark.
    """
    owner = _owners(parsed, drafts)
    for position, passage in enumerate(parsed.passages):
        if passage.continues in owner and position not in owner:
            claim(owner, owner[passage.continues], position)
    for position in range(len(parsed.passages) - 1, -1, -1):
        earlier = parsed.passages[position].continues
        if earlier is not None and position in owner and earlier not in owner:
            claim(owner, owner[position], earlier)


def _owners(parsed: ParsedText, drafts: list[Draft]) -> dict[int, Draft]:
    """The draft of each claimed passage, and of the last passage in each piece that grammar found."""
    owner = {}
    for draft in drafts:
        if draft.cue is not None and parsed.passage_at[draft.cue.start] >= 0:
            continue
        for piece in draft.pieces:
            inside = parsed.passages_in(piece)
            if inside:
                owner[inside[-1]] = draft
    owner.update({position: draft for draft in drafts for position in draft.passages})
    return owner


def find_uncued(parsed: ParsedText, drafts: list[Draft], settings: ExtractionSettings) -> list[Draft]:
    """Drafts of the passages that are speech without a cue nearby."""
    taken = claimed(drafts)
    covered = _covered(parsed, drafts)
    uncued: list[Draft] = []
    by_position: dict[int, Draft] = {}
    for position, passage in enumerate(parsed.passages):
        if position in taken or covered[passage.tokens.start]:
            continue
        if passage.continues in by_position:
            draft = by_position[passage.continues]
        elif _joins(parsed, by_position, position):
            draft = by_position[position - 1]
        elif _is_speech(parsed, passage, settings):
            draft = Draft(rule="uncued")
            draft.pieces.extend(_predicated(parsed, passage))
            uncued.append(draft)
        else:
            continue
        draft.passages.append(position)
        by_position[position] = draft
    return uncued


def _covered(parsed: ParsedText, drafts: list[Draft]) -> list[int]:
    """For each token how many pieces of content hold it."""
    steps = [0] * (len(parsed.doc) + 1)
    for draft in drafts:
        own = OUTSIDE_PASSAGES if draft.cue is None else parsed.passage_at[draft.cue.start]
        for piece in draft.pieces:
            if own < 0 or parsed.passage_at[piece.start] != own:
                steps[piece.start] += 1
                steps[piece.end] -= 1
    return list(accumulate(steps))


def _joins(parsed: ParsedText, by_position: dict[int, Draft], position: int) -> bool:
    """Whether only white space is between the passage and an uncued one before it in the paragraph."""
    if position - 1 not in by_position:
        return False
    before, after = parsed.passages[position - 1], parsed.passages[position]
    gap = parsed.text[before.span.end : after.span.start]
    return before.paragraph == after.paragraph and not gap.strip()


def _is_speech(parsed: ParsedText, passage: QuotedPassage, settings: ExtractionSettings) -> bool:
    """Whether a passage without a cue is speech rather than a term, a title or irony.

    Speech says something: it holds a finite verb, or stands as a sentence or paragraph of its own.
    """
    words = [word for word in parsed.doc_span(passage.inner) if word.is_alpha]
    if not words or is_title(parsed, passage, settings):
        return False
    says_something = len(words) >= settings.min_speech_words and any(word.tag_ in _FINITE for word in words)
    return says_something or (parsed.ending(passage) in _SPEECH_STOPS and _is_whole_sentence(parsed, passage))


def is_title(parsed: ParsedText, passage: QuotedPassage, settings: ExtractionSettings) -> bool:
    """Whether the passage is written as titles are: some words, the important ones capitalized, no stop."""
    return parsed.ending(passage) not in _SPEECH_STOPS and has_title_case(parsed, passage, settings)


def has_title_case(parsed: ParsedText, passage: QuotedPassage, settings: ExtractionSettings) -> bool:
    """Whether the passage has some words, and the important ones are capitalized."""
    words = [word for word in parsed.doc_span(passage.inner) if word.is_alpha]
    important = [word for word in words if not word.is_stop]
    if len(words) < settings.min_title_words or not important:
        return False
    return all(word.text[0].isupper() for word in important) and not all(word.is_upper for word in words)


def _is_whole_sentence(parsed: ParsedText, passage: QuotedPassage) -> bool:
    paragraph = parsed.paragraph_tokens[passage.paragraph]
    before = parsed.doc[max(paragraph.start, passage.tokens.start - 1)]
    opens = passage.tokens.start == paragraph.start or before.text in {".", "!", "?", ":"} or before.is_space
    return opens or parsed.passage_at[before.i] >= 0


def _predicated(parsed: ParsedText, passage: QuotedPassage) -> list[TokenRange]:
    """What stands before a passage that is the predicate of its sentence: It “is not against anyone”."""
    verb = next((word for word in parsed.doc_span(passage.inner) if word.tag_ in _FINITE), None)
    if verb is None or verb.i > passage.inner.start + 1:
        return []
    before = passage.tokens.start - 1
    is_outside = before < parsed.paragraph_tokens[passage.paragraph].start or parsed.passage_at[before] >= 0
    if is_outside or parsed.doc[before].is_punct:
        return []
    return [TokenRange(parsed.bounds(before).start, passage.tokens.start)]


@frozen
class Gap:
    """The unquoted tokens between two passages of one paragraph, or at its edges.

    Attributes:
        tokens: May be none, where only white space is between two passages.
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


def first_part(parsed: ParsedText, tokens: TokenRange, settings: ExtractionSettings) -> TokenRange:
    """The tokens up to the first that ends a sentence, at most a cue clause's reach."""
    reach = min(tokens.end, tokens.start + settings.max_cue_clause_tokens)
    end = next((i for i in range(tokens.start, reach) if parsed.doc[i].text in _ENDINGS), reach)
    return TokenRange(tokens.start, end)


def last_part(parsed: ParsedText, tokens: TokenRange, settings: ExtractionSettings) -> TokenRange:
    """The tokens after the last that ends a sentence, at most a cue clause's reach."""
    reach = max(tokens.start, tokens.end - settings.max_cue_clause_tokens)
    ending = next((i for i in range(tokens.end - 1, reach - 1, -1) if parsed.doc[i].text in _ENDINGS), None)
    return TokenRange(reach if ending is None else ending + 1, tokens.end)
