"""What noun phrases say: which named entities they describe, what sort of thing they are about, and how to name it."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise

from attrs import define
from spacy.tokens import Token

from quotesmith.coreference import EntityNumber
from quotesmith.lexicon.folding import fold
from quotesmith.lexicon.people import PeopleLexicon
from quotesmith.records import EntityKind
from quotesmith.speakers.document_context import DocumentContext
from quotesmith.speakers.noun_phrases import (
    PLURAL_TAGS,
    Description,
    is_relative,
)
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
    _by_entity: dict[EntityNumber, list[Description]]

    @classmethod
    def of(cls, context: DocumentContext) -> "Roles":
        """The roles of a context whose names are all read."""
        by_entity: dict[EntityNumber, list[Description]] = defaultdict(list)
        for pairs in context.described.values():
            for entity, said in pairs:
                by_entity[entity].append(said)
        return cls(context, dict(by_entity))

    @property
    def _settings(self) -> SpeakerSettings:
        return self._context.settings

    def fitting(self, wanted: Description, kind: EntityKind) -> tuple[tuple[EntityNumber, float], ...]:
        """The named entities of the kind that the words describe, with how well they fit, the best first."""
        return tuple(sorted(self._scores(wanted, kind).items(), key=lambda pair: (-pair[1], pair[0])))

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


def phrase_words(context: DocumentContext, tokens: Sequence[Token], segment: Sequence[Token]) -> str:
    """The words by which to name what a phrase means.

    The owner's name stands for "her" in "her campaign". A document is named from the name in it on: "Oslo Gazette
    poll" for "a new Oslo Gazette poll".

    Args:
        context: The text.
        tokens: The phrase.
        segment: Its words up to the head noun.
    """
    while len(tokens) > 1 and tokens[-1].tag_ == "POS":
        tokens = tokens[:-1]
    tokens = _without_clause(tokens)
    possessor = context.entity_of(tokens[0]) if tokens[0].tag_ == "PRP$" else None
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
    is_person = is_trade(head, lexicon) or noun in lexicon.titles
    return EntityKind.PERSON if is_person else EntityKind.OTHER


def is_trade(head: Token, lexicon: PeopleLexicon) -> bool:
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
