"""Who is in play at a place of the text."""

from collections.abc import Iterable

from attrs import define, field, frozen

from quotesmith.records import EntityKind
from quotesmith.speakers.roster import MOST_MEMBERS, Roster

# Further back nobody is looked for, so that a pronoun costs the same wherever it stands.
IN_PLAY = 24


@frozen
class Sight:
    """The last place where an entity was mentioned: token, sentence, whether as subject."""

    token: int
    sentence: int
    subject: bool


@define(eq=False)
class Discourse:
    """The entities mentioned so far; fed in text order."""

    _roster: Roster
    _sights: dict[int, Sight] = field(factory=dict)
    _pair: tuple[tuple[int, ...], int] | None = None
    last_speakers: tuple[int, ...] = ()

    def see(self, entity: int, sight: Sight) -> None:
        """An entity is mentioned."""
        # Taken out and put in again: a dict keeps the order of last mention.
        self._sights.pop(entity, None)
        self._sights[entity] = sight
        if self._roster.drafts[entity].members:
            self.see_pair(self._roster.drafts[entity].members, sight.sentence)

    def see_pair(self, members: tuple[int, ...], sentence: int) -> None:
        """Entities are mentioned together; more than `MOST_MEMBERS` are a list that nothing takes up."""
        self._pair = (members, sentence) if len(members) <= MOST_MEMBERS else None

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
