"""What speaks for and against each person as the speaker of a turn, before it is weighed."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import log

import attrs
from attrs import define, frozen

from quotesmith.coreference import EntityNumber
from quotesmith.records import MentionForm, TextSpan
from quotesmith.speakers.dialogue.conversations import Conversation, SpokenTurn
from quotesmith.speakers.document_context import DocumentContext

# A person whom the pronoun of a source may mean by its gender alone counts as this likely to be meant.
_LEAST_MEANT = 0.01
# Turns that a text is taken to have beyond its own, one of them by each person.
_PRIOR_TURNS = 10


@frozen(kw_only=True)
class SpeakerEvidence:
    """The evidence for one person as the speaker of one turn; what isn't so is 0.

    Attributes:
        opens_paragraph: Acts last in the narration that opens the turn's paragraph.
        acts_before: Acts last in the narration between the turn before and this one, in their paragraph.
        closes_paragraph: Acts first in the narration that closes the turn's paragraph, or stands between its pieces.
        acts_behind: Acts first in the narration between this turn and the next, in their paragraph.
        acts_beside: Acts there too, farther away from the turn.
        agrees: Has the gender of the pronoun that acts nearest to the turn.
        contradicts: Has another gender than that.
        stands_beside: Is mentioned there without acting: "He looked at Desmond."
        called: Is called in the turn's words, or said to be spoken to.
        mentioned: Is named in the turn's words.
        called_before: Is called in the turn before.
        addressed_before: Is spoken to by the source words of the turn before.
        called_behind: Is called in the turn behind.
        called_near: Is called somewhere in the conversation.
        acts_between: Acts last in the paragraphs between the turn before and this one.
        stands_between: Is mentioned there.
        spoke_before: The nearer the last turn before that words give this person, the nearer to 1.
        speaks_behind: The same for the next turn behind.
        prominent: The logarithm of the share of the text's turns that words give this person, and of one more.
        local: The logarithm of one and the mentions of this person in the narration of the conversation.
        tells: Says "I" outside of quotes.
        unnamed: Is known by no name, acts nowhere beside the turn, and its source is no pronoun.
        linked: Is named in another paragraph by words that seem to be the turn's source.
        meant: The logarithm of how likely the source's pronoun means this person.
        nobody: 1 for the chance that it is nobody whom the evidence knows.
        nobody_tells: The same where "I" or "we" acts nearest to the turn, and it isn't known who that is.
    """

    opens_paragraph: float = 0.0
    acts_before: float = 0.0
    closes_paragraph: float = 0.0
    acts_behind: float = 0.0
    acts_beside: float = 0.0
    agrees: float = 0.0
    contradicts: float = 0.0
    stands_beside: float = 0.0
    called: float = 0.0
    mentioned: float = 0.0
    called_before: float = 0.0
    addressed_before: float = 0.0
    called_behind: float = 0.0
    called_near: float = 0.0
    acts_between: float = 0.0
    stands_between: float = 0.0
    spoke_before: float = 0.0
    speaks_behind: float = 0.0
    prominent: float = 0.0
    local: float = 0.0
    tells: float = 0.0
    unnamed: float = 0.0
    linked: float = 0.0
    meant: float = 0.0
    nobody: float = 0.0
    nobody_tells: float = 0.0

    @property
    def acts_beside_turn(self) -> bool:
        """Whether the person acts nearest to the turn in its paragraph, before it or where it ends."""
        return bool(self.opens_paragraph or self.acts_before or self.closes_paragraph)

    @property
    def is_there(self) -> bool:
        """Whether the person is mentioned in the conversation's narration, or speaks in it."""
        return bool(self.local or self.spoke_before or self.speaks_behind)

    @property
    def values(self) -> tuple[float, ...]:
        """The values in the order of `SPEAKER_EVIDENCE`."""
        return attrs.astuple(self)


SPEAKER_EVIDENCE = tuple(field.name for field in attrs.fields(SpeakerEvidence))
"""The names of the evidence, in the order in which it is weighed."""


@frozen
class PlacedMention:
    """A mention of a person outside of quotes: where it begins, whether by a subject."""

    start: int
    entity: EntityNumber
    acts: bool


