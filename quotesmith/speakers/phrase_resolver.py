"""Phrases: whom the words of a source, an addressee or a body mean. Whoever a phrase brings up is added here."""

from collections.abc import Sequence

from attrs import define, field
from spacy.tokens import Token

from quotesmith.coreference import EntityNumber
from quotesmith.extraction.attributions import Attribution
from quotesmith.records import EntityKind, MentionForm
from quotesmith.speakers.calibration import speaker_score
from quotesmith.speakers.choice.candidates import CandidateSort, SeenPhrase
from quotesmith.speakers.choice.chooser import SpeakerChoice, SpeakerChooser
from quotesmith.speakers.choice.references import read_reference
from quotesmith.speakers.dialogue.addressees import find_address
from quotesmith.speakers.document_context import DocumentContext
from quotesmith.speakers.entities import EntityDraft, EntityTable, MentionNumber
from quotesmith.speakers.nominals import phrase_words
from quotesmith.speakers.pronouns.first_person import Narrator, ProposedBody, Representatives
from quotesmith.speakers.pronouns.third_person import (
    AntecedentDistributions,
    UnnamedReferent,
    find_mistaken_people,
    unnamed_person,
)
from quotesmith.speakers.results import SpeakerScore
from quotesmith.speakers.sources import SourceReading, join_readings, split_source, without_preposition


