"""Documents, selections and graphs as HTML: no scripts, nothing fetched, every word of the text escaped."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain

from quotesmith.graph import QuoteGraph
from quotesmith.query import Cast, QuoteSelection
from quotesmith.records import Entity, EntityId, Mention, Quote, QuoteDocument, Segments
from quotesmith.render.characters import counted, title_of
from quotesmith.render.colors import NO_SPEAKER, Tone, speaker_tones
from quotesmith.render.highlights import Highlight, iter_pieces
from quotesmith.render.markup import escaped, render_template
from quotesmith.render.wording import (
    addressee_words,
    alias_words,
    cast_note,
    chapter_words,
    kind_words,
    source_words,
    speaker_words,
)

_QUOTE, _SOURCE = "qs-quote", "qs-source"
MOST_ROWS = 200
_CONTEXT = 80  # characters on either side of a quote


def document_to_html(document: QuoteDocument) -> str:
    """A fragment for any page or notebook: the text, quotes in their speakers' colors, and a legend."""
    tones = speaker_tones(document)
    counts = counted(len(document.quotes), "quote"), counted(len(document.speakers), "speaker")
    return render_template(
        "document",
        title=title_of(document),
        counts=" · ".join(counts),
        legend=_legend(document, tones),
        text=_marked_text(document, tones),
    )


def quote_to_html(quote: Quote) -> str:
    """The words of one quote and its kind; only its document knows who speaks."""
    return render_template("quote", words=quote.text, kind=kind_words(quote))


def entity_to_html(entity: Entity) -> str:
    """An entity's name, kind, gender, aliases and identifier, as far as they are known."""
    notes = (entity.kind.value, entity.gender, f"also {', '.join(entity.aliases)}" if entity.aliases else "")
    note = " · ".join(note for note in (*notes, entity.identifier) if note)
    return render_template("lines", title=entity.name, note=note)


def mention_to_html(mention: Mention) -> str:
    """A mention's form, its place, and the id of its entity; only its document knows its words."""
    places = ", ".join(f"{span.start}-{span.end}" for span in mention.spans)
    return render_template("lines", title=f"{mention.form.value} at {places}", note=f"means {mention.entity}")


def selection_to_html(selection: QuoteSelection) -> str:
    """A table of the quotes, one a row: speaker, kind, and the quote in the text around it; at most the first 200."""
    documents = selection._library.documents
    owner = f"{len(documents)} documents" if len(documents) > 1 else "".join(map(title_of, documents))
    return pairs_to_html(selection.pairs[:MOST_ROWS], len(selection), owner, has_several=len(documents) > 1)


def pairs_to_html(shown: Sequence[tuple[QuoteDocument, Quote]], count: int, owner: str, *, has_several: bool) -> str:
    """A table of quotes, each given with its document, and how many there are in all.

    Args:
        shown: The quotes to show: the first of the selection.
        count: How many quotes the selection has.
        owner: What the quotes come from, in words.
        has_several: Whether to name each quote's document.
    """
    tones = {name: speaker_tones(document) for name, document in {d.id: d for d, _ in shown}.items()}
    rows = [
        (
            title_of(document) if has_several else "",
            speaker_words(document, quote),
            _css(_tone(quote, tones[document.id])),
            kind_words(quote),
            _in_context(document, quote),
        )
        for document, quote in shown
    ]
    more = f", the first {len(shown)} of them" if count > len(shown) else ""
    note = f"{counted(count, 'quote')} of {owner}{more}"
    return render_template("quotes", note=note, rows=rows, has_several=has_several)


def segments_to_html(segments: Segments) -> str:
    """A table of what is read aloud of the segments, one a row: speaker, kind and words; at most the first 200."""
    document = segments.document
    tones = speaker_tones(document)
    read = [segment for segment in segments if segment.pieces]
    rows = [
        ("", "", "narration", " ".join(segment.words))
        if segment.quote is None
        else (
            speaker_words(document, segment.quote),
            _css(_tone(segment.quote, tones)),
            kind_words(segment.quote),
            " ".join(segment.words),
        )
        for segment in read[:MOST_ROWS]
    ]
    more = f", the first {MOST_ROWS} of them" if len(read) > MOST_ROWS else ""
    return render_template("segments", note=f"{counted(len(read), 'segment')} of {title_of(document)}{more}", rows=rows)


