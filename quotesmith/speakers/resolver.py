"""The order of this room: reads a text from its beginning, so that each mention is understood by what is before it."""

from collections.abc import Callable, Sequence
from typing import TypeAlias

from attrs import define, evolve, field
from spacy.tokens import Token

from quotesmith.coreference import (
    GENDERS,
    MEANT,
    CoreferenceResolver,
    Links,
    MentionCandidates,
    Pairs,
    PronounClass,
    make_pairs,
    pronoun_class,
)
from quotesmith.extraction.attributions import Attribution
from quotesmith.lexicon.folding import fold
from quotesmith.lexicon.people import load_people
from quotesmith.parsed_text import ParsedText
from quotesmith.records import Candidate, EntityKind, MentionForm, QuoteKind, TextSpans
from quotesmith.speakers.calibration import speaker_score
from quotesmith.speakers.collectives import PAIR_PRONOUNS, named_pairs, set_stands_for
from quotesmith.speakers.dialogue.addressees import decide_addressees, find_addressees, tells_dialogue
from quotesmith.speakers.dialogue.turns import Turns
from quotesmith.speakers.document_context import DocumentContext
from quotesmith.speakers.entities import MOST_MEMBERS, EntityDraft, Numbering
from quotesmith.speakers.names import Gazetteer
from quotesmith.speakers.nominals import Nominals
from quotesmith.speakers.pronouns.candidates import find_mention_candidates
from quotesmith.speakers.pronouns.first_person import Reported, find_narrator, read_persons
from quotesmith.speakers.pronouns.third_person import (
    AntecedentDistributions,
    Antecedents,
    Hints,
    find_antecedents,
    find_distributions,
    modified_noun,
)
from quotesmith.speakers.quotation_levels import OUTSIDE, QuotationLevels
from quotesmith.speakers.results import Decision, SpeakerResults
from quotesmith.speakers.sources import SOURCE_SCORES, SourceReading, find_name, read_source

RUNNERS_UP = 3
SpeakerScore: TypeAlias = Callable[[str, float], float]
"""Makes a score of a method and of how sure it is."""
# From this chance on a pronoun is understood without asking another resolver of coreference.
SURE = 0.8
# So many times "he" or "she", and what the recognizer took for a place or a body, or didn't know, is a person.
LEAST_TOLD = 0.4
MISTAKABLE = frozenset({EntityKind.ORGANIZATION, EntityKind.PLACE, EntityKind.OTHER})
FIRST_PERSON = 0.7
Link: TypeAlias = Callable[[MentionCandidates, Pairs], Links]
"""Says how likely each pair of mentions is."""

PASSIVE = frozenset({"nsubjpass", "auxpass"})
FINITE = frozenset({"VBD", "VBP", "VBZ"})


@define
class DecisionDraft:
    """A decision in the making: entities and mentions by their numbers in the roster."""

    speakers: tuple[int, ...] = ()
    source: int | None = None
    score: float = 0.0
    method: str = "none"
    chain: tuple[int, ...] = ()
    ranked: tuple[tuple[float, int], ...] = ()
    reason: str | None = None
    addressees: tuple[int, ...] = ()


def resolve_speakers(
    parsed: ParsedText,
    attributions: Sequence[Attribution],
    *,
    coreference: CoreferenceResolver,
    link: Link,
    gazetteer: Gazetteer | None = None,
    score: SpeakerScore = speaker_score,
) -> SpeakerResults:
    """The entities and mentions of a text, and the speakers of each attribution.

    Args:
        parsed: The text, its Doc with named entities.
        attributions: The quotes, in order of their content's start.
        coreference: Finds clusters for pronouns that are left unsure; one signal among others.
        link: Says how likely an anaphor takes up each of its candidates.
        gazetteer: Names that are known beforehand.
        score: Makes scores of what each method gives.

    Raises:
        LanguageError: if there is no lexicon of people for the Doc's language.
        MissingAnnotationError: if `coreference` needs an annotation that the Doc lacks.

    Note:
        n log n in the tokens and attributions.
    """
    lexicon = load_people(parsed.doc.lang_ or "en")
    context = DocumentContext.of(parsed, [a.source for a in attributions], lexicon, gazetteer)
    drafts = SpeakerResolver.of(context, attributions, coreference, link).read()
    set_stands_for(context.roster, (speaker for draft in drafts for speaker in draft.speakers), context.lexicon)
    numbering = context.roster.number(entity for draft in drafts for entity in (*draft.speakers, *draft.addressees))
    decisions = tuple(_finish(draft, numbering, score) for draft in drafts)
    return SpeakerResults(numbering.entities, numbering.mentions, decisions)


