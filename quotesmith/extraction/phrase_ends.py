"""Reported words that stop in the middle of a phrase: "any closed political and" goes on to its noun."""

from collections.abc import Container, Sequence
from typing import Final

import attrs
from spacy.tokens import Token

from quotesmith.extraction.attributions import Attribution
from quotesmith.extraction.settings import ExtractionSettings
from quotesmith.parsed_text import ParsedText
from quotesmith.records import TextSpan

_UNFINISHED_TAGS: Final = frozenset({"CC", "CD", "DT", "IN", "JJ", "JJR", "JJS", "POS", "PRP$", "TO"})
_NOUN_MODIFIERS: Final = frozenset({"amod", "compound", "det", "nmod", "nummod", "poss"})


def finish_phrases(
    parsed: ParsedText, quotes: Sequence[Attribution], settings: ExtractionSettings
) -> list[Attribution]:
    """The attributions; a content that a modifier, a conjunction or a preposition ends reaches to the noun behind it.

    With the noun come the prepositions right behind it ("alliance in the Pacific"). What is between marks is left to
    these, and no content grows over punctuation, or over a cue or a source.

    Args:
        parsed: The text; its Doc has a dependency parse.
        quotes: Attributions of the outermost level.
        settings: The thresholds.
    """
    named = {i for quote in quotes for span in (*quote.cue, *quote.source) for i in parsed.tokens(span)}
    return [_finished(parsed, quote, named, settings) for quote in quotes]


def _finished(
    parsed: ParsedText, quote: Attribution, named: Container[int], settings: ExtractionSettings
) -> Attribution:
    words = parsed.words(quote.content)
    if not words or words[-1].tag_ not in _UNFINISHED_TAGS or parsed.passage_at[words[-1].i] >= 0:
        return quote
    last = words[-1]
    end = _phrase_end(last)
    grown = range(last.i + 1, end.i + 1)
    if len(grown) > settings.max_phrase_tail_tokens or any(i in named or _parts(parsed.doc[i]) for i in grown):
        return quote
    *others, span = quote.content
    stop = end.idx + len(end)
    return attrs.evolve(quote, content=(*others, TextSpan(span.start, stop))) if stop > span.end else quote


def _phrase_end(word: Token) -> Token:
    """The last word of the phrase that a word stands in before its noun; the word itself where no noun is behind."""
    noun = _complement(word)
    while (behind := _noun_behind(noun)) is not None:
        noun = behind
    if noun.i <= word.i:
        return word
    end = noun
    while (behind := _object_behind(end)) is not None:
        end = behind
    return end


def _noun_behind(word: Token) -> Token | None:
    """The word behind it that it, or what it is joined to ("closed and military"), belongs to as a modifier."""
    first = word
    while first.dep_ == "conj":
        first = first.head
    return first.head if first.dep_ in _NOUN_MODIFIERS and first.head.i > word.i else None


def _complement(word: Token) -> Token:
    """What a conjunction joins on, or the object of a preposition; else what the word belongs to."""
    sort = {"cc": "conj", "prep": "pobj"}.get(word.dep_)
    holder = word.head if word.dep_ == "cc" else word
    behind = [child for child in holder.children if child.dep_ == sort and child.i > word.i]
    return behind[0] if behind else word.head


def _object_behind(word: Token) -> Token | None:
    """The object of the preposition that follows a word and belongs to it."""
    return next(
        (
            child
            for preposition in word.children
            if preposition.dep_ == "prep" and preposition.i == word.i + 1
            for child in preposition.children
            if child.dep_ == "pobj"
        ),
        None,
    )


def _parts(word: Token) -> bool:
    """Whether it is a mark that parts phrases; hyphens and apostrophes don't."""
    return word.is_space or (word.is_punct and word.text not in {"-", "'", "’"})
