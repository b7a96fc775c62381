"""Two neighbouring pieces of speech: what the text shows of whether one speaker says both in one go."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from itertools import pairwise

from attrs import field, frozen
from spacy.tokens import Token

from quotesmith.extraction.acts import find_lemma
from quotesmith.extraction.attributions import Attribution
from quotesmith.lexicon.folding import fold
from quotesmith.lexicon.reporting import ReportingLexicon
from quotesmith.parsed_text import OUTSIDE_PASSAGES, ParsedText, TokenRange
from quotesmith.records import TextSpan

_STOPS = frozenset({".", "!", "?", "…", "..."})
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_PRONOUN_TAGS = frozenset({"PRP", "WP"})
# Keeps the work linear in the text: tags and beats are shorter, and a call stands near an edge of what is said.
_MAX_GAP_TOKENS = 120
_MAX_CALL_TOKENS = 40


@frozen
class Piece:
    """One piece of what is said.

    Attributes:
        span: Where it stands.
        quote: The position of its attribution among the candidates.
        first: The number of the paragraph that it starts in.
        last: The number of the paragraph that it ends in.
        passage: The position of the quoted passage that it is; `OUTSIDE_PASSAGES` where it is none.
    """

    span: TextSpan
    quote: int
    first: int
    last: int
    passage: int

    @property
    def is_quoted(self) -> bool:
        """Whether it is what stands between two marks."""
        return self.passage != OUTSIDE_PASSAGES


@frozen
class Pair:
    """Two pieces with no piece between them.

    Attributes:
        before: The first.
        after: The second.
        gap: The tokens between them.
    """

    before: Piece
    after: Piece
    gap: TokenRange

    @property
    def breaks(self) -> int:
        """How many paragraphs begin between them."""
        return self.after.first - self.before.last


@frozen(eq=False)
class PassagePairs:
    """The pieces of a text's outermost attributions, and what stands between them.

    Attributes:
        parsed: The text.
        quotes: The candidates.
        lexicon: The reporting words.
        own_tags: By the character that a piece starts at, the attribution that the rules give it.
    """

    parsed: ParsedText
    quotes: Sequence[Attribution]
    lexicon: ReportingLexicon
    own_tags: Mapping[int, Attribution]
    _names: dict[TextSpan, frozenset[str]] = field(factory=dict, init=False, repr=False)

    @cached_property
    def pieces(self) -> Sequence[Piece]:
        """All pieces, in text order."""
        spans = sorted((span, number) for number, quote in enumerate(self.quotes) for span in quote.content)
        return [self._piece(span, number) for span, number in spans]

    @cached_property
    def pairs(self) -> Sequence[Pair]:
        """All neighbours, in text order."""
        token_at = self.parsed.token_at
        return [
            Pair(
                a,
                b,
                TokenRange(token_at(a.span.end - 1) + 1, max(token_at(a.span.end - 1) + 1, token_at(b.span.start))),
            )
            for a, b in pairwise(self.pieces)
            if a.span.end <= b.span.start
        ]

    def _piece(self, span: TextSpan, number: int) -> Piece:
        parsed = self.parsed
        passage = parsed.passage_at[parsed.token_at(span.start)] if parsed.starts else OUTSIDE_PASSAGES
        if passage != OUTSIDE_PASSAGES and parsed.passages[passage].span != span:
            passage = OUTSIDE_PASSAGES
        return Piece(span, number, parsed.paragraph_at(span.start), parsed.paragraph_at(span.end - 1), passage)

    # Marks

    def continues(self, pair: Pair) -> bool:
        """Whether the second piece goes on with the first, whose closing mark is missing."""
        after = pair.after.passage
        if after == OUTSIDE_PASSAGES or pair.before.passage == OUTSIDE_PASSAGES:
            return False
        return self.parsed.passages[after].continues == pair.before.passage

    def ending(self, piece: Piece) -> str:
        """The last character of what is said, marks left out."""
        return piece.span.of(self.parsed.text).rstrip(" \t\r\n\u00a0\"'”’»)“‘«")[-1:]

    def is_whole_paragraph(self, piece: Piece) -> bool:
        """Whether a piece is all the words of its paragraph."""
        parsed = self.parsed
        paragraph = parsed.paragraph_tokens[piece.first]
        tokens = parsed.tokens(piece.span)
        return (
            piece.first == piece.last
            and not parsed.has_words(TokenRange(paragraph.start, tokens.start))
            and not parsed.has_words(TokenRange(tokens.stop, paragraph.end))
        )

    # Words between

    def words(self, tokens: TokenRange) -> list[Token]:
        """The words of the tokens, at most so many."""
        found = self.parsed.doc[tokens.start : min(tokens.end, tokens.start + _MAX_GAP_TOKENS)]
        return [token for token in found if token.is_alpha]

    def behind(self, pair: Pair) -> TokenRange:
        """The tokens between them in the first one's paragraph."""
        if not pair.breaks:
            return pair.gap
        return pair.gap.within(TokenRange(0, self.parsed.paragraph_tokens[pair.before.last].end))

    def ahead(self, pair: Pair) -> TokenRange:
        """The tokens between them in the second one's paragraph."""
        if not pair.breaks:
            return pair.gap
        return pair.gap.within(TokenRange(self.parsed.paragraph_tokens[pair.after.first].start, pair.gap.end))

    def subjects(self, tokens: TokenRange) -> Iterator[Token]:
        """Who acts in the tokens: the subjects of their verbs, outside of quotation marks."""
        for token in self.parsed.doc[tokens.start : min(tokens.end, tokens.start + _MAX_GAP_TOKENS)]:
            if token.dep_ in _SUBJECTS and token.head.i in tokens and not self.parsed.is_quoted(token):
                yield token

    def other_subject(self, pair: Pair, tokens: TokenRange, quote: Attribution) -> str:
        """Whether somebody other than a quote's source acts in the tokens: "other", "pronoun", "same" or ""."""
        parsed = self.parsed
        cue = {index for span in (*quote.cue, *quote.source) for index in parsed.tokens(span)}
        told = {parsed.sentences[index] for index in cue}
        found = ""
        names = self.names(quote)
        for subject in self.subjects(tokens):
            if subject.i in cue or subject.head.i in cue or parsed.sentences[subject.i] in told:
                continue
            phrase = {fold(token.text) for token in subject.subtree if token.is_alpha}
            if phrase & names:
                return "same"
            kind = "pronoun" if subject.tag_ in _PRONOUN_TAGS else "other"
            found = found or kind
        return found

    def names(self, quote: Attribution) -> frozenset[str]:
        """The capitalized words and nouns of a quote's source, folded."""
        found = frozenset(
            fold(token.text) for token in self.parsed.words(quote.source) if token.pos_ in {"PROPN", "NOUN"}
        )
        return found

    def own_tag(self, piece: Piece) -> Attribution | None:
        """What the rules give a piece a cue by."""
        return self.own_tags.get(piece.span.start)

    def has_cue_in(self, quote: Attribution, tokens: TokenRange) -> bool:
        """Whether a cue of the quote stands in the tokens."""
        return any(self.parsed.token_at(span.start) in tokens for span in quote.cue)

    def replies(self, tag: Attribution) -> bool:
        """Whether a tag's verb answers."""
        return any(find_lemma(token, self.lexicon) in self.lexicon.replying for token in self.parsed.words(tag.cue))