@define(eq=False)
class PhraseResolver:
    """Reads phrases one after another and adds to the table whom they bring up, since the next one may mean those."""

    _context: DocumentContext
    _chooser: SpeakerChooser
    _score: SpeakerScore
    _representatives: Representatives
    _bodies: dict[EntityNumber, EntityNumber | None] = field(factory=dict)

    @classmethod
    def of(
        cls, context: DocumentContext, chooser: SpeakerChooser, score: SpeakerScore = speaker_score
    ) -> "PhraseResolver":
        """A resolver that has read nothing yet.

        Args:
            context: The text, its names read.
            chooser: Chooses whom phrases mean.
            score: Makes scores of what each method gives.
        """
        return cls(context, chooser, score, Representatives(context))

    def read_source(self, tokens: Sequence[Token], attribution: int | None = None) -> SourceReading:
        """Whom the words of a source mean; at least one entity, unnamed where no name fits.

        Args:
            tokens: The source's tokens in order; at least one is a word.
            attribution: The attribution whose source they are.
        """
        context = self._context
        tokens = without_preposition(tokens)
        parts = split_source(context, tokens)
        if len(parts.phrases) == 1:
            return self._read_phrase(parts.phrases[0], attribution)
        readings = [self._read_phrase(phrase, attribution, is_part=True) for phrase in parts.phrases]
        reading = join_readings(context, parts, readings)
        if len(reading.entities) > 1:
            self._chooser.see_several(reading.entities)
        return reading

    def _read_phrase(
        self, tokens: Sequence[Token], attribution: int | None = None, *, is_part: bool = False
    ) -> SourceReading:
        reference = read_reference(self._context, tokens, attribution, is_part=is_part)
        words = reference.head.text if reference.pronoun else phrase_words(self._context, tokens, reference.segment)
        return self._take(self._chooser.choose(reference, words), words)

    def read_pronoun(self, token: Token, attribution: int | None = None) -> SourceReading:
        """Whom a pronoun of the third person means; nobody where it takes up nobody of whom more is known."""
        choice = self._chooser.choose(read_reference(self._context, [token], attribution), token.text)
        if choice.best.sort is CandidateSort.NOBODY:
            return SourceReading((), "coreference", MentionForm.PRONOUN, choice.chance, ranked=_ranked(choice))
        return self._take(choice, token.text)

    def _take(self, choice: SpeakerChoice, words: str) -> SourceReading:
        """Take over a choice: whoever it brings up is added to the table."""
        is_doubtful = self._is_doubtful(choice)
        if is_doubtful and not choice.reference.is_only_name:
            choice = choice.without_names()
        best, reference = choice.best, choice.reference
        form = MentionForm.NOMINAL if reference.pronoun is None else MentionForm.PRONOUN
        chain: tuple[MentionNumber, ...] = ()
        entities = best.entities if best.is_named else (self._unnamed(choice, words),)
        if best.is_named:
            self._chooser.see_named(reference)
        if best.sort is CandidateSort.SET:
            self._chooser.see_several(entities)
        elif best.is_named and reference.name is not None and reference.named == entities[0]:
            form, chain = MentionForm.NAME, (self._context.name_mentions[reference.name],)
        return SourceReading(
            entities,
            choice.method,
            form,
            choice.chance,
            chain,
            ranked=_ranked(choice),
            grounds=choice.grounds,
            is_doubtful=is_doubtful,
        )

    def _is_doubtful(self, choice: SpeakerChoice) -> bool:
        """Whether a source's likeliest bearer has a name that is too likely to be wrong."""
        least = self._context.settings.min_speaker_score
        is_source = choice.reference.attribution is not None
        return is_source and choice.best.is_named and self._score(choice.method, choice.chance) < least

    def _unnamed(self, choice: SpeakerChoice, words: str) -> EntityNumber:
        """The entity of one that has no name, added where it is new."""
        best, reference, entities = choice.best, choice.reference, self._context.entities
        if best.entities:
            entity = best.entities[0]
            if len(best.words.split()) == 1 and len(words.split()) > 1 and reference.pronoun is None:
                # A heading's bare noun is told more fully: "Poll: Roe leads", then "a new Oslo Gazette poll".
                entities.rename(entity, words)
        elif isinstance(best.referent, UnnamedReferent):
            entity = self.bring_up(best.referent)
        elif reference.pronoun is not None:
            entity = entities.add(unnamed_person(reference.head, reference.pronoun))
        else:
            entity = entities.add(EntityDraft(words, reference.kind, named=False))
        if reference.pronoun is None:
            self._chooser.see(SeenPhrase(entity, words, reference.noun, reference.start, reference.kind))
        return entity

    def bring_up(self, referent: UnnamedReferent) -> EntityNumber:
        """The unnamed entity that a mention introduces, which becomes a mention of the table."""
        context, mention = self._context, self._chooser.mention_of(referent)
        known = context.entities.entity_at((mention.span,))
        if known is not None:
            return known
        if mention.pronoun is not None:
            draft = unnamed_person(context.parsed.doc[mention.head], mention.pronoun)
        else:
            draft = EntityDraft(mention.span.of(context.parsed.text), mention.kind, named=False, gender=mention.gender)
        entity = context.entities.add(draft)
        context.entities.place_mention((mention.span,), mention.form, entity)
        if mention.pronoun is None:
            self._chooser.see(SeenPhrase(entity, draft.name, mention.noun, mention.start, mention.kind))
        return entity

    def read_nominal(self, tokens: Sequence[Token]) -> EntityNumber:
        """The entity that a noun phrase means."""
        reading = self._read_phrase(tokens)
        return reading.entities[0] if len(reading.entities) == 1 else self._context.entities.add_group(reading.entities)

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


def _ranked(choice: SpeakerChoice) -> tuple[tuple[float, EntityNumber], ...]:
    """The entities of the table among the candidates, each with its chance, the likeliest first."""
    single = ((chance, one.entities[0]) for chance, one in choice.ranked if len(one.entities) == 1)
    return tuple(sorted(single, key=lambda pair: -pair[0]))


def learn_people(context: DocumentContext, distributions: AntecedentDistributions) -> None:
    """Take from the text's pronouns which entities are people after all, and of which gender people are."""
    for entity in list(find_mistaken_people(context, distributions)):
        context.entities.set_kind(entity, EntityKind.PERSON)
    for referent in distributions.genders:
        if not isinstance(referent, UnnamedReferent):
            context.entities.learn_gender(referent, distributions.gender(referent))


def add_narrator(entities: EntityTable, narrator: Narrator) -> EntityNumber:
    """The entity that says "I" outside of quotes, with its mentions."""
    entity = entities.add_proposed(narrator.entity)
    if narrator.byline:
        entities.revise_mention(narrator.byline, MentionForm.NAME, entity)
    for pronoun in narrator.pronouns:
        entities.revise_mention((pronoun,), MentionForm.PRONOUN, entity)
    return entity
