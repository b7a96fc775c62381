"""What an extractor gives: one attribution for each quote of the text."""

from collections.abc import Sequence
from typing import Protocol

from attrs import field, frozen
from spacy.tokens import Doc

from quotesmith.encoder import Encoded
from quotesmith.marks import MarkPair
from quotesmith.records import Act, Assertion, QuoteKind, TextSpan, TextSpans
from quotesmith.records.checks import check_score


@frozen(kw_only=True)
class Attribution:
    """Content, cue and source of one quote (the literature's attribution relation).

    A score outside [0, 1] is an `InvalidRecordError`.

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
    score: float = field(validator=check_score)
    rule: str

    @property
    def extent(self) -> TextSpan:
        """From the first to the last character of the content, gaps included."""
        return TextSpan(self.content[0].start, self.content[-1].end)


class Extractor(Protocol):
    """Finds the attributions of a Doc, in order of their content's start; never changes the Doc."""

    def __call__(self, doc: Doc, marks: Sequence[MarkPair], encoded: Encoded | None = None, /) -> list[Attribution]:
        """The attributions of `doc`.

        Args:
            doc: The Doc.
            marks: The quotation marks of its text.
            encoded: What the encoder gave for the text; without it, an extractor that needs it reads the text itself.
        """
