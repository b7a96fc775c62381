"""Whom a noun phrase means: "the Norwegian leader", "the bank"; and who "analysts" are."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise
from math import log2

from attrs import define, evolve, field, frozen
from spacy.tokens import Token

from quotesmith.coreference import EntityNumber
from quotesmith.lexicon.folding import fold
from quotesmith.lexicon.people import PeopleLexicon
from quotesmith.records import EntityKind
from quotesmith.speakers.document_context import DocumentContext
from quotesmith.speakers.noun_phrases import (
    PLURAL_TAGS,
    Description,
    complement_of,
    describe,
    first_segment,
    is_indefinite,
    is_relative,
)
from quotesmith.speakers.pronouns.third_person import AntecedentDistributions, UnnamedReferent
from quotesmith.speakers.settings import SpeakerSettings

# Keeps work linear: descriptions that are looked at for one phrase.
MAX_DESCRIPTIONS = 100


@define(eq=False)
class Roles:
    """The named entities by what the text says of them.

    Built once: what it looks up are words and places, which are fixed. Of which kind and gender an entity is, it asks
    the table at each question.
    """

    _context: DocumentContext
    _counts: Counter[EntityNumber]
    _first: dict[EntityNumber, int]
    _by_entity: dict[EntityNumber, list[Description]]

    @classmethod
    def of(cls, context: DocumentContext) -> "Roles":
        """The roles of a context whose names are all read."""
        first: dict[EntityNumber, int] = {}
        for place, owner in enumerate(context.owners):
            first.setdefault(owner, context.names[place].start)
        by_entity: dict[EntityNumber, list[Description]] = defaultdict(list)
        for pairs in context.described.values():
            for entity, said in pairs:
                by_entity[entity].append(said)
        return cls(context, Counter(context.owners), first, dict(by_entity))

    @property
    def _settings(self) -> SpeakerSettings:
        return self._context.settings

    def described(self, wanted: Description, kind: EntityKind) -> EntityNumber | None:
        """The named entity of the kind that the words describe best; of several, the latest in play."""
        scores, weights = self._scores(wanted, kind), self._settings
        best = max(scores.values(), default=0.0)
        # Words that describe nobody better than their head noun does point at one bearer of it, or at none.
        is_shared = len(scores) > 1 or bool(wanted.affiliations)
        is_vague = bool(wanted.modifiers) and best <= weights.head_weight and is_shared
        is_loose = bool(wanted.proper or wanted.complement) and best <= weights.synonym_weight
        if best <= 0 or is_vague or is_loose:
            return None
        fitting = {entity for entity, score in scores.items() if score == best}
        latest = (entity for entity, _ in self._context.discourse.in_play() if entity in fitting)
        return next(latest, min(fitting))

    def fitting(self, wanted: Description, kind: EntityKind) -> tuple[tuple[EntityNumber, float], ...]:
        """The named entities of the kind that the words describe, with how well they fit, the best first."""
        return tuple(sorted(self._scores(wanted, kind).items(), key=lambda pair: (-pair[1], pair[0])))

    def is_near(self, entity: EntityNumber, token: int) -> bool:
        """Whether the entity was in play a few sentences before the token."""
        first = self._context.parsed.sentences[token] - self._settings.role_sentences
        play = self._context.discourse.in_play()
        return any(entity == other and sight.sentence >= first for other, sight in play)

    def related(self, wanted: Description, possessor: EntityNumber) -> EntityNumber | None:
        """The only person of that relation in the text: "his wife" after "his wife, Jane"."""
        if wanted.head not in self._context.lexicon.relations:
            return None
        scores, least = self._scores(wanted, EntityKind.PERSON), self._settings.head_weight
        fitting = [entity for entity, score in scores.items() if score >= least and entity != possessor]
        return fitting[0] if len(fitting) == 1 else None

    def continued(self, wanted: Description, kind: EntityKind, token: int) -> EntityNumber | None:
        """Whom the text goes on about by a role that it never gave: who was in play last, the main ones first.

        Args:
            wanted: The role.
            kind: What sort of thing it is.
            token: Where the phrase begins.
        """
        if not self._varies(wanted, kind):
            return None
        sentence, weights = self._context.parsed.sentences[token], self._settings
        scores = {}
        for entity, sight in self._context.discourse.in_play():
            distance = sentence - sight.sentence
            # One who stands beside the phrase in its sentence is another; a place or body may be named just there.
            too_near = distance == 0 and kind is EntityKind.PERSON
            if too_near or distance > weights.role_sentences or not self._may_be(entity, wanted, kind):
                continue
            weight = weights.doubling_weight * log2(1 + self._counts[entity])
            scores[entity] = weight + weights.sentence_weight * distance + weights.subject_weight * sight.subject
        return max(scores, key=scores.__getitem__) if scores else None

    def named_later(self, wanted: Description, kind: EntityKind, token: int, *, opening: bool) -> EntityNumber | None:
        """Whom the text names soon after it has described them: "A judge ruled ... Justice Jane Roe said".

        Args:
            wanted: The role.
            kind: What sort of thing it is.
            token: Where the phrase begins.
            opening: Whether the text begins with it, so that the role alone is enough.
        """
        sentences = self._context.parsed.sentences
        scores = self._scores(wanted, kind)
        least = self._settings.synonym_weight if opening else self._settings.head_weight + self._settings.word_weight
        ahead = {
            entity: self._first[entity]
            for entity, score in scores.items()
            if score >= least
            and self._first[entity] > token
            and (opening or sentences[self._first[entity]] - sentences[token] <= self._settings.ahead_sentences)
        }
        return min(ahead, key=ahead.__getitem__) if ahead else None

    def _varies(self, wanted: Description, kind: EntityKind) -> bool:
        """Whether texts go on about what they have named by such a role."""
        lexicon = self._context.lexicon
        if wanted.complement or (kind is not EntityKind.PERSON and wanted.modifiers):
            return False
        if kind is EntityKind.PLACE:
            return wanted.head in lexicon.place_nouns
        # "The band leader" leads no country; a bare "president" may be someone the text never names.
        if wanted.head in lexicon.offices and (wanted.modifiers or wanted.head not in lexicon.variations):
            return bool(wanted.affiliations)
        return wanted.head in lexicon.variations

    def _scores(self, wanted: Description, kind: EntityKind) -> dict[EntityNumber, float]:
        """How well the words fit each named entity that has the role; none that they don't fit."""
        context, scores = self._context, dict[EntityNumber, float]()
        heads = {wanted.head, *context.lexicon.synonyms.get(wanted.head, frozenset())}
        for entity, said in self._said(sorted(heads)):
            if self._is_kind(entity, kind) and self._agrees(entity, wanted):
                score = self._fit(wanted, said, entity)
                if score > 0:
                    scores[entity] = max(score, scores.get(entity, 0.0))
        return scores

    def _said(self, heads: Collection[str]) -> Iterator[tuple[EntityNumber, Description]]:
        """What is said of entities with one of the heads: of the first in the text, and of those in play."""
        for head in heads:
            yield from self._context.described.get(head, ())[:MAX_DESCRIPTIONS]
        for entity, _ in self._context.discourse.in_play():
            yield from (
                (entity, said) for said in self._by_entity.get(entity, [])[:MAX_DESCRIPTIONS] if said.head in heads
            )

    def _is_kind(self, entity: EntityNumber, kind: EntityKind) -> bool:
        draft = self._context.entities[entity]
        return draft.named and draft.kind is kind

    def _agrees(self, entity: EntityNumber, wanted: Description) -> bool:
        """Whether neither gender nor country, state or party speaks against it."""
        gender = self._context.lexicon.person_nouns.get(wanted.head)
        known = self._context.entities[entity].gender
        if gender is not None and known is not None and gender is not known:
            return False
        return self._same_affiliations(wanted.affiliations, self._context.affiliations.get(entity, frozenset()))

    def _same_affiliations(self, asked: frozenset[str], known: frozenset[str]) -> bool:
        """Whether the affiliations agree in every kind that both have."""
        kind_of = self._context.lexicon.affiliation_kind
        kinds = {kind_of(affiliation) for affiliation in asked} & {kind_of(affiliation) for affiliation in known}
        return kinds <= {kind_of(affiliation) for affiliation in asked & known}

    def _fit(self, wanted: Description, said: Description, entity: EntityNumber) -> float:
        """How well what is said of an entity fits; 0 where only one of the two has a word like "vice"."""
        lexicon, weights = self._context.lexicon, self._settings
        if wanted.modifiers & lexicon.distinguishing != said.modifiers & lexicon.distinguishing:
            return 0.0
        asked = wanted.modifiers | wanted.complement
        known = said.modifiers | said.complement
        affiliations = wanted.affiliations & (said.affiliations | self._context.affiliations.get(entity, frozenset()))
        shared = {word for word in asked & known if lexicon.affiliation(word) is None}
        # "The Oslo mayor" isn't the mayor of Bergen.
        if wanted.proper and said.proper and not (wanted.proper & (said.proper | known) or affiliations):
            return 0.0
        same = weights.head_weight if wanted.head == said.head else weights.synonym_weight
        one_is_former = bool(wanted.modifiers & lexicon.former) != bool(said.modifiers & lexicon.former)
        words = weights.word_weight * (len(affiliations) + len(shared - lexicon.former))
        return same + words + (weights.former_weight if one_is_former else 0.0)

    def _may_be(self, entity: EntityNumber, wanted: Description, kind: EntityKind) -> bool:
        """Whether an entity that is never given the role may have it."""
        context = self._context
        # The recognizer often takes the short name of a body for a place.
        name = context.entities[entity].name
        is_acronym = name.split()[0].isupper() and kind is EntityKind.ORGANIZATION
        kinds = {kind, EntityKind.PLACE} if is_acronym else {kind}
        if not any(self._is_kind(entity, k) for k in kinds) or not self._agrees(entity, wanted):
            return False
        if is_acronym and context.lexicon.affiliation(name) is not None:
            return False
        words = frozenset(fold(word) for word in name.split())
        if kind is EntityKind.ORGANIZATION:
            # A body whose name says what it is isn't another sort of body.
            return not words & context.lexicon.bodies
        if kind is EntityKind.PLACE:
            return self._is_place(entity, wanted.head)
        return True

    def _is_place(self, entity: EntityNumber, head: str) -> bool:
        """Whether a place can be called that: a country or state is no city."""
        affiliation = self._context.lexicon.affiliation(self._context.entities[entity].name)
        if head in self._context.lexicon.affiliation_nouns:
            kind = None if affiliation is None else self._context.lexicon.affiliation_kind(affiliation)
            return kind == ("state" if head == "state" else "country")
        return affiliation is None