def _finish(draft: DecisionDraft, numbering: Numbering, score: SpeakerScore) -> Decision:
    return Decision(
        source=None if draft.source is None else numbering.mention_ids[draft.source],
        speakers=tuple(numbering.entity_ids[entity] for entity in draft.speakers),
        addressees=tuple(numbering.entity_ids[entity] for entity in draft.addressees),
        score=score(draft.method, draft.score) if draft.speakers else 0.0,
        method=draft.method,
        chain=tuple(numbering.mention_ids[mention] for mention in draft.chain),
        runners_up=_runners_up(draft, numbering),
        reason=draft.reason,
    )


def _runners_up(draft: DecisionDraft, numbering: Numbering) -> tuple[Candidate, ...]:
    """Those who lost, with their chances."""
    lost = [(chance, entity) for chance, entity in draft.ranked[1:] if entity in numbering.entity_ids]
    return tuple(Candidate(numbering.entity_ids[entity], chance) for chance, entity in lost[:RUNNERS_UP])


@define(eq=False)
class SpeakerResolver:
    """What reading a text needs: its context, its quotes, and what coreference says of its pronouns."""

    _context: DocumentContext
    _attributions: Sequence[Attribution]
    _nominals: Nominals
    _turns: Turns
    _distributions: AntecedentDistributions
    _linked: dict[int, frozenset[int]]
    _levels: QuotationLevels
    _narrator: int | None
    _drafts: dict[int, DecisionDraft] = field(factory=dict)
    _speakers: dict[int, tuple[int, ...]] = field(factory=dict)
    _read: dict[TextSpans, DecisionDraft] = field(factory=dict)
    _last_name: dict[int, int] = field(factory=dict)
    _first_persons: list[tuple[Token, int]] = field(factory=list)

    @classmethod
    def of(
        cls,
        context: DocumentContext,
        attributions: Sequence[Attribution],
        coreference: CoreferenceResolver,
        link: Link,
    ) -> "SpeakerResolver":
        """A reader that has read nothing yet."""
        mentions = find_mention_candidates(context)
        pairs = make_pairs(mentions)
        distributions = find_distributions(mentions, pairs, link(mentions, pairs))
        linked = _find_linked(context, _unsure_sources(context, attributions, distributions), coreference)
        _learn_people(context, distributions)
        levels = QuotationLevels.of(context.parsed, attributions)
        narrator = find_narrator(context, attributions, levels)
        nominals, turns = Nominals(context, distributions), Turns(context)
        return cls(context, attributions, nominals, turns, distributions, linked, levels, narrator)

    def read(self) -> list[DecisionDraft]:
        """The decision of each attribution; mentions and entities go to the context's roster."""
        context = self._context
        waiting = self._waiting()
        names = {name.start: place for place, name in enumerate(context.names)}
        pairs = dict(named_pairs(context))
        for token in context.parsed.doc:
            for number in waiting.get(token.i, ()):
                self._decide(number)
            if token.i in names:
                self._see_name(names[token.i])
            if token.i in pairs:
                context.discourse.see_pair(pairs[token.i], context.parsed.sentences[token.i])
            if token.i not in context.name_at:
                self._read_pronoun(token)
        for token, attribution in self._first_persons:
            self._read_first_person(token, attribution)
        drafts = [self._drafts[number] for number in range(len(self._attributions))]
        self._read_persons(drafts)
        return drafts

    def _read_persons(self, drafts: Sequence[DecisionDraft]) -> None:
        """Who is spoken to, and whom "I", "we" and "you" mean, when it is known who speaks."""
        speakers = [draft.speakers for draft in drafts]
        addressees = decide_addressees(self._context, self._attributions, speakers, self._nominals)
        for draft, found in zip(drafts, addressees, strict=True):
            draft.addressees = found
        dialogue = tells_dialogue(self._context, self._attributions)
        reported = Reported(self._attributions, speakers, addressees, dialogue)
        read_persons(self._context, reported, self._levels, self._nominals)

    def _waiting(self) -> dict[int, list[int]]:
        """The attributions to decide at each token: where the source begins, or else the content."""
        waiting: dict[int, list[int]] = {}
        for number, attribution in enumerate(self._attributions):
            words = self._context.parsed.words(attribution.source)
            start = words[0].i if words else self._context.parsed.token_at(attribution.content[0].start)
            waiting.setdefault(start, []).append(number)
            # A name helps the pronouns in the words that it reports, also where it stands after them.
            place = find_name(self._context, words) if words else None
            if place is not None:
                self._speakers[number] = (self._context.owners[place],)
        return waiting

    def _see_name(self, place: int) -> None:
        context = self._context
        entity = context.owners[place]
        self._last_name[entity] = context.name_mention(place)
        context.discourse.see(entity, context.sight(context.head_token(context.names[place])))

    def _decide(self, number: int) -> None:
        spans = self._attributions[number].source
        words = self._context.parsed.words(spans)
        kind = pronoun_class(words[0]) if len(words) == 1 else None
        if spans in self._read:
            draft = evolve(self._read[spans])
        elif not words and self._is_impersonal(self._attributions[number]):
            draft = DecisionDraft(reason="the text does not say whose words these are")
        elif not words:
            draft = self._decide_turn(number)
        elif kind in MEANT:
            draft = self._decide_third_person(number, words[0], kind)
        elif kind is PronounClass.WHO:
            draft = self._decide_words(number, modified_noun(words[0]) or words)
        elif kind is not None:
            draft = self._decide_other_person(number, words[0], kind)
        else:
            draft = self._decide_words(number, words)
        self._drafts[number] = draft
        if words:
            self._read[spans] = draft
        self._speakers[number] = draft.speakers
        if self._takes_turn(self._attributions[number]):
            self._turns.add(self._attributions[number].extent, draft.speakers)
            self._context.discourse.last_speakers = draft.speakers or self._context.discourse.last_speakers

    def _is_impersonal(self, attribution: Attribution) -> bool:
        """Whether a cue reports without naming anybody: "he is expected to win", "amid fears that it rains".

        A passive cue's subject is no speaker: "Roe was told". A verb joined to another one has its subject, who may
        have the turn: "Oslo calls for talks but urges caution".
        """
        words = self._context.parsed.words(attribution.cue)
        if any(child.dep_ in PASSIVE for word in words for child in word.children):
            return True
        joined = any(word.dep_ == "conj" and word.tag_ in FINITE for word in words)
        return attribution.kind is QuoteKind.INDIRECT and bool(words) and not joined

    def _takes_turn(self, attribution: Attribution) -> bool:
        """Whether the text may go on with this speaker: not with one whom somebody quotes word by word."""
        return attribution.parent is None or self._attributions[attribution.parent].kind is not QuoteKind.DIRECT

    def _decide_turn(self, number: int) -> DecisionDraft:
        turn = self._turns.decide(self._attributions[number].extent)
        addressed = find_addressees(self._context, self._attributions[number], self._nominals) if turn.speakers else ()
        if set(addressed) & set(turn.speakers):
            return DecisionDraft(reason="no source words, and the one who has the turn is spoken to")
        method = "turn" if turn.speakers else "none"
        chain = tuple(self._last_name[entity] for entity in turn.speakers if entity in self._last_name)
        return DecisionDraft(turn.speakers, None, turn.score, method, chain, reason=turn.reason)

    def _decide_words(self, number: int, words: Sequence[Token]) -> DecisionDraft:
        context = self._context
        if words[0].tag_ == "PRP$":
            # Whose, before what: "her lawyer".
            self._read_pronoun(words[0])
        if len(words) == 1 and fold(words[0].text) in PAIR_PRONOUNS:
            pair = context.discourse.last_pair(None) or context.discourse.last_pair(EntityKind.PERSON)
            if len(pair) > 1:
                return self._finish(
                    number, SourceReading(pair, "group", MentionForm.PRONOUN, SOURCE_SCORES["described"])
                )
        tokens = list(context.parsed.doc[words[0].i : words[-1].i + 1])
        return self._finish(number, read_source(context, tokens, self._nominals))

    def _finish(self, number: int, reading: SourceReading) -> DecisionDraft:
        """The decision that a reading of the source words makes, and its mention."""
        context, spans = self._context, self._attributions[number].source
        entity = reading.entities[0]
        if len(reading.entities) > 1:
            entity = context.roster.add_group(reading.entities)
        source = self._mention(spans, reading.form, entity)
        chain = tuple(dict.fromkeys((source, *reading.chain[:MOST_MEMBERS])))
        return DecisionDraft(context.roster.members(entity), source, reading.score, reading.method, chain)

    def _mention(self, spans: TextSpans, form: MentionForm, entity: int) -> int:
        context = self._context
        words = context.parsed.words(spans)
        inside = {word.i for word in words}
        head = next((word for word in words if word.head.i not in inside), words[0])
        if form is not MentionForm.NAME or context.roster.drafts[entity].members:
            context.discourse.see(entity, context.sight(head))
        return context.roster.mention(spans, form, entity)

    def _decide_third_person(self, number: int, token: Token, kind: PronounClass) -> DecisionDraft:
        spans = self._attributions[number].source
        found = self._antecedents(token, kind, speaks=True, spoken_of=self._spoken_of(number))
        if not found.entities:
            reason = f"nobody before whom “{token.text}” could mean"
            return DecisionDraft(source=self._nobody(spans, token, kind), reason=reason)
        source = self._mention(spans, MentionForm.PRONOUN, self._one(found))
        named = (self._last_name[entity] for entity in found.entities if entity in self._last_name)
        return DecisionDraft(found.entities, source, found.chance, "coreference", (source, *named), found.ranked)

    def _decide_other_person(self, number: int, token: Token, kind: PronounClass) -> DecisionDraft:
        spans = self._attributions[number].source
        if kind is PronounClass.I:
            said_by = self._levels.saying(token.i)
            if said_by == OUTSIDE and self._narrator is not None:
                source = self._context.roster.mention(spans, MentionForm.PRONOUN, self._narrator)
                return DecisionDraft((self._narrator,), source, FIRST_PERSON, "first person", (source,))
            self._first_persons.append((token, number))
        reason = "the writer of the text" if kind is PronounClass.I else f"“{token.text}” says nothing of who speaks"
        return DecisionDraft(source=self._nobody(spans, token, kind), reason=reason)

    def _nobody(self, spans: TextSpans, token: Token, kind: PronounClass) -> int:
        """The mention of a pronoun of which nothing is known: of an unnamed entity of its own."""
        person = kind in {PronounClass.HE, PronounClass.SHE, PronounClass.I}
        entity = EntityDraft(
            token.text,
            EntityKind.PERSON if person else EntityKind.OTHER,
            named=False,
            gender=GENDERS.get(kind),
        )
        return self._context.roster.mention(spans, MentionForm.PRONOUN, self._context.roster.add(entity))

    def _one(self, found: Antecedents) -> int:
        if len(found.entities) == 1:
            return found.entities[0]
        return self._context.roster.add_group(found.entities)

    def _spoken_of(self, number: int) -> frozenset[int]:
        """What the direct speech of an attribution brings up, by the numbers that distributions give it."""
        attribution = self._attributions[number]
        if attribution.kind is not QuoteKind.DIRECT:
            return frozenset()
        return frozenset(
            ~place
            for span in attribution.content
            for place in self._distributions.places(self._context.parsed.tokens(span))
        )

    def _antecedents(
        self, token: Token, kind: PronounClass, *, speaks: bool, spoken_of: frozenset[int] = frozenset()
    ) -> Antecedents:
        around = self._levels.innermost(token.i)
        speakers = frozenset() if around is None else frozenset(self._speakers.get(around, ()))
        quoted = self._levels.is_quoted(token.i)
        hints = Hints(
            linked=self._linked.get(token.i, frozenset()),
            reporters=frozenset() if quoted else speakers,
            resumed=frozenset(self._context.discourse.last_speakers) if speaks else frozenset(),
            spoken_by=speakers if quoted else frozenset(),
            spoken_of=spoken_of,
        )
        found = find_antecedents(self._context, self._distributions, token, kind, hints=hints, bring_up=self._bring_up)
        if kind in GENDERS and len(found.entities) == 1:
            self._context.roster.learn_gender(found.entities[0], GENDERS[kind])
        return found

    def _bring_up(self, place: int) -> int:
        """The entity that the mention at the position brings up, which no name names."""
        context, mention = self._context, self._distributions.mentions[place]
        known = context.roster.mention_at((mention.span,))
        if known is not None:
            return context.roster.mentions[known].entity
        if mention.pronoun is not None:
            unnamed = self._nobody((mention.span,), context.parsed.doc[mention.head], mention.pronoun)
            return context.roster.mentions[unnamed].entity
        entity, _ = self._nominals.find(list(context.parsed.doc[mention.start : mention.end]))
        self._mention((mention.span,), MentionForm.NOMINAL, entity)
        return entity

    def _read_pronoun(self, token: Token) -> None:
        """Give a pronoun that is no source its entity, where something can be said."""
        kind = pronoun_class(token)
        spans = (self._context.parsed.span(token.i, token.i + 1),) if kind is not None else ()
        if not spans or self._context.roster.mention_at(spans) is not None:
            return
        if kind in GENDERS or kind is PronounClass.THEY:
            found = self._antecedents(token, kind, speaks=False)
            if found.entities:
                self._mention(spans, MentionForm.PRONOUN, self._one(found))

    def _read_first_person(self, token: Token, number: int) -> None:
        """Give a source "I" in a quote to the quote's speaker, who is known when all quotes are read."""
        around = self._levels.saying(token.i)
        if around < 0 or around == number or len(self._drafts[around].speakers) != 1:
            return
        speakers, chain = self._drafts[around].speakers, self._drafts[around].chain
        source = self._context.roster.mention(self._attributions[number].source, MentionForm.PRONOUN, speakers[0])
        self._drafts[number] = DecisionDraft(speakers, source, FIRST_PERSON, "first person", (source, *chain))


