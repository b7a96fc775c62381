"""Reads a text from its beginning, so that each mention is understood by what stands before it."""

from collections.abc import Callable, Sequence
from typing import TypeAlias

from attrs import define, evolve, field
from spacy.tokens import Token

from quotesmith.coreference import (
    GENDERS,
    MEANT,
    CoreferenceResolver,
    Links,
    Pairs,
    PronounClass,
    Referrings,
    make_pairs,
    pronoun_class,
)
from quotesmith.extraction.attributions import Attribution
from quotesmith.lexicon.people import fold
from quotesmith.marks import MarkPair
from quotesmith.records import EntityKind, MentionForm, QuoteKind, TextSpans
from quotesmith.speakers import roster
from quotesmith.speakers.addressees import find_addressees
from quotesmith.speakers.conversations import decide_addressees, tells_dialogue
from quotesmith.speakers.groups import PAIR_PRONOUNS, named_pairs
from quotesmith.speakers.levels import OUTSIDE, Levels
from quotesmith.speakers.meanings import Meanings, find_meanings
from quotesmith.speakers.narrators import find_narrator
from quotesmith.speakers.nominals import Nominals
from quotesmith.speakers.persons import Reported, read_persons
from quotesmith.speakers.pronouns import Antecedents, Hints, find_antecedents, modified_noun
from quotesmith.speakers.quotations import Quotations
from quotesmith.speakers.referring import find_referring
from quotesmith.speakers.scene import Scene
from quotesmith.speakers.sources import SCORES, Reading, find_name, read_source
from quotesmith.speakers.turns import Turns

# From this chance on a pronoun is understood without asking another resolver of coreference.
SURE = 0.8
# So many times "he" or "she", and what the recognizer took for a place or a body, or didn't know, is a person.
LEAST_TOLD = 0.4
MISTAKABLE = frozenset({EntityKind.ORGANIZATION, EntityKind.PLACE, EntityKind.OTHER})
FIRST_PERSON = 0.7
Link: TypeAlias = Callable[[Referrings, Pairs], Links]
"""Says how likely each pair of mentions is."""

PASSIVE = frozenset({"nsubjpass", "auxpass"})
FINITE = frozenset({"VBD", "VBP", "VBZ"})


@define
class Draft:
    """A decision in the making: entities and mentions by their numbers in the roster."""

    speakers: tuple[int, ...] = ()
    source: int | None = None
    score: float = 0.0
    method: str = "none"
    chain: tuple[int, ...] = ()
    ranked: tuple[tuple[float, int], ...] = ()
    reason: str | None = None
    addressees: tuple[int, ...] = ()


