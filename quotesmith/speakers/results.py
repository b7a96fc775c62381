"""What this room gives: who takes part in a text, and who says each of its quotes."""

from attrs import frozen

from quotesmith.records import Candidate, Entity, EntityId, Mention, MentionId


@frozen
class Decision:
    """The speaker of one attribution.

    Attributes:
        source: The mention whose spans are the attribution's source; None where no words name the speaker.
        speakers: Who speaks, a group as its members; empty, with a reason, where nothing can be said.
        addressees: Who is spoken to.
        score: How sure it is that the speakers are right, in [0, 1]: a figure for each method.
        method: "name", "group", "nominal", "coreference", "first person", "turn" or "none".
        chain: Mentions from the source to one that names the speaker.
        runners_up: The candidates that lost, best first.
        reason: Why there is no speaker; None where there is one.
    """

    source: MentionId | None = None
    speakers: tuple[EntityId, ...] = ()
    addressees: tuple[EntityId, ...] = ()
    score: float = 0.0
    method: str = "none"
    chain: tuple[MentionId, ...] = ()
    runners_up: tuple[Candidate, ...] = ()
    reason: str | None = None


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
