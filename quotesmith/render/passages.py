"""The text of a document's page: quotes, cues and the mentions of speakers marked, each with its numbers."""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from attrs import frozen

from quotesmith.records import Mention, MentionId, Quote, QuoteDocument, TextSpan
from quotesmith.render.characters import shortened
from quotesmith.render.highlights import iter_pieces
from quotesmith.render.markup import escaped
from quotesmith.render.numbering import NumberedDocument, mention_chain
from quotesmith.render.wording import kind_words, speaker_words

_LINE_BREAK = re.compile(r"\r\n?|\n")
_LINES_PER_PART = 40  # lines: a browser lays out only the parts near the visible one
TITLE_LENGTH = 120  # characters of the title of a chapter
_LABEL_LENGTH = 80  # characters of a name in a label
_MAX_NUMBERS = 3  # speakers' numbers before a quote


_CONTENT_LAYER, _CUE_LAYER, _MENTION_LAYER = "content", "cue", "mention"


@frozen
class _Layer:
    """A stretch of content, of a cue or of a mention, and the numbers of the quotes that it belongs to."""

    span: TextSpan
    sort: str
    quotes: tuple[int, ...]
    style: str = "c"
    mention: Mention | None = None


def marked_text(numbered: NumberedDocument) -> str:
    """The document's words as HTML, a block a line; before each quote stands a link to it, without words of its own.

    Each line in which a chapter begins opens with a heading without words, whose id is c1, c2, ...

    Elements have the numbers of their quotes in `data-q`, the innermost last. Links to quotes have the ids q0, q1, ...,
    mentions m0, m1, ...: the numbers that `numbered` gives them. A mention that leads to another is a link to it. The
    words are the text's, with U+FFFD for characters that act on a screen.
    """
    text = numbered.document.text
    ends = {match.end() for match in _LINE_BREAK.finditer(text)} - {len(text)}
    opening: defaultdict[int, list[str]] = defaultdict(list)
    for number, quote in enumerate(numbered.document.quotes):
        opening[quote.content[0].start].append(_quote_link(numbered, number, quote))
    links = {start: end for quote in numbered.document.quotes for start, end in pairwise(mention_chain(quote))}
    headings = _headings(numbered.document, sorted({0, *ends}))
    out = [f'<div class="part"><div class="line" dir="auto">{headings[0]}']
    lines = 1
    for start, end, layers in iter_pieces(list(_layers(numbered)), len(text), cuts=ends):
        out += opening[start]
        out.append(_marked(numbered, TextSpan(start, end), layers, links))
        if end in ends:
            # A part is of one chapter: by it the script knows where the reader is.
            lines = 0 if headings[end] else lines % _LINES_PER_PART
            part = '</div><div class="part">' if lines == 0 else ""
            out.append(f'</div>{part}<div class="line" dir="auto">{headings[end]}')
            lines += 1
    return "".join(out) + "</div></div>"


def _headings(document: QuoteDocument, lines: Sequence[int]) -> defaultdict[int, str]:
    """What opens the lines in which chapters begin, by the offset at which the line begins; of other lines, nothing."""
    headings: defaultdict[int, str] = defaultdict(str)
    for number, chapter in enumerate(document.chapters, start=1):
        line = lines[bisect_right(lines, chapter.span.start) - 1]
        title = escaped(shortened(chapter.title, TITLE_LENGTH))
        headings[line] += (
            f'<span id="c{number}" class="chapter" role="heading" aria-level="2" aria-label="{title}"></span>'
        )
    return headings


def _quote_link(numbered: NumberedDocument, number: int, quote: Quote) -> str:
    """The quote's place for the keyboard: a label for screen readers, the speakers' numbers for all others."""
    label = (
        f"Quote {number + 1}: {shortened(speaker_words(numbered.document, quote), _LABEL_LENGTH)}, {kind_words(quote)}"
    )
    speakers = "·".join(str(numbered.people[speaker] + 1) for speaker in quote.speakers[:_MAX_NUMBERS]) or "?"
    return (
        f'<a class="n {numbered.style(quote.speakers)}" id="q{number}" href="#q{number}" data-q="{number}"'
        f' data-n="{speakers}" aria-label="{escaped(label)}"></a>'
    )


def _layers(numbered: NumberedDocument) -> Iterator[_Layer]:
    cues: defaultdict[TextSpan, list[int]] = defaultdict(list)
    named: defaultdict[MentionId, list[int]] = defaultdict(list)
    for number, quote in enumerate(numbered.document.quotes):
        for span in quote.content:
            yield _Layer(span, _CONTENT_LAYER, (number,), numbered.style(quote.speakers))
        for span in quote.cue:
            cues[span].append(number)
        for mention_id in mention_chain(quote):
            named[mention_id].append(number)
    for span, numbers in cues.items():
        yield _Layer(span, _CUE_LAYER, tuple(numbers))
    for mention_id in numbered.mentions:
        mention = numbered.document.mention(mention_id)
        for span in mention.spans:
            yield _Layer(
                span, _MENTION_LAYER, tuple(named[mention_id]), f"m {numbered.style([mention.entity])}", mention
            )


def _marked(
    numbered: NumberedDocument, piece: TextSpan, layers: Sequence[_Layer], links: Mapping[MentionId, MentionId]
) -> str:
    """The piece's words inside its mentions, those inside its cues, those inside its quotes."""
    words = escaped(piece.of(numbered.document.text))
    # HTML allows no link inside a link, so only the innermost mention is one.
    is_link_free = True
    for layer in reversed(layers):
        if layer.mention is not None:
            target = links.get(layer.mention.id) if is_link_free else None
            is_link_free = False
            words = _element(*_mention_tag(numbered, piece, layer.mention, target), [layer], words)
    for sort, tag in ((_CUE_LAYER, "span"), (_CONTENT_LAYER, "mark")):
        found = [layer for layer in layers if layer.sort == sort]
        if found:
            words = _element(tag, "", found, words)
    return words


def _mention_tag(
    numbered: NumberedDocument, piece: TextSpan, mention: Mention, target: MentionId | None
) -> tuple[str, str]:
    """The name and the attributes of a mention's tag; its id stands where it begins."""
    place = f' id="m{numbered.mentions[mention.id]}"' if piece.start == mention.spans[0].start else ""
    return ("span", place) if target is None else ("a", f'{place} href="#m{numbered.mentions[target]}"')


def _element(tag: str, attributes: str, layers: Sequence[_Layer], words: str) -> str:
    """An element with the style of the innermost layer and the quotes of all."""
    numbers = dict.fromkeys(number for layer in layers for number in layer.quotes)
    return f'<{tag}{attributes} class="{layers[-1].style}" data-q="{" ".join(map(str, numbers))}">{words}</{tag}>'