@define(eq=False)
class Reader:
    """What reading a text needs: its scene, its quotes, and what coreference says of its pronouns."""

    _scene: Scene
    _attributions: Sequence[Attribution]
    _quotations: Quotations
    _nominals: Nominals
    _turns: Turns
    _meanings: Meanings
    _linked: dict[int, frozenset[int]]
    _levels: Levels
    _narrator: int | None
    _drafts: dict[int, Draft] = field(factory=dict)
    _speakers: dict[int, tuple[int, ...]] = field(factory=dict)
    _read: dict[TextSpans, Draft] = field(factory=dict)
    _last_name: dict[int, int] = field(factory=dict)
    _first_persons: list[tuple[Token, int]] = field(factory=list)

    @classmethod
    def of(
        cls,
        scene: Scene,
        attributions: Sequence[Attribution],
        marks: Sequence[MarkPair],
        coreference: CoreferenceResolver,
        link: Link,
    ) -> "Reader":
        """A reader that has read nothing yet."""
        quotations = Quotations.of(scene.layout, attributions, marks)
        mentions = find_referring(scene, marks)
        pairs = make_pairs(mentions)
        meanings = find_meanings(mentions, pairs, link(mentions, pairs))
        linked = _find_linked(scene, _unsure_sources(scene, attributions, meanings), coreference)
        _learn_people(scene, meanings)
        levels = Levels.of(scene.layout, attributions, quotations, marks)
        narrator = find_narrator(scene, attributions, levels)
        nominals, turns = Nominals(scene, meanings), Turns(scene)
        return cls(scene, attributions, quotations, nominals, turns, meanings, linked, levels, narrator)

    def read(self) -> list[Draft]:
        """The decision of each attribution; mentions and entities go to the scene's roster."""
        scene = self._scene
        waiting = self._waiting()
        names = {name.start: place for place, name in enumerate(scene.names)}
        pairs = dict(named_pairs(scene))
        for token in scene.layout.doc:
            for number in waiting.get(token.i, ()):
                self._decide(number)
            if token.i in names:
                self._see_name(names[token.i])
            if token.i in pairs:
                scene.discourse.see_pair(pairs[token.i], scene.layout.sentences[token.i])
            if token.i not in scene.name_at:
                self._read_pronoun(token)
        for token, attribution in self._first_persons:
            self._read_first_person(token, attribution)
        drafts = [self._drafts[number] for number in range(len(self._attributions))]
        self._read_persons(drafts)
        return drafts

    def _read_persons(self, drafts: Sequence[Draft]) -> None:
        """Who is spoken to, and whom "I", "we" and "you" mean, when it is known who speaks."""
        speakers = [draft.speakers for draft in drafts]
        addressees = decide_addressees(self._scene, self._attributions, speakers, self._nominals)
        for draft, found in zip(drafts, addressees, strict=True):
            draft.addressees = found
        dialogue = tells_dialogue(self._scene, self._attributions)
        reported = Reported(self._attributions, speakers, addressees, dialogue)
        read_persons(self._scene, reported, self._levels, self._nominals)

    def _waiting(self) -> dict[int, list[int]]:
        """The attributions to decide at each token: where the source begins, or else the content."""
        waiting: dict[int, list[int]] = {}
        for number, attribution in enumerate(self._attributions):
            words = self._scene.layout.words(attribution.source)
            start = words[0].i if words else self._scene.layout.token_at(attribution.content[0].start)
            waiting.setdefault(start, []).append(number)
            # A name helps the pronouns in the words that it reports, also where it stands after them.
            place = find_name(self._scene, words) if words else None
            if place is not None:
                self._speakers[number] = (self._scene.owners[place],)
        return waiting

    def _see_name(self, place: int) -> None:
        scene = self._scene
        entity = scene.owners[place]
        self._last_name[entity] = scene.name_mention(place)
        scene.discourse.see(entity, scene.sight(scene.head_token(scene.names[place])))

    def _decide(self, number: int) -> None:
        spans = self._attributions[number].source
        words = self._scene.layout.words(spans)
        kind = pronoun_class(words[0]) if len(words) == 1 else None
        if spans in self._read:
            draft = evolve(self._read[spans])
        elif not words and self._is_impersonal(self._attributions[number]):
            draft = Draft(reason="the text does not say whose words these are")
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
            self._scene.discourse.last_speakers = draft.speakers or self._scene.discourse.last_speakers

    def _is_impersonal(self, attribution: Attribution) -> bool:
        """Whether a cue reports without naming anybody: "he is expected to win", "amid fears that it rains".

        A passive cue's subject is no speaker: "Roe was told". A verb joined to another one has its subject, who may
        have the turn: "Oslo calls for talks but urges caution".
        """
        words = self._scene.layout.words(attribution.cue)
        if any(child.dep_ in PASSIVE for word in words for child in word.children):
            return True
        joined = any(word.dep_ == "conj" and word.tag_ in FINITE for word in words)
        return attribution.kind is QuoteKind.INDIRECT and bool(words) and not joined

    def _takes_turn(self, attribution: Attribution) -> bool:
        """Whether the text may go on with this speaker: not with one whom somebody quotes word by word."""
        return attribution.parent is None or self._attributions[attribution.parent].kind is not QuoteKind.DIRECT

    def _decide_turn(self, number: int) -> Draft:
        turn = self._turns.decide(self._attributions[number].extent)
        addressed = find_addressees(self._scene, self._attributions[number], self._nominals) if turn.speakers else ()
        if set(addressed) & set(turn.speakers):
            return Draft(reason="no source words, and the one who has the turn is spoken to")
        method = "turn" if turn.speakers else "none"
        chain = tuple(self._last_name[entity] for entity in turn.speakers if entity in self._last_name)
        return Draft(turn.speakers, None, turn.score, method, chain, reason=turn.reason)

    def _decide_words(self, number: int, words: Sequence[Token]) -> Draft:
        scene = self._scene
        if words[0].tag_ == "PRP$":
            # Whose, before what: "her lawyer".
            self._read_pronoun(words[0])
        if len(words) == 1 and fold(words[0].text) in PAIR_PRONOUNS:
            pair = scene.discourse.last_pair(None) or scene.discourse.last_pair(EntityKind.PERSON)
            if len(pair) > 1:
                return self._finish(number, Reading(pair, "group", MentionForm.PRONOUN, SCORES["described"]))
        tokens = list(scene.layout.doc[words[0].i : words[-1].i + 1])
        return self._finish(number, read_source(scene, tokens, self._nominals))

    def _finish(self, number: int, reading: Reading) -> Draft:
        """The decision that a reading of the source words makes, and its mention."""
        scene, spans = self._scene, self._attributions[number].source
        entity = reading.entities[0]
        if len(reading.entities) > 1:
            entity = scene.roster.add_group(reading.entities)
        source = self._mention(spans, reading.form, entity)
        chain = tuple(dict.fromkeys((source, *reading.chain[: roster.MOST_MEMBERS])))
        return Draft(scene.roster.members(entity), source, reading.score, reading.method, chain)

    def _mention(self, spans: TextSpans, form: MentionForm, entity: int) -> int:
        scene = self._scene
        words = scene.layout.words(spans)
        inside = {word.i for word in words}
        head = next((word for word in words if word.head.i not in inside), words[0])
        if form is not MentionForm.NAME or scene.roster.drafts[entity].members:
            scene.discourse.see(entity, scene.sight(head))
        return scene.roster.mention(spans, form, entity)

    def _decide_third_person(self, number: int, token: Token, kind: PronounClass) -> Draft:
        spans = self._attributions[number].source
        found = self._antecedents(token, kind, speaks=True, spoken_of=self._spoken_of(number))
        if not found.entities:
            reason = f"nobody before whom “{token.text}” could mean"
            return Draft(source=self._nobody(spans, token, kind), reason=reason)
        source = self._mention(spans, MentionForm.PRONOUN, self._one(found))
        named = (self._last_name[entity] for entity in found.entities if entity in self._last_name)
        return Draft(found.entities, source, found.chance, "coreference", (source, *named), found.ranked)

    def _decide_other_person(self, number: int, token: Token, kind: PronounClass) -> Draft:
        spans = self._attributions[number].source
        if kind is PronounClass.I:
            said_by = self._levels.saying(token.i)
            if said_by == OUTSIDE and self._narrator is not None:
                source = self._scene.roster.mention(spans, MentionForm.PRONOUN, self._narrator)
                return Draft((self._narrator,), source, FIRST_PERSON, "first person", (source,))
            self._first_persons.append((token, number))
        reason = "the writer of the text" if kind is PronounClass.I else f"“{token.text}” says nothing of who speaks"
        return Draft(source=self._nobody(spans, token, kind), reason=reason)

    def _nobody(self, spans: TextSpans, token: Token, kind: PronounClass) -> int:
        """The mention of a pronoun of which nothing is known: of an unnamed entity of its own."""
        person = kind in {PronounClass.HE, PronounClass.SHE, PronounClass.I}
        entity = roster.Draft(
            token.text,
            EntityKind.PERSON if person else EntityKind.OTHER,
            named=False,
            gender=GENDERS.get(kind),
        )
        return self._scene.roster.mention(spans, MentionForm.PRONOUN, self._scene.roster.add(entity))

    def _one(self, found: Antecedents) -> int:
        if len(found.entities) == 1:
            return found.entities[0]
        return self._scene.roster.add_group(found.entities)

    def _spoken_of(self, number: int) -> frozenset[int]:
        """What the direct speech of an attribution brings up, by the numbers that meanings give it."""
        attribution = self._attributions[number]
        if attribution.kind is not QuoteKind.DIRECT:
            return frozenset()
        return frozenset(
            ~place for span in attribution.content for place in self._meanings.places(self._scene.layout.tokens(span))
        )

    def _antecedents(
        self, token: Token, kind: PronounClass, *, speaks: bool, spoken_of: frozenset[int] = frozenset()
    ) -> Antecedents:
        around = self._quotations.attribution[token.i]
        speakers = frozenset(self._speakers.get(around, ()))
        quoted = bool(self._quotations.quoted[token.i])
        hints = Hints(
            linked=self._linked.get(token.i, frozenset()),
            reporters=frozenset() if quoted else speakers,
            resumed=frozenset(self._scene.discourse.last_speakers) if speaks else frozenset(),
            spoken_by=speakers if quoted else frozenset(),
            spoken_of=spoken_of,
        )
        found = find_antecedents(self._scene, self._meanings, token, kind, hints=hints, bring_up=self._bring_up)
        if kind in GENDERS and len(found.entities) == 1:
            self._scene.roster.learn_gender(found.entities[0], GENDERS[kind])
        return found

    def _bring_up(self, place: int) -> int:
        """The entity that the mention at the position brings up, which no name names."""
        scene, mention = self._scene, self._meanings.mentions[place]
        known = scene.roster.mention_at((mention.span,))
        if known is not None:
            return scene.roster.mentions[known].entity
        if mention.pronoun is not None:
            unnamed = self._nobody((mention.span,), scene.layout.doc[mention.head], mention.pronoun)
            return scene.roster.mentions[unnamed].entity
        entity, _ = self._nominals.find(list(scene.layout.doc[mention.start : mention.end]))
        self._mention((mention.span,), MentionForm.NOMINAL, entity)
        return entity

    def _read_pronoun(self, token: Token) -> None:
        """Give a pronoun that is no source its entity, where something can be said."""
        kind = pronoun_class(token)
        spans = (self._scene.layout.span(token.i, token.i + 1),) if kind is not None else ()
        if not spans or self._scene.roster.mention_at(spans) is not None:
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
        source = self._scene.roster.mention(self._attributions[number].source, MentionForm.PRONOUN, speakers[0])
        self._drafts[number] = Draft(speakers, source, FIRST_PERSON, "first person", (source, *chain))


