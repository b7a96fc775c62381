"""The order of this room.

1. `DocumentContext.of`: names become entities and mentions, and what the text says of them is looked up.
2. `SpeakerResolver.of`: the antecedent scorer says what pronouns and noun phrases may take up; the entities that "he"
   and "she" take up become people, after which the kinds of named entities are settled; who says "I" outside of quotes
   is found.
3. `SpeakerResolver.read`: the text from its beginning, so that each mention is understood by what is before it. At each
   source the speaker of its quote is chosen, at each other pronoun whom it means: by one learned choice among all
   candidates (`choice/`).
4. Then, since it is known whom words give a turn: the turns that no words give anybody, by what is before and behind;
   in fiction every line anew (`fiction/`).
5. Then, since it is known who speaks: sources "I" inside of quotes, addressees, and "I", "we" and "you" in quotes.
6. `resolve_speakers`: places that speak get the body that they stand for, and everything its id.

Finders and readers in the other modules only propose; the table of entities is written here, in `PhraseResolver` and,
for names, in `DocumentContext.of`.
"""

from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import TypeAlias

from attrs import define, evolve, field
from spacy.tokens import Token

from quotesmith.coreference import (
    GENDERS,
    MEANT,
    CoreferenceResolver,
    EntityNumber,
    Links,
    MentionCandidates,
    Pairs,
    PronounClass,
    make_pairs,
    pronoun_class,
)
from quotesmith.extraction.attributions import Attribution
from quotesmith.extraction.text_style import TextStyle
from quotesmith.lexicon.people import PeopleLexicon, load_people
from quotesmith.parsed_text import ParsedText
from quotesmith.records import EntityKind, MentionForm, QuoteKind, TextSpans
from quotesmith.speakers.calibration import speaker_score
from quotesmith.speakers.choice.chooser import ChoiceModel, ReferenceSurroundings, SpeakerChooser
from quotesmith.speakers.choice.entity_places import EntityPlaces
from quotesmith.speakers.choice.model import read_speaker_choice
from quotesmith.speakers.collectives import find_metonyms, find_named_groups
from quotesmith.speakers.dialogue.addressees import decide_addressees, find_vocatives, is_dialogue
from quotesmith.speakers.dialogue.beats import actor_phrase
from quotesmith.speakers.dialogue.conversations import SpokenTurn
from quotesmith.speakers.dialogue.listeners import decide_listeners
from quotesmith.speakers.dialogue.speaking_people import find_speaking_people
from quotesmith.speakers.dialogue.turn_model import TurnModel, read_turn_model
from quotesmith.speakers.dialogue.turn_resolver import (
    SpokenQuotes,
    TurnChoice,
    WeighedConversation,
    choose,
    make_turns,
    weigh,
)
from quotesmith.speakers.dialogue.turns import Turns
from quotesmith.speakers.document_context import DocumentContext
from quotesmith.speakers.entities import MentionNumber, ProposedEntity
from quotesmith.speakers.fiction.line_choices import LineChoice, choose_speakers, decide_line, leave_open
from quotesmith.speakers.fiction.line_model import LineModel, read_line_model
from quotesmith.speakers.fiction.lines import DialogueText, read_dialogue
from quotesmith.speakers.names import Gazetteer, NameKinds
from quotesmith.speakers.nominals import Roles
from quotesmith.speakers.phrase_resolver import PhraseResolver, add_narrator, learn_people
from quotesmith.speakers.pronouns.candidates import find_mention_candidates
from quotesmith.speakers.pronouns.first_person import (
    Reported,
    find_narrator,
    find_quoted_persons,
    read_person,
)
from quotesmith.speakers.pronouns.third_person import (
    find_distributions,
    find_linked,
    find_others_of_turns,
    modified_noun,
    unnamed_person,
)
from quotesmith.speakers.quotation_levels import QuotationLevels, Unattributed
from quotesmith.speakers.results import DOUBT, DecisionDraft, SpeakerResults, SpeakerScore, make_results
from quotesmith.speakers.settings import DEFAULT_SPEAKER_SETTINGS, SpeakerSettings
from quotesmith.speakers.sources import SourceReading, find_name, is_impersonal

