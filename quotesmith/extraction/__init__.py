"""Doc -> attributions: the quotes of a text, their speakers not yet known."""

from quotesmith.extraction.attributions import Attribution, Extractor

__all__ = ["Attribution", "Extractor"]
