"""Where words, sentences and paragraphs of a Doc stand, looked up without walking the Doc again."""

from bisect import bisect_left, bisect_right

from attrs import field, frozen
from spacy.tokens import Doc, Token

from quotesmith.marks import find_paragraphs
from quotesmith.records import TextSpan, TextSpans


@frozen(eq=False)
class Layout:
    """A Doc with its positions; token indexes and character offsets are those of the Doc.

    Attributes:
        doc: The Doc; read, never changed.
        text: Its text.
        starts: The first character of each token.
        ends: The character after each token.
        sentences: The number of the sentence of each token.
        paragraphs: The first character of each paragraph.
    """

    doc: Doc
    text: str
    starts: list[int]
    ends: list[int]
    sentences: list[int]
    paragraphs: list[int]
    _first_words: dict[tuple[int, str], int] = field(factory=dict, init=False, repr=False)

    @classmethod
    def of(cls, doc: Doc) -> "Layout":
        """The layout of `doc`; a Doc without sentence starts is one sentence."""
        text = doc.text
        number, sentences = 0, []
        for token in doc:
            number += token.is_sent_start is True and token.i > 0
            sentences.append(number)
        return cls(
            doc=doc,
            text=text,
            starts=[token.idx for token in doc],
            ends=[token.idx + len(token) for token in doc],
            sentences=sentences,
            paragraphs=[paragraph.start for paragraph in find_paragraphs(text)],
        )

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

    def opens_paragraph(self, offset: int, *, marks: str = "") -> bool:
        """Whether nothing but white space and `marks` stands between the paragraph's start and the character.

        A paragraph is looked through once, however often it is asked about.
        """
        number = self.paragraph_at(offset)
        if (number, marks) not in self._first_words:
            start, end = [*self.paragraphs[number : number + 2], len(self.text)][:2]
            words = (i for i in range(start, end) if not (self.text[i] in marks or self.text[i].isspace()))
            self._first_words[number, marks] = next(words, end)
        return offset <= self._first_words[number, marks]

    def token_at(self, offset: int) -> int:
        """The index of the first token that ends after the character."""
        return min(bisect_right(self.ends, offset), max(len(self.ends) - 1, 0))

    def sentence_at(self, offset: int) -> int:
        """The number of the sentence at the character."""
        return self.sentences[self.token_at(offset)] if self.sentences else 0

    def paragraph_at(self, offset: int) -> int:
        """The number of the paragraph at the character."""
        return max(0, bisect_right(self.paragraphs, offset) - 1)
