"""How a QuoteDocument lies on a Doc: as plain JSON data on a span group, read back by `doc._.quotes`, and as spans.

Plain data survives `to_bytes`, DocBin and other processes; objects on `doc._` would not.
"""

from collections.abc import Iterator, Mapping, MutableMapping
from typing import Any
from weakref import WeakKeyDictionary

from spacy.tokens import Doc, Span, SpanGroup

from quotesmith.errors import InvalidRecordError, OptionError
from quotesmith.records import QuoteDocument, TextSpans

GROUP = "quotes"
MENTIONS = "mentions"
_DATA_KEY = "quotesmith"
# What was last read from a Doc, with the data that it was read from: other data is another annotation. It is kept
# beside the Docs, and not on them, so that it is never serialized, and goes when the Doc does.
_DECODED: MutableMapping[Doc, tuple[Any, QuoteDocument]] = WeakKeyDictionary()


def register_extensions() -> None:
    """Make `doc._.quotes` known to spaCy; a second call does nothing.

    Raises:
        OptionError: if something else has taken that name.
    """
    if not Doc.has_extension(GROUP):
        Doc.set_extension(GROUP, getter=read_annotation)
    elif Doc.get_extension(GROUP)[2] is not read_annotation:
        msg = "doc._.quotes is taken by another component; remove it with Doc.remove_extension('quotes')"
        raise OptionError(msg)


def annotate(doc: Doc, document: QuoteDocument) -> None:
    """Write the document to `doc.spans`, in two groups of its own.

    "quotes" has one span for each piece of content, with the quote's kind as label and its id as `id_`. "mentions" has
    one span for each piece of a mention, with the entity's kind as label, the entity's id as `kb_id_` and the
    mention's id as `id_`: mentions of one entity share a `kb_id_`. A span that cuts a token is widened to all of it.

    Raises:
        InvalidRecordError: if the document's text is not the Doc's.
    """
    if document.text != doc.text:
        msg = f"the document's text begins {document.text[:40]!r}, but the Doc's {doc.text[:40]!r}"
        raise InvalidRecordError(msg)
    quotes = [
        span
        for quote in document.quotes
        for span in _spans(doc, quote.content, label=quote.kind.value, span_id=quote.id)
    ]
    mentions = [
        span
        for mention in document.mentions
        for span in _spans(
            doc,
            mention.spans,
            label=document.entity(mention.entity).kind.value,
            kb_id=mention.entity,
            span_id=mention.id,
        )
    ]
    # The Doc has the text already.
    data = {key: value for key, value in document.to_dict().items() if key != "text"}
    data["meta"] = _as_saved(data["meta"])
    doc.spans[GROUP] = SpanGroup(doc, name=GROUP, spans=quotes, attrs={_DATA_KEY: data})
    doc.spans[MENTIONS] = SpanGroup(doc, name=MENTIONS, spans=mentions)
    # What is read now must be what is read from the saved Doc.
    if data["meta"] == document.meta:
        _DECODED[doc] = data, document
    else:
        _DECODED.pop(doc, None)


def _as_saved(value: Any) -> Any:
    """The JSON data with lists for tuples, as `to_bytes` leaves it."""
    if isinstance(value, list | tuple):
        return [_as_saved(item) for item in value]
    return {key: _as_saved(item) for key, item in value.items()} if isinstance(value, dict) else value


def _spans(doc: Doc, pieces: TextSpans, *, label: str, span_id: str, kb_id: str = "") -> Iterator[Span]:
    """The tokens of each piece, as a span."""
    for piece in pieces:
        tokens = doc.char_span(piece.start, piece.end, alignment_mode="expand")
        if tokens is not None:
            yield Span(doc, tokens.start, tokens.end, label=label, kb_id=kb_id, span_id=span_id)


def read_annotation(doc: Doc) -> QuoteDocument | None:
    """The document that `annotate` wrote; None where the Doc has none.

    It is decoded once, and again when the span group or its data is replaced. To change something, its `meta` too,
    annotate again with a new document: what is changed in place is neither saved nor copied with the Doc.

    Raises:
        FormatError: if the data is no document, because something else wrote it.
    """
    if GROUP not in doc.spans or _DATA_KEY not in doc.spans[GROUP].attrs:
        return None
    data = doc.spans[GROUP].attrs[_DATA_KEY]
    source, document = _DECODED.get(doc, (None, None))
    if document is None or source is not data:
        document = QuoteDocument.from_dict({**data, "text": doc.text} if isinstance(data, Mapping) else data)
        _DECODED[doc] = data, document
    return document
