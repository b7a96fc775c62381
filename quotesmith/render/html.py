"""Documents, selections and graphs as HTML: no scripts, nothing fetched, every word of the text escaped."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain

from quotesmith.graph import QuoteGraph
from quotesmith.query import QuoteSelection
from quotesmith.records import Entity, EntityId, Mention, Quote, QuoteDocument
from quotesmith.render.characters import counted, title_of
from quotesmith.render.colors import NOBODY, Tone, speaker_tones
from quotesmith.render.pages import escaped, read_asset
from quotesmith.render.segments import Mark, iter_segments
from quotesmith.render.wording import addressee_words, kind_words, source_words, speaker_words

_QUOTE, _SOURCE = "qs-quote", "qs-source"
MOST_ROWS = 200
_CONTEXT = 80  # characters on either side of a quote
# Colors lie thinly over the page's own, so that words keep the page's contrast, light or dark.
_STYLE = f"<style>\n{read_asset('fragment.css')}</style>"


def document_to_html(document: QuoteDocument) -> str:
    """A fragment for any page or notebook: the text, quotes in their speakers' colors, and a legend."""
    speakers = document.speakers
    counts = counted(len(document.quotes), "quote"), counted(len(speakers), "speaker")
    return (
        f'<div class="quotesmith">{_STYLE}'
        f'<p class="qs-title">{escaped(title_of(document))}</p>'
        f'<p class="qs-note">{" · ".join(counts)}</p>'
        f'{_legend(document)}<div class="qs-text" dir="auto">{_marked_text(document)}</div></div>\n'
    )


def quote_to_html(quote: Quote) -> str:
    """The words of one quote and its kind; who speaks, its document knows."""
    return (
        f'<div class="quotesmith">{_STYLE}<blockquote class="qs-text" dir="auto">{escaped(quote.text)}</blockquote>'
        f'<p class="qs-note">{escaped(kind_words(quote))}</p></div>\n'
    )


def entity_to_html(entity: Entity) -> str:
    """An entity's name and kind, and what else the text and the caller say of it."""
    notes = (entity.kind.value, entity.gender, f"also {', '.join(entity.aliases)}" if entity.aliases else "")
    return _lines(entity.name, " · ".join(note for note in (*notes, entity.identifier) if note))


def mention_to_html(mention: Mention) -> str:
    """A mention's form, its place, and the id of whom it means; its words, its document knows."""
    places = ", ".join(f"{span.start}-{span.end}" for span in mention.spans)
    return _lines(f"{mention.form.value} at {places}", f"means {mention.entity}")


def selection_to_html(selection: QuoteSelection) -> str:
    """A table of the quotes, one a row: speaker, kind, and the quote in the text around it; of many, the first ones."""
    documents = selection._library.documents
    owner = f"{len(documents)} documents" if len(documents) > 1 else "".join(map(title_of, documents))
    return pairs_to_html(selection.pairs[:MOST_ROWS], len(selection), owner, has_several=len(documents) > 1)


def pairs_to_html(shown: Sequence[tuple[QuoteDocument, Quote]], count: int, owner: str, *, has_several: bool) -> str:
    """A table of some quotes, the first of so many, each given after its document; with several, these are named."""
    tones = {name: speaker_tones(document) for name, document in {d.id: d for d, _ in shown}.items()}
    rows = [
        (
            *((escaped(title_of(document)),) if has_several else ()),
            _name(speaker_words(document, quote), _tone(quote, tones[document.id])),
            escaped(kind_words(quote)),
            _in_context(document, quote),
        )
        for document, quote in shown
    ]
    more = f", the first {len(shown)} of them" if count > len(shown) else ""
    note = f"{counted(count, 'quote')} of {owner}{more}"
    heads = ("Speaker", "Kind", "Quote")
    if has_several:
        return _table(note, ("Document", *heads), rows, ("", "", "qs-short", ""))
    return _table(note, heads, rows, ("", "qs-short", ""))


def _in_context(document: QuoteDocument, quote: Quote) -> str:
    """The text around the quote, its content emphasized."""
    context = document.context(quote, width=_CONTEXT)
    words, done = "", context.start
    for span in quote.content:
        words += escaped(document.text[done : span.start]) + f"<b>{escaped(span.of(document.text))}</b>"
        done = span.end
    return words + escaped(document.text[done : context.end])


