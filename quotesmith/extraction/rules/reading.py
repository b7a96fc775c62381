"""A Doc with its quotation marks laid over the tokens: what every rule looks at."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate, pairwise

from attrs import frozen
from spacy.tokens import Doc, Span, Token

from quotesmith.marks import MarkedWords, MarkPair, find_paragraphs, map_words, mark_edges
from quotesmith.records import TextSpan

# No sentence has so many tokens outside of quotation marks, and no words hang together over so many. Each
# verb searches its sentence; this bound keeps that linear in the text.
_LONGEST = 300
_MARKS = " \t\n\r\u00a0\"'”’»"


@frozen(order=True)
class TokenRange:
    """A stretch of tokens, half open."""

    start: int
    end: int

    def __len__(self) -> int:
        return max(0, self.end - self.start)

    def __contains__(self, index: int) -> bool:
        return self.start <= index < self.end

    def overlaps(self, other: "TokenRange") -> bool:
        """Whether both hold some token."""
        return self.start < other.end and other.start < self.end

    def within(self, bounds: "TokenRange") -> "TokenRange":
        """The part that lies inside `bounds`; empty if none does."""
        start = max(self.start, bounds.start)
        return TokenRange(start, max(start, min(self.end, bounds.end)))


@frozen
class Passage:
    """A quoted passage that lies in no other.

    Attributes:
        span: Where it stands in the text, with its marks.
        inner_span: The same without its marks; None where nothing stands between them.
        tokens: Its tokens, with the marks.
        inner: Its tokens without the marks.
        paragraph: Position of the paragraph that it starts in.
        continues: Position of the passage whose speech goes on here.
    """

    span: TextSpan
    inner_span: TextSpan | None
    tokens: TokenRange
    inner: TokenRange
    paragraph: int
    continues: int | None


@frozen
class Reading:
    """A Doc, its quoted passages, and the bounds that no rule looks beyond.

    Attributes:
        doc: The parsed Doc.
        text: Its text, which a Doc would put together anew each time.
        passages: The outermost passages, in text order.
        paragraphs: The tokens of each paragraph.
        passage_at: For each token the position of its passage; -1 outside of any.
        bounds: For each token its sentence. From outside it goes across passages, from inside not out of one.
        words: Which words stand between marks, as `find_kind` takes it.
        marks_at: The marks by their outer edges, as `find_outer_marks` takes them.
        dependents: The tokens that hang on each token, by its index.
        words_before: For each token, and the end, how many words stand before it.
    """

    doc: Doc
    text: str
    passages: Sequence[Passage]
    paragraphs: Sequence[TokenRange]
    passage_at: Sequence[int]
    bounds: Sequence[TokenRange]
    words: MarkedWords
    marks_at: Mapping[int, TextSpan]
    dependents: Mapping[int, Sequence[Token]]
    words_before: Sequence[int]

    def span(self, tokens: TokenRange) -> TextSpan:
        """Where the tokens stand in the text, white space after the last left out."""
        last = self.doc[tokens.end - 1]
        return TextSpan(self.doc[tokens.start].idx, last.idx + len(last))

    def tokens(self, tokens: TokenRange) -> Span:
        """The tokens themselves."""
        return self.doc[tokens.start : tokens.end]

    def children(self, token: Token) -> Sequence[Token]:
        """The tokens that hang on `token`, in order; without those too far away to be of its sentence."""
        return self.dependents.get(token.i, ())

    def is_quoted(self, token: Token) -> bool:
        """Whether the token lies inside a quoted passage."""
        return self.passage_at[token.i] >= 0

    def ending(self, passage: Passage) -> str:
        """The last character inside the passage, marks left out; empty where there is none."""
        inner = passage.inner_span
        return "" if inner is None else inner.of(self.text).rstrip(_MARKS)[-1:]

    def has_words(self, tokens: TokenRange) -> bool:
        """Whether any of the tokens is a word."""
        return len(tokens) > 0 and self.words_before[tokens.end] > self.words_before[tokens.start]

    def passages_in(self, tokens: TokenRange) -> range:
        """The positions of the passages that hold any of the tokens."""
        first = bisect_right(self.passages, tokens.start, key=lambda passage: passage.tokens.end)
        return range(first, bisect_left(self.passages, tokens.end, key=lambda passage: passage.tokens.start))


def read(doc: Doc, marks: Sequence[MarkPair]) -> Reading:
    """Lay the quotation marks of `doc.text` over the tokens of `doc`; linear in both."""
    text = doc.text
    starts = [token.idx for token in doc]
    paragraphs = [_tokens(doc, starts, span) for span in find_paragraphs(text)]
    passages = _passages(doc, starts, paragraphs, marks)
    passage_at = [-1] * len(doc)
    for position, passage in enumerate(passages):
        for index in range(passage.tokens.start, passage.tokens.end):
            passage_at[index] = position
    return Reading(
        doc=doc,
        text=text,
        passages=passages,
        paragraphs=paragraphs,
        passage_at=passage_at,
        bounds=_bounds(doc, paragraphs, passages, passage_at),
        words=map_words(text, marks),
        marks_at=mark_edges(marks),
        dependents=_dependents(doc),
        words_before=list(accumulate((token.is_alpha for token in doc), initial=0)),
    )


def _tokens(doc: Doc, starts: Sequence[int], span: TextSpan) -> TokenRange:
    """The tokens that the span touches."""
    start = bisect_right(starts, span.start) - 1
    if starts[start] + len(doc[start]) <= span.start:
        start += 1
    return TokenRange(start, max(start, bisect_left(starts, span.end)))


def _passages(
    doc: Doc, starts: Sequence[int], paragraphs: Sequence[TokenRange], marks: Sequence[MarkPair]
) -> list[Passage]:
    paragraph_starts = [paragraph.start for paragraph in paragraphs]
    passages: list[Passage] = []
    position_of: dict[int, int] = {}
    for number, pair in enumerate(marks):
        if pair.depth > 0:
            continue
        tokens = _tokens(doc, starts, pair.span)
        position_of[number] = len(passages)
        passages.append(
            Passage(
                span=pair.span,
                inner_span=pair.inner,
                tokens=tokens,
                inner=TokenRange(tokens.start, tokens.start)
                if pair.inner is None
                else _tokens(doc, starts, pair.inner),
                paragraph=max(0, bisect_right(paragraph_starts, tokens.start) - 1),
                continues=None if pair.continues is None else position_of.get(pair.continues),
            )
        )
    return passages


def _dependents(doc: Doc) -> Mapping[int, Sequence[Token]]:
    dependents: defaultdict[int, list[Token]] = defaultdict(list)
    for token in doc:
        head = token.head.i
        if 0 < abs(head - token.i) <= _LONGEST:
            dependents[head].append(token)
    return dependents


def _bounds(
    doc: Doc, paragraphs: Sequence[TokenRange], passages: Sequence[Passage], passage_at: Sequence[int]
) -> list[TokenRange]:
    bounds = [TokenRange(index, index + 1) for index in range(len(doc))]
    for paragraph in paragraphs:
        for sentence in _sentences(doc, paragraph, passage_at, -1):
            bounds[sentence.start : sentence.end] = [sentence] * len(sentence)
    for position, passage in enumerate(passages):
        for index in range(passage.tokens.start, passage.tokens.end):
            bounds[index] = TokenRange(index, index + 1)
        for sentence in _sentences(doc, passage.inner, passage_at, position):
            bounds[sentence.start : sentence.end] = [sentence] * len(sentence)
    return bounds


def _sentences(doc: Doc, tokens: TokenRange, passage_at: Sequence[int], level: int) -> Iterator[TokenRange]:
    """The sentences of the tokens, by their tokens of the passage `level` (-1: of none)."""
    starts = [tokens.start]
    length = 0
    for index in range(tokens.start, tokens.end):
        if passage_at[index] != level:
            continue
        if index > starts[-1] and (doc[index].is_sent_start or length == _LONGEST):
            starts.append(index)
            length = 0
        length += 1
    return (TokenRange(start, end) for start, end in pairwise([*starts, tokens.end]))
