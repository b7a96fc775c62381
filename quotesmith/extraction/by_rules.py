"""The rule extractor: parse and lexicon, no learned parts but the spaCy pipeline's."""

from attrs import field, frozen

from quotesmith.encoder import Encoded
from quotesmith.extraction.assembler import Clues, Origin, assemble
from quotesmith.extraction.attributions import Attribution
from quotesmith.extraction.rules import find_by_rules
from quotesmith.extraction.settings import DEFAULT_EXTRACTION_SETTINGS, ExtractionSettings
from quotesmith.lexicon.reporting import ReportingLexicon, load_reporting
from quotesmith.parsed_text import ParsedText


@frozen
class RuleExtractor:
    """Finds quotes by the grammar of reporting verbs and by the place of quotation marks.

    Needs tags, lemmas, a dependency parse and named entities on the Doc.

    Attributes:
        lexicon: The reporting words.
        settings: The thresholds.
    """

    lexicon: ReportingLexicon = field(factory=load_reporting)
    settings: ExtractionSettings = DEFAULT_EXTRACTION_SETTINGS

    def __call__(
        self,
        parsed: ParsedText,
        encoded: Encoded | None = None,  # noqa: ARG002 - rules need none
        /,
    ) -> list[Attribution]:
        """The attributions in order of their content's start; takes n log n of the text's length."""
        candidates = find_by_rules(parsed, self.lexicon, self.settings)
        return assemble(parsed, candidates, Clues(self.lexicon, self.settings, Origin.RULES))
