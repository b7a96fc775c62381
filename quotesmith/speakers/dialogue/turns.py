"""Reports: with whom a text goes on where no words say so."""

from attrs import define, field, frozen

from quotesmith.coreference import EntityNumber
from quotesmith.marks import CLOSING_CHARACTERS, OPENING_CHARACTERS
from quotesmith.records import TextSpan
from quotesmith.speakers.document_context import DocumentContext


@frozen
class EarlierQuote:
    """A quote that was read: where it stands, and who speaks it."""

    extent: TextSpan
    first_paragraph: int
    last_paragraph: int
    speakers: tuple[EntityNumber, ...]


@frozen
class TurnDecision:
    """Who speaks a quote without source, how sure that is and what shows it; or why nobody is found."""

    speakers: tuple[EntityNumber, ...] = ()
    score: float = 0.0
    method: str = "none"
    reason: str | None = None


@define(eq=False)
class Turns:
    """The quotes so far, in the order in which they were read."""

    _context: DocumentContext
    _turns: list[EarlierQuote] = field(factory=list)

    def add(self, extent: TextSpan, speakers: tuple[EntityNumber, ...]) -> None:
        """A quote whose speakers are decided.

        One that holds the quote before it ("..., said Roe, according to the agency") is another's report of it: what
        follows goes on with the quote inside.
        """
        if self._turns and extent.contains(self._turns[-1].extent):
            return
        paragraph_at = self._context.parsed.paragraph_at
        turn = EarlierQuote(extent, paragraph_at(extent.start), paragraph_at(extent.end - 1), speakers)
        self._turns.append(turn)

    def decide(self, extent: TextSpan) -> TurnDecision:
        """The speakers of a quote that has no source words, by what stands before it."""
        paragraph = self._context.parsed.paragraph_at(extent.start)
        subject = self._subject(extent, paragraph)
        if subject:
            return TurnDecision(subject, self._context.settings.subject_score, "beat")
        if not self._turns:
            return TurnDecision(reason="no source words and no quote before")
        return self._after(self._turns[-1], extent, paragraph)

    def _after(self, last: EarlierQuote, extent: TextSpan, paragraph: int) -> TurnDecision:
        """The speakers of a quote that follows another one."""
        settings = self._context.settings
        distance = paragraph - last.last_paragraph
        if not last.speakers:
            return TurnDecision(reason="no source words, and the quote before has no speaker")
        if distance > 1 and (distance > settings.continued_paragraphs or self._is_interrupted(last, extent)):
            return TurnDecision(reason="no source words, and the quote before is too far")
        if distance <= 0:
            return TurnDecision(last.speakers, settings.same_paragraph_score, "continued")
        if self._is_continued(last, extent):
            return TurnDecision(last.speakers, settings.continued_score, "continued")
        return self._alternate(last)

    def _is_interrupted(self, last: EarlierQuote, extent: TextSpan) -> bool:
        """Whether somebody else was mentioned since the quote before."""
        context = self._context
        others = (
            sight
            for entity, sight in context.discourse.in_play()
            if entity not in last.speakers and context.is_person(entity)
        )
        return any(last.extent.end <= context.parsed.starts[sight.token] < extent.start for sight in others)

    def _alternate(self, last: EarlierQuote) -> TurnDecision:
        """In a dialogue of paragraphs the speaker of two quotes back; otherwise the speaker goes on."""
        if len(self._turns) > 1:
            before = self._turns[-2]
            adjacent = last.first_paragraph - before.last_paragraph == 1
            if adjacent and before.speakers and before.speakers != last.speakers and self._opens_paragraph(last):
                return TurnDecision(before.speakers, self._context.settings.alternation_score, "turn")
        return TurnDecision(last.speakers, self._context.settings.next_paragraph_score, "continued")

    def _opens_paragraph(self, turn: EarlierQuote) -> bool:
        """Whether a quote opens its paragraph, as turns of a dialogue do."""
        return self._context.parsed.opens_paragraph(turn.extent.start)

    def _is_continued(self, last: EarlierQuote, extent: TextSpan) -> bool:
        text = self._context.parsed.text
        return text[last.extent.end - 1] not in CLOSING_CHARACTERS and text[extent.start] in OPENING_CHARACTERS

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
