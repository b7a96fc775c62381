"""Quotes that the tags leave without a source in their cue's sentence, with the one that grammar gives there."""

from bisect import bisect_right
from collections.abc import Sequence

import attrs
from spacy.tokens import Token

from quotesmith.extraction.acts import find_main_word, is_known_cue
from quotesmith.extraction.attributions import Attribution
from quotesmith.extraction.rules.sources import find_source
from quotesmith.lexicon.reporting import ReportingLexicon
from quotesmith.parsed_text import ParsedText
from quotesmith.records import TextSpan

_VERBS = frozenset({"VERB", "AUX"})


def with_grammars_sources(
    parsed: ParsedText, quotes: Sequence[Attribution], lexicon: ReportingLexicon
) -> list[Attribution]:
    """The attributions, those with a cue that is known to report and no source near it with who does what the cue says.

    "He voted for the bill and promptly criticised it": he. "She left. The mayor said ...": the mayor, whoever the tags
    take from the sentence before. "It is clear that" names nobody.

    Args:
        parsed: The text; its Doc has tags, lemmas and a dependency parse.
        quotes: Attributions by tags.
        lexicon: The reporting words.
    """
    sentences = [token.idx for token in parsed.doc if token.is_sent_start]
    lacking = {
        position: main
        for position, quote in enumerate(quotes)
        if quote.cue and not _has_source_near(sentences, quote) and is_known_cue(parsed.doc, quote.cue, lexicon)
        if (main := find_main_word(parsed.doc, quote.cue, lexicon)) is not None and main.pos_ in _VERBS
    }
    found = list(quotes)
    for position, main in lacking.items():
        source = _find_source(parsed, main, lexicon)
        quote = found[position]
        if source is not None and not any(source.overlaps(span) for span in (*quote.content, *quote.cue)):
            found[position] = attrs.evolve(quote, source=(source,))
    return found


def _has_source_near(sentences: Sequence[int], quote: Attribution) -> bool:
    """Whether the source reaches into the sentence of the cue; `sentences` are the characters that they start with."""
    here = bisect_right(sentences, quote.cue[0].start)
    return any(
        bisect_right(sentences, span.start) <= here <= bisect_right(sentences, span.end - 1) for span in quote.source
    )


def _find_source(parsed: ParsedText, verb: Token, lexicon: ReportingLexicon) -> TextSpan | None:
    tokens = find_source(parsed, verb)
    if tokens is None:
        return None
    if parsed.doc[tokens.start].lower_ == "it" and verb.lemma_.lower() in lexicon.copulas:
        return None
    return parsed.span(tokens.start, tokens.end)
