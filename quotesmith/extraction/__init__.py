"""Doc -> attributions: the quotes of a text, their speakers not yet known."""

from quotesmith.extraction.attributions import Attribution, Extractor
from quotesmith.extraction.by_rules import RuleExtractor
from quotesmith.extraction.learned import LearnedExtractor
from quotesmith.extraction.settings import ExtractionSettings
from quotesmith.extraction.speech_layout.families import LayoutReader
from quotesmith.extraction.text_style import TextStyle, decide_style

__all__ = [
    "Attribution",
    "ExtractionSettings",
    "Extractor",
    "LayoutReader",
    "LearnedExtractor",
    "RuleExtractor",
    "TextStyle",
    "decide_style",
]
