"""The flow of quotes: who speaks where no words say so."""

from attrs import define, field, frozen

from quotesmith.records import EntityKind, TextSpan
from quotesmith.speakers.scene import Scene

OPENINGS = "“\"«„‘'"
CLOSINGS = "”\"»’'"
SUBJECT_SENTENCES = 2

SCORES = {"continued": 0.85, "paragraph": 0.75, "subject": 0.55, "alternation": 0.6, "next paragraph": 0.5}


@frozen
class Turn:
    """A quote that was read: where it stands, and who speaks it."""

    extent: TextSpan
    first_paragraph: int
    last_paragraph: int
    speakers: tuple[int, ...]


@frozen
class TurnDecision:
    """Who speaks a quote without source, and how sure that is; or why nobody is found."""

    speakers: tuple[int, ...] = ()
    score: float = 0.0
    reason: str | None = None


@define(eq=False)
class Turns:
    """The quotes so far, in the order in which they were read."""

    _scene: Scene
    _turns: list[Turn] = field(factory=list)

    def add(self, extent: TextSpan, speakers: tuple[int, ...]) -> None:
        """A quote whose speakers are decided.

        One that holds the quote before it ("..., said Roe, according to the agency") is another's report of it: what
        follows goes on with the quote inside.
        """
        if self._turns and extent.contains(self._turns[-1].extent):
            return
        paragraph_at = self._scene.layout.paragraph_at
        turn = Turn(extent, paragraph_at(extent.start), paragraph_at(extent.end - 1), speakers)
        self._turns.append(turn)

    def decide(self, extent: TextSpan) -> TurnDecision:
        """The speakers of a quote that has no source words, by what stands before it."""
        paragraph = self._scene.layout.paragraph_at(extent.start)
        subject = self._subject(extent, paragraph)
        if subject:
            return TurnDecision(subject, SCORES["subject"])
        if not self._turns:
            return TurnDecision(reason="no source words and no quote before")
        return self._after(self._turns[-1], extent, paragraph)

    def _after(self, last: Turn, extent: TextSpan, paragraph: int) -> TurnDecision:
        """The speakers of a quote that follows another one."""
        distance = paragraph - last.last_paragraph
        if not last.speakers:
            return TurnDecision(reason="no source words, and the quote before has no speaker")
        if distance > 1:
            return TurnDecision(reason="no source words, and the quote before is too far")
        if distance <= 0:
            return TurnDecision(last.speakers, SCORES["paragraph"])
        if self._is_continued(last, extent):
            return TurnDecision(last.speakers, SCORES["continued"])
        return self._alternate(last)

    def _alternate(self, last: Turn) -> TurnDecision:
        """In a dialogue of paragraphs the speaker of two quotes back; else the speaker goes on."""
        if len(self._turns) > 1:
            before = self._turns[-2]
            adjacent = last.first_paragraph - before.last_paragraph == 1
            if adjacent and before.speakers and before.speakers != last.speakers and self._fills(last):
                return TurnDecision(before.speakers, SCORES["alternation"])
        return TurnDecision(last.speakers, SCORES["next paragraph"])

    def _fills(self, turn: Turn) -> bool:
        """Whether a quote opens its paragraph, as turns of a dialogue do."""
        return self._scene.layout.opens_paragraph(turn.extent.start)

    def _is_continued(self, last: Turn, extent: TextSpan) -> bool:
        text = self._scene.layout.text
        return text[last.extent.end - 1] not in CLOSINGS and text[extent.start] in OPENINGS

    def _subject(self, extent: TextSpan, paragraph: int) -> tuple[int, ...]:
        """The person who was last the subject, between the quote before and this one, in its paragraph."""
        scene = self._scene
        layout = scene.layout
        start = layout.paragraphs[paragraph]
        if self._turns:
            start = max(start, self._turns[-1].extent.end)
        sentence = layout.sentence_at(extent.start)
        for entity, sight in scene.discourse.in_play():
            if not start <= layout.starts[sight.token] < extent.start:
                continue
            person = scene.roster.drafts[entity].kind is EntityKind.PERSON
            if person and sight.subject and sentence - sight.sentence <= SUBJECT_SENTENCES:
                return (entity,)
        return ()
