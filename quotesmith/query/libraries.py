"""Several documents that are queried together, and whom a name means in them."""

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

from attrs import frozen

from quotesmith.errors import ArgumentError, InvalidRecordError, NameNotFoundError
from quotesmith.lexicon.folding import fold, fold_text
from quotesmith.query.identities import Identity, find_identities
from quotesmith.query.names import NameTable, ambiguous, find_entity, not_found, own_entity
from quotesmith.query.outlets import document_outlet
from quotesmith.records import Entity, EntityKind, QuoteDocument


@frozen(slots=False, eq=False, repr=False)
class Library:
    """Documents, and look-up tables over all of them, each made once, when it is first needed."""

    documents: tuple[QuoteDocument, ...]

    @classmethod
    def of(cls, documents: Iterable[QuoteDocument]) -> "Library":
        """A library of documents; errors as in `checked_documents`."""
        return cls(tuple(checked_documents(documents)))

    def entities(self, name: str | Entity) -> Mapping[str, Entity]:
        """Whom a name means in each document, by the document's id; for an entity, those who are surely the same.

        Raises:
            NameNotFoundError: if nobody in them bears the name, or none has the entity.
            AmbiguousNameError: if it fits several in one document, or people of different names in several.
            ArgumentError: if it is neither a string nor an entity.
        """
        if isinstance(name, Entity):
            return self._same(name)
        if len(self.documents) == 1:
            return {self.documents[0].id: find_entity(self.documents[0], name)}
        fits = {document: entities for document, (_, entities) in self._names.fitting(name).items()}
        if not fits:
            there = (speaker.name for document in self.documents for speaker in document.speakers)
            nobody = f"{len(self.documents)} documents have nobody"
            raise not_found(nobody, name, self._names, there)
        for document, entities in fits.items():
            if len(entities) > 1:
                raise ambiguous(name, [f"{e.name} ({document}/{e.id})" for e in entities], "or the entity itself")
        found = {document: entities[0] for document, entities in fits.items()}
        people = {_full_name(entity): entity.name for entity in found.values() if entity.kind is EntityKind.PERSON}
        people.pop(None, None)
        if len(people) > 1:
            raise ambiguous(name, sorted(people.values()), "or the entity itself")
        return found

    def _same(self, entity: Entity) -> Mapping[str, Entity]:
        """The entity in its own document, and in the others those who are surely the same."""
        if len(self.documents) == 1:
            return {self.documents[0].id: own_entity(self.documents[0], entity)}
        owner = next((document for document in self.documents if entity in document.entities), None)
        if owner is None:
            many = len(self.documents)
            msg = f"{entity.name!r} ({entity.id}) is in none of {many} documents; take one of their entities"
            raise NameNotFoundError(msg)
        key = self.identity(owner, entity)
        same = self._by_identity.get(key, {}) if key is not None else {}
        return {**same, owner.id: entity}

    @cached_property
    def _names(self) -> NameTable:
        return NameTable((document.id, entity) for document in self.documents for entity in document.entities)

    @cached_property
    def identity(self) -> Identity:
        """Which entities of the documents are surely the same."""
        return find_identities(self.documents)

    @cached_property
    def outlets(self) -> Mapping[str, str]:
        """The outlets that published the documents, by their folded names."""
        names = {document_outlet(document) for document in self.documents} - {""}
        return {fold_text(name): name for name in sorted(names, reverse=True)}

    @cached_property
    def _by_identity(self) -> Mapping[str, dict[str, Entity]]:
        found: dict[str, dict[str, Entity]] = {}
        for document in self.documents:
            for entity in document.entities:
                key = self.identity(document, entity)
                if key is not None:
                    found.setdefault(key, {})[document.id] = entity
        return found


def checked_documents(documents: object) -> Iterator[QuoteDocument]:
    """The documents, one by one.

    Raises:
        ArgumentError: if something isn't a document.
        InvalidRecordError: if two have one id.
    """
    if not isinstance(documents, Iterable):
        msg = f"expected documents, as quotesmith.pipe gives them, not {type(documents).__name__}"
        raise ArgumentError(msg)
    seen: set[str] = set()
    for document in documents:
        if not isinstance(document, QuoteDocument):
            msg = f"expected documents, as quotesmith.pipe gives them, not {type(document).__name__}"
            raise ArgumentError(msg)
        if document.id in seen:
            msg = f"two documents have the id {document.id!r}; give each its own, as in read(text, id=...)"
            raise InvalidRecordError(msg)
        seen.add(document.id)
        yield document


def _full_name(entity: Entity) -> tuple[str, str] | None:
    """First and last word of a person's name without initials, to tell apart people of one surname, or None."""
    words = [word for word in fold(entity.name).split() if len(word) > 1]
    return (words[0], words[-1]) if len(words) > 1 else None
