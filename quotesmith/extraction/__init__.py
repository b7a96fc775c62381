"""Doc -> attributions: the quotes of a text, their speakers not yet known."""

from quotesmith.extraction.attributions import Attribution, Extractor
from quotesmith.extraction.by_rules import RuleExtractor
from quotesmith.extraction.learned import LearnedExtractor

__all__ = ["Attribution", "Extractor", "LearnedExtractor", "RuleExtractor"]
