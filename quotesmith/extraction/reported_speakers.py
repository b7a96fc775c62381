"""Speakers whom a report names as its object or passive subject: "Tass quoted Roe as saying" that she left."""

from collections.abc import Sequence

import attrs
from spacy.tokens import Token

from quotesmith.extraction.acts import find_act, find_main_word
from quotesmith.extraction.attributions import Attribution, apart
from quotesmith.extraction.rules.clauses import find_cue, find_source, is_passive, reporting_verb_above
from quotesmith.extraction.settings import ExtractionSettings
from quotesmith.lexicon.reporting import ReportingLexicon
from quotesmith.parsed_text import ParsedText
from quotesmith.records import TextSpan, TextSpans


def settle_reported_speakers(
    parsed: ParsedText, quotes: Sequence[Attribution], lexicon: ReportingLexicon, settings: ExtractionSettings
) -> list[Attribution]:
    """The attributions; what somebody is reported "as saying" is said by that one.

    "Tass quoted Roe as saying it was late" is two quotes: Tass reports that Roe says it. "Roe was quoted as saying it
    was late" is one, of Roe. Linear in the text.

    Args:
        parsed: The text; its Doc has tags, lemmas and a dependency parse.
        quotes: Attributions of all levels.
        lexicon: The reporting words.
        settings: The thresholds.
    """
    found: list[Attribution | None] = list(quotes)
    owners = {index: place for place, quote in enumerate(quotes) for span in quote.cue for index in parsed.tokens(span)}
    for place, quote in enumerate(quotes):
        said = _SaidByOther.of(parsed, quote, lexicon, settings)
        if said is None:
            continue
        owner = owners.get(said.above.i)
        above = None if owner is None or owner == place else found[owner]
        found[place] = attrs.evolve(quote, source=said.source)
        if is_passive(parsed, said.above):
            if owner is not None and above is not None and not above.source:
                found[owner] = None
                found[place] = attrs.evolve(quote, source=said.source, cue=said.whole_cue(parsed))
        elif owner is not None and above is not None:
            content = said.reported(above.content)
            # Odd texts have the verb between the words.
            if len(apart(above.cue, content)) == len(above.cue):
                found[owner] = attrs.evolve(above, content=content)
        elif owner is None:
            found.append(said.report(parsed, lexicon, settings))
    return [quote for quote in found if quote is not None]


@attrs.frozen
class _SaidByOther:
    """A quote that a verb above reports.

    Attributes:
        quote: The quote.
        verb: Its own verb, "saying".
        above: The verb above, "quoted".
        source: The words that name who speaks.
    """

    quote: Attribution
    verb: Token
    above: Token
    source: TextSpans

    @classmethod
    def of(
        cls, parsed: ParsedText, quote: Attribution, lexicon: ReportingLexicon, settings: ExtractionSettings
    ) -> "_SaidByOther | None":
        verb = find_main_word(parsed, quote.cue, lexicon) if quote.cue else None
        above = None if verb is None else reporting_verb_above(verb)
        source = None if verb is None or above is None else find_source(parsed, verb, settings)
        if verb is None or above is None or source is None:
            return None
        span = parsed.span(source.start, source.end)
        is_behind = span.end <= verb.idx < quote.content[0].start
        return cls(quote, verb, above, (span,)) if is_behind and apart((span,), quote.cue) else None

    def whole_cue(self, parsed: ParsedText) -> TextSpans:
        """The cue with the verb above; "quoted as saying" is one piece."""
        own = parsed.span(self.verb.i, self.verb.i + 1)
        if self.above.i + 2 == self.verb.i:
            return (TextSpan(self.above.idx, own.end),)
        return (parsed.span(self.above.i, self.above.i + 1), own)

    def reported(self, content: TextSpans = ()) -> TextSpans:
        """What the verb above reports: speaker, verb and words, and whatever else its content has."""
        first, *later = self.quote.content
        whole = TextSpan(self.source[0].start, first.end)
        whole = TextSpan(whole.start, max(span.end for span in (whole, *content, *later) if span.overlaps(whole)))
        # What the content above has may hold the later pieces too.
        others = apart(tuple(later), (whole,))
        return tuple(sorted((*apart(content, (whole, *others)), whole, *others)))

    def report(self, parsed: ParsedText, lexicon: ReportingLexicon, settings: ExtractionSettings) -> Attribution:
        """The quote of the verb above."""
        cue, source = find_cue(parsed, self.above), find_source(parsed, self.above, settings)
        spans = (parsed.span(cue.start, cue.end),)
        return Attribution(
            content=self.reported(),
            cue=spans,
            source=() if source is None else (parsed.span(source.start, source.end),),
            act=find_act(parsed, spans, lexicon),
            score=settings.nominal_score,
            rule="nominal",
        )
