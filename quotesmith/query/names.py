"""From a name that somebody types to the entity that has it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import islice
from typing import TypeAlias

from attrs import frozen
from rapidfuzz import fuzz, process

from quotesmith.errors import AmbiguousNameError, ArgumentError, NameNotFoundError
from quotesmith.lexicon.folding import fold
from quotesmith.records import Entity, EntityKind, QuoteDocument

# An entity, after the id of the document that it is in.
Bearer: TypeAlias = tuple[str, Entity]

_ARTICLES = frozenset({"a", "an", "the"})
_LISTED = 10
_HINTS = 3
# How similar (in percent) two names must be for one to be a hint for the other.
_MIN_SIMILARITY = 65


@frozen(slots=False)
class _Names:
    """The names of one or more entities."""

    name: str
    aliases: tuple[str, ...]
    has_parts: bool

    @cached_property
    def forms(self) -> tuple[list[str], ...]:
        """The words of each, the name first."""
        return tuple(map(name_words, (self.name, *self.aliases)))

    def handles(self) -> Iterator[str]:
        """The strings under which fitting names find them: names as written, and first and last words."""
        yield from (self.name, *self.aliases)
        for form in self.forms:
            yield from (*form[:1], *form[-1:])

    def rank(self, name: str, wanted: list[str]) -> int | None:
        """How well the name fits, 0 for best; None where it doesn't."""
        if name == self.name:
            return 0
        if name in self.aliases:
            return 1
        if not wanted:
            return None
        fits = (
            self.forms[0] == wanted,
            wanted in self.forms,
            self.has_parts and any(form[-len(wanted) :] == wanted for form in self.forms),
            self.has_parts and any(form[: len(wanted)] == wanted for form in self.forms),
        )
        return 2 + fits.index(True) if any(fits) else None


class NameTable:
    """Who has which name, in one document or many: made once, to look up many names."""

    def __init__(self, bearers: Iterable[Bearer]) -> None:
        by_names: dict[_Names, list[Bearer]] = defaultdict(list)
        for document, entity in bearers:
            has_parts = entity.named and entity.kind is EntityKind.PERSON
            by_names[_Names(entity.name, entity.aliases, has_parts)].append((document, entity))
        self._bearers: Mapping[_Names, Sequence[Bearer]] = dict(by_names)
        self._by_handle: dict[str, dict[_Names, None]] = defaultdict(dict)
        for names in self._bearers:
            for handle in names.handles():
                self._by_handle[handle][names] = None

    def fitting(self, name: str) -> Mapping[str, tuple[int, Sequence[Entity]]]:
        """For each document, by its id, how well the name fits at best (0 is best), and whom it fits that well.

        Raises:
            ArgumentError: if the name isn't a string.
        """
        check_string("a name or topic", name)
        wanted = name_words(name)
        best: dict[str, tuple[int, list[Entity]]] = {}
        for names in dict.fromkeys(n for handle in (name, *wanted[:1], *wanted[-1:]) for n in self._borne(handle)):
            rank = names.rank(name, wanted)
            if rank is not None:
                for document, entity in self._bearers[names]:
                    known = best.get(document)
                    if known is None or rank < known[0]:
                        best[document] = rank, [entity]
                    elif rank == known[0]:
                        known[1].append(entity)
        return best

    def _borne(self, handle: str) -> Iterable[_Names]:
        return self._by_handle.get(handle, ())

    def close(self, name: str) -> list[str]:
        """The names that are most similar to a name that fits nobody, the most similar first."""
        bearers: dict[str, str] = {}
        for names in self._bearers:
            for words in names.forms:
                bearers.setdefault(" ".join(words), names.name)
                bearers.setdefault("".join(words[-1:]), names.name)
        return [bearers[form] for form in similar_names(" ".join(name_words(name)), bearers, limit=_HINTS)]


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
        there = dict.fromkeys((*document.speakers, *document.entities))
        nobody = f"document {document.id!r} has nobody"
        raise not_found(nobody, name, document._index.names, [entity.name for entity in there])
    if len(entities) > 1:
        raise ambiguous(name, [f"{entity.name} ({entity.id})" for entity in entities], "or doc.entity(id) itself")
    return entities[0]


def fitting_entities(document: QuoteDocument, name: str) -> tuple[Entity, ...]:
    """The entities that the name fits best, in document order; empty where it fits nobody."""
    _, entities = document._index.names.fitting(name).get(document.id, (None, ()))
    if len(entities) <= 1:
        return tuple(entities)
    ids = {entity.id for entity in entities}
    return tuple(entity for entity in document.entities if entity.id in ids)


def own_entity(document: QuoteDocument, entity: Entity) -> Entity:
    """The entity, if it is one of the document's.

    Raises:
        NameNotFoundError: if it isn't.
    """
    if entity not in document.entities:
        msg = f"{entity.name!r} ({entity.id}) is not in document {document.id!r}; take one of doc.entities"
        raise NameNotFoundError(msg)
    return entity


def not_found(nobody: str, name: str, names: NameTable, there: Iterable[str]) -> NameNotFoundError:
    """The error that says that nobody has the name, which names are similar, and who is there."""
    close = names.close(name)
    hint = f"close: {enumerated(close)}; " if close else ""
    return NameNotFoundError(f"{nobody} called {name!r}; {hint}it has {enumerated(there) or 'no entities'}")


def ambiguous(name: str, choices: Sequence[str], otherwise: str) -> AmbiguousNameError:
    """The error that lists whom a name could mean, and says what to give instead."""
    listed = enumerated(choices)
    return AmbiguousNameError(f"{name!r} fits {len(choices)} entities: {listed}; give a fuller name, {otherwise}")


def similar_names(name: str, names: Iterable[str], *, limit: int) -> list[str]:
    """The names most similar to a name that nobody bears, at most `limit` of them, the most similar first."""
    found = process.extract(name, list(names), scorer=fuzz.ratio, score_cutoff=_MIN_SIMILARITY, limit=limit)
    return [similar for similar, *_ in found]


def check_string(what: str, value: object) -> None:
    """Raise `ArgumentError` unless the value is a string."""
    if not isinstance(value, str):
        msg = f"{what} must be a string, not {type(value).__name__}"
        raise ArgumentError(msg)


def name_words(name: str) -> list[str]:
    """The words of a name for comparing, without a leading article."""
    words = fold(name).split()
    return words[1:] if len(words) > 1 and words[0] in _ARTICLES else words


def name_key(name: str) -> str:
    """The name for comparing: folded, without a leading article; the name itself where nothing is left of it.

    Example:
        >>> name_key("the F.B.I."), name_key("St. Louis")
        ('fbi', 'st louis')
    """
    return " ".join(name_words(name)) or name


def enumerated(names: Iterable[str]) -> str:
    """The first few different names as a list in words, and how many more there are."""
    different = dict.fromkeys(names)
    more = len(different) - _LISTED
    return ", ".join(islice(different, _LISTED)) + (f" and {more} more" if more > 0 else "")