@define(eq=False)
class EvidenceFinder:
    """Finds the evidence of a text's conversations.

    Attributes:
        context: The text, all its sources and pronouns read.
        narrator: Who says "I" outside of quotes.
    """

    context: DocumentContext
    narrator: EntityNumber | None
    _mentions: Sequence[PlacedMention]
    _named: Sequence[tuple[int, EntityNumber]]
    _counts: Mapping[EntityNumber, int]
    _total: int

    @classmethod
    def of(
        cls, context: DocumentContext, turns: Sequence[SpokenTurn], narrator: EntityNumber | None
    ) -> "EvidenceFinder":
        """A finder for the text with these turns; n log n in its mentions."""
        mentions, named = [], []
        for mention in context.entities.mentions():
            if not context.is_person(mention.entity):
                continue
            start = mention.spans[0].start
            token = context.parsed.doc[context.parsed.token_at(mention.spans[-1].end - 1)]
            if context.parsed.is_quoted(token):
                if mention.form is MentionForm.NAME:
                    named.append((start, mention.entity))
            else:
                mentions.append(PlacedMention(start, mention.entity, context.sight(token).subject))
        counts = Counter(speaker for turn in turns if turn.is_anchor for speaker in turn.speakers)
        total = sum(counts.values())
        return cls(context, narrator, sorted(mentions, key=lambda m: m.start), sorted(named), counts, total)

    def people_of(self, conversation: Conversation, limit: int) -> list[EntityNumber]:
        """Those who may speak in a conversation: those who do so by words, act beside it or are called in it.

        Those with most such places first, `limit` at most.
        """
        counts: Counter[EntityNumber] = Counter()
        for number, turn in enumerate(conversation.turns):
            known = (*turn.speakers, *turn.linked, *turn.before, *turn.behind, *turn.called, *turn.addressed)
            counts.update(known * 2)
            counts.update(entity for _, entity in turn.ranked[:3])
            for mention in self._between(conversation, number):
                counts[mention.entity] += mention.acts
        if self.narrator is not None:
            counts[self.narrator] += 1
        return [entity for entity, count in counts.most_common(limit) if count and self.context.is_person(entity)]

    def mentioned_in(self, conversation: Conversation) -> list[EntityNumber]:
        """The people by name whom the narration of a conversation mentions, each once, in order."""
        mentions = self._mentions_in(conversation.extent)
        return [entity for entity in dict.fromkeys(m.entity for m in mentions) if self.context.entities[entity].named]

    def find(self, conversation: Conversation, people: Sequence[EntityNumber]) -> Iterator[list[SpeakerEvidence]]:
        """For each turn the evidence of each of the people and, last, of nobody whom it knows."""
        called = {entity for turn in conversation.turns for entity in turn.called}
        counts = Counter(mention.entity for mention in self._mentions_in(conversation.extent))
        before = list(_nearness(conversation.turns, people))
        behind = list(_nearness(conversation.turns[::-1], people))[::-1]
        for number, turn in enumerate(conversation.turns):
            beside = {mention.entity for mention in self._beside(turn)}
            between = list(self._between(conversation, number))
            acting = [mention.entity for mention in between if mention.acts][-1:]
            standing = {mention.entity for mention in between}
            named = {entity for span in turn.content for entity in self._named_in(span)}
            previous = conversation.turns[number - 1] if number else None
            following = conversation.turns[number + 1] if number + 1 < len(conversation.turns) else None
            meant = {entity: probability for probability, entity in turn.ranked}
            by_pronoun, beside_turn = turn.is_meant, {*turn.before, *turn.behind}
            row = []
            for place, person in enumerate(people):
                actors = (*turn.before[1:], *turn.behind[1:])
                gender = self.context.entities[person].gender
                acts_before, acts_behind = person in turn.before[:1], person in turn.behind[:1]
                row.append(
                    SpeakerEvidence(
                        opens_paragraph=acts_before and turn.opens,
                        acts_before=acts_before and not turn.opens,
                        closes_paragraph=acts_behind and turn.closes,
                        acts_behind=acts_behind and not turn.closes,
                        acts_beside=person in actors and not (acts_before or acts_behind),
                        agrees=turn.gender is not None and gender is turn.gender,
                        contradicts=None not in {gender, turn.gender} and gender is not turn.gender,
                        stands_beside=person in beside and person not in beside_turn,
                        called=person in turn.called or person in turn.addressed,
                        mentioned=person in named and person not in turn.called,
                        called_before=previous is not None and person in previous.called,
                        addressed_before=previous is not None and person in previous.addressed,
                        called_behind=following is not None and person in following.called,
                        called_near=person in called,
                        acts_between=person in acting,
                        stands_between=person in standing and person not in acting,
                        spoke_before=before[number][place],
                        speaks_behind=behind[number][place],
                        prominent=log((self._counts.get(person, 0) + 1) / (self._total + _PRIOR_TURNS)),
                        local=log(1 + counts[person]),
                        tells=person == self.narrator,
                        unnamed=not (by_pronoun or person in beside_turn or self.context.entities[person].named),
                        linked=person in turn.linked,
                        meant=log(max(meant.get(person, 0.0), _LEAST_MEANT)) if by_pronoun else 0.0,
                    )
                )
            yield [*row, SpeakerEvidence(nobody=1.0, nobody_tells=turn.is_told)]

    def _beside(self, turn: SpokenTurn) -> Iterable[PlacedMention]:
        return self._mentions_in(turn.paragraphs)

    def _between(self, conversation: Conversation, number: int) -> Iterable[PlacedMention]:
        """The mentions between the turn and the one before it, in other paragraphs than theirs."""
        gap = conversation.gaps[number]
        return () if gap is None else self._mentions_in(gap)

    def _mentions_in(self, span: TextSpan) -> Sequence[PlacedMention]:
        low, high = (bisect_left(self._mentions, edge, key=lambda m: m.start) for edge in (span.start, span.end))
        return self._mentions[low:high]

    def _named_in(self, span: TextSpan) -> Iterator[EntityNumber]:
        low, high = (bisect_left(self._named, edge, key=lambda m: m[0]) for edge in (span.start, span.end))
        yield from (entity for _, entity in self._named[low:high])


def _nearness(turns: Sequence[SpokenTurn], people: Sequence[EntityNumber]) -> Iterator[list[float]]:
    """For each turn and person 1 / the number of turns since one that words give the person; 0 before any."""
    last: dict[EntityNumber, int] = {}
    for number, turn in enumerate(turns):
        yield [1 / (number - last[person]) if person in last else 0.0 for person in people]
        known = turn.speakers if turn.is_anchor else (*turn.before[:1], *turn.behind[:1])
        last.update(dict.fromkeys(known, number))