PairScorer: TypeAlias = Callable[[MentionCandidates, Pairs], Links]
"""Says how likely each pair of mentions is."""


def resolve_speakers(
    parsed: ParsedText,
    attributions: Sequence[Attribution],
    *,
    style: TextStyle = TextStyle.NEWS,
    coreference: CoreferenceResolver,
    link: PairScorer,
    choice: ChoiceModel | None = None,
    kinds: NameKinds | None = None,
    gazetteer: Gazetteer | None = None,
    people: PeopleLexicon | None = None,
    score: SpeakerScore = speaker_score,
    settings: SpeakerSettings = DEFAULT_SPEAKER_SETTINGS,
) -> SpeakerResults:
    """The entities and mentions of a text, and the speakers of each attribution.

    Args:
        parsed: The text, its Doc with named entities.
        attributions: The quotes, in order of their content's start.
        style: What the text is read as.
        coreference: Finds clusters for pronouns that are left unsure; one signal among others.
        link: Says how likely an anaphor takes up each of its candidates.
        choice: Says how likely the words of a source mean each of theirs; None for the one that comes with the package.
        kinds: What the encoder takes names for; None without one.
        gazetteer: Names that are known beforehand.
        people: Words about people; None for those of the Doc's language.
        score: Makes scores of what each method gives.
        settings: Thresholds and weights.

    Raises:
        LanguageError: if there is no lexicon of people for the Doc's language.
        MissingAnnotationError: if `coreference` needs an annotation that the Doc lacks.

    Note:
        n log n in the tokens and attributions.
    """
    lexicon = load_people(parsed.doc.lang_ or "en") if people is None else people
    sources = [attribution.source for attribution in attributions]
    context = DocumentContext.of(parsed, sources, lexicon, gazetteer, settings, kinds=kinds, style=style)
    resolver = SpeakerResolver.of(context, attributions, coreference, link, style=style, choice=choice, score=score)
    drafts = resolver.read()
    bodies: dict[ProposedEntity, EntityNumber] = {}
    speakers = [speaker for draft in drafts for speaker in draft.speakers]
    for speaker, body in find_metonyms(context.entities, speakers, lexicon).items():
        if body not in bodies:
            bodies[body] = context.entities.add_proposed(body)
        context.entities.set_stands_for(speaker, bodies[body])
    return make_results(drafts, context.entities, score, max_runners_up=settings.max_runners_up)


