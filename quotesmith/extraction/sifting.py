"""Quotes that the tags find and that are left out again: doubtful ones, and headings that stand twice."""

from bisect import bisect_right
from collections.abc import Sequence

from quotesmith.extraction.acts import is_known_cue
from quotesmith.extraction.attributions import Attribution
from quotesmith.lexicon.reporting import ReportingLexicon
from quotesmith.marks import ends_sentence
from quotesmith.parsed_text import ParsedText
from quotesmith.records import QuoteKind, TextSpan

# Of PolNeAR dev's doubtful quotes below this, three in eight are there at all, and one in six has its source right.
_SURE = 0.65
# Fewer words may stand twice by chance.
_LEAST_WORDS = 5


def without_doubtful(parsed: ParsedText, quotes: Sequence[Attribution], lexicon: ReportingLexicon) -> list[Attribution]:
    """The attributions without those of which only the tags' chances speak, where these are low.

    What speaks for one besides: quotation marks, or a source together with a cue that is known to report.

    Args:
        parsed: The text; its Doc has tags, lemmas and a dependency parse.
        quotes: Attributions by tags.
        lexicon: The reporting words.
    """
    return [quote for quote in quotes if quote.score >= _SURE or not _is_doubtful(parsed, quote, lexicon)]


def without_repeated_headings(parsed: ParsedText, quotes: Sequence[Attribution]) -> list[Attribution]:
    """The attributions without those in a heading that stood before, letter for letter.

    Pages show the title again below a picture or beside a link to it: nobody says it anew there. Linear in the text.
    """
    repeated = _find_repeated_headings(parsed)
    starts = [heading.start for heading in repeated]

    def is_repeated(extent: TextSpan) -> bool:
        position = bisect_right(starts, extent.start) - 1
        return position >= 0 and repeated[position].contains(extent)

    return [quote for quote in quotes if not is_repeated(quote.extent)]


def _is_doubtful(parsed: ParsedText, quote: Attribution, lexicon: ReportingLexicon) -> bool:
    return quote.kind is QuoteKind.INDIRECT and not (quote.source and is_known_cue(parsed.doc, quote.cue, lexicon))


def _find_repeated_headings(parsed: ParsedText) -> list[TextSpan]:
    """The paragraphs that no stop ends and that are the same as one before."""
    seen: set[str] = set()
    found = []
    for paragraph in parsed.paragraphs:
        words = paragraph.of(parsed.text)
        if ends_sentence(parsed.text, paragraph) or len(words.split()) < _LEAST_WORDS:
            continue
        if words in seen:
            found.append(paragraph)
        seen.add(words)
    return found