def _learn_people(context: DocumentContext, distributions: AntecedentDistributions) -> None:
    """What the text's pronouns tell of the entities: who is a person after all, and of which gender."""
    for entity, counts in distributions.genders.items():
        if entity < 0:
            continue
        draft = context.roster.drafts[entity]
        known = fold(draft.name) in context.lexicon.countries or fold(draft.name) in context.lexicon.places
        if draft.kind in MISTAKABLE and not known and sum(counts.values()) > LEAST_TOLD:
            draft.kind = EntityKind.PERSON
        context.roster.learn_gender(entity, distributions.gender(entity))


def _unsure_sources(
    context: DocumentContext, attributions: Sequence[Attribution], distributions: AntecedentDistributions
) -> list[int]:
    """The pronouns that name a speaker, and of which nobody is likely enough to be meant."""
    found = set()
    for attribution in attributions:
        words = context.parsed.words(attribution.source)
        distribution = distributions.at(words[0].i) if len(words) == 1 else None
        if distribution is not None and (not distribution.ranked or distribution.ranked[0][1] < SURE):
            found.add(words[0].i)
    return sorted(found)


def _find_linked(
    context: DocumentContext, pronouns: Sequence[int], coreference: CoreferenceResolver
) -> dict[int, frozenset[int]]:
    """For each of the pronouns' tokens the named entities that coreference puts into one cluster with it."""
    parsed = context.parsed
    linked: dict[int, frozenset[int]] = dict.fromkeys(pronouns, frozenset())
    for cluster in coreference(parsed.doc, tuple(parsed.span(i, i + 1) for i in pronouns)):
        tokens = [index for span in cluster.mentions for index in parsed.tokens(span)]
        named = frozenset(context.owners[context.name_at[i]] for i in tokens if i in context.name_at)
        for index in tokens:
            if index in linked:
                linked[index] |= named
    return linked
