"""What an extractor gives: one attribution for each quote of the text."""

from typing import Protocol

from attrs import frozen

from quotesmith.encoder import Encoded
from quotesmith.parsed_text import ParsedText
from quotesmith.records import Act, Assertion, QuoteKind, TextSpan, TextSpans


@frozen(kw_only=True)
class Attribution:
    """Content, cue and source of one quote (the literature's attribution relation).

    Attributes:
        content: The reported words in text order, with the marks at their edges.
        cue: The reporting words; empty where there are none.
        source: The words that name the speaker; empty where none do.
        kind: Direct, mixed or indirect.
        act: Speech, writing, thought or attitude.
        assertion: Whether the text asserts the act.
        outer_marks: The quotation marks at the edges of the content's pieces.
        parent: Position, in the extractor's list, of the attribution whose content holds this one.
        score: How sure it is that the quote is there with about this extent, in [0, 1].
        rule: The rule or model that found it.
    """

    content: TextSpans
    cue: TextSpans = ()
    source: TextSpans = ()
    kind: QuoteKind
    act: Act
    assertion: Assertion
    outer_marks: TextSpans = ()
    parent: int | None = None
    score: float
    rule: str

    @property
    def extent(self) -> TextSpan:
        """From the first to the last character of the content, gaps included."""
        return TextSpan(self.content[0].start, self.content[-1].end)


class Extractor(Protocol):
    """Finds the attributions of a text, in order of their content's start; never changes its Doc."""

    def __call__(self, parsed: ParsedText, encoded: Encoded | None = None, /) -> list[Attribution]:
        """The attributions of a text.

        Args:
            parsed: The text: its Doc and its quotation marks.
            encoded: What the encoder gave for the text; without it, an extractor that needs it reads the text itself.
        """
