"""Turns: who speaks where no words say so."""

from attrs import define, field, frozen

from quotesmith.coreference import EntityNumber
from quotesmith.records import TextSpan
from quotesmith.speakers.document_context import DocumentContext

OPENING_MARKS = "“\"«„‘'"
CLOSING_MARKS = "”\"»’'"


@frozen
class SpokenTurn:
    """A quote that was read: where it stands, and who speaks it."""

    extent: TextSpan
    first_paragraph: int
    last_paragraph: int
    speakers: tuple[EntityNumber, ...]


@frozen
class TurnDecision:
    """Who speaks a quote without source, and how sure that is; or why nobody is found."""

    speakers: tuple[EntityNumber, ...] = ()
    score: float = 0.0
    reason: str | None = None


@define(eq=False)
class Turns:
    """The quotes so far, in the order in which they were read."""

    _context: DocumentContext
    _turns: list[SpokenTurn] = field(factory=list)

    def add(self, extent: TextSpan, speakers: tuple[EntityNumber, ...]) -> None:
        """A quote whose speakers are decided.

        One that holds the quote before it ("..., said Roe, according to the agency") is another's report of it: what
        follows goes on with the quote inside.
        """
        if self._turns and extent.contains(self._turns[-1].extent):
            return
        paragraph_at = self._context.parsed.paragraph_at
        turn = SpokenTurn(extent, paragraph_at(extent.start), paragraph_at(extent.end - 1), speakers)
        self._turns.append(turn)

    def decide(self, extent: TextSpan) -> TurnDecision:
        """The speakers of a quote that has no source words, by what stands before it."""
        paragraph = self._context.parsed.paragraph_at(extent.start)
        subject = self._subject(extent, paragraph)
        if subject:
            return TurnDecision(subject, self._context.settings.subject_score)
        if not self._turns:
            return TurnDecision(reason="no source words and no quote before")
        return self._after(self._turns[-1], extent, paragraph)

    def _after(self, last: SpokenTurn, extent: TextSpan, paragraph: int) -> TurnDecision:
        """The speakers of a quote that follows another one."""
        distance = paragraph - last.last_paragraph
        if not last.speakers:
            return TurnDecision(reason="no source words, and the quote before has no speaker")
        if distance > 1:
            return TurnDecision(reason="no source words, and the quote before is too far")
        if distance <= 0:
            return TurnDecision(last.speakers, self._context.settings.same_paragraph_score)
        if self._is_continued(last, extent):
            return TurnDecision(last.speakers, self._context.settings.continued_score)
        return self._alternate(last)

    def _alternate(self, last: SpokenTurn) -> TurnDecision:
        """In a dialogue of paragraphs the speaker of two quotes back; otherwise the speaker goes on."""
        if len(self._turns) > 1:
            before = self._turns[-2]
            adjacent = last.first_paragraph - before.last_paragraph == 1
            if adjacent and before.speakers and before.speakers != last.speakers and self._opens_paragraph(last):
                return TurnDecision(before.speakers, self._context.settings.alternation_score)
        return TurnDecision(last.speakers, self._context.settings.next_paragraph_score)

    def _opens_paragraph(self, turn: SpokenTurn) -> bool:
        """Whether a quote opens its paragraph, as turns of a dialogue do."""
        return self._context.parsed.opens_paragraph(turn.extent.start)

    def _is_continued(self, last: SpokenTurn, extent: TextSpan) -> bool:
        text = self._context.parsed.text
        return text[last.extent.end - 1] not in CLOSING_MARKS and text[extent.start] in OPENING_MARKS

    def _subject(self, extent: TextSpan, paragraph: int) -> tuple[EntityNumber, ...]:
        """The person who was last the subject, between the quote before and this one, in its paragraph."""
        context = self._context
        parsed = context.parsed
        start = parsed.paragraph_starts[paragraph]
        if self._turns:
            start = max(start, self._turns[-1].extent.end)
        sentence = parsed.sentence_at(extent.start)
        for entity, sight in context.discourse.in_play():
            if not start <= parsed.starts[sight.token] < extent.start:
                continue
            near = sentence - sight.sentence <= context.settings.subject_sentences
            if context.is_person(entity) and sight.subject and near:
                return (entity,)
        return ()
