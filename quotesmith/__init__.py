"""quotesmith reads English text and says who said what.

import quotesmith

doc = quotesmith.read(text)
for quote in doc.quotes:
    print(doc.names(quote), quote.kind, quote.text)
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from quotesmith.corpus.reading.works import read_file
    from quotesmith.errors import QuotesmithError, QuotesmithWarning
    from quotesmith.export import open_document as open
    from quotesmith.export import open_graph
    from quotesmith.graph import QuoteGraph, build_graph
    from quotesmith.lexicon.gazetteer import GazetteerEntry
    from quotesmith.pipeline import load, pipe, read
    from quotesmith.query import QuoteSelection, find_identities, select, what_did
    from quotesmith.records import Chapter, Entity, Mention, Quote, QuoteDocument, Segment, TextSpan

__version__ = "0.1.0"

__all__ = [
    "Chapter",
    "Entity",
    "GazetteerEntry",
    "Mention",
    "Quote",
    "QuoteDocument",
    "QuoteGraph",
    "QuoteSelection",
    "QuotesmithError",
    "QuotesmithWarning",
    "Segment",
    "TextSpan",
    "build_graph",
    "find_identities",
    "load",
    "open",
    "open_graph",
    "pipe",
    "read",
    "read_file",
    "select",
    "what_did",
]

# Where each public name lives. Names are imported when first used: reading records must not wait for spaCy.
_ROOMS = {
    "Chapter": "quotesmith.records",
    "Entity": "quotesmith.records",
    "GazetteerEntry": "quotesmith.lexicon.gazetteer",
    "Mention": "quotesmith.records",
    "Quote": "quotesmith.records",
    "QuoteDocument": "quotesmith.records",
    "QuoteGraph": "quotesmith.graph",
    "QuoteSelection": "quotesmith.query",
    "QuotesmithError": "quotesmith.errors",
    "QuotesmithWarning": "quotesmith.errors",
    "Segment": "quotesmith.records",
    "TextSpan": "quotesmith.records",
    "build_graph": "quotesmith.graph",
    "find_identities": "quotesmith.query",
    "load": "quotesmith.pipeline",
    "open": "quotesmith.export",
    "open_graph": "quotesmith.export",
    "pipe": "quotesmith.pipeline",
    "read": "quotesmith.pipeline",
    "read_file": "quotesmith.corpus.reading.works",
    "select": "quotesmith.query",
    "what_did": "quotesmith.query",
}


def __getattr__(name: str) -> Any:
    if name not in _ROOMS:
        msg = f"module 'quotesmith' has no attribute {name!r}"
        raise AttributeError(msg)
    return getattr(import_module(_ROOMS[name]), "open_document" if name == "open" else name)


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
