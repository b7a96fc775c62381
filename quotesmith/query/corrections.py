"""Corrections by the user: who speaks a quote, given by name."""

from collections.abc import Iterable, Mapping
from itertools import count

from attrs import evolve

from quotesmith.errors import ArgumentError, OptionError
from quotesmith.query.names import find_entity, fitting_entities, own_entity
from quotesmith.records import (
    Entity,
    EntityId,
    EntityKind,
    Evidence,
    Mention,
    MentionForm,
    Quote,
    QuoteDocument,
)

METHOD = "user"
NO_SPEAKER_REASON = "the user says that nobody is known to speak"


def correct_speaker(
    document: QuoteDocument, quote: Quote, speakers: str | Entity | Iterable[str | Entity], *, kind: str = "person"
) -> QuoteDocument:
    """The document with other speakers for one of its quotes; see `QuoteDocument.with_speaker`."""
    _check_kind(kind)
    found: dict[EntityId, Entity] = {}
    for speaker in _listed(speakers):
        document, entity = _with_entity(document, speaker, EntityKind(kind))
        found[entity.id] = entity
    reason = None if found else NO_SPEAKER_REASON
    corrected = evolve(
        quote,
        speakers=tuple(found),
        speaker_score=1.0,
        evidence=Evidence(extraction=quote.evidence.extraction, method=METHOD, reason=reason),
    )
    document = evolve(document, quotes=tuple(corrected if own.id == quote.id else own for own in document.quotes))
    return _with_source(document, corrected, tuple(found.values()))


def _check_kind(kind: object) -> None:
    kinds = [choice.value for choice in EntityKind]
    if kind not in kinds:
        msg = f"kind must be one of {', '.join(kinds)}, not {kind!r}"
        raise OptionError(msg)


def _listed(speakers: object) -> tuple[str | Entity, ...]:
    listed = (speakers,) if isinstance(speakers, str | Entity) else speakers
    if not isinstance(listed, Iterable) or isinstance(listed, Mapping):
        msg = f"a speaker must be a name, an entity, or several of them, not {type(speakers).__name__}"
        raise ArgumentError(msg)
    listed = tuple(listed)
    for speaker in listed:
        if not isinstance(speaker, str | Entity):
            msg = f"each speaker must be a name or an entity, not {type(speaker).__name__}"
            raise ArgumentError(msg)
    return listed


def _with_entity(document: QuoteDocument, speaker: str | Entity, kind: EntityKind) -> tuple[QuoteDocument, Entity]:
    """The document and its entity of that name or id, which is added where there is none."""
    if isinstance(speaker, Entity):
        return document, own_entity(document, speaker)
    if fitting_entities(document, speaker):
        return document, find_entity(document, speaker)
    by_id = next((entity for entity in document.entities if entity.id == speaker), None)
    if by_id is not None:
        return document, by_id
    if not any(map(str.isalnum, speaker)):
        msg = f"a new speaker's name needs at least one word; {speaker!r} has none"
        raise ArgumentError(msg)
    return _with_new(document, Entity(_free_id(document), speaker, kind))


def _with_new(document: QuoteDocument, entity: Entity) -> tuple[QuoteDocument, Entity]:
    return evolve(document, entities=(*document.entities, entity)), entity


def _free_id(document: QuoteDocument) -> EntityId:
    taken = {entity.id for entity in document.entities}
    return next(name for number in count(len(taken)) if (name := f"e{number}") not in taken)


def _with_source(document: QuoteDocument, quote: Quote, speakers: tuple[Entity, ...]) -> QuoteDocument:
    """The document in which the quote's source mention means its speakers, where it may mean them."""
    if quote.source is None or not speakers:
        return document
    source = document.mention(quote.source)
    shared = [other.speakers for other in document.quotes if other.source == source.id]
    if source.form is MentionForm.NAME or any(set(other) != set(quote.speakers) for other in shared):
        return document
    document, meant = _one(document, speakers)
    mentions = tuple(Mention(m.id, m.spans, m.form, meant.id) if m is source else m for m in document.mentions)
    return evolve(document, mentions=mentions)


def _one(document: QuoteDocument, speakers: tuple[Entity, ...]) -> tuple[QuoteDocument, Entity]:
    """The document and its one entity for the speakers: the only speaker, or a group of exactly these."""
    if len(speakers) == 1:
        return document, speakers[0]
    members = {speaker.id for speaker in speakers}
    known = next((entity for entity in document.entities if set(entity.members) == members), None)
    if known is not None:
        return document, known
    *before, last = (speaker.name for speaker in speakers)
    return _with_new(
        document,
        Entity(
            _free_id(document),
            f"{', '.join(before)} and {last}",
            EntityKind.GROUP,
            named=all(speaker.named for speaker in speakers),
            members=tuple(speaker.id for speaker in speakers),
        ),
    )
