"""The narrator's words in brackets inside speech: “Ah! (shaking his head) the uncertainty!”."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

import attrs
from spacy.tokens import Token

from quotesmith.extraction.attributions import Attribution
from quotesmith.lexicon.reporting import ReportingLexicon
from quotesmith.parsed_text import ParsedText
from quotesmith.records import TextSpan

_BRACKET_RUN: Final = re.compile(r"\([^()]{2,160}\)")
_AT_START: Final = " \t\n\r\u00a0,.;:—―–-"
_SPACE: Final = " \t\n\r\u00a0"
_OUTERMOST: Final = 2
_OWN_PERSONS: Final = ("Person=1", "Person=2")
_OPEN_TAGS: Final = frozenset({"DT", "IN", "TO"})
_PRONOUN_TAGS: Final = frozenset({"PRP", "PRP$"})


def cut_asides(parsed: ParsedText, quotes: Iterable[Attribution], lexicon: ReportingLexicon) -> list[Attribution]:
    """The attributions, their words between marks without what the narrator tells in brackets.

    "(lowering her voice)", "(with a smile)" and "(to Emma)" are the narrator's, "(as you know)" is the speaker's own.
    Linear in the text.

    Args:
        parsed: The text; its Doc has tags.
        quotes: Its attributions.
        lexicon: The reporting words.
    """
    return [
        attrs.evolve(quote, content=tuple(part for span in quote.content for part in _parts(parsed, span, lexicon)))
        for quote in quotes
    ]


def _parts(parsed: ParsedText, span: TextSpan, lexicon: ReportingLexicon) -> Iterator[TextSpan]:
    text, start = parsed.text, span.start
    for bracketed in _BRACKET_RUN.finditer(text, span.start, span.end):
        if parsed.marked_words.levels[bracketed.start() + 1] != _OUTERMOST:
            continue
        words = parsed.words((TextSpan(bracketed.start() + 1, bracketed.end() - 1),))
        before = text[start : bracketed.start()].rstrip(_SPACE)
        behind = text[bracketed.end() : span.end].lstrip(_AT_START)
        if any(map(str.isalnum, before)) and any(map(str.isalnum, behind)) and _is_told(words, lexicon):
            yield TextSpan(start, start + len(before))
            start = span.end - len(behind)
    yield TextSpan(start, span.end)


def _is_told(words: Sequence[Token], lexicon: ReportingLexicon) -> bool:
    """Whether the words tell how or to whom somebody speaks, and the speaker says neither "I" nor "you" in them."""
    if not words or any(_is_own(word) for word in words):
        return False
    first, others = words[0], words[1:]
    if first.tag_ == "VBG" and first.pos_ == "VERB":
        # What an editor puts in, "(using)" or "(going with the)", is part of the sentence.
        return words[-1].tag_ not in _OPEN_TAGS if others else first.lemma_.lower() in lexicon.manner
    if first.tag_ not in {"IN", "TO"} or not others:
        return False
    is_name = all(word.tag_ in {"NNP", "NNPS"} for word in others)
    how = others[0].tag_ == "DT" and any(word.lemma_.lower() in lexicon.manner_nouns for word in others)
    return how or (is_name and first.lower_ in lexicon.addressing_prepositions)


def _is_own(word: Token) -> bool:
    return word.tag_ in _PRONOUN_TAGS and any(person in str(word.morph) for person in _OWN_PERSONS)
