"""Who speaks the turns that no words give anybody, when all that words give is known."""

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from attrs import define, frozen
from spacy.tokens import Token

from quotesmith.coreference import GENDERS, EntityNumber, PronounClass, pronoun_class
from quotesmith.extraction.attributions import Attribution
from quotesmith.records import Gender, TextSpan
from quotesmith.speakers.dialogue.beats import Beats, find_beats, is_spoken
from quotesmith.speakers.dialogue.conversations import Conversation, SpokenTurn, Step, find_conversations
from quotesmith.speakers.dialogue.evidence import EvidenceFinder, SpeakerEvidence
from quotesmith.speakers.dialogue.turn_model import TurnModel
from quotesmith.speakers.document_context import DocumentContext
from quotesmith.speakers.results import DecisionDraft

# Keeps work linear: people among whom the speakers of one conversation are looked for.
MAX_PEOPLE = 14


@frozen
class TurnChoice:
    """Who speaks one turn.

    Attributes:
        number: Its attribution's.
        speaker: The person; None where nobody who is known is likely enough.
        probability: How likely that is.
        method: What shows it most: "beat", "vocative", "continued" or "turn".
        ranked: The people with their probabilities, best first.
        has_source: Whether the turn has a source, a pronoun.
        is_shown: Whether something beside the order of turns shows it: a beat, a call, or a question just before.
    """

    number: int
    speaker: EntityNumber | None
    probability: float
    method: str
    ranked: tuple[tuple[float, EntityNumber], ...]
    has_source: bool
    is_shown: bool


@frozen
class WeighedConversation:
    """A conversation with all that is weighed.

    Attributes:
        conversation: Its turns.
        people: Who may speak in it.
        evidence: For each turn that of each of the people, and of nobody whom it knows.
        allowed: For each turn who of them, nobody included, may speak it.
        bystanders: Others whom the narration around it mentions.
    """

    conversation: Conversation
    people: Sequence[EntityNumber]
    evidence: Sequence[Sequence[SpeakerEvidence]]
    allowed: Sequence[Sequence[bool]]
    bystanders: Sequence[EntityNumber] = ()


@define(eq=False)
class SpokenQuotes:
    """The spoken quotes of a text, in order, with the beats beside them.

    Attributes:
        numbers: Their attributions.
        beats: The beats of each.
        actors: The head words of all beats.
    """

    numbers: Sequence[int]
    beats: Sequence[Beats]
    actors: Mapping[int, Token]

    @property
    def pairs(self) -> list[tuple[int, Beats]]:
        """Each with its beats."""
        return list(zip(self.numbers, self.beats, strict=True))

    @classmethod
    def of(cls, context: DocumentContext, attributions: Sequence[Attribution]) -> "SpokenQuotes":
        """The spoken quotes among a text's attributions."""
        spoken = [number for number, quote in enumerate(attributions) if is_spoken(context, quote)]
        spoken.sort(key=lambda number: (attributions[number].extent.start, number))
        beats = find_beats(context, [attributions[number] for number in spoken])
        actors = {actor.i: actor for beat in beats for actor in (*beat.before, *beat.behind)}
        return cls(spoken, beats, actors)


