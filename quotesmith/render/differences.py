"""Where two readings of a text differ, shown in the terminal."""

from rich.console import Console
from rich.text import Text

from quotesmith.query.differences import Change, DocumentDifference, QuoteDifference, Value
from quotesmith.records import Quote, QuoteDocument, TextSpan
from quotesmith.render.characters import counted, on_one_line, title_of
from quotesmith.render.wording import speaker_words

_ONLY_BEFORE, _ONLY_AFTER, _CHANGED = ("-", "red"), ("+", "green"), ("~", "yellow")
_NO_VALUE = "nothing"


def show_difference(difference: DocumentDifference, console: Console) -> None:
    """Print the quotes that two readings don't agree on, in text order; nothing where they agree.

    "-" marks what only the first has, "+" what only the second has, "~" what both have but differently. Words of the
    text never act on the terminal, nor as rich's markup.
    """
    if difference.is_empty:
        return
    for document, (sign, color), other in (
        (difference.before, _ONLY_BEFORE, difference.after),
        (difference.after, _ONLY_AFTER, difference.before),
    ):
        if document is not None and other is None:
            quotes = counted(len(document.quotes), "quote")
            console.print(Text(f"{sign} document {on_one_line(document.id)} ({quotes})", style=color), soft_wrap=True)
    if difference.before is None or difference.after is None:
        return
    console.print(Text(title_of(difference.before), style="bold"), soft_wrap=True)
    for quote in difference.quotes:
        _show_quote(difference.before, difference.after, quote, console)


def _show_quote(before: QuoteDocument, after: QuoteDocument, quote: QuoteDifference, console: Console) -> None:
    if quote.after is None and quote.before is not None:
        _show_line(before, quote.before, _ONLY_BEFORE, console)
    elif quote.before is None and quote.after is not None:
        _show_line(after, quote.after, _ONLY_AFTER, console)
    elif quote.before is not None:
        _show_line(before, quote.before, _CHANGED, console)
        for change in quote.changes:
            values = [_words(value, document) for value, document in ((change.before, before), (change.after, after))]
            console.print(_change_line(change, *values), soft_wrap=True)


def _show_line(document: QuoteDocument, quote: Quote, sign: tuple[str, str], console: Console) -> None:
    mark, color = sign
    words = f"{mark} {quote.kind.value}: {on_one_line(quote.text)}"
    speakers = f" ({speaker_words(document, quote)})"
    console.print(Text.assemble((words, color), (speakers, "dim")), soft_wrap=True)


def _change_line(change: Change, before: str, after: str) -> Text:
    name = change.what.replace("_", " ")
    return Text.assemble((f"    {name}: ", "dim"), (before, _ONLY_BEFORE[1]), " → ", (after, _ONLY_AFTER[1]))


def _words(value: Value, document: QuoteDocument) -> str:
    """A changed value in words, on one line; a span is given as its words and its place."""
    if isinstance(value, float):
        return f"{value:.2f}"
    if not isinstance(value, tuple):
        return on_one_line(str(value))
    if not value:
        return _NO_VALUE
    spans = [item for item in value if isinstance(item, TextSpan)]
    if not spans:
        return on_one_line(", ".join(map(str, value)))
    places = ", ".join(f"{span.start}-{span.end}" for span in spans)
    return on_one_line(f"{' … '.join(span.of(document.text) for span in spans)} [{places}]")
