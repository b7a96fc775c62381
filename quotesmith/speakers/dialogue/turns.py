"""Turns: who speaks where no words say so, and who the letters of an interview ("Q", "A") are."""

from collections import Counter
from collections.abc import Sequence

from attrs import define, field, frozen
from spacy.tokens import Token

from quotesmith.lexicon.folding import fold
from quotesmith.records import EntityKind, TextSpan
from quotesmith.speakers.document_context import DocumentContext
from quotesmith.speakers.entities import EntityDraft

OPENING_MARKS = "“\"«„‘'"
CLOSING_MARKS = "”\"»’'"
SUBJECT_SENTENCES = 2
TURN_SCORES = {"continued": 0.85, "paragraph": 0.75, "subject": 0.55, "alternation": 0.6, "next paragraph": 0.5}
QUESTIONS = frozenset({"q", "question", "questioner", "reporter"})
ANSWERS = frozenset({"a", "answer"})


@frozen
class SpokenTurn:
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

    _context: DocumentContext
    _turns: list[SpokenTurn] = field(factory=list)

    def add(self, extent: TextSpan, speakers: tuple[int, ...]) -> None:
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
            return TurnDecision(subject, TURN_SCORES["subject"])
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
            return TurnDecision(last.speakers, TURN_SCORES["paragraph"])
        if self._is_continued(last, extent):
            return TurnDecision(last.speakers, TURN_SCORES["continued"])
        return self._alternate(last)

    def _alternate(self, last: SpokenTurn) -> TurnDecision:
        """In a dialogue of paragraphs the speaker of two quotes back; else the speaker goes on."""
        if len(self._turns) > 1:
            before = self._turns[-2]
            adjacent = last.first_paragraph - before.last_paragraph == 1
            if adjacent and before.speakers and before.speakers != last.speakers and self._fills(last):
                return TurnDecision(before.speakers, TURN_SCORES["alternation"])
        return TurnDecision(last.speakers, TURN_SCORES["next paragraph"])

    def _fills(self, turn: SpokenTurn) -> bool:
        """Whether a quote opens its paragraph, as turns of a dialogue do."""
        return self._context.parsed.opens_paragraph(turn.extent.start)

    def _is_continued(self, last: SpokenTurn, extent: TextSpan) -> bool:
        text = self._context.parsed.text
        return text[last.extent.end - 1] not in CLOSING_MARKS and text[extent.start] in OPENING_MARKS

    def _subject(self, extent: TextSpan, paragraph: int) -> tuple[int, ...]:
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
            person = context.roster.drafts[entity].kind is EntityKind.PERSON
            if person and sight.subject and sentence - sight.sentence <= SUBJECT_SENTENCES:
                return (entity,)
        return ()


def interview_part(context: DocumentContext, tokens: Sequence[Token]) -> int | None:
    """The entity of a label that is "Q" or "A" before a colon; None of other words.

    Who answers is the person whom the text names most before the first of the letters; who asks has no name.
    """
    words = [token for token in tokens if not token.is_punct and not token.is_space]
    if len(words) != 1 or fold(words[0].text) not in QUESTIONS | ANSWERS or not _is_label(words[0]):
        return None
    return _voice(context, words[0].text)


def _is_label(token: Token) -> bool:
    """Whether the word opens a paragraph and has a colon, or a wide space, behind it."""
    doc = token.doc
    before = doc[token.i - 1].text if token.i > 0 else "\n"
    opens = "\n" in before or (token.i > 1 and "\n" in doc[token.i - 2].text and not before[:1].isalnum())
    after = token.i + 1
    return opens and token.text[0].isupper() and after < len(doc) and (doc[after].text in {":", "."} or _is_wide(token))


def _is_wide(token: Token) -> bool:
    return token.nbor().is_space or token.text == "Q"


def _voice(context: DocumentContext, label: str) -> int:
    """The one who speaks under the label all through the text; looked for once."""
    known = context.voices.get(fold(label))
    if known is None:
        known = _interviewee(context) if fold(label) in ANSWERS else None
    if known is None:
        known = context.roster.add(EntityDraft(label, EntityKind.PERSON, named=False))
    context.voices[fold(label)] = known
    return known


def _interviewee(context: DocumentContext) -> int | None:
    """The person named most before the interview begins; of several the first."""
    labels = QUESTIONS | ANSWERS
    begins = next((t.i for t in context.parsed.doc if fold(t.text) in labels and _is_label(t)), 0)
    owners = [
        owner
        for name, owner in zip(context.names, context.owners, strict=True)
        if name.start < begins and context.roster.drafts[owner].kind is EntityKind.PERSON
    ]
    return Counter(owners).most_common(1)[0][0] if owners else None
