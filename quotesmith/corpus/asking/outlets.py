"""The outlets of a corpus' documents, by their names."""

from rapidfuzz import fuzz, process

from quotesmith.corpus.asking.index import Index
from quotesmith.errors import NameNotFoundError
from quotesmith.lexicon.folding import fold_text
from quotesmith.query.names import check_string

_LISTED = 5


def find_outlet(index: Index, outlet: str) -> str:
    """The key of an outlet.

    Raises:
        NameNotFoundError: if the corpus has none of that name; lists those that are most like it.
        ArgumentError: if it isn't a string.
    """
    check_string("an outlet", outlet)
    key = fold_text(outlet)
    known = dict(index.rows("SELECT outlet_key, min(outlet) FROM documents WHERE outlet <> '' GROUP BY outlet_key"))
    if key not in known:
        close = process.extract(key, list(known), scorer=fuzz.WRatio, limit=_LISTED)
        listed = ", ".join(known[found] for found, *_ in close)
        there = f"there are {listed}" if listed else "none has any"
        msg = f"no document of this corpus has the outlet {outlet!r}; {there}"
        raise NameNotFoundError(msg)
    return key
