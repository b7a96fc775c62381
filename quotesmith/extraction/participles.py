"""Whose words a participle reports: not those of the one who is asked, nor of the one who sees another speak."""

from collections.abc import Sequence
from typing import Final

import attrs
from spacy.tokens import Token

from quotesmith.extraction.acts import find_lemma, find_main_word
from quotesmith.extraction.attributions import Attribution
from quotesmith.extraction.rules.clauses import find_subject
from quotesmith.lexicon.people import PeopleLexicon
from quotesmith.lexicon.reporting import ReportingLexicon
from quotesmith.parsed_text import ParsedText
from quotesmith.records import TextSpan

_PARTICIPLE_TAGS: Final = frozenset({"VBD", "VBN"})
_PHRASE_TAGS: Final = frozenset({"CD", "DT", "JJ", "NN", "NNP", "NNPS", "NNS", "POS", "PRP", "PRP$"})
# Keep work linear: tokens of a noun phrase, and from a participle back to the one before it.
_LONGEST_PHRASE: Final = 8
_LONGEST_CLAUSE: Final = 24


def settle_participles(
    parsed: ParsedText, quotes: Sequence[Attribution], lexicon: ReportingLexicon, people: PeopleLexicon
) -> list[Attribution]:
    """The attributions, those that a participle without a subject reports with the source that it means.

    "Asked whether it would close, Roe laughed.": no source. "Roe remembers Bell weeping, saying it was late.": Bell.

    Args:
        parsed: The text; its Doc has tags, lemmas and a dependency parse.
        quotes: Attributions of all levels.
        lexicon: The reporting words.
        people: Verbs whose object is spoken to.
    """
    return [_settled(parsed, quote, lexicon, people) for quote in quotes]


def _settled(parsed: ParsedText, quote: Attribution, lexicon: ReportingLexicon, people: PeopleLexicon) -> Attribution:
    main = find_main_word(parsed, quote.cue, lexicon) if quote.cue and quote.source else None
    if main is None or find_subject(parsed, main) is not None:
        return quote
    if main.tag_ in _PARTICIPLE_TAGS and main.is_sent_start and find_lemma(main, lexicon) in people.addressing_verbs:
        hearer = find_subject(parsed, main.head) if main.head.i > main.i else None
        return attrs.evolve(quote, source=()) if hearer is not None and _holds(quote, hearer) else quote
    if main.tag_ != "VBG" or main.i == 0 or main.nbor(-1).text != ",":
        return quote
    speaker = _seen(parsed, main, lexicon)
    is_other = speaker is not None and all(span.end <= speaker.start for span in quote.source)
    return attrs.evolve(quote, source=(speaker,)) if speaker is not None and is_other else quote


def _holds(quote: Attribution, noun: Token) -> bool:
    return any(span.start <= noun.idx < span.end for span in quote.source)


def _seen(parsed: ParsedText, cue: Token, lexicon: ReportingLexicon) -> TextSpan | None:
    """The one who does what another participle before a cue says, and whom somebody sees, hears or remembers so."""
    bounds = parsed.bounds(cue.i)
    for index in range(cue.i - 2, max(bounds.start, cue.i - _LONGEST_CLAUSE) - 1, -1):
        doing = parsed.doc[index]
        subject = find_subject(parsed, doing) if doing.tag_ == "VBG" else None
        if subject is None or subject.i != index - 1 or subject.tag_ not in _PHRASE_TAGS:
            continue
        start = subject.i
        while start > max(bounds.start, index - _LONGEST_PHRASE) and parsed.doc[start - 1].tag_ in _PHRASE_TAGS:
            start -= 1
        is_seen = start > bounds.start and find_lemma(parsed.doc[start - 1], lexicon) in lexicon.perceiving
        return parsed.span(start, subject.i + 1) if is_seen else None
    return None