def _learn_people(scene: Scene, meanings: Meanings) -> None:
    """What the text's pronouns tell of the entities: who is a person after all, and of which gender."""
    for entity, counts in meanings.genders.items():
        if entity < 0:
            continue
        draft = scene.roster.drafts[entity]
        known = fold(draft.name) in scene.lexicon.countries or fold(draft.name) in scene.lexicon.places
        if draft.kind in MISTAKABLE and not known and sum(counts.values()) > LEAST_TOLD:
            draft.kind = EntityKind.PERSON
        scene.roster.learn_gender(entity, meanings.gender(entity))


def _unsure_sources(scene: Scene, attributions: Sequence[Attribution], meanings: Meanings) -> list[int]:
    """The pronouns that name a speaker, and of which nobody is likely enough to be meant."""
    found = set()
    for attribution in attributions:
        words = scene.layout.words(attribution.source)
        meaning = meanings.at(words[0].i) if len(words) == 1 else None
        if meaning is not None and (not meaning.ranked or meaning.ranked[0][1] < SURE):
            found.add(words[0].i)
    return sorted(found)


def _find_linked(scene: Scene, pronouns: Sequence[int], coreference: CoreferenceResolver) -> dict[int, frozenset[int]]:
    """For each of the pronouns' tokens the named entities that coreference puts into one cluster with it."""
    layout = scene.layout
    linked: dict[int, frozenset[int]] = dict.fromkeys(pronouns, frozenset())
    for cluster in coreference(layout.doc, tuple(layout.span(i, i + 1) for i in pronouns)):
        tokens = [index for span in cluster.mentions for index in layout.tokens(span)]
        named = frozenset(scene.owners[scene.name_at[i]] for i in tokens if i in scene.name_at)
        for index in tokens:
            if index in linked:
                linked[index] |= named
    return linked
