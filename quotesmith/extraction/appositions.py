"""Sources that stop before the name in apposition: "the vet" of "according to the vet, Ann Roe."."""

from collections.abc import Sequence
from typing import Final

import attrs
from spacy.tokens import Token

from quotesmith.extraction.attributions import Attribution
from quotesmith.extraction.settings import ExtractionSettings
from quotesmith.lexicon.folding import fold
from quotesmith.lexicon.people import PeopleLexicon
from quotesmith.parsed_text import ParsedText
from quotesmith.records import TextSpan

# One person or thing: "the police, Interpol and the mayor" are several.
_SINGULAR_TAGS: Final = frozenset({"CD", "NN"})
_CLAUSE_STOPS: Final = frozenset('.;:?!)—–”"')


def complete_appositions(
    parsed: ParsedText, quotes: Sequence[Attribution], people: PeopleLexicon, settings: ExtractionSettings
) -> list[Attribution]:
    """The attributions; a source that a singular noun heads goes on over a comma to the name that ends the clause.

    "the vet" of "according to the vet, Ann Roe." and of "said the vet, Ann Roe, on Friday": the name too; but not of
    "according to the vet, Ann Roe was ill" nor of "said the vet, Ann Roe, Bo Lee and others".

    Args:
        parsed: The text; its Doc has tags and a dependency parse.
        quotes: Attributions of all levels.
        people: Words that stand in names, and days, which are none.
        settings: The thresholds.
    """
    return [
        attrs.evolve(
            quote,
            source=tuple(_with_name(parsed, span, quote, people, settings.max_name_tokens) for span in quote.source),
        )
        for quote in quotes
    ]


def _with_name(parsed: ParsedText, span: TextSpan, quote: Attribution, people: PeopleLexicon, longest: int) -> TextSpan:
    tokens = parsed.token_range(span)
    if len(tokens) == 0:
        return span
    last = tokens.end - 1
    comma = last if parsed.doc[last].text == "," else last + 1
    if comma == tokens.start or parsed.doc[tokens.start : comma].root.tag_ not in _SINGULAR_TAGS:
        return span
    end = _name_end(parsed, comma, people, longest)
    if end is None:
        return span
    whole = TextSpan(span.start, max(span.end, parsed.ends[end - 1]))
    return span if any(whole.overlaps(other) for other in (*quote.content, *quote.cue)) else whole


def _name_end(parsed: ParsedText, comma: int, people: PeopleLexicon, longest: int) -> int | None:
    """The end of the name between a comma and the end of its clause; None where no name stands there."""
    doc = parsed.doc
    start = end = comma + 1
    if end >= len(doc) or doc[comma].text != ",":
        return None
    while end < min(len(doc), start + longest) and _may_stand_in_name(doc[end], people):
        end += 1
    names = [word for word in doc[start:end] if word.pos_ == "PROPN" and fold(word.text) not in people.calendar]
    is_name = bool(names) and doc[start].text[:1].isupper() and doc[end - 1].text[:1].isupper()
    return end if is_name and _ends_clause(parsed, end) else None


def _may_stand_in_name(word: Token, people: PeopleLexicon) -> bool:
    has_capital = word.text[:1].isupper() and word.pos_ != "PRON" and not word.is_sent_start
    return has_capital or fold(word.text) in people.particles


def _ends_clause(parsed: ParsedText, end: int) -> bool:
    """Whether a clause ends before the token: at a stop, or at a comma behind which no list goes on."""
    doc = parsed.doc
    if end == len(doc) or doc[end].is_sent_start or doc[end].is_space or doc[end].text[0] in _CLAUSE_STOPS:
        return True
    if doc[end].text != ",":
        return False
    behind = [*doc[end + 1 : end + 3]]
    joined = behind[1:] if behind and behind[0].pos_ == "CCONJ" else behind[:1]
    return not any(word.text[:1].isupper() for word in joined)