def graph_to_html(graph: QuoteGraph) -> str:
    """A table of the speakers, those with most quotes first: name, number of quotes."""
    rows = [(escaped(graph.nx.nodes[key]["name"]), str(len(graph.quotes_of(key)))) for key in graph.speakers()]
    counts = counted(len(graph.nx), "node"), counted(graph.nx.number_of_edges(), "edge")
    return _table(" · ".join(counts), ("Speaker", "Quotes"), rows, ("", "qs-number"))


def _lines(title: str, note: str) -> str:
    return (
        f'<div class="quotesmith">{_STYLE}<p class="qs-title" dir="auto">{escaped(title)}</p>'
        f'<p class="qs-note">{escaped(note)}</p></div>\n'
    )


def _marked_text(document: QuoteDocument) -> str:
    pieces = iter_segments(list(_marks(document)), len(document.text))
    return "".join(_marked(escaped(document.text[start:end]), marks) for start, end, marks in pieces)


def _marked(words: str, marks: tuple[Mark, ...]) -> str:
    """The escaped words inside their innermost quote's mark and, where it stands deeper, a source's."""
    title = escaped(" › ".join(mark.label for mark in marks))
    quotes = [mark for mark in marks if mark.style == _QUOTE]
    for mark in dict.fromkeys((*marks[-1:], *quotes[-1:])):
        words = f'<mark class="{mark.style}" style="{_css(mark.tone)}" title="{title}">{words}</mark>'
    return words


def _marks(document: QuoteDocument) -> Iterable[Mark]:
    """A mark for each piece of each quote and of the words that name its speaker."""
    tones = speaker_tones(document)
    for quote in document.quotes:
        tone, speakers = _tone(quote, tones), speaker_words(document, quote)
        label = f"{speakers} ({kind_words(quote)})"
        addressees = addressee_words(document, quote)
        if addressees:
            label = f"{label} to {addressees}"
        for span in quote.content:
            yield Mark(span, tone, _QUOTE, label)
    # Several quotes may have one source: mark it once.
    for quote in {quote.source: quote for quote in reversed(document.quotes)}.values():
        meaning = source_words(document, quote)
        speakers = speaker_words(document, quote)
        label = f"“{meaning}”: {speakers}" if meaning else speakers
        for span in document.source_spans(quote):
            yield Mark(span, _tone(quote, tones), _SOURCE, label)


def _legend(document: QuoteDocument) -> str:
    tones = speaker_tones(document)
    counts = Counter(chain.from_iterable(quote.speakers for quote in document.quotes))
    items = [(speaker.name, tones[speaker.id], counts[speaker.id]) for speaker in document.speakers]
    without = sum(1 for quote in document.quotes if not quote.speakers)
    if without:
        items.append(("no speaker", NOBODY, without))
    return "<ul>" + "".join(f"<li>{_name(name, tone)} {count}</li>" for name, tone, count in items) + "</ul>"


def _table(note: str, heads: tuple[str, ...], rows: Sequence[tuple[str, ...]], styles: tuple[str, ...]) -> str:
    head = "".join(f'<th class="{style}">{name}</th>' for name, style in zip(heads, styles, strict=True))
    body = "".join(
        "<tr>"
        + "".join(f'<td class="{style}">{cell}</td>' for cell, style in zip(row, styles, strict=True))
        + "</tr>\n"
        for row in rows
    )
    return (
        f'<div class="quotesmith">{_STYLE}<p class="qs-note">{escaped(note)}</p>'
        f"<table><thead><tr>{head}</tr></thead><tbody>\n{body}</tbody></table></div>\n"
    )


def _tone(quote: Quote, tones: Mapping[EntityId, Tone]) -> Tone:
    """The tone of the quote's first speaker."""
    return tones[quote.speakers[0]] if quote.speakers else NOBODY


def _name(name: str, tone: Tone) -> str:
    return f'<span class="qs-name" style="{_css(tone)}">{escaped(name)}</span>'


def _css(tone: Tone) -> str:
    return f"--qs-hue:{tone.color};--qs-line:{tone.line}"
