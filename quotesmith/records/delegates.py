"""What records, selections and graphs offer and other modules do, by the name of the function.

`doc.graph()` is handy, but a record that imported networkx for it would hang on every room that reads records. So the
rooms below ask here: this is the one table of what they hand on to the rooms above, and to the codec of this
room, which imports the records that it builds. A module is imported when something in it is first used; type checkers
see the imports at once.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from quotesmith.export import write_document, write_graph
    from quotesmith.export.tables import (
        cast_chapters_to_pandas,
        cast_rows,
        cast_to_pandas,
        selection_rows,
        selection_to_pandas,
        to_pandas,
    )
    from quotesmith.graph import build_graph
    from quotesmith.marks import CLOSING_CHARACTERS, DASHES, OPENING_CHARACTERS, pair_marks
    from quotesmith.query import DocumentIndex, context_of, correct_speaker, find_cast, select
    from quotesmith.records.codec import document_from_dict, document_to_dict
    from quotesmith.render.html import (
        cast_to_html,
        document_to_html,
        entity_to_html,
        graph_to_html,
        mention_to_html,
        quote_to_html,
        segments_to_html,
        selection_to_html,
    )
    from quotesmith.render.terminal import cast_to_text

__all__ = [
    "CLOSING_CHARACTERS",
    "DASHES",
    "OPENING_CHARACTERS",
    "DocumentIndex",
    "build_graph",
    "cast_chapters_to_pandas",
    "cast_rows",
    "cast_to_html",
    "cast_to_pandas",
    "cast_to_text",
    "context_of",
    "correct_speaker",
    "document_from_dict",
    "document_to_dict",
    "document_to_html",
    "entity_to_html",
    "find_cast",
    "graph_to_html",
    "mention_to_html",
    "pair_marks",
    "quote_to_html",
    "segments_to_html",
    "select",
    "selection_rows",
    "selection_to_html",
    "selection_to_pandas",
    "to_pandas",
    "write_document",
    "write_graph",
]

_PROVIDERS = {
    "quotesmith.export": ("write_document", "write_graph"),
    "quotesmith.export.tables": (
        "cast_chapters_to_pandas",
        "cast_rows",
        "cast_to_pandas",
        "selection_rows",
        "selection_to_pandas",
        "to_pandas",
    ),
    "quotesmith.graph": ("build_graph",),
    "quotesmith.marks": ("CLOSING_CHARACTERS", "DASHES", "OPENING_CHARACTERS", "pair_marks"),
    "quotesmith.query": ("DocumentIndex", "context_of", "correct_speaker", "find_cast", "select"),
    "quotesmith.records.codec": ("document_from_dict", "document_to_dict"),
    "quotesmith.render.html": (
        "cast_to_html",
        "document_to_html",
        "entity_to_html",
        "graph_to_html",
        "mention_to_html",
        "quote_to_html",
        "segments_to_html",
        "selection_to_html",
    ),
    "quotesmith.render.terminal": ("cast_to_text",),
}
_PROVIDER_OF = {name: room for room, names in _PROVIDERS.items() for name in names}

if not TYPE_CHECKING:

    def __getattr__(name: str) -> object:
        if name not in _PROVIDER_OF:
            msg = f"module {__name__!r} has no attribute {name!r}"
            raise AttributeError(msg)
        found = getattr(import_module(_PROVIDER_OF[name]), name)
        # From now on it is found without this function.
        globals()[name] = found
        return found
