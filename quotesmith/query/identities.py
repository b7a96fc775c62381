"""Which entities of several documents are the same."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TypeAlias

from attrs import frozen

from quotesmith.errors import ArgumentError
from quotesmith.lexicon.folding import fold
from quotesmith.query.names import Bearer
from quotesmith.records import Entity, EntityId, EntityKind, QuoteDocument

# From a document and one of its entities to a key that is the same in all documents; None for an entity that is known
# only within its own document.
Identity: TypeAlias = Callable[[QuoteDocument, Entity], str | None]
EntityKeys: TypeAlias = Mapping[tuple[str, EntityId], str]

# Words that make no full name of a surname: what stands before it in many languages, after it, and in front of both.
_NO_NAMES = frozenset(
    {
        "al",
        "bin",
        "ben",
        "ibn",
        "abu",
        "da",
        "das",
        "de",
        "del",
        "della",
        "den",
        "der",
        "di",
        "dos",
        "du",
        "el",
        "la",
        "le",
    }
    | {"ten", "ter", "van", "von", "y", "jr", "sr", "ii", "iii", "iv", "mr", "mrs", "ms", "miss", "mx", "dr", "prof"}
    | {"sir", "dame", "lord", "lady"}
)
_FULL = 2


@frozen
class _FoundIdentities:
    """An `Identity` that is data, and no closure, so that selections can be pickled."""

    keys: EntityKeys

    def __call__(self, document: QuoteDocument, entity: Entity) -> str | None:
        return self.keys.get((document.id, entity.id))


def find_identities(documents: Iterable[QuoteDocument]) -> Identity:
    """Who is the same in several documents, as far as names and identifiers make it certain.

    Entities are the same if they have the same identifier, and persons if they have the same full name: at least two
    words that are neither initials nor particles, without case and accents. A lone surname, an unnamed entity and,
    without an identifier, a place or body are known only within their document. So are persons of one name that may
    mean several people: where genders or identifiers contradict each other, or a document has two of that name. An
    identifier doesn't join entities of contradicting genders either. The order of the documents doesn't matter.

    Returns:
        A function from a document and its entity to a key ("identifier:Q7747", "person:ann lee") or None.
    """
    known = [(document.id, entity) for document in documents for entity in document.entities]
    joined: dict[str, list[Bearer]] = defaultdict(list)
    found: list[tuple[str, Sequence[Bearer]]] = []
    for name, bearers in _grouped(known, _full_name).items():
        identifiers = {entity.identifier for _, entity in bearers if entity.identifier}
        if len(identifiers) > 1 or not _agree(bearers) or _are_told_apart(bearers):
            continue
        if identifiers:
            joined[identifiers.pop()].extend(bearers)
        else:
            found.append((f"person:{name}", bearers))
    for identifier, bearers in _grouped(known, lambda entity: entity.identifier).items():
        if _agree(bearers):
            everyone = [*bearers, *joined[identifier]]
            found.append((f"identifier:{identifier}", everyone if _agree(everyone) else bearers))
    keys = {_place(bearer): key for key, bearers in found if len(dict(bearers)) > 1 for bearer in bearers}
    return _FoundIdentities(keys)


def keep_apart(document: QuoteDocument, entity: Entity) -> str | None:  # noqa: ARG001 - an identity's signature
    """The identity in which each document's entities are its own."""
    return None


def entity_keys(documents: Iterable[QuoteDocument], identity: Identity) -> EntityKeys:
    """The key of each entity that has one, by its document's id and its own.

    Raises:
        ArgumentError: if the identity gives anything but a string or None.
    """
    keys: dict[tuple[str, EntityId], str] = {}
    for document in documents:
        for entity in document.entities:
            key: object = identity(document, entity)
            if key is not None:
                if not isinstance(key, str):
                    msg = f"identity must give a string or None, not {type(key).__name__} (for {entity.name!r})"
                    raise ArgumentError(msg)
                keys[document.id, entity.id] = key
    return keys


def _grouped(known: Iterable[Bearer], key: Callable[[Entity], str | None]) -> Mapping[str, Sequence[Bearer]]:
    """The entities by a key, those without one left out."""
    groups: dict[str, list[Bearer]] = defaultdict(list)
    for document, entity in known:
        own = key(entity)
        if own:
            groups[own].append((document, entity))
    return groups


def _full_name(entity: Entity) -> str | None:
    """The folded full name of a person; None where the name isn't a full one."""
    if not entity.named or entity.kind is not EntityKind.PERSON:
        return None
    name = fold(entity.name)
    letters = ("".join(filter(str.isalpha, word)) for word in name.split())
    full = [word for word in letters if len(word) > 1 and word not in _NO_NAMES]
    return name if len(full) >= _FULL else None


def _agree(bearers: Iterable[Bearer]) -> bool:
    """Whether the genders that are known don't contradict each other."""
    return len({entity.gender for _, entity in bearers if entity.gender is not None}) <= 1


def _are_told_apart(bearers: Iterable[Bearer]) -> bool:
    """Whether a document has two of them without an identifier that joins them."""
    different = {(document, entity.identifier or ("", entity.id)) for document, entity in bearers}
    return len({document for document, _ in different}) < len(different)


def _place(bearer: Bearer) -> tuple[str, EntityId]:
    document, entity = bearer
    return document, entity.id
