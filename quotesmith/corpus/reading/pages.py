"""The text of a page of HTML, without what stands around it."""

from importlib.util import find_spec
from typing import Any

from attrs import evolve

from quotesmith.corpus.reading.rows import Fault, InputDocument
from quotesmith.errors import MissingPackageError

# What a document's meta calls what trafilatura finds.
_FOUND = {"title": "title", "date": "date", "outlet": "sitename", "url": "url", "author": "author"}


def readable(document: InputDocument) -> InputDocument | Fault:
    """The document with the text and meta of its markup, or itself where it has none.

    Paragraphs are parted by blank lines. A page without any text is a fault.

    Raises:
        MissingPackageError: if there is markup, and trafilatura isn't installed.
    """
    if document.markup is None:
        return document
    page = _extracted(document.markup)
    if page is None or not page.text:
        return Fault(document.place, "no text is found in the page")
    found = {name: getattr(page, key) for name, key in _FOUND.items()}
    meta = {name: value for name, value in found.items() if value}
    text = page.text.replace("\n", "\n\n")
    return evolve(document, text=text, meta={**meta, **document.meta}, markup=None)


def need_trafilatura() -> None:
    """Nothing, or `MissingPackageError` where trafilatura isn't installed."""
    if find_spec("trafilatura") is None:
        msg = "HTML needs trafilatura; install it with: pip install 'quotesmith[html]'"
        raise MissingPackageError(msg)


def _extracted(markup: bytes) -> Any:
    need_trafilatura()
    import trafilatura

    return trafilatura.bare_extraction(markup, with_metadata=True, include_comments=False)
