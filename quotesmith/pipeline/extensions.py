"""How a QuoteDocument lies on a Doc: as plain JSON data on a span group, read back by `doc._.quotes`.

Plain data survives `to_bytes`, DocBin and other processes; objects on `doc._` would not.
"""

from spacy.tokens import Doc, Span, SpanGroup

from quotesmith.errors import InvalidRecordError, OptionError
from quotesmith.records import QuoteDocument

GROUP = "quotes"
_DATA = "quotesmith"


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
    """Write the document to `doc.spans["quotes"]`: one span a piece of content, labelled with the quote's kind.

    Raises:
        InvalidRecordError: if the document's text is not the Doc's.
    """
    if document.text != doc.text:
        msg = f"the document's text begins {document.text[:40]!r}, but the Doc's {doc.text[:40]!r}"
        raise InvalidRecordError(msg)
    spans = []
    for quote in document.quotes:
        for piece in quote.content:
            tokens = doc.char_span(piece.start, piece.end, alignment_mode="expand")
            if tokens is not None:
                spans.append(Span(doc, tokens.start, tokens.end, label=quote.kind.value, span_id=quote.id))
    # The Doc has the text already.
    data = {key: value for key, value in document.to_dict().items() if key != "text"}
    doc.spans[GROUP] = SpanGroup(doc, name=GROUP, spans=spans, attrs={_DATA: data})


def read_annotation(doc: Doc) -> QuoteDocument | None:
    """The document that `annotate` wrote; None where the Doc has none."""
    if GROUP not in doc.spans or _DATA not in doc.spans[GROUP].attrs:
        return None
    return QuoteDocument.from_dict({**doc.spans[GROUP].attrs[_DATA], "text": doc.text})
