"""The learned extractor: the encoder's tags say what is speech, its links whose, the quotation marks where it ends."""

from collections.abc import Sequence
from functools import partial

import attrs

from quotesmith.encoder import Encoded, Encoder, LevelScores
from quotesmith.extraction.acts import find_act
from quotesmith.extraction.assembler import Clues, Origin, assemble
from quotesmith.extraction.attributions import Attribution, nest
from quotesmith.extraction.fragments import SpeechPlaces
from quotesmith.extraction.inner_quotes import find_inner_quotes
from quotesmith.extraction.linking import Linked, find_quotes
from quotesmith.extraction.nested_sources import detach_nested_sources
from quotesmith.extraction.rules import find_by_rules
from quotesmith.extraction.scores import Calibration, read_calibration
from quotesmith.extraction.settings import DEFAULT_EXTRACTION_SETTINGS, ExtractionSettings
from quotesmith.lexicon.reporting import ReportingLexicon, load_reporting
from quotesmith.parsed_text import ParsedText


@attrs.frozen
class LearnedExtractor:
    """Finds quotes with a small encoder trained on news and novels (see the card beside its weights).

    Needs tags, lemmas, a dependency parse and named entities on the Doc: for act and assertion, and for the rules that
    give a cue where the tags give none.

    Attributes:
        encoder: Gives tags and links.
        lexicon: The reporting words.
        calibration: Makes scores of probabilities.
        settings: The thresholds.
    """

    encoder: Encoder = attrs.field(factory=Encoder)
    lexicon: ReportingLexicon = attrs.field(factory=load_reporting)
    calibration: Calibration = attrs.field()
    settings: ExtractionSettings = DEFAULT_EXTRACTION_SETTINGS

    @calibration.default
    def _shipped_calibration(self) -> Calibration:
        return read_calibration(self.encoder.path)

    def __call__(self, parsed: ParsedText, encoded: Encoded | None = None, /) -> list[Attribution]:
        """The attributions in order of their content's start; linear in the text's length."""
        outermost, nested = self._levels(parsed, encoded)
        outer = self._find_outer(parsed, outermost)
        inner = find_inner_quotes(parsed, nested, outer, self.settings)
        clues = Clues(
            lexicon=self.lexicon,
            settings=self.settings,
            origin=Origin.TAGS,
            inner=[self._describe(parsed, quote) for quote in inner],
            find_by_rules=partial(_find_by_rules, parsed, self.lexicon, self.settings),
        )
        return assemble(parsed, [self._describe(parsed, quote) for quote in outer], clues)

    def find_candidates(self, parsed: ParsedText, encoded: Encoded | None = None) -> list[Attribution]:
        """The outermost attributions as the tags and links alone give them, before any repair but the first."""
        outer = self._find_outer(parsed, self._levels(parsed, encoded)[0])
        return detach_nested_sources(parsed, [self._describe(parsed, quote) for quote in outer], self.lexicon)

    def _levels(self, parsed: ParsedText, encoded: Encoded | None) -> Sequence[LevelScores]:
        return (self.encoder(parsed.text, parsed.marks) if encoded is None else encoded).levels

    def _find_outer(self, parsed: ParsedText, level: LevelScores) -> list[Linked]:
        places = SpeechPlaces.outermost(level.pieces, parsed.marks, parsed.furniture)
        return find_quotes(level, parsed.text, places, self.settings)

    def _describe(self, parsed: ParsedText, quote: Linked) -> Attribution:
        """The attribution of linked fragments."""
        cue = () if quote.cue is None else (quote.cue.span,)
        return Attribution(
            content=tuple(part.span for part in quote.contents),
            cue=cue,
            source=() if quote.source is None else (quote.source.span,),
            act=find_act(parsed, cue, self.lexicon),
            score=self.calibration(quote),
            rule="tags",
        )


def _find_by_rules(parsed: ParsedText, lexicon: ReportingLexicon, settings: ExtractionSettings) -> list[Attribution]:
    return nest(parsed, find_by_rules(parsed, lexicon, settings))
