"""Where a document was published: its meta's outlet."""

from collections.abc import Mapping

from rapidfuzz import fuzz, process

from quotesmith.errors import NameNotFoundError
from quotesmith.lexicon.folding import fold_text
from quotesmith.query.names import check_string
from quotesmith.records import QuoteDocument

_OUTLETS_LISTED = 5


def document_outlet(document: QuoteDocument) -> str:
    """The document's `meta["outlet"]`; empty where it has none."""
    outlet = document.meta.get("outlet")
    return outlet if isinstance(outlet, str) else ""


def find_outlet(outlet: str, known: Mapping[str, str], where: str) -> str:
    """The folded name of an outlet.

    Args:
        outlet: The name that is asked for.
        known: The outlets that there are, by their folded names.
        where: Whose documents were looked through, for the error: "of this corpus".

    Raises:
        NameNotFoundError: if there is none of that name; lists the most similar ones.
        ArgumentError: if it isn't a string.
    """
    check_string("an outlet", outlet)
    key = fold_text(outlet)
    if key not in known:
        similar = process.extract(key, list(known), scorer=fuzz.WRatio, limit=_OUTLETS_LISTED)
        listed = ", ".join(known[found] for found, *_ in similar)
        there = f"there are {listed}" if listed else "none has any"
        msg = f"no document {where} has the outlet {outlet!r}; {there}"
        raise NameNotFoundError(msg)
    return key