def cast_to_html(cast: Cast) -> str:
    """A table of the cast, one character a row; at most the first 200."""
    tones = speaker_tones(cast.document)
    rows = [
        (
            who.name,
            _css(tones.get(who.entity.id, NO_SPEAKER)),
            alias_words(who),
            who.gender or "",
            (who.lines, who.words, who.quotes, who.heard),
            chapter_words(who.chapters),
        )
        for who in cast[:MOST_ROWS]
    ]
    more = f", the first {MOST_ROWS} characters" if len(cast) > MOST_ROWS else ""
    return render_template(
        "cast",
        title=title_of(cast.document),
        note=f"{cast_note(cast)}{more}",
        rows=rows,
        has_chapters=bool(cast.document.chapters),
    )


def _in_context(document: QuoteDocument, quote: Quote) -> Iterator[tuple[str, bool]]:
    """The text around the quote, piece by piece, and whether a piece is content."""
    context = document.context(quote, width=_CONTEXT)
    done = context.start
    for span in quote.content:
        yield document.text[done : span.start], False
        yield span.of(document.text), True
        done = span.end
    yield document.text[done : context.end], False


def graph_to_html(graph: QuoteGraph) -> str:
    """A table of the speakers, those with most quotes first: name, number of quotes."""
    rows = [(graph.nx.nodes[key]["name"], len(graph.quotes_of(key))) for key in graph.speakers()]
    counts = counted(len(graph.nx), "node"), counted(graph.nx.number_of_edges(), "edge")
    return render_template("speakers", note=" · ".join(counts), rows=rows)


def _marked_text(document: QuoteDocument, tones: Mapping[EntityId, Tone]) -> str:
    """The document's words as HTML, built here because a template takes twice as long for many small pieces."""
    pieces = iter_pieces(list(_marks(document, tones)), len(document.text))
    return "".join(_marked(escaped(document.text[start:end]), marks) for start, end, marks in pieces)


def _marked(words: str, marks: tuple[Highlight, ...]) -> str:
    """The escaped words inside their innermost quote's mark and, where it stands deeper, a source's."""
    tooltip = escaped(" › ".join(mark.label for mark in marks))
    quotes = [mark for mark in marks if mark.style == _QUOTE]
    for mark in dict.fromkeys((*marks[-1:], *quotes[-1:])):
        words = f'<mark class="{mark.style}" style="{_css(mark.tone)}" title="{tooltip}">{words}</mark>'
    return words


def _marks(document: QuoteDocument, tones: Mapping[EntityId, Tone]) -> Iterator[Highlight]:
    """A mark for each piece of each quote and of the words that name its speaker."""
    for quote in document.quotes:
        tone, speakers = _tone(quote, tones), speaker_words(document, quote)
        label = f"{speakers} ({kind_words(quote)})"
        addressees = addressee_words(document, quote)
        if addressees:
            label = f"{label} to {addressees}"
        for span in quote.content:
            yield Highlight(span, tone, _QUOTE, label)
    # Several quotes may have one source: mark it once.
    for quote in {quote.source: quote for quote in reversed(document.quotes)}.values():
        meaning = source_words(document, quote)
        speakers = speaker_words(document, quote)
        label = f"“{meaning}”: {speakers}" if meaning else speakers
        for span in document.source_spans(quote):
            yield Highlight(span, _tone(quote, tones), _SOURCE, label)


def _legend(document: QuoteDocument, tones: Mapping[EntityId, Tone]) -> list[tuple[str, str, int]]:
    """Name, style and number of quotes of each speaker, most first, then of those without a speaker."""
    counts = Counter(chain.from_iterable(quote.speakers for quote in document.quotes))
    items = [(speaker.name, _css(tones[speaker.id]), counts[speaker.id]) for speaker in document.speakers]
    without = sum(1 for quote in document.quotes if not quote.speakers)
    return [*items, ("no speaker", _css(NO_SPEAKER), without)] if without else items


def _tone(quote: Quote, tones: Mapping[EntityId, Tone]) -> Tone:
    """The tone of the quote's first speaker."""
    return tones[quote.speakers[0]] if quote.speakers else NO_SPEAKER


def _css(tone: Tone) -> str:
    return f"--qs-hue:{tone.color};--qs-line:{tone.line}"
