"""Phrases: whom the words of a source, an addressee or a body mean. Whoever a phrase brings up is added here."""

from collections.abc import Sequence

from attrs import define, field
from spacy.tokens import Token

from quotesmith.coreference import EntityNumber
from quotesmith.extraction.attributions import Attribution
from quotesmith.records import MentionForm
from quotesmith.speakers.collectives import find_pair
from quotesmith.speakers.dialogue.addressees import find_address
from quotesmith.speakers.document_context import DocumentContext
from quotesmith.speakers.entities import EntityDraft
from quotesmith.speakers.nominals import Nominals, Roles
from quotesmith.speakers.pronouns.first_person import ProposedBody, Representatives
from quotesmith.speakers.pronouns.third_person import AntecedentDistributions
from quotesmith.speakers.sources import SourceReading, join_readings, read_name, split_source, without_preposition


@define(eq=False)
class PhraseResolver:
    """Reads phrases one after another and adds to the table whom they bring up, since the next one may mean those."""

    _context: DocumentContext
    _nominals: Nominals
    _representatives: Representatives
    _bodies: dict[EntityNumber, EntityNumber | None] = field(factory=dict)

    @classmethod
    def of(
        cls, context: DocumentContext, roles: Roles, distributions: AntecedentDistributions | None = None
    ) -> "PhraseResolver":
        """A resolver that has read nothing yet.

        Args:
            context: The text, its names read.
            roles: The named entities by what the text says of them.
            distributions: What the learned scorer says of the text's noun phrases.
        """
        return cls(context, Nominals(context, roles, distributions), Representatives(context))

    def read_source(self, tokens: Sequence[Token]) -> SourceReading:
        """Whom the words of a source mean; at least one entity, unnamed where no name fits.

        Args:
            tokens: The source's tokens in order; at least one is a word.
        """
        context = self._context
        tokens = without_preposition(tokens)
        pair = find_pair(context, tokens)
        if pair:
            return SourceReading(pair, "group", MentionForm.NOMINAL, context.settings.described_score)
        parts = split_source(context, tokens)
        return join_readings(context, parts, [self._read_phrase(phrase) for phrase in parts.phrases])

    def _read_phrase(self, tokens: Sequence[Token]) -> SourceReading:
        named = read_name(self._context, tokens)
        if named is not None:
            return named
        entity, is_known = self.read_nominal(tokens)
        settings = self._context.settings
        score = settings.described_score if is_known else settings.nominal_score
        return SourceReading((entity,), "nominal", MentionForm.NOMINAL, score)

    def read_nominal(self, tokens: Sequence[Token]) -> tuple[EntityNumber, bool]:
        """The entity that a noun phrase means, and whether it was known before."""
        entities = self._context.entities
        reading = self._nominals.read(tokens)
        if reading.known is not None:
            return reading.known, True
        if reading.announced is None:
            entity = entities.add(EntityDraft(reading.words, reading.kind, named=False))
        else:
            entity = reading.announced
            entities.rename(entity, reading.words)
        self._nominals.remember(reading, entity)
        return entity, False

    def addressees(self, attribution: Attribution) -> tuple[EntityNumber, ...] | None:
        """Who is spoken to by the words of an attribution; empty where one speaks to oneself, None where none show it.

        Calls by title and phrases without a name become mentions.
        """
        entities = self._context.entities
        address = find_address(self._context, attribution)
        if address is None:
            return None
        for call in address.calls:
            entities.revise_mention(call.spans, call.form, call.entity)
        if not address.phrase:
            return address.entities
        reading = self.read_source(address.phrase)
        if reading.form is not MentionForm.NAME and len(reading.entities) == 1:
            entities.revise_mention((self._context.span_of(address.phrase),), reading.form, reading.entities[0])
        return tuple(dict.fromkeys(member for entity in reading.entities for member in entities.members(entity)))

    def body_of(self, entity: EntityNumber, source: Sequence[Token]) -> EntityNumber | None:
        """The body for which somebody speaks, by the words of the source or else by those around the person's names.

        Args:
            entity: The speaker.
            source: The words of the quote's source, in order.
        """
        body = self._read_body(self._representatives.find_body(source))
        if body is not None:
            return body
        if entity not in self._bodies:
            self._bodies[entity] = self._read_body(self._representatives.find_body_of(entity))
        return self._bodies[entity]

    def _read_body(self, body: ProposedBody | None) -> EntityNumber | None:
        if not isinstance(body, tuple):
            return body
        reading = self.read_source(body)
        self._context.entities.revise_mention((self._context.span_of(body),), reading.form, reading.entities[0])
        return reading.entities[0]
