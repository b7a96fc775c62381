"""Turns: who speaks where no words say so, and who the letters of an interview ("Q", "A") are."""

from collections import Counter
from collections.abc import Sequence

from attrs import define, field, frozen
from spacy.tokens import Token

from quotesmith.coreference import EntityNumber
from quotesmith.lexicon.folding import fold
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


def find_label(context: DocumentContext, tokens: Sequence[Token]) -> Token | None:
    """The word by which an interview marks who asks or answers ("Q", "A"), with a colon behind it; None otherwise."""
    words = [token for token in tokens if not token.is_punct and not token.is_space]
    return words[0] if len(words) == 1 and _is_label(context, words[0]) else None


def find_interviewee(context: DocumentContext) -> EntityNumber | None:
    """The person whom the text names most before the first label of an interview; of several the first."""
    begins = next((token.i for token in context.parsed.doc if _is_label(context, token)), 0)
    owners = [
        owner
        for name, owner in zip(context.names, context.owners, strict=True)
        if name.start < begins and context.is_person(owner)
    ]
    return Counter(owners).most_common(1)[0][0] if owners else None


def _is_label(context: DocumentContext, token: Token) -> bool:
    """Whether the word is a label that opens a paragraph, with a colon or a wide space behind it."""
    words = context.lexicon.interviews
    if fold(token.text) not in words.questions and fold(token.text) not in words.answers:
        return False
    doc = token.doc
    before = doc[token.i - 1].text if token.i > 0 else "\n"
    opens = "\n" in before or (token.i > 1 and "\n" in doc[token.i - 2].text and not before[:1].isalnum())
    after = token.i + 1
    if not opens or not token.text[0].isupper() or after >= len(doc):
        return False
    return doc[after].text in {":", "."} or doc[after].is_space or token.text == "Q"