def make_turns(
    context: DocumentContext,
    attributions: Sequence[Attribution],
    spoken: SpokenQuotes,
    *,
    drafts: Mapping[int, DecisionDraft],
    acting: Mapping[int, EntityNumber],
    called: Mapping[int, tuple[EntityNumber, ...]],
    addressed: Mapping[int, tuple[EntityNumber, ...]],
    dialogue: bool,
) -> list[SpokenTurn]:
    """The turns of a text, in order.

    Args:
        context: The text, all its sources read.
        attributions: Its quotes.
        spoken: Those that are spoken.
        drafts: What their source words say.
        acting: Whom the head word of a beat means.
        called: Whom the words of a quote call.
        addressed: Whom its source words say it is spoken to.
        dialogue: Whether the text is one, where people act without a word of speech beside what they say.
    """
    parsed = context.parsed
    places = [
        (parsed.paragraph_at(quote.extent.start), parsed.paragraph_at(quote.extent.end - 1))
        for quote in map(attributions.__getitem__, spoken.numbers)
    ]
    turns = []
    for place, (number, beats) in enumerate(zip(spoken.numbers, spoken.beats, strict=True)):
        quote, draft = attributions[number], drafts[number]
        first, last = places[place]
        has_source = bool(quote.source) and not (dialogue and _stands_elsewhere(context, quote, beats))
        turns.append(
            SpokenTurn(
                number=number,
                content=quote.content,
                paragraphs=TextSpan(parsed.paragraphs[first].start, parsed.paragraphs[last].end),
                first_paragraph=first,
                last_paragraph=last,
                speakers=draft.speakers if has_source else (),
                has_source=has_source,
                linked=() if has_source or not quote.source else draft.speakers,
                is_told=any(_is_told(actor, acting) for actor in (*beats.before[:1], *beats.behind[:1])),
                ranked=draft.ranked if has_source and _is_pronoun(context, quote) else (),
                before=tuple(acting[actor.i] for actor in beats.before if actor.i in acting),
                behind=tuple(acting[actor.i] for actor in beats.behind if actor.i in acting),
                gender=_gender(beats),
                opens=place == 0 or places[place - 1][1] < first,
                closes=place + 1 == len(places) or places[place + 1][0] > last,
                called=called.get(number, ()),
                addressed=addressed.get(number, ()),
            )
        )
    return turns


def _is_pronoun(context: DocumentContext, quote: Attribution) -> bool:
    """Whether the source is a pronoun, which may mean somebody else than it seems to by itself."""
    words = context.parsed.words(quote.source)
    return len(words) == 1 and pronoun_class(words[0]) is not None


def _stands_elsewhere(context: DocumentContext, quote: Attribution, beats: Beats) -> bool:
    """Whether what seems to be a source stands in another paragraph, and somebody acts in the quote's own."""
    paragraph_at = context.parsed.paragraph_at
    first, last = paragraph_at(quote.extent.start), paragraph_at(quote.extent.end - 1)
    return bool(beats.before or beats.behind) and not first <= paragraph_at(quote.source[0].start) <= last


def _is_told(actor: Token, acting: Mapping[int, EntityNumber]) -> bool:
    """Whether the writer acts, who is known by nothing else."""
    return actor.i not in acting and pronoun_class(actor) in {PronounClass.I, PronounClass.WE}


def _gender(beats: Beats) -> Gender | None:
    """That of the pronoun which acts nearest to a turn."""
    kinds = (pronoun_class(actor) for actor in (*beats.before[:1], *beats.behind[:1]))
    return next((GENDERS[kind] for kind in kinds if kind in GENDERS), None)


def weigh(
    context: DocumentContext,
    attributions: Sequence[Attribution],
    turns: Sequence[SpokenTurn],
    narrator: EntityNumber | None,
) -> Iterator[WeighedConversation]:
    """The conversations of a text in which a speaker is to be decided, with the evidence."""
    finder = EvidenceFinder.of(context, turns, narrator)
    settings = context.settings
    for conversation in find_conversations(
        context.parsed,
        turns,
        max_gap=settings.conversation_gap,
        max_turns=settings.max_conversation_turns,
        near=settings.introduction_paragraphs,
    ):
        if all(turn.is_anchor and not turn.is_meant for turn in conversation.turns):
            continue
        people = finder.people_of(conversation, MAX_PEOPLE)
        anchors = [turn.speakers for turn in conversation.turns if turn.is_anchor and not turn.is_meant]
        others = [one for speakers in anchors if len(speakers) == 1 for one in speakers if one not in people]
        people = [*people, *dict.fromkeys(others)]
        evidence = list(finder.find(conversation, people))
        allowed = [_allowed(context, attributions, turn, people) for turn in conversation.turns]
        bystanders = [person for person in finder.mentioned_in(conversation) if person not in people]
        yield WeighedConversation(conversation, people, evidence, allowed, bystanders)