@frozen
class NominalReading:
    """Whom a noun phrase means, as a proposal: an entity of the table, or a new one.

    Attributes:
        known: The entity that it takes up; None where it brings up somebody new.
        announced: The new one, if the heading announced it by a bare noun; to be named by the phrase's words.
        words: The words by which to name somebody new.
        kind: What sort of thing that is.
        said: What the phrase says.
        is_heading: Whether it is a bare noun in the text's opening.
    """

    known: EntityNumber | None
    announced: EntityNumber | None
    words: str
    kind: EntityKind
    said: Description
    is_heading: bool


@define(eq=False)
class Nominals:
    """The unnamed entities so far, found by their words and by their head nouns."""

    _context: DocumentContext
    _roles: Roles
    _distributions: AntecedentDistributions | None = None
    _by_words: dict[str, EntityNumber] = field(factory=dict)
    _by_head: dict[str, tuple[EntityNumber, Description]] = field(factory=dict)
    _headings: dict[str, EntityNumber] = field(factory=dict)

    def read(self, tokens: Sequence[Token]) -> NominalReading:
        """Whom a noun phrase means.

        A definite phrase means a named entity that is described by these words, or else the last unnamed entity
        with the same head noun, or else the one that the text goes on about, if the noun is one by which texts do so.
        Any other phrase means whom the text describes so and names soon after, if there is one. A phrase that fits
        nobody is an entity named by its own words.
        """
        context = self._context
        while len(tokens) > 1 and tokens[-1].tag_ == "POS":
            tokens = tokens[:-1]
        segment = first_segment(tokens, context.name_at)
        words = self._words(tokens, segment)
        complement = complement_of(tokens, segment)
        said = describe(segment, context.lexicon, complement=complement) or Description(fold(words))
        kind = phrase_kind(segment, context.lexicon)
        known = self._known(tokens, segment, said, kind)
        if known is None and segment:
            known = self._anaphoric(segment[-1])
        if known is None and not is_indefinite(tokens[0]):
            known = self._by_words.get(fold(words))
        announced = self._announced(tokens, said, kind) if known is None else None
        is_heading = len(tokens) == 1 and self._opens_text(tokens[0])
        return NominalReading(known, announced, words, kind, said, is_heading)

    def remember(self, reading: NominalReading, entity: EntityNumber) -> None:
        """Know an unnamed entity from now on by the phrase that brought it up."""
        self._by_words[fold(reading.words)] = entity
        self._by_head[reading.said.head] = entity, reading.said
        if reading.announced is not None:
            del self._headings[reading.said.head]
        if reading.is_heading:
            self._headings[reading.said.head] = entity

    def _words(self, tokens: Sequence[Token], segment: Sequence[Token]) -> str:
        """The words by which to name what the phrase means.

        The owner's name stands for "her" in "her campaign". A document is named from the name in it on: "Oslo Gazette
        poll" for "a new Oslo Gazette poll".
        """
        context = self._context
        tokens = _without_clause(tokens)
        possessor = self._possessor(tokens[0])
        named = None if possessor is None else context.entities[possessor]
        if named is not None and named.named and len(tokens) > 1:
            rest = _trimmed(context.span_of(tokens[1:]).of(context.parsed.text))
            return f"{named.name}'s {rest}"
        if segment and fold(segment[-1].lemma_ or segment[-1].text) in context.lexicon.documents:
            skipped = 0
            while skipped < len(segment) - 1 and segment[skipped].pos_ in {"DET", "ADJ", "ADV"}:
                skipped += 1
            if segment[skipped].pos_ == "PROPN" and segment[skipped].i < segment[-1].i:
                tokens = [token for token in tokens if token.i >= segment[skipped].i]
        return _trimmed(context.span_of(tokens).of(context.parsed.text))

    def _possessor(self, token: Token) -> EntityNumber | None:
        """Whom "his" or "her" before a noun means, where that is known."""
        if token.tag_ != "PRP$":
            return None
        return self._context.entity_of(token)

    def _announced(self, tokens: Sequence[Token], said: Description, kind: EntityKind) -> EntityNumber | None:
        """What a bare noun in the heading announced: "Poll: Roe leads" before "a new Oslo Gazette poll"."""
        if kind is EntityKind.OTHER and is_indefinite(tokens[0]):
            return self._headings.get(said.head)
        return None

    def _known(
        self, tokens: Sequence[Token], segment: Sequence[Token], said: Description, kind: EntityKind
    ) -> EntityNumber | None:
        """The entity known by another name or phrase; None where the phrase speaks of a new one."""
        if kind is EntityKind.GROUP or not segment:
            return None
        said = self._by_party(said)
        possessor = self._possessor(tokens[0])
        if possessor is not None:
            return self._roles.related(said, possessor)
        first, opening = fold(tokens[0].text), self._opens_text(tokens[0])
        found = None
        if first == "the":
            found = self._definite(said, kind, tokens[0].i, whole=len(segment) == len(tokens))
        elif opening and not is_indefinite(tokens[0]):
            found = self._roles.described(said, kind)
        announces = kind in {EntityKind.PERSON, EntityKind.ORGANIZATION} and (is_indefinite(tokens[0]) or opening)
        if found is None and announces:
            found = self._roles.named_later(said, kind, tokens[0].i, opening=opening)
        return found

    def _definite(self, said: Description, kind: EntityKind, start: int, *, whole: bool) -> EntityNumber | None:
        """Whom "the ..." means: who is described so, whom it was said of before, or whom the text goes on about.

        Args:
            said: What the phrase says.
            kind: What sort of thing it is about.
            start: The token where it begins.
            whole: Whether the phrase ends with its head noun.
        """
        found = self._roles.described(said, kind)
        if found is None and whole:
            known = self._unnamed(said)
            return self._roles.continued(said, kind, start) if known is None else known
        # A body of that sort named long ago gives way to one that is being spoken of.
        if found is not None and kind is EntityKind.ORGANIZATION and not said.modifiers:
            nearer = None if self._roles.is_near(found, start) else self._roles.continued(said, kind, start)
            return found if nearer is None else nearer
        return found

    def _anaphoric(self, head: Token) -> EntityNumber | None:
        """The named entity that the phrase takes up by the learned scorer, where that is likely enough.

        News takes nobody up by a trade that it never gave them, and in stories "the courier" beside a name is another.
        """
        distribution = None if self._distributions is None else self._distributions.at(head.i)
        if distribution is None or not distribution.ranked or _is_trade(head, self._context.lexicon):
            return None
        entity, probability = distribution.ranked[0]
        likely = probability >= self._context.settings.min_nominal_probability
        return None if isinstance(entity, UnnamedReferent) or not likely else entity

    def _by_party(self, said: Description) -> Description:
        """A description whose head noun is a party's member, which many roles may be."""
        party = self._context.lexicon.parties.get(said.head)
        return said if party is None else evolve(said, affiliations=said.affiliations | {party})

    def _unnamed(self, wanted: Description) -> EntityNumber | None:
        """The last unnamed entity of the head noun, or else of one like it, of which all these words are said."""
        synonyms = sorted(self._context.lexicon.synonyms.get(wanted.head, ()))
        for head in (wanted.head, *(synonyms if wanted.head in self._context.lexicon.documents else ())):
            number, said = self._by_head.get(head, (None, wanted))
            if number is not None and wanted.modifiers <= said.modifiers:
                return number
        return None

    def _opens_text(self, token: Token) -> bool:
        return self._context.parsed.paragraph_at(token.idx) < self._context.settings.opening_paragraphs


