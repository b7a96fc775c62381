"""The words in which a quote is described beside its text."""

from quotesmith.records import Assertion, Quote, QuoteDocument
from quotesmith.render.characters import on_one_line


def speaker_words(document: QuoteDocument, quote: Quote) -> str:
    """The speakers' names in a row, or why there are none; on one line."""
    if quote.speakers:
        return on_one_line(", ".join(document.names(quote)))
    reason = quote.evidence.reason
    return on_one_line(f"no speaker: {reason}") if reason else "no speaker"


def kind_words(quote: Quote) -> str:
    """Kind and act, and the assertion where it isn't asserted: "direct speech, negated"."""
    words = f"{quote.kind.value} {quote.act.value}"
    return words if quote.assertion is Assertion.ASSERTED else f"{words}, {quote.assertion.value}"


def source_words(document: QuoteDocument, quote: Quote) -> str:
    """The words that name the speaker, where they aren't just the speaker's name; else empty; on one line."""
    words = on_one_line(" … ".join(span.of(document.text) for span in document.source_spans(quote)))
    return "" if words in map(on_one_line, document.names(quote)) else words


def addressee_words(document: QuoteDocument, quote: Quote) -> str:
    """The addressees' names in a row, on one line; empty where nobody is spoken to."""
    return on_one_line(", ".join(document.entity(addressee).name for addressee in quote.addressees))
