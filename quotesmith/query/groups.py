"""Who speaks when a group or a metonym speaks."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence

from quotesmith.records import Entity, EntityId, QuoteDocument


def includes(document: QuoteDocument, entity: Entity) -> Callable[[Sequence[EntityId]], bool]:
    """A test whether speakers (or addressees), given by their ids, include the entity.

    They do if the entity is one of them, if a group that it belongs to is (also through other groups), if a metonym
    that stands for it is, and, for a group with known members, if all of its members are.
    """
    holders = document._index.holders
    own = _reaching(entity.id, holders)
    members = [_reaching(member, holders) for member in entity.members]

    def has_entity(ids: Sequence[EntityId]) -> bool:
        return not own.isdisjoint(ids) or (bool(members) and all(not reaching.isdisjoint(ids) for reaching in members))

    return has_entity


def find_holders(entities: Iterable[Entity]) -> Mapping[EntityId, Sequence[EntityId]]:
    """For each entity the groups that it is a member of and the metonyms that stand for it."""
    holders = defaultdict(list)
    for entity in entities:
        for member in entity.members:
            holders[member].append(entity.id)
        if entity.stands_for is not None:
            holders[entity.stands_for].append(entity.id)
    return dict(holders)


def _reaching(entity: EntityId, holders: Mapping[EntityId, Sequence[EntityId]]) -> set[EntityId]:
    """The entity and all that speak for it, directly or not; groups may contain each other."""
    reaching = {entity}
    waiting = [entity]
    while waiting:
        for holder in holders.get(waiting.pop(), ()):
            if holder not in reaching:
                reaching.add(holder)
                waiting.append(holder)
    return reaching