def phrase_kind(segment: Sequence[Token], lexicon: PeopleLexicon) -> EntityKind:
    """What sort of thing a noun phrase is about, by its head noun."""
    if not segment:
        return EntityKind.OTHER
    head = segment[-1]
    noun = fold(head.lemma_ or head.text)
    if head.tag_ in PLURAL_TAGS:
        return EntityKind.OTHER if noun in lexicon.documents else EntityKind.GROUP
    if noun in lexicon.audiences and noun not in lexicon.person_nouns:
        return EntityKind.GROUP
    for words, kind in (
        (lexicon.documents, EntityKind.OTHER),
        (lexicon.person_nouns, EntityKind.PERSON),
        (lexicon.bodies, EntityKind.ORGANIZATION),
        (lexicon.place_nouns, EntityKind.PLACE),
    ):
        if noun in words:
            return kind
    is_person = _is_trade(head, lexicon) or noun in lexicon.titles
    return EntityKind.PERSON if is_person else EntityKind.OTHER


def _is_trade(head: Token, lexicon: PeopleLexicon) -> bool:
    """Whether a noun in small letters is a trade: "Miller" and "Cook" are names."""
    return head.text.islower() and fold(head.lemma_ or head.text) in lexicon.trades


def _without_clause(tokens: Sequence[Token]) -> Sequence[Token]:
    """The words before a comma with a clause behind it: "the ad, titled ...", "the film, which ..."."""
    for position, (mark, token) in enumerate(pairwise(tokens)):
        if position > 0 and mark.text == "," and (token.tag_ in {"VBN", "VBG"} or is_relative(token)):
            return tokens[:position]
    return tokens


def _trimmed(words: str) -> str:
    start, end = 0, len(words)
    while start < end and not words[start].isalnum():
        start += 1
    while end > start and not (words[end - 1].isalnum() or words[end - 1] in "%)."):
        end -= 1
    return " ".join(words[start:end].split()) or words