def _allowed(
    context: DocumentContext, attributions: Sequence[Attribution], turn: SpokenTurn, people: Sequence[EntityNumber]
) -> list[bool]:
    """Who may speak a turn: by a name just its bearer, by a pronoun those whom it can mean, else who isn't called."""
    if turn.is_meant:
        kind = pronoun_class(context.parsed.words(attributions[turn.number].source)[0])
        gender = None if kind is None else GENDERS.get(kind)
        known = {entity for _, entity in turn.ranked} | set(turn.speakers)
        fits = [person in known or context.entities[person].gender in {None, gender} for person in people]
        return [*fits, not any(fits)]
    if turn.has_source:
        own = [turn.speakers == (person,) for person in people]
        return [*own, not any(own)]
    spoken_to = {*turn.called, *turn.addressed}
    return [*(person not in spoken_to for person in people), True]


def choose(model: TurnModel, weighed: WeighedConversation, nobody_factor: float) -> Iterator[TurnChoice]:
    """Who speaks the turns of a conversation that names don't decide.

    Args:
        model: What weighs the evidence.
        weighed: The conversation.
        nobody_factor: Factor on the probability that nobody who is known speaks.
    """
    turns, people, steps = weighed.conversation.turns, weighed.people, (None, *weighed.conversation.steps)
    chances = model(weighed.evidence, weighed.allowed, weighed.conversation.steps)
    best = np.argmax(chances * np.array([*[1.0] * len(people), nobody_factor]), axis=1).tolist()
    speakers = [people[place] if place < len(people) else None for place in best]
    for place, (turn, row, step) in enumerate(zip(turns, weighed.evidence, steps, strict=True)):
        if turn.has_source and not turn.is_meant:
            continue
        speaker = speakers[place]
        if speaker is None and place and not turn.has_source:
            speaker = speakers[place] = _find_only_other(weighed, place, speakers[place - 1])
        order = np.argsort(-chances[place, :-1], kind="stable").tolist()
        ranked = tuple((float(chances[place, n]), people[n]) for n in order if chances[place, n] > 0)
        is_known = best[place] < len(people)
        goes_on = place > 0 and speaker == speakers[place - 1]
        method = find_method(row[best[place]], goes_on=goes_on) if is_known else "none" if speaker is None else "turn"
        yield TurnChoice(
            number=turn.number,
            speaker=speaker,
            probability=float(chances[place, best[place]]),
            method=method,
            ranked=ranked,
            has_source=turn.has_source,
            is_shown=_is_shown(row, step, by_pronoun=turn.is_meant),
        )


def _find_only_other(weighed: WeighedConversation, place: int, previous: EntityNumber | None) -> EntityNumber | None:
    """The only one there who may answer the turn before, as the paragraph behind it does.

    Args:
        weighed: The conversation.
        place: The turn.
        previous: Who speaks the one before.
    """
    if weighed.conversation.steps[place - 1] not in {Step.ANSWER, Step.NEXT_PARAGRAPH}:
        return None
    if previous is None and not weighed.conversation.turns[place - 1].has_source:
        return None
    row = zip(weighed.people, weighed.evidence[place], weighed.allowed[place], strict=False)
    others = [person for person, evidence, allowed in row if allowed and evidence.is_there and person != previous]
    others += weighed.bystanders
    return others[0] if len(others) == 1 else None


def find_method(evidence: SpeakerEvidence, *, goes_on: bool) -> str:
    """What shows most that a person speaks a turn without source: "beat", "continued", "vocative" or "turn".

    Args:
        evidence: That for the person.
        goes_on: Whether the person speaks the turn before too.
    """
    if evidence.acts_beside_turn:
        return "beat"
    if goes_on:
        return "continued"
    return "vocative" if evidence.called_before or evidence.called_behind or evidence.addressed_before else "turn"


def _is_shown(row: Sequence[SpeakerEvidence], step: Step | None, *, by_pronoun: bool) -> bool:
    """Whether more than the order of turns shows who speaks one; a pronoun has its own evidence, which calls change."""
    if any(one.called or one.called_before for one in row):
        return True
    beats = any(one.acts_beside_turn or one.called_behind or one.nobody_tells for one in row)
    return not by_pronoun and (beats or step in {Step.ANSWER, Step.TOUCHING})
