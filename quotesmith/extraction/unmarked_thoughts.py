"""Thought that no marks show: "Was it possible, Lucy wondered, that he knew?", "I must go, she thought."."""

from collections.abc import Iterator, Sequence
from typing import Final

from quotesmith.extraction.acts import find_lemma
from quotesmith.extraction.attributions import Attribution, overlaps_any
from quotesmith.extraction.insertions import InsertedClause, read_inserted_clause
from quotesmith.extraction.settings import ExtractionSettings
from quotesmith.lexicon.reporting import ReportingLexicon
from quotesmith.marks import DASHES
from quotesmith.parsed_text import OUTSIDE_PASSAGES, ParsedText, TokenRange
from quotesmith.records import Act, TextSpan

_BEFORE_REMARK: Final = frozenset({",", "?", "!", "…", "..."})
_BEHIND_REMARK: Final = frozenset({",", ".", "…", "..."})
_ENDED: Final = frozenset({"?", "!", "…", "..."})
_THOUGHT_ENDS: Final = frozenset({";", ":"})
_TENSED: Final = frozenset({"VBD", "VBZ"})
_JOINING: Final = frozenset({"IN", "WDT", "WP", "WRB"})
_NAMING_TAGS: Final = frozenset({"DT", "NNP", "NNPS", "PRP", "PRP$"})
_TOLD_TAGS: Final = frozenset({"VBG", "VBN", "WDT", "WP"})


def add_unmarked_thoughts(
    parsed: ParsedText,
    quotes: Sequence[Attribution],
    lexicon: ReportingLexicon,
    settings: ExtractionSettings,
) -> list[Attribution]:
    """The attributions, and the thoughts that a clause inserted in a sentence without marks gives to somebody.

    What overlaps another's words stays the other's. "You know" and "I suppose" are ways to speak, no reports; "I
    thought" is one. Linear in the text.

    Args:
        parsed: The text; its Doc has tags, lemmas and sentences.
        quotes: Its attributions.
        lexicon: The reporting words.
        settings: The thresholds.
    """
    taken = sorted(span for quote in quotes for span in (*quote.content, *quote.cue))
    merged: list[TextSpan] = []
    for span in taken:
        if not merged or span.end > merged[-1].end:
            start = span.start if not merged else max(span.start, merged[-1].end)
            merged.append(TextSpan(start, span.end))
    found: list[Attribution] = []
    for thought in _find_thoughts(parsed, lexicon, settings):
        words = (*thought.content, *thought.cue, *thought.source)
        # Two clauses in one sentence: the first has it.
        is_first = not found or found[-1].extent.end <= thought.content[0].start
        if is_first and not any(overlaps_any(span, merged) for span in words):
            found.append(thought)
    return [*quotes, *found]


def _find_thoughts(
    parsed: ParsedText, lexicon: ReportingLexicon, settings: ExtractionSettings
) -> Iterator[Attribution]:
    if parsed.layout.turns:
        return
    for token in parsed.doc:
        if (
            token.tag_ not in _TENSED
            or parsed.is_quoted(token)
            or find_lemma(token, lexicon) not in lexicon.musing | lexicon.believing
        ):
            continue
        tokens = _clause_around(parsed, token.i, settings)
        clause = None if tokens is None else read_inserted_clause(parsed, tokens, lexicon, settings)
        if tokens is None or clause is None or clause.verb.i != token.i:
            continue
        if not (_is_told(parsed, clause) and _is_inserted(parsed, tokens, clause, lexicon)):
            continue
        ranges = [part for part in _content(parsed, tokens, settings) if parsed.has_words(part)]
        if ranges and ranges[0].start < tokens.start:
            yield Attribution(
                content=tuple(parsed.span(part.start, part.end) for part in ranges),
                cue=(parsed.span(clause.cue.start, clause.cue.end),),
                source=(parsed.span(clause.source.start, clause.source.end),),
                act=Act.THOUGHT,
                score=settings.thought_score,
                rule="thought",
            )


def _clause_around(parsed: ParsedText, index: int, settings: ExtractionSettings) -> TokenRange | None:
    """The tokens between the marks on both sides of a verb; None where none are near or they are no comma or stop."""
    first = max(0, index - settings.max_inserted_tokens)
    start = next((i + 1 for i in range(index - 1, first - 1, -1) if _parts(parsed, i)), None)
    last = min(len(parsed.doc), index + settings.max_inserted_tokens + 1)
    end = next((i for i in range(index + 1, last) if _parts(parsed, i)), None)
    if start is None or end is None or not _may_open(parsed, start - 1) or not _may_close(parsed, end):
        return None
    return TokenRange(start, end)


def _parts(parsed: ParsedText, index: int) -> bool:
    text = parsed.doc[index].text
    return (
        text in _BEFORE_REMARK | _BEHIND_REMARK | _THOUGHT_ENDS
        or _is_dash(text)
        or parsed.passage_at[index] != OUTSIDE_PASSAGES
    )


