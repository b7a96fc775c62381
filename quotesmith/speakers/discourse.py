"""Who is in play at a place of the text, and which of them a pronoun there can mean."""

from collections.abc import Iterable, Sequence
from math import log2

from attrs import define, field, frozen

from quotesmith.records import EntityKind, Gender
from quotesmith.speakers.roster import Roster

# Further back nobody is looked for, so that a pronoun costs the same wherever it stands.
IN_PLAY = 24

PER_SENTENCE = -0.7
SUBJECT = 1.0
PER_DOUBLING = 0.25
GENDER_KNOWN = 0.8
CLUSTER = 0.8
LAST_SPEAKER = 0.9
REPORTED = 1.2
SAME_PARAGRAPH = 0.8
SAME_CLAUSE = -3.0


@frozen
class Sight:
    """The last place where an entity was mentioned: token, sentence, paragraph, whether as subject, of which verb."""

    token: int
    sentence: int
    paragraph: int
    subject: bool
    verb: int


@frozen
class Wanted:
    """What a pronoun asks for.

    Attributes:
        sentence: Number of its sentence.
        paragraph: Number of its paragraph.
        kinds: The kinds of entity that it can mean.
        reach: How many sentences back it looks.
        gender: The gender it tells.
        verb: The verb whose object it is, -1 where it is none: the subject of that verb is somebody else.
        speaks: Whether it is the source of a quote.
        favoured: Entities that coreference puts into one cluster with it.
        reporters: The speakers of the indirect speech it stands in.
        excluded: Entities it can't mean.
    """

    sentence: int
    paragraph: int
    kinds: frozenset[EntityKind]
    reach: int
    gender: Gender | None = None
    verb: int = -1
    speaks: bool = False
    favoured: frozenset[int] = frozenset()
    reporters: frozenset[int] = frozenset()
    excluded: frozenset[int] = frozenset()


@define(eq=False)
class Discourse:
    """The entities mentioned so far; fed in text order."""

    _roster: Roster
    _sights: dict[int, Sight] = field(factory=dict)
    _counts: dict[int, int] = field(factory=dict)
    _pair: tuple[tuple[int, ...], int] | None = None
    last_speakers: tuple[int, ...] = ()

    def see(self, entity: int, sight: Sight) -> None:
        """An entity is mentioned."""
        # Taken out and put in again: a dict keeps the order of last mention.
        self._sights.pop(entity, None)
        self._sights[entity] = sight
        self._counts[entity] = self._counts.get(entity, 0) + 1
        if self._roster.drafts[entity].members:
            self.see_pair(self._roster.drafts[entity].members, sight.sentence)

    def see_pair(self, members: tuple[int, ...], sentence: int) -> None:
        """Entities are mentioned together."""
        self._pair = (members, sentence)

    def in_play(self) -> Iterable[tuple[int, Sight]]:
        """The entities mentioned last with their last places, latest first."""
        for number, (entity, sight) in enumerate(reversed(self._sights.items())):
            if number >= IN_PLAY:
                return
            yield entity, sight

    def last_of(self, kind: EntityKind, count: int) -> tuple[int, ...]:
        """The `count` entities of a kind that were mentioned last, or fewer, the earlier mentioned first."""
        found = [entity for entity, _ in self.in_play() if self._roster.drafts[entity].kind is kind]
        return tuple(reversed(found[:count]))

    def last_pair(self, kind: EntityKind | None) -> tuple[int, ...]:
        """The members of the group mentioned last, if they are of the kind; else the last two that are."""
        drafts = self._roster.drafts
        if self._pair is not None and all(kind in (None, drafts[m].kind) for m in self._pair[0]):
            return self._pair[0]
        return self.last_of(kind, 2) if kind is not None else ()

    def pair_since(self, sentence: int) -> tuple[int, ...]:
        """The members of the group mentioned last, if that was in this sentence or after it."""
        return self._pair[0] if self._pair is not None and self._pair[1] >= sentence else ()

    def rank(self, wanted: Wanted) -> list[tuple[float, int]]:
        """The entities that the pronoun can mean, with their scores, best first."""
        fitting = [(entity, sight) for entity, sight in self.in_play() if self._fits(entity, sight, wanted)]
        # A paragraph that has its own subject by now is no longer about who spoke before it.
        resumes = wanted.speaks and not any(
            sight.subject and sight.paragraph == wanted.paragraph and entity not in self.last_speakers
            for entity, sight in fitting
        )
        ranked = [(self._score(entity, sight, wanted, resumes=resumes), entity) for entity, sight in fitting]
        return sorted(ranked, key=lambda pair: (-pair[0], -self._sights[pair[1]].token))

    def _fits(self, entity: int, sight: Sight, wanted: Wanted) -> bool:
        draft = self._roster.drafts[entity]
        if draft.kind not in wanted.kinds or entity in wanted.excluded:
            return False
        if wanted.gender is not None and draft.gender not in (None, wanted.gender):
            return False
        return wanted.sentence - sight.sentence <= wanted.reach or entity in wanted.favoured

    def _score(self, entity: int, sight: Sight, wanted: Wanted, *, resumes: bool) -> float:
        score = PER_SENTENCE * (wanted.sentence - sight.sentence)
        score += SUBJECT * sight.subject
        score += SAME_PARAGRAPH * (wanted.paragraph == sight.paragraph)
        score += PER_DOUBLING * log2(1 + self._counts[entity])
        score += GENDER_KNOWN * (wanted.gender is not None and self._roster.drafts[entity].gender is wanted.gender)
        score += CLUSTER * (entity in wanted.favoured)
        score += LAST_SPEAKER * (resumes and entity in self.last_speakers)
        score += REPORTED * (entity in wanted.reporters)
        return score + SAME_CLAUSE * (sight.subject and sight.verb == wanted.verb)


def confidence(ranked: Sequence[tuple[float, int]]) -> float:
    """How far the best of the ranked is ahead, from 0 (a tie) to 1."""
    if not ranked:
        return 0.0
    if len(ranked) == 1:
        return 1.0
    return min((ranked[0][0] - ranked[1][0]) / 2, 1.0)
