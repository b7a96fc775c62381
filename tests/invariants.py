"""What holds for every document that was read from any text: `iter_faults` says what of it doesn't."""

import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain, pairwise

from quotesmith.analysis import text_digest
from quotesmith.marks import DEEPEST, MarkPair, pair_marks
from quotesmith.pipeline.bounds import clean_text
from quotesmith.records import Quote, QuoteDocument, QuoteKind, TextSpan, TextSpans

PROSE = "Nothing much happened on that day, and nobody minded. " * 40 + "\n\n"
"""A paragraph of more words than the encoder reads at a time, and a blank line."""

# A mark may stand in a word.
_DASH = re.compile(r"[-–—―]{1,3}")
_WORD = re.compile(r"\w")


def iter_faults(document: QuoteDocument, text: str) -> Iterator[str]:
    """What is wrong with the document that was read from `text`, fault by fault; nothing where all is well."""
    if document.text != text or document.id != text_digest(text):
        yield "the text is another"
        return
    # As the pipeline sees it: tags are white space.
    marks = pair_marks(clean_text(text))
    yield from _ids_and_order(document)
    yield from _json(document)
    for quote in document.quotes:
        for fault in chain(_spans(document, quote), _words(document, quote, marks), _speakers(quote)):
            yield f"quote {quote.id}: {fault}"
        # A turn that the layout or a dash gives needs no marks.
        is_turn = quote.evidence.extraction.startswith(("layout", "dash"))
        kind = expected_kind(clean_text(text), quote.content, quote.cue, marks)
        if quote.kind is not (QuoteKind.DIRECT if is_turn else kind):
            yield f"quote {quote.id}: {quote.kind.value}, but by its marks {kind.value}"
        if quote.parent is not None and not _lies_in(quote, document.quote(quote.parent)):
            yield f"quote {quote.id}: outside of its parent {quote.parent}"


def iter_mark_faults(text: str) -> Iterator[str]:
    """What is wrong with the marks of `text`, and what prose before it does to them but to shift them."""
    cleaned = clean_text(text)
    yield from iter_pair_faults(cleaned, pair_marks(cleaned))
    shifted = [pair.span.shifted(len(PROSE)) for pair in pair_marks(cleaned)]
    found = [pair.span for pair in pair_marks(clean_text(PROSE + text))]
    if found != shifted:
        yield f"marks after prose: {found}, shifted: {shifted}"


def iter_pair_faults(text: str, pairs: Sequence[MarkPair]) -> Iterator[str]:
    """What is wrong with the pairs of marks of `text`: they are in order, nest, and share no character."""
    around: list[int] = []
    for place, pair in enumerate(pairs):
        while around and around[-1] <= pair.opening.start:
            around.pop()
        if pair.depth != len(around) or (around and pair.end > around[-1]):
            yield f"{pair} crosses others or has another depth than {len(around)}"
        around.append(pair.end)
        marks = [pair.opening, *filter(None, [pair.closing])]
        if marks[-1].end > pair.end or pair.end > len(text) or (pair.closing and pair.closing.end != pair.end):
            yield f"{pair} doesn't end where it says"
        if pair.continues is not None and (pair.continues >= place or pairs[pair.continues].closing is not None):
            yield f"{pair} goes on with what can't go on"
    marks = sorted(mark for pair in pairs for mark in (pair.opening, pair.closing) if mark is not None)
    if any(before.end > after.start for before, after in pairwise(marks)):
        yield "two marks share a character"
    if [pair.opening for pair in pairs] != sorted(pair.opening for pair in pairs):
        yield "pairs out of order"


def expected_kind(text: str, content: TextSpans, cue: TextSpans, marks: Sequence[MarkPair]) -> QuoteKind:
    """Direct where all words of the content lie between marks, indirect where none does, else mixed.

    Closed passages around the whole quote don't count: what somebody reports within direct speech needs marks of its
    own. A cue without words, a colon, doesn't say where the quote is. Passages nested too deep count as if not there.
    """
    marks = [pair for pair in marks if pair.depth < DEEPEST]
    has_cue = any(_WORD.search(span.of(text)) for span in cue)
    whole = _extent((*content, *cue))
    around = [pair for pair in marks if has_cue and pair.closing is not None and pair.span.contains(whole)]
    telling = [pair.span for pair in marks if pair.depth > max((outer.depth for outer in around), default=-1)]
    inside = {
        any(span.contains(TextSpan(*word.span())) for span in telling)
        for part in content
        for word in _WORD.finditer(text, part.start, part.end)
    }
    if inside == {True}:
        return QuoteKind.DIRECT
    return QuoteKind.MIXED if True in inside else QuoteKind.INDIRECT