@define(eq=False)
class SpeakerResolver:
    """Reads a text and decides who speaks: its context, its quotes, and what coreference says of its pronouns."""

    _context: DocumentContext
    _attributions: Sequence[Attribution]
    _phrases: PhraseResolver
    _turns: Turns
    _levels: QuotationLevels
    _narrator: EntityNumber | None
    _dialogue: bool
    _spoken: SpokenQuotes
    _model: TurnModel
    _style: TextStyle
    _lines: LineModel | None
    _score: SpeakerScore
    _speakers: dict[int, tuple[EntityNumber, ...]]
    _acting: dict[int, EntityNumber] = field(factory=dict)
    _addressed: dict[int, tuple[EntityNumber, ...] | None] = field(factory=dict)
    _drafts: dict[int, DecisionDraft] = field(factory=dict)
    _read: dict[TextSpans, DecisionDraft] = field(factory=dict)
    _last_name: dict[EntityNumber, MentionNumber] = field(factory=dict)
    _persons_as_sources: dict[int, list[int]] = field(factory=lambda: defaultdict(list))

    @classmethod
    def of(
        cls,
        context: DocumentContext,
        attributions: Sequence[Attribution],
        coreference: CoreferenceResolver,
        link: PairScorer,
        *,
        style: TextStyle = TextStyle.NEWS,
        choice: ChoiceModel | None = None,
        score: SpeakerScore = speaker_score,
        model: TurnModel | None = None,
        lines: LineModel | None = None,
    ) -> "SpeakerResolver":
        """A resolver that has read nothing yet."""
        roles = Roles.of(context)
        mentions = find_mention_candidates(context, roles)
        pairs = make_pairs(mentions)
        said_by = find_others_of_turns(context, mentions)
        distributions = find_distributions(mentions, pairs, link(mentions, pairs), context.settings, said_by)
        linked = find_linked(context, attributions, distributions, coreference)
        learn_people(context, distributions)
        model = read_turn_model() if model is None else model
        levels = QuotationLevels.of(context.parsed, attributions, context.settings)
        dialogue = is_dialogue(context, attributions)
        spoken = SpokenQuotes.of(context, attributions)
        for entity in list(find_speaking_people(context, attributions, spoken.pairs, dialogue=dialogue)):
            context.entities.set_kind(entity, EntityKind.PERSON)
        places = EntityPlaces.of(context, attributions, distributions)
        choice = read_speaker_choice() if choice is None else choice
        speakers: dict[int, tuple[EntityNumber, ...]] = {}
        surroundings = ReferenceSurroundings(levels, linked, speakers, dialogue)
        chooser = SpeakerChooser.of(places, attributions, roles, surroundings, choice)
        narrator = find_narrator(context, attributions, levels, dialogue=dialogue)
        return cls(
            context,
            attributions,
            PhraseResolver.of(context, chooser, score),
            Turns(context),
            levels,
            None if narrator is None else add_narrator(context.entities, narrator),
            dialogue,
            spoken,
            model,
            style,
            lines,
            score,
            speakers,
        )

    @property
    def phrases(self) -> PhraseResolver:
        """What reads the phrases of the text."""
        return self._phrases

    def read(self) -> list[DecisionDraft]:
        """The decision of each attribution; mentions and entities go to the context's table."""
        if self._style is TextStyle.FICTION:
            for line in choose_speakers(self._lines or read_line_model(), self.read_dialogue()):
                self._take_line(line)
        else:
            self._take_turns()
        drafts = self._decide_addressees([self._drafts[number] for number in range(len(self._attributions))])
        self._read_quoted_persons(drafts)
        return drafts

    def _take_turns(self) -> None:
        """Take over who speaks the turns that words leave open."""
        for weighed in self.weigh_conversations():
            choices = list(choose(self._model, weighed, self._context.settings.nobody_turn_factor))
            shown = sum(choice.is_shown and not choice.has_source for choice in choices)
            is_exchange = self._dialogue or shown >= self._context.settings.exchange_turns
            # A report goes on with its source where nothing but the order of quotes shows who speaks.
            for choice in (one for one in choices if one.is_shown or is_exchange):
                self._take(choice)

    def weigh_conversations(self) -> list[WeighedConversation]:
        """The text is read; what is left are turns that no words give anybody, and pronouns that may mean several.

        For each conversation that has some, all that shows who speaks its turns.
        """
        self._read_text(self._find_waiting())
        return list(weigh(self._context, self._attributions, self._find_turns(), self._narrator))

    def read_dialogue(self) -> DialogueText:
        """The text is read; what its lines and characters show of who speaks each line."""
        self._read_text(self._find_waiting())
        return read_dialogue(self._context, self._attributions, self._find_turns(), self._drafts, self._narrator)

    def _find_turns(self) -> list[SpokenTurn]:
        """The spoken turns, with all that words and beats show."""
        called = {n: find_vocatives(self._context, self._attributions[n]).entities for n in self._spoken.numbers}
        told = {n: tuple(e for e in self._addressees(n) or () if e not in own) for n, own in called.items()}
        return make_turns(
            self._context,
            self._attributions,
            self._spoken,
            drafts=self._drafts,
            acting=self._acting,
            called=called,
            addressed=told,
            dialogue=self._dialogue,
        )

    def _read_text(self, waiting: dict[int, list[int]]) -> None:
        """Read token by token: decide the attributions that wait there, see names and groups, read pronouns."""
        context = self._context
        names = {name.start: place for place, name in enumerate(context.names)}
        groups = dict(find_named_groups(context))
        for token in context.parsed.doc:
            for number in waiting.get(token.i, ()):
                self._decide(number)
            if context.parsed.is_furniture(token.i):
                continue
            if token.i in names:
                self._see_name(names[token.i])
            if token.i in groups:
                context.discourse.see_pair(groups[token.i], context.parsed.sentences[token.i])
            if token.i not in context.name_at:
                self._read_pronoun(token)
            if token.i in self._spoken.actors:
                self._see_actor(token)

    def _see_actor(self, token: Token) -> None:
        """Whoever acts in a beat may speak."""
        context = self._context
        kind = pronoun_class(token)
        if token.i in context.name_at:
            self._acting[token.i] = context.owners[context.name_at[token.i]]
        elif kind is PronounClass.I:
            if self._narrator is not None and self._levels.saying(token.i) is Unattributed.NARRATION:
                self._acting[token.i] = self._narrator
        elif kind is not None:
            entity = context.entity_of(token)
            if entity is not None:
                self._acting[token.i] = entity
        else:
            tokens = actor_phrase(token)
            spans = (context.span_of(tokens),)
            known = context.entities.entity_at(spans)
            if known is None:
                known = self._phrases.read_nominal(tokens)
                self._mention(spans, MentionForm.NOMINAL, known)
            self._acting[token.i] = known

    def _take(self, choice: TurnChoice) -> None:
        """Take over who speaks a turn; where its source is a pronoun, that means this person."""
        draft, speaker = self._drafts[choice.number], choice.speaker
        attribution = self._attributions[choice.number]
        if choice.has_source and (speaker is None or draft.speakers == (speaker,)):
            return
        if not choice.has_source and (
            is_impersonal(self._context.parsed, attribution) or self._is_linked(draft, speaker)
        ):
            return
        source, method = None, choice.method
        if choice.has_source and speaker is not None:
            source = self._context.entities.revise_mention(attribution.source, MentionForm.PRONOUN, speaker)
            method = draft.method if draft.speakers else "coreference"
        if speaker is None:
            draft = DecisionDraft(reason="no source words, and nobody who is known is likely enough")
        else:
            named = self._last_name.get(speaker)
            chain = tuple(mention for mention in (source, named) if mention is not None)
            draft = DecisionDraft((speaker,), source, choice.probability, method, chain, choice.ranked)
        self._drafts[choice.number] = draft
        self._speakers[choice.number] = draft.speakers

    def _take_line(self, choice: LineChoice) -> None:
        """Take over who speaks a line of fiction; where words name the source, these mean this character."""
        number, context = choice.line.turn.number, self._context
        attribution, draft = self._attributions[number], self._drafts[number]
        is_sure = choice.score(self._score) >= context.settings.min_speaker_score * context.settings.line_share
        is_told = choice.line.turn.has_source and (len(draft.speakers) > 1 or (choice.is_told and not is_sure))
        if self._is_labelled(attribution) or (is_told and draft.speakers):
            return
        mention = draft.source if choice.line.turn.has_source else None
        if is_sure and mention is not None and choice.mention_form is not None:
            mention = context.entities.revise_mention(attribution.source, choice.mention_form, choice.speaker)
        draft = decide_line(choice, draft, mention, self._last_name) if is_sure else leave_open(choice, mention)
        self._drafts[number] = draft
        self._speakers[number] = draft.speakers

    def _is_linked(self, draft: DecisionDraft, speaker: EntityNumber | None) -> bool:
        """Whether words in another paragraph, which seemed to be the source, are so after all."""
        return draft.source is not None and draft.speakers == (speaker,)

    def _addressees(self, number: int) -> tuple[EntityNumber, ...] | None:
        """Who is spoken to by the words of an attribution; read once, since a phrase may bring somebody up."""
        if number not in self._addressed:
            self._addressed[number] = self._phrases.addressees(self._attributions[number])
        return self._addressed[number]

    def _decide_addressees(self, drafts: Sequence[DecisionDraft]) -> list[DecisionDraft]:
        addressed = [self._addressees(number) for number in range(len(self._attributions))]
        speakers = [draft.speakers for draft in drafts]
        if self._style is TextStyle.FICTION:
            found = decide_listeners(self._context, self._attributions, speakers, addressed)
        else:
            found = decide_addressees(self._context, self._attributions, speakers, addressed, dialogue=self._dialogue)
        return [evolve(draft, addressees=addressees) for draft, addressees in zip(drafts, found, strict=True)]

    def _read_quoted_persons(self, drafts: list[DecisionDraft]) -> None:
        """Give each "I", "we" and "you" in quotes its entity, where something can be said; linear in the tokens.

        Where it is the source of a quote, the speakers of its draft are put in.
        """
        reported = Reported(
            self._attributions,
            [draft.speakers for draft in drafts],
            [draft.addressees for draft in drafts],
            self._dialogue,
        )
        for token, around in find_quoted_persons(self._context, self._levels):
            entity = self._read_quoted_person(reported, token, around)
            if entity is None:
                continue
            for number in self._persons_as_sources.get(token.i, ()):
                if number != around:
                    drafts[number] = self._as_said_by(drafts[around], drafts[number], entity)
                    reported.speakers[number] = drafts[number].speakers

    def _read_quoted_person(self, reported: Reported, token: Token, around: int) -> EntityNumber | None:
        """The entity that "I", "we" or "you" in a quote means, of which it becomes a mention."""
        context, entities = self._context, self._context.entities
        reading = read_person(context, reported, around, token)
        entity = self._join(reading.entities) if reading.entities else None
        if reading.representative is not None:
            source = context.parsed.words(self._attributions[around].source)
            entity = self._phrases.body_of(reading.representative, source)
        if entity is None:
            return None
        spans = (context.parsed.span(token.i, token.i + 1),)
        mention = entities.mention_at(spans)
        if mention is None:
            entities.place_mention(spans, MentionForm.PRONOUN, entity)
        else:
            # What was guessed before it was known who speaks; or a name that is none ("U.S." in "give us").
            entities.move_mention(mention, MentionForm.PRONOUN, entity)
        return entity

    def _as_said_by(self, around: DecisionDraft, draft: DecisionDraft, entity: EntityNumber) -> DecisionDraft:
        """The decision of a quote whose source is "I", "we" or "you" in another quote, which is decided so."""
        settings, source = self._context.settings, draft.source
        chain = () if source is None else (source,)
        speakers = self._context.entities.members(entity)
        return DecisionDraft(
            speakers,
            source,
            settings.first_person_score,
            "first person",
            (*chain, *around.chain),
            addressees=tuple(who for who in draft.addressees if who not in speakers),
        )

    def _is_labelled(self, attribution: Attribution) -> bool:
        """Whether it is a turn with a label; those of dialogue with dashes have a clause, or nothing."""
        return attribution.is_turn and bool(attribution.source) and attribution.source[0] in self._context.labelled

    def _find_waiting(self) -> dict[int, list[int]]:
        """The attributions to decide at each token: where the source begins, or else the content."""
        waiting: dict[int, list[int]] = {}
        for number, attribution in enumerate(self._attributions):
            words = self._context.parsed.words(attribution.source)
            start = words[0].i if words else self._context.parsed.token_at(attribution.content[0].start)
            waiting.setdefault(start, []).append(number)
            if self._is_labelled(attribution):
                self._speakers[number] = self._context.entities.members(self._context.labelled[attribution.source[0]])
                continue
            # A name helps the pronouns in the words that it reports, also where it stands after them.
            place = find_name(self._context, words) if words else None
            if place is not None:
                self._speakers[number] = (self._context.owners[place],)
        return waiting

    def _see_name(self, place: int) -> None:
        context = self._context
        entity = context.owners[place]
        self._last_name[entity] = context.name_mentions[place]
        context.discourse.see(entity, context.sight(context.head_token(context.names[place])))

    # Sources

    def _decide(self, number: int) -> None:
        attribution = self._attributions[number]
        words = self._context.parsed.words(attribution.source)
        if self._is_labelled(attribution):
            draft = self._decide_label(attribution)
        elif attribution.source in self._read:
            draft = self._read[attribution.source]
        elif words:
            draft = self._read[attribution.source] = self._decide_source(number, words)
        elif is_impersonal(self._context.parsed, attribution):
            draft = DecisionDraft(reason="the text does not say whose words these are")
        else:
            draft = self._decide_turn(number)
        self._drafts[number] = draft
        self._speakers[number] = draft.speakers
        if self._takes_turn(attribution):
            self._turns.add(attribution.extent, draft.speakers)

    def _decide_label(self, attribution: Attribution) -> DecisionDraft:
        """The speaker of a turn that the layout gives, who was found with the names."""
        context = self._context
        entity = context.labelled[attribution.source[0]]
        token = context.parsed.doc[context.parsed.token_at(attribution.source[0].start)]
        context.discourse.see(entity, context.sight(token))
        source = context.entities.mention_at(attribution.source)
        chain = () if source is None else (source,)
        score = context.settings.label_score
        return DecisionDraft(context.entities.members(entity), source, score, "label", chain)

    def _decide_source(self, number: int, words: Sequence[Token]) -> DecisionDraft:
        kind = pronoun_class(words[0]) if len(words) == 1 else None
        if kind in MEANT:
            return self._decide_third_person(number, words[0], kind)
        if kind is PronounClass.WHO:
            return self._decide_words(number, modified_noun(words[0]) or words)
        if kind is not None:
            return self._decide_other_person(number, words[0], kind)
        return self._decide_words(number, words)

    def _takes_turn(self, attribution: Attribution) -> bool:
        """Whether the text may go on with this speaker: not with one whom somebody quotes word by word."""
        return attribution.parent is None or self._attributions[attribution.parent].kind is not QuoteKind.DIRECT

    def _decide_turn(self, number: int) -> DecisionDraft:
        turn = self._turns.decide(self._attributions[number].extent)
        if turn.speakers and set(self._addressees(number) or ()) & set(turn.speakers):
            return DecisionDraft(reason="no source words, and the one who has the turn is spoken to")
        chain = tuple(self._last_name[entity] for entity in turn.speakers if entity in self._last_name)
        return DecisionDraft(turn.speakers, None, turn.score, turn.method, chain, reason=turn.reason)

    def _decide_words(self, number: int, words: Sequence[Token]) -> DecisionDraft:
        context = self._context
        for word in words:
            if word.tag_ == "PRP$":
                # Whose, before what: "her lawyer".
                self._read_pronoun(word)
        tokens = list(context.parsed.doc[words[0].i : words[-1].i + 1])
        return self._finish(number, self._phrases.read_source(tokens, number))

    def _finish(self, number: int, reading: SourceReading) -> DecisionDraft:
        """The decision that a reading of the source words makes, and its mention."""
        entities, spans = self._context.entities, self._attributions[number].source
        entity = self._join(reading.entities)
        source = self._mention(spans, reading.form, entity)
        if reading.is_doubtful:
            return DecisionDraft(source=source, ranked=reading.ranked, reason=DOUBT)
        chain = tuple(dict.fromkeys((source, *reading.chain[: self._context.settings.max_members])))
        return DecisionDraft(
            entities.members(entity),
            source,
            reading.score,
            reading.method,
            chain,
            reading.ranked,
            grounds=reading.grounds,
        )

    def _decide_third_person(self, number: int, token: Token, kind: PronounClass) -> DecisionDraft:
        spans = self._attributions[number].source
        reading = self._phrases.read_pronoun(token, number)
        if not reading.entities:
            reason = f"nobody before whom “{token.text}” could mean"
            source = self._mention_nobody(spans, token, kind)
            return DecisionDraft(source=source, ranked=reading.ranked, reason=reason)
        source = self._mention(spans, MentionForm.PRONOUN, self._join(reading.entities))
        if reading.is_doubtful:
            return DecisionDraft(source=source, ranked=reading.ranked, reason=DOUBT)
        self._learn_gender(reading.entities, kind)
        named = (self._last_name[entity] for entity in reading.entities if entity in self._last_name)
        return DecisionDraft(
            reading.entities,
            source,
            reading.score,
            reading.method,
            (source, *named),
            reading.ranked,
            grounds=reading.grounds,
        )

    def _decide_other_person(self, number: int, token: Token, kind: PronounClass) -> DecisionDraft:
        context, spans = self._context, self._attributions[number].source
        if kind is PronounClass.I:
            said_by = self._levels.saying(token.i)
            if said_by is Unattributed.NARRATION and self._narrator is not None:
                source = context.entities.revise_mention(spans, MentionForm.PRONOUN, self._narrator)
                score = context.settings.first_person_score
                return DecisionDraft((self._narrator,), source, score, "first person", (source,))
        self._persons_as_sources[token.i].append(number)
        reason = "the writer of the text" if kind is PronounClass.I else f"“{token.text}” says nothing of who speaks"
        return DecisionDraft(source=self._mention_nobody(spans, token, kind), reason=reason)

    # Pronouns of the third person

    def _read_pronoun(self, token: Token) -> None:
        """Give a pronoun that is no source its entity, where something can be said."""
        kind = pronoun_class(token)
        if kind not in GENDERS and kind is not PronounClass.THEY:
            return
        spans = (self._context.parsed.span(token.i, token.i + 1),)
        if self._context.entities.mention_at(spans) is None:
            reading = self._phrases.read_pronoun(token)
            if reading.entities:
                self._learn_gender(reading.entities, kind)
                self._mention(spans, MentionForm.PRONOUN, self._join(reading.entities))

    def _learn_gender(self, entities: Sequence[EntityNumber], kind: PronounClass) -> None:
        """A person whom "he" or "she" means has its gender."""
        if kind in GENDERS and len(entities) == 1:
            self._context.entities.learn_gender(entities[0], GENDERS[kind])

    # Mentions

    def _mention(self, spans: TextSpans, form: MentionForm, entity: EntityNumber) -> MentionNumber:
        """Words mention an entity, which is in play from now on; a name is seen where it begins."""
        context = self._context
        words = context.parsed.words(spans)
        inside = {word.i for word in words}
        head = next((word for word in words if word.head.i not in inside), words[0])
        if form is not MentionForm.NAME or context.entities[entity].members:
            context.discourse.see(entity, context.sight(head))
        return context.entities.revise_mention(spans, form, entity)

    def _mention_nobody(self, spans: TextSpans, token: Token, kind: PronounClass) -> MentionNumber:
        """The mention of a pronoun of which nothing is known: of an unnamed entity of its own."""
        entity = self._context.entities.add(unnamed_person(token, kind))
        return self._context.entities.revise_mention(spans, MentionForm.PRONOUN, entity)

    def _join(self, entities: Sequence[EntityNumber]) -> EntityNumber:
        """The only one of the entities, or their group."""
        return entities[0] if len(entities) == 1 else self._context.entities.add_group(entities)
