"""From a name that somebody types to the entity that bears it."""

import difflib
import unicodedata
from itertools import islice

from quotesmith.errors import AmbiguousNameError, ArgumentError, NameNotFoundError
from quotesmith.records import Entity, EntityKind, QuoteDocument

_ARTICLES = frozenset({"a", "an", "the"})
_LISTED = 10


def folded(text: str) -> str:
    """The text for comparing: no case, no accents, straight apostrophes, single spaces."""
    letters = unicodedata.normalize("NFKD", text.replace("’", "'"))
    plain = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return " ".join(plain.casefold().split())


def find_entity(document: QuoteDocument, name: str) -> Entity:
    """The one entity of the document that bears the name.

    Case, accents and a leading article don't count. A whole name or alias beats a part of one; of a named
    person, the last words ("Putin") or else the first ("Xi") suffice.

    Raises:
        NameNotFoundError: if nobody bears the name; lists close names and who is there.
        AmbiguousNameError: if several entities bear it equally well; lists them.
        ArgumentError: if the name isn't a string.
    """
    entities = fitting_entities(document, name)
    if not entities:
        msg = _not_found(document, name)
        raise NameNotFoundError(msg)
    if len(entities) > 1:
        listed = _enumerated([f"{entity.name} ({entity.id})" for entity in entities])
        msg = f"{name!r} fits {len(entities)} entities: {listed}; give a fuller name, or doc.entity(id) itself"
        raise AmbiguousNameError(msg)
    return entities[0]


def fitting_entities(document: QuoteDocument, name: str) -> tuple[Entity, ...]:
    """The entities that the name fits best, in document order; empty where it fits nobody."""
    check_string("a name or topic", name)
    wanted = _words(name)
    ranks = [(_rank(entity, name, wanted), entity) for entity in document.entities]
    best = min((rank for rank, _ in ranks if rank is not None), default=None)
    return tuple(entity for rank, entity in ranks if rank is not None and rank == best)


def own_entity(document: QuoteDocument, entity: Entity) -> Entity:
    """The entity, if it is one of the document's.

    Raises:
        NameNotFoundError: if it isn't.
    """
    if entity not in document.entities:
        msg = f"{entity.name!r} ({entity.id}) is not in document {document.id!r}; take one of doc.entities"
        raise NameNotFoundError(msg)
    return entity


def check_string(what: str, value: object) -> None:
    """Raise `ArgumentError` unless the value is a string."""
    if not isinstance(value, str):
        msg = f"{what} must be a string, not {type(value).__name__}"
        raise ArgumentError(msg)


def _rank(entity: Entity, name: str, wanted: list[str]) -> int | None:
    """How well the name fits, 0 for best; None where it doesn't."""
    if name == entity.name:
        return 0
    if name in entity.aliases:
        return 1
    if not wanted:
        return None
    own = _words(entity.name)
    forms = [own, *map(_words, entity.aliases)]
    has_parts = entity.named and entity.kind is EntityKind.PERSON
    fits = (
        own == wanted,
        wanted in forms,
        has_parts and any(form[-len(wanted) :] == wanted for form in forms),
        has_parts and any(form[: len(wanted)] == wanted for form in forms),
    )
    return 2 + fits.index(True) if any(fits) else None


def _words(name: str) -> list[str]:
    words = folded(name).split()
    return words[1:] if len(words) > 1 and words[0] in _ARTICLES else words


def _not_found(document: QuoteDocument, name: str) -> str:
    bearers: dict[str, Entity] = {}
    for entity in document.entities:
        for form in (entity.name, *entity.aliases):
            words = _words(form)
            bearers.setdefault(" ".join(words), entity)
            bearers.setdefault("".join(words[-1:]), entity)
    close = difflib.get_close_matches(" ".join(_words(name)), bearers)
    there = [entity.name for entity in dict.fromkeys((*document.speakers, *document.entities))]
    hint = f"close: {_enumerated([bearers[form].name for form in close])}; " if close else ""
    present = _enumerated(there) or "no entities"
    return f"document {document.id!r} has nobody called {name!r}; {hint}it has {present}"


def _enumerated(names: list[str]) -> str:
    """The first few different names, and how many more there are."""
    different = dict.fromkeys(names)
    more = len(different) - _LISTED
    return ", ".join(islice(different, _LISTED)) + (f" and {more} more" if more > 0 else "")