def _may_open(parsed: ParsedText, index: int) -> bool:
    text = parsed.doc[index].text
    return parsed.passage_at[index] == OUTSIDE_PASSAGES and (text in _BEFORE_REMARK or _is_dash(text))


def _may_close(parsed: ParsedText, index: int) -> bool:
    text = parsed.doc[index].text
    return parsed.passage_at[index] == OUTSIDE_PASSAGES and (text in _BEHIND_REMARK | _THOUGHT_ENDS or _is_dash(text))


def _is_dash(text: str) -> bool:
    return bool(text) and text != "-" and all(character in DASHES for character in text)


def _is_told(parsed: ParsedText, clause: InsertedClause) -> bool:
    """Whether the narrator tells of somebody's thought: of a third person's, or of what "I" once thought."""
    who = str(parsed.doc[clause.source.start].morph)
    return "Person=2" not in who and ("Person=1" not in who or clause.verb.tag_ == "VBD")


def _is_inserted(parsed: ParsedText, tokens: TokenRange, clause: InsertedClause, lexicon: ReportingLexicon) -> bool:
    """Whether the clause is a remark in a sentence, rather than the sentence of which the rest is a part.

    Not so "As he thought of it", "when she came, she felt", "felt the cold", nor "How dark! He felt calm.".
    """
    doc, verb = parsed.doc, clause.verb
    behind = doc[max(clause.cue.end, clause.source.end) : tokens.end]
    if not all(word.tag_ == "RB" or word.is_space for word in behind):
        return False
    if any(child.dep_ == "advcl" and child.i < tokens.start for child in verb.children):
        return False
    is_musing = find_lemma(verb, lexicon) in lexicon.musing
    ends = doc[tokens.start - 1].text in _ENDED
    if ends and not (is_musing and doc[tokens.end].text == "."):
        return False
    source = doc[clause.source.start]
    is_inverted = verb.i < source.i
    # "Thought nothing of it": behind the verb stands who thinks only where a name, a pronoun or a "the" begins it.
    return source.tag_ not in _JOINING and not (is_inverted and (not is_musing or source.tag_ not in _NAMING_TAGS))


def _content(parsed: ParsedText, clause: TokenRange, settings: ExtractionSettings) -> list[TokenRange]:
    """What is thought: before the clause, and behind a comma or dash what isn't told of the one who thinks."""
    before = _part_before(parsed, clause, settings)
    if before is None:
        return []
    mark = parsed.doc[clause.end].text
    goes_on = clause.end + 1 < len(parsed.doc) and (mark == "," or _is_dash(mark))
    if (
        not goes_on
        or parsed.doc[clause.start - 1].text in _ENDED
        or not _resumes(parsed, _behind_space(parsed, clause.end + 1))
    ):
        return [before]
    first, last = _behind_space(parsed, clause.end + 1), min(len(parsed.doc), clause.end + settings.max_thought_tokens)
    end = first
    while end < last and parsed.passage_at[end] == OUTSIDE_PASSAGES and not _ends_part(parsed, end, first):
        end += 1
    return [before, TokenRange(first, end)]


def _part_before(parsed: ParsedText, clause: TokenRange, settings: ExtractionSettings) -> TokenRange | None:
    """The words of the sentence before the clause; None where they are partly between marks, or endless."""
    end = clause.start - 1
    # A question or a call ends its sentence before the clause that tells whose it is.
    sentence = parsed.sentences[end]
    paragraph = parsed.paragraph_tokens[parsed.paragraph_at(parsed.starts[clause.end - 1])].start
    start = end
    while (
        start > paragraph
        and parsed.sentences[start - 1] == sentence
        and parsed.doc[start - 1].text not in _THOUGHT_ENDS
    ):
        start -= 1
        if parsed.passage_at[start] != OUTSIDE_PASSAGES or end - start > settings.max_thought_tokens:
            return None
    kept = end + 1 if parsed.doc[end].text in _ENDED else end
    start = _behind_space(parsed, start)
    return TokenRange(start, kept) if start < end else None


def _resumes(parsed: ParsedText, index: int) -> bool:
    """Whether the thought goes on at a token: "closing the book" and "and left" tell of the one who thinks."""
    word = parsed.doc[index]
    joined = index + 1 < len(parsed.doc) and parsed.doc[index + 1].tag_ == "VBD"
    return word.tag_ not in _TOLD_TAGS and not (word.tag_ == "CC" and joined)


def _behind_space(parsed: ParsedText, index: int) -> int:
    return index + 1 if index + 1 < len(parsed.doc) and parsed.doc[index].is_space else index


def _ends_part(parsed: ParsedText, index: int, first: int) -> bool:
    is_next = index > first and parsed.sentences[index] != parsed.sentences[first]
    return is_next or parsed.doc[index].text in _THOUGHT_ENDS | {"."}
