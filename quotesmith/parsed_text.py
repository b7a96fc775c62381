"""One reading of a Doc for all stages: where its words, sentences, paragraphs and quoted passages stand."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from itertools import accumulate, pairwise
from typing import Final

from attrs import Factory, field, frozen
from spacy.tokens import Doc, Span, Token

from quotesmith.marks import CLOSING_CHARACTERS, MarkedWords, MarkPair, find_paragraphs, map_words, mark_edges
from quotesmith.records import TextSpan, TextSpans

OUTSIDE_PASSAGES: Final = -1
"""What `ParsedText.passage_at` has for a token that stands in no quoted passage."""
_NEAR_TOKENS = 20
# Real sentences have fewer tokens outside of quotation marks, and real dependents stand nearer to their heads. Each
# verb searches its sentence, so this bound keeps the search linear in the text.
_LONGEST_SENTENCE = 300
_BEHIND_WORDS: Final = " \t\n\r\u00a0" + "".join(CLOSING_CHARACTERS)


@frozen(order=True)
class TokenRange:
    """Adjacent tokens, half open."""

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
class QuotedPassage:
    """A quoted passage that lies in no other.

    Attributes:
        span: Where it stands in the text, with its marks.
        inner_span: The same without its marks; None where nothing stands between them.
        tokens: Its tokens, with the marks.
        inner: Its tokens without the marks.
        paragraph: Number of the paragraph that it starts in.
        continues: Position of the passage whose speech goes on here.
    """

    span: TextSpan
    inner_span: TextSpan | None
    tokens: TokenRange
    inner: TokenRange
    paragraph: int
    continues: int | None


@frozen
class LabelledTurn:
    """One turn that the layout of a text gives: the words of one speaker, and the label that names whom.

    Attributes:
        label: The words that name who says it, without marks, times and what a role or a party adds.
        colon: The colon behind them; None where there is none.
        content: The pieces of what is said, in order; lines of one paragraph are one piece.
    """

    label: TextSpan
    colon: TextSpan | None
    content: TextSpans

    @property
    def label_extent(self) -> TextSpan:
        """The label, its colon and what stands between them; below a quotation the colon or dash stands first."""
        edges = [self.label] if self.colon is None else [self.label, self.colon]
        return TextSpan(min(edge.start for edge in edges), max(edge.end for edge in edges))

    @property
    def extent(self) -> TextSpan:
        """From the label to the end of the words."""
        return TextSpan(min(self.label.start, self.content[0].start), max(self.label.end, self.content[-1].end))


@frozen
class SpeechLayout:
    """What the layout of a text says about who speaks; that of prose says nothing.

    Attributes:
        family: The kind of layout ("chat", "subtitles"); None for prose, `UNREAD` for turns that nothing here reads.
        turns: In order of their labels. None has words of another, but a mail goes on behind the one that it quotes.
        silent: What nobody says, in order and none overlapping another: times, system lines, stage directions and scene
            headings between turns, and the furniture of pages in any text.
    """

    family: str | None = None
    turns: tuple[LabelledTurn, ...] = ()
    silent: TextSpans = ()


UNREAD: Final = "unread"
"""The family of a text that is plainly turns, in a layout that no family reads: its turns are not known."""
PROSE: Final = SpeechLayout()
"""The layout of a text that has none."""


@frozen(eq=False)
class ParsedText:
    """A Doc and its quotation marks with all positions looked up once; token indexes and offsets are those of the Doc.

    Attributes:
        doc: The Doc; read, never changed.
        text: Its text, which a Doc puts together again at each access.
        original: The same as the user gave it: tags of a page ("<v Ann>") are white space in the Doc's text.
        marks: The quotation marks of the text, in order.
        starts: The first character of each token.
        ends: The character after each token.
        sentences: The number of the sentence of each token; a Doc without sentence starts is one sentence.
        paragraphs: The paragraphs, in order, without the white space around them.
        paragraph_starts: The first character of each paragraph.
        layout: What the layout of the text says about who speaks.
    """

    doc: Doc
    text: str
    marks: Sequence[MarkPair]
    starts: list[int]
    ends: list[int]
    sentences: list[int]
    paragraphs: Sequence[TextSpan]
    paragraph_starts: list[int]
    layout: SpeechLayout = PROSE
    original: str = field(default=Factory(lambda parsed: parsed.text, takes_self=True))
    _first_words: dict[tuple[int, str], int] = field(factory=dict, init=False, repr=False)

    @classmethod
    def of(
        cls, doc: Doc, marks: Sequence[MarkPair], layout: SpeechLayout = PROSE, original: str | None = None
    ) -> "ParsedText":
        """The reading of `doc` with the quotation marks and the layout of its text; linear in all.

        Args:
            doc: The Doc.
            marks: The quotation marks of its text.
            layout: What the layout of the original text says about who speaks.
            original: The text before it was cleaned for the Doc, of the same length; None where it is the Doc's.
        """
        text = doc.text
        number, sentences = 0, []
        for token in doc:
            number += token.is_sent_start is True and token.i > 0
            sentences.append(number)
        paragraphs = find_paragraphs(text)
        return cls(
            doc=doc,
            text=text,
            marks=marks,
            starts=[token.idx for token in doc],
            ends=[token.idx + len(token) for token in doc],
            sentences=sentences,
            paragraphs=paragraphs,
            paragraph_starts=[paragraph.start for paragraph in paragraphs],
            layout=layout,
            original=text if original is None else original,
        )

    # Tokens and characters

    def tokens(self, span: TextSpan) -> range:
        """The indexes of the tokens that share a character with `span`."""
        return range(bisect_right(self.ends, span.start), bisect_left(self.starts, span.end))

    def words(self, spans: TextSpans) -> list[Token]:
        """The tokens of the spans that are neither white space nor punctuation, in order."""
        found = (self.doc[i] for span in spans for i in self.tokens(span))
        return [token for token in found if not token.is_space and not token.is_punct]

    def span(self, start: int, end: int) -> TextSpan:
        """The characters from token `start` up to, not including, token `end`."""
        return TextSpan(self.starts[start], self.ends[end - 1])

    def doc_span(self, tokens: TokenRange) -> Span:
        """The tokens themselves."""
        return self.doc[tokens.start : tokens.end]

    def token_at(self, offset: int) -> int:
        """The index of the first token that ends after the character."""
        return min(bisect_right(self.ends, offset), max(len(self.ends) - 1, 0))

    # Furniture

    @property
    def furniture(self) -> TextSpans:
        """Lines, and parts of lines, that nobody says: teasers, bylines, credits, datelines, repeated headings."""
        return self.layout.silent

    def is_furniture(self, index: int) -> bool:
        """Whether the token belongs to what nobody says."""
        return bool(self._furniture_tokens[index])

    @cached_property
    def _furniture_tokens(self) -> bytearray:
        found = bytearray(len(self.starts))
        for span in self.furniture:
            for index in self.tokens(span):
                found[index] = 1
        return found

    # Labels

    @cached_property
    def in_label(self) -> bytearray:
        """For each token whether it belongs to the label of a turn, or stands between that and its colon."""
        found = bytearray(len(self.starts))
        for turn in self.layout.turns:
            tokens = self.tokens(turn.label_extent)
            found[tokens.start : tokens.stop] = b"\1" * len(tokens)
        return found

    # Sentences and paragraphs

    def sentence_at(self, offset: int) -> int:
        """The number of the sentence at the character."""
        return self.sentences[self.token_at(offset)] if self.sentences else 0

    def paragraph_at(self, offset: int) -> int:
        """The number of the paragraph at the character."""
        return max(0, bisect_right(self.paragraph_starts, offset) - 1)

    def opens_paragraph(self, offset: int, *, marks: str = "") -> bool:
        """Whether nothing but white space and `marks` stands between the paragraph's start and the character.

        Each paragraph is searched once, however often it is asked about.
        """
        number = self.paragraph_at(offset)
        if (number, marks) not in self._first_words:
            start, end = [*self.paragraph_starts[number : number + 2], len(self.text)][:2]
            words = (i for i in range(start, end) if not (self.text[i] in marks or self.text[i].isspace()))
            self._first_words[number, marks] = next(words, end)
        return offset <= self._first_words[number, marks]

    @cached_property
    def paragraph_tokens(self) -> Sequence[TokenRange]:
        """The tokens of each paragraph."""
        return [self.token_range(paragraph) for paragraph in self.paragraphs]

    # Quotation marks

    @cached_property
    def marked_words(self) -> MarkedWords:
        """Which words stand between marks, character by character."""
        return map_words(self.text, self.marks)

    @cached_property
    def mark_edges(self) -> Mapping[int, TextSpan]:
        """Each mark by its outer edge: an opening's start, a closing's end."""
        return mark_edges(self.marks)

    @cached_property
    def pairs_by_start(self) -> Mapping[int, MarkPair]:
        """Each pair of marks by where it opens."""
        return {pair.opening.start: pair for pair in self.marks}

    @cached_property
    def pairs_by_end(self) -> Mapping[int, MarkPair]:
        """Each pair of marks that is closed by where it ends."""
        return {pair.closing.end: pair for pair in self.marks if pair.closing is not None}

    @cached_property
    def quotation_depths(self) -> Sequence[int]:
        """For each token how many pairs of marks stand around it."""
        changes = [0] * (len(self.starts) + 1)
        for pair in self.marks:
            tokens = self.tokens(pair.span)
            changes[tokens.start] += 1
            changes[tokens.stop] -= 1
        return list(accumulate(changes[:-1]))

    @cached_property
    def passages(self) -> Sequence[QuotedPassage]:
        """The outermost quoted passages, in text order."""
        first_tokens = [paragraph.start for paragraph in self.paragraph_tokens]
        passages: list[QuotedPassage] = []
        position_of: dict[int, int] = {}
        for number, pair in enumerate(self.marks):
            if pair.depth > 0:
                continue
            tokens = self.token_range(pair.span)
            position_of[number] = len(passages)
            passages.append(
                QuotedPassage(
                    span=pair.span,
                    inner_span=pair.inner,
                    tokens=tokens,
                    inner=TokenRange(tokens.start, tokens.start)
                    if pair.inner is None
                    else self.token_range(pair.inner),
                    paragraph=max(0, bisect_right(first_tokens, tokens.start) - 1),
                    continues=None if pair.continues is None else position_of.get(pair.continues),
                )
            )
        return passages

    @cached_property
    def passage_at(self) -> Sequence[int]:
        """For each token the position of its passage; `OUTSIDE_PASSAGES` outside of any."""
        found = [OUTSIDE_PASSAGES] * len(self.starts)
        for position, passage in enumerate(self.passages):
            for index in range(passage.tokens.start, passage.tokens.end):
                found[index] = position
        return found

    def is_quoted(self, token: Token) -> bool:
        """Whether the token lies inside a quoted passage."""
        return self.passage_at[token.i] >= 0

    def ending(self, passage: QuotedPassage) -> str:
        """The last character inside the passage, marks left out; empty where there is none."""
        inner = passage.inner_span
        return "" if inner is None else inner.of(self.text).rstrip(_BEHIND_WORDS)[-1:]

    def passages_in(self, tokens: TokenRange) -> range:
        """The positions of the passages that hold any of the tokens."""
        first = bisect_right(self.passages, tokens.start, key=lambda passage: passage.tokens.end)
        return range(first, bisect_left(self.passages, tokens.end, key=lambda passage: passage.tokens.start))

    # Grammar

    def children(self, token: Token) -> Sequence[Token]:
        """The tokens whose head is `token`, in order; without those too far away to be of its sentence."""
        return self._dependents.get(token.i, ())

    def bounds(self, index: int) -> TokenRange:
        """The sentence of a token: outside of passages it crosses them, inside it doesn't leave its passage."""
        return self._bounds[index]

    def has_words(self, tokens: TokenRange) -> bool:
        """Whether any of the tokens is a word."""
        return self.count_words(tokens) > 0

    def count_words(self, tokens: TokenRange) -> int:
        """How many of the tokens are words."""
        return self._words_before[tokens.end] - self._words_before[tokens.start] if len(tokens) > 0 else 0

    @cached_property
    def _dependents(self) -> Mapping[int, Sequence[Token]]:
        dependents: defaultdict[int, list[Token]] = defaultdict(list)
        for token in self.doc:
            head = token.head.i
            if 0 < abs(head - token.i) <= _LONGEST_SENTENCE:
                dependents[head].append(token)
        return dependents

    @cached_property
    def _words_before(self) -> Sequence[int]:
        """For each token, and the end, how many words stand before it."""
        return list(accumulate((token.is_alpha for token in self.doc), initial=0))

    @cached_property
    def _bounds(self) -> Sequence[TokenRange]:
        bounds = [TokenRange(index, index + 1) for index in range(len(self.starts))]
        for paragraph in self.paragraph_tokens:
            for sentence in self._sentences(paragraph, OUTSIDE_PASSAGES):
                bounds[sentence.start : sentence.end] = [sentence] * len(sentence)
        for position, passage in enumerate(self.passages):
            for index in range(passage.tokens.start, passage.tokens.end):
                bounds[index] = TokenRange(index, index + 1)
            for sentence in self._sentences(passage.inner, position):
                bounds[sentence.start : sentence.end] = [sentence] * len(sentence)
        return bounds

    def _sentences(self, tokens: TokenRange, passage: int) -> Iterator[TokenRange]:
        """The sentences of the tokens, counting only those in the passage (`OUTSIDE_PASSAGES`: in none)."""
        starts = [tokens.start]
        length = 0
        for index in range(tokens.start, tokens.end):
            if self.passage_at[index] != passage:
                continue
            if index > starts[-1] and (self.doc[index].is_sent_start or length == _LONGEST_SENTENCE):
                starts.append(index)
                length = 0
            length += 1
        return (TokenRange(start, end) for start, end in pairwise([*starts, tokens.end]))

    def token_range(self, span: TextSpan) -> TokenRange:
        """The tokens that share a character with `span`; empty where none does."""
        tokens = self.tokens(span)
        return TokenRange(tokens.start, max(tokens.start, tokens.stop))


def near_children(word: Token) -> list[Token]:
    """A word's dependents nearby, in order; looking at all for each word would be quadratic."""
    start, end = word.i - _NEAR_TOKENS, word.i + _NEAR_TOKENS
    if start <= word.left_edge.i and word.right_edge.i < end:
        return list(word.children)
    return [token for token in word.doc[max(0, start) : end] if token.head.i == word.i and token.i != word.i]