def _extent(spans: TextSpans) -> TextSpan:
    """From the first to the last character of the spans."""
    return TextSpan(min(span.start for span in spans), max(span.end for span in spans))


def _ids_and_order(document: QuoteDocument) -> Iterator[str]:
    entities = {entity.id for entity in document.entities}
    mentions = {mention.id for mention in document.mentions}
    quotes = {quote.id for quote in document.quotes}
    named = [*(m.entity for m in document.mentions), *(i for e in document.entities for i in e.members)]
    named += [entity.stands_for for entity in document.entities if entity.stands_for is not None]
    for quote in document.quotes:
        named += [*quote.speakers, *quote.addressees, *(runner.entity for runner in quote.evidence.runners_up)]
        if not {*quote.evidence.chain, *filter(None, [quote.source])} <= mentions:
            yield f"quote {quote.id}: names a mention that isn't there"
        if not {*filter(None, [quote.parent])} <= quotes - {quote.id}:
            yield f"quote {quote.id}: has a parent that isn't there"
    if not set(named) <= entities:
        yield f"entities {sorted(set(named) - entities)} aren't there"
    starts = [quote.content[0].start for quote in document.quotes]
    if starts != sorted(starts):
        yield "quotes aren't in text order"
    starts = [mention.spans[0].start for mention in document.mentions]
    if starts != sorted(starts):
        yield "mentions aren't in text order"
    for (content, cue), count in Counter((quote.content, quote.cue) for quote in document.quotes).items():
        if count > 1:
            yield f"{count} quotes with the content {content} and the cue {cue}"


def _json(document: QuoteDocument) -> Iterator[str]:
    written = json.dumps(document.to_dict())
    if QuoteDocument.from_dict(json.loads(written)) != document:
        yield "JSON gives another document back"


def _spans(document: QuoteDocument, quote: Quote) -> Iterator[str]:
    roles = {"content": quote.content, "cue": quote.cue, "source": document.source_spans(quote)}
    for role, spans in roles.items():
        if not all(0 <= span.start < span.end <= len(document.text) for span in spans):
            yield f"{role} outside of the text: {spans}"
        if any(before.end > after.start for before, after in pairwise(spans)):
            yield f"{role} out of order: {spans}"
    for one, other in (("content", "cue"), ("content", "source"), ("cue", "source")):
        if any(span.overlaps(another) for span in roles[one] for another in roles[other]):
            yield f"{one} {roles[one]} and {other} {roles[other]} overlap"
    for span in quote.content:
        words = span.of(document.text)
        if words != words.strip() or not _WORD.search(clean_text(words)):
            yield f"content with white space at its edges, or without words: {words!r}"


def _words(document: QuoteDocument, quote: Quote, marks: Sequence[MarkPair]) -> Iterator[str]:
    """Checks that the quote's text is its pieces, each with or without the marks at its edges."""
    openings = {pair.opening.start: pair.opening.end for pair in marks}
    closings = {pair.closing.end: pair.closing.start for pair in marks if pair.closing is not None}
    readings = {""}
    end_before = 0
    for span in quote.content:
        dash = _DASH.match(document.text, span.start, span.end) if quote.evidence.extraction == "dash" else None
        behind_dash = span.start if dash is None else dash.end()
        starts = {span.start, behind_dash, min(openings.get(span.start, span.start), span.end)}
        ends = {span.end, max(closings.get(span.end, span.end), span.start)}
        pieces = {document.text[start:end].strip() for start in starts for end in ends}
        joint = _joint(document.text[end_before : span.start])
        joined = {joint.join(filter(None, (before, piece))) for before in readings for piece in pieces}
        readings = {reading for reading in joined if quote.text.startswith(reading)}
        end_before = span.end
    if quote.text not in readings:
        yield f"text {quote.text!r} isn't that of {quote.content}"


def _joint(between: str) -> str:
    if re.search(r"[^\W_]", between):
        return " … "
    if re.search(r"[\r\n]", between):
        return "\n"
    return between if between.strip() in {"—", "–", "―", "-"} else " "


def _speakers(quote: Quote) -> Iterator[str]:
    if not 0 <= quote.score <= 1 or not 0 <= quote.speaker_score <= 1:
        yield f"scores {quote.score} and {quote.speaker_score}"
    if bool(quote.speakers) == (quote.evidence.reason is not None):
        yield f"speakers {quote.speakers}, but the reason for none is {quote.evidence.reason!r}"
    if set(quote.speakers) & set(quote.addressees):
        yield "a speaker is spoken to"


def _lies_in(quote: Quote, parent: Quote) -> bool:
    """Whether each piece of its content and cue lies in one piece of the other's content."""
    return all(any(span.contains(piece) for span in parent.content) for piece in (*quote.content, *quote.cue))
