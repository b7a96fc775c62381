"""What this room gives: who takes part in a text, and who says each of its quotes."""

from collections.abc import Callable, Sequence
from typing import Final, TypeAlias

from attrs import frozen

from quotesmith.coreference import EntityNumber
from quotesmith.records import Candidate, Entity, EntityId, Mention, MentionId
from quotesmith.speakers.entities import EntityTable, MentionNumber, Numbering

SpeakerScore: TypeAlias = Callable[[str, float], float]
"""Makes a score of a method and of how sure it is."""
DOUBT: Final = "nobody who has a name is likely enough"
"""The reason where there is no speaker since the likeliest one is doubtful."""


@frozen
class DecisionDraft:
    """A decision in the making; the fields are those of `Decision`, entities and mentions being numbers in the table.

    Attributes:
        score: How sure the method is, in [0, 1].
        ranked: All candidates with their probabilities, best first.
        grounds: What weighed most for the speakers, most first.
        scored_as: The method by whose figures the score is made; that of the decision where it is empty.
    """

    speakers: tuple[EntityNumber, ...] = ()
    source: MentionNumber | None = None
    score: float = 0.0
    method: str = "none"
    chain: tuple[MentionNumber, ...] = ()
    ranked: tuple[tuple[float, EntityNumber], ...] = ()
    reason: str | None = None
    addressees: tuple[EntityNumber, ...] = ()
    grounds: tuple[str, ...] = ()
    scored_as: str = ""


@frozen
class Decision:
    """The speaker of one attribution.

    Attributes:
        source: The mention whose spans are the attribution's source; None where no words name the speaker.
        speakers: Who speaks, a group as its members; empty, with a reason, where nothing can be said.
        addressees: Who is spoken to.
        score: How sure it is that the speakers are right, in [0, 1]: a figure for each method.
        method: By source words "label", "name", "group", "nominal", "coreference" or "first person"; without them
            "beat" (acts in the narration beside it), "continued" (goes on), "vocative" (is called just before or
            behind), "turn" (takes turns with others) or "none". In fiction "dialogue" where all that
            stands around a line shows who speaks it.
        chain: Mentions from the source to one that names the speaker.
        runners_up: The candidates that lost, best first.
        reason: Why there is no speaker; None where there is one.
        grounds: What weighed most for the speakers against the next candidate, most first; empty where no scorer
            decided.
    """

    source: MentionId | None = None
    speakers: tuple[EntityId, ...] = ()
    addressees: tuple[EntityId, ...] = ()
    score: float = 0.0
    method: str = "none"
    chain: tuple[MentionId, ...] = ()
    runners_up: tuple[Candidate, ...] = ()
    reason: str | None = None
    grounds: tuple[str, ...] = ()


@frozen
class SpeakerResults:
    """Who takes part in a text.

    Attributes:
        entities: "e0", "e1", ... in order of first mention.
        mentions: "m0", "m1", ... in text order.
        decisions: One for each attribution, in the attributions' order.
    """

    entities: tuple[Entity, ...] = ()
    mentions: tuple[Mention, ...] = ()
    decisions: tuple[Decision, ...] = ()


def make_results(
    drafts: Sequence[DecisionDraft], table: EntityTable, score: SpeakerScore, *, max_runners_up: int
) -> SpeakerResults:
    """The results of a text that is read, with ids for numbers."""
    numbering = table.number(entity for draft in drafts for entity in (*draft.speakers, *draft.addressees))
    decisions = tuple(_finish(draft, numbering, score, max_runners_up) for draft in drafts)
    return SpeakerResults(numbering.entities, numbering.mentions, decisions)


def _finish(draft: DecisionDraft, numbering: Numbering, score: SpeakerScore, max_runners_up: int) -> Decision:
    others = dict.fromkeys(pair for pair in draft.ranked if pair[1] not in draft.speakers and numbering.has_id(pair[1]))
    lost = list(others)
    return Decision(
        source=None if draft.source is None else numbering.mention_id(draft.source),
        speakers=tuple(map(numbering.entity_id, draft.speakers)),
        addressees=tuple(map(numbering.entity_id, draft.addressees)),
        score=score(draft.scored_as or draft.method, draft.score) if draft.speakers else 0.0,
        method=draft.method,
        chain=tuple(map(numbering.mention_id, draft.chain)),
        runners_up=tuple(
            Candidate(numbering.entity_id(entity), probability) for probability, entity in lost[:max_runners_up]
        ),
        reason=draft.reason,
        grounds=draft.grounds,
    )
