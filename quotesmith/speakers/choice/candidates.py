"""Whom some words may mean: the entities in reach, several of them, phrases before, nobody, or one of its own."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from itertools import islice
from operator import attrgetter
from typing import Final

from attrs import define, field, frozen
from spacy.tokens import Doc

from quotesmith.coreference import GENDERS, EntityNumber, PronounClass
from quotesmith.lexicon.folding import fold
from quotesmith.records import EntityKind, Gender
from quotesmith.speakers.choice.entity_places import EntityPlaces
from quotesmith.speakers.choice.references import Reference
from quotesmith.speakers.collectives import find_pair
from quotesmith.speakers.nominals import Roles, is_trade
from quotesmith.speakers.noun_phrases import coordinated
from quotesmith.speakers.pronouns.third_person import AntecedentDistribution, UnnamedReferent
from quotesmith.speakers.sources import find_name

# Keep work linear: how many candidates one reference has, and how far names are looked for.
MAX_CANDIDATES: Final = 10
_AHEAD, _PHRASES_BACK, _AHEAD_REACH = 5, 120, 60
_SAID_BEFORE, _FITTING, _SAME_WORD, _SETS, _MOST_MEMBERS = 3, 6, 4, 8, 8
_LATEST_SETS: Final = 2
_LIKELY_LINK: Final = 0.5
_PHRASES_ALIKE, _PHRASES_LAST, _PHRASES_TAKEN = 4, 2, 3
_NEAR_PARAGRAPHS: Final = 1
_BODY_KINDS: Final = frozenset({EntityKind.ORGANIZATION, EntityKind.PLACE, EntityKind.GROUP})


class CandidateSort(StrEnum):
    """What sort of thing a candidate is."""

    ENTITY = "entity"
    SET = "set"
    PHRASE = "phrase"
    OWN = "own"
    NOBODY = "nobody"


@frozen(eq=False)
class SpeakerCandidate:
    """One whom a reference may mean.

    Attributes:
        sort: A named entity, several of them, what an earlier phrase brought up, an entity of its own that the
            reference's words name, or nobody of whom the text says more than a pronoun.
        entities: The entities of the table that it is; none for one that would have to be added.
        referent: What the antecedent scorer calls it.
        names: The names of the entities, or the words that would name what has no name.
        token: Where a phrase stands.
        kind: What sort of thing it is.
        gender: Its gender, if known.
        noun: The head noun of a phrase.
        is_plural: Whether it is several.
    """

    sort: CandidateSort
    entities: tuple[EntityNumber, ...] = ()
    referent: EntityNumber | UnnamedReferent | None = None
    names: tuple[str, ...] = ()
    token: int = 0
    kind: EntityKind = EntityKind.OTHER
    gender: Gender | None = None
    noun: str = ""
    is_plural: bool = False

    @property
    def words(self) -> str:
        """Its name, or the words that would name it; empty for a set."""
        return self.names[0] if len(self.names) == 1 else ""

    @property
    def is_named(self) -> bool:
        """Whether it would be shown by a name."""
        return self.sort in {CandidateSort.ENTITY, CandidateSort.SET}


@frozen
class SeenPhrase:
    """A phrase that brought up an entity of its own: the entity, its words, head noun, token and kind."""

    entity: EntityNumber
    words: str
    noun: str
    token: int
    kind: EntityKind


@define(eq=False)
class CandidateFinder:
    """Finds the candidates of references, which are asked about in text order."""

    _places: EntityPlaces
    _roles: Roles
    _is_dialogue: bool = False
    _seen: dict[str, SeenPhrase] = field(factory=dict)
    _several: list[tuple[EntityNumber, ...]] = field(factory=list)
    _named_starts: set[int] = field(factory=set)

    @classmethod
    def of(cls, places: EntityPlaces, roles: Roles, *, dialogue: bool = False) -> "CandidateFinder":
        """A finder that has seen no phrase yet.

        Args:
            places: Where the text speaks of whom.
            roles: Its entities by what it says of them.
            dialogue: Whether the text is a dialogue, as novels are: there a description means whom it fits, or whom the
                antecedent scorer links, and nobody else who has a name.
        """
        return cls(places, roles, dialogue)

    def see(self, phrase: SeenPhrase) -> None:
        """A phrase brings up an entity of its own, or does so again."""
        key = fold(phrase.words)
        self._seen.pop(key, None)
        self._seen[key] = phrase

    def see_several(self, entities: tuple[EntityNumber, ...]) -> None:
        """A reference means several entities together."""
        self._several.append(entities)

    def see_named(self, start: int) -> None:
        """The phrase that begins at a token means somebody who has a name, so it brings up nobody."""
        self._named_starts.add(start)

    def has_seen(self, words: str) -> bool:
        """Whether a phrase of just these words brought up an entity."""
        return fold(words) in self._seen

    def seen_since(self, token: int) -> int:
        """How many phrases brought up entities behind a token."""
        count = 0
        for phrase in reversed(self._seen.values()):
            if phrase.token <= token or count == MAX_CANDIDATES:
                break
            count += 1
        return count

    def find(
        self, reference: Reference, words: str, distribution: AntecedentDistribution | None
    ) -> list[SpeakerCandidate]:
        """The candidates, at most `MAX_CANDIDATES` named entities and as many others; never none.

        Args:
            reference: The words.
            words: What would name an entity of its own.
            distribution: What the antecedent scorer says of them.
        """
        owners = self._owners(reference)
        named = [self.entity(one) for one in self._named(reference, distribution) if one not in owners]
        found = self._of_affiliation(reference, named)
        found += self._phrases(reference, words, distribution)
        if reference.is_bare_pronoun:
            found.append(SpeakerCandidate(CandidateSort.NOBODY, names=(words,), token=reference.start))
        else:
            found.append(self._own(reference, words))
        found += self._sets(reference)
        return found

    def entity(self, entity: EntityNumber) -> SpeakerCandidate:
        """A named entity as a candidate."""
        places = self._places
        draft = places.context.entities[entity]
        return SpeakerCandidate(
            CandidateSort.ENTITY,
            (entity,),
            entity,
            (draft.name,),
            kind=places.kinds.get(entity, draft.kind),
            gender=places.genders.get(entity, draft.gender),
        )

    def _own(self, reference: Reference, words: str) -> SpeakerCandidate:
        return SpeakerCandidate(
            CandidateSort.OWN,
            names=(words,),
            token=reference.start,
            kind=reference.kind,
            gender=reference.gender,
            noun=reference.noun,
            is_plural=reference.is_plural,
        )

    # Named entities

    def _named(self, reference: Reference, distribution: AntecedentDistribution | None) -> list[EntityNumber]:
        """The named entities in reach, the most plausible first where there are too many."""
        places = self._places
        taken = [] if distribution is None else [one for one, _ in distribution.ranked if isinstance(one, int)]
        fitting = self._fitting(reference)
        if reference.pronoun is None and is_trade(reference.head, places.context.lexicon):
            # Texts take nobody up by a trade that they never gave them: "the courier" beside a name is another.
            return list(dict.fromkeys([*reference.inside, *fitting]))[:MAX_CANDIDATES]
        if self._is_dialogue and not reference.is_bare_pronoun:
            likely = (
                [] if distribution is None else [one for one, chance in distribution.ranked if chance >= _LIKELY_LINK]
            )
            linked = [one for one in likely if isinstance(one, int)]
            return list(dict.fromkeys([*reference.inside, *fitting, *linked]))[:MAX_CANDIDATES]
        found = dict.fromkeys([*reference.inside, *taken, *fitting])
        for word in reference.words:
            found.update(dict.fromkeys(places.by_word.get(word, ())[:_SAME_WORD]))
        found.update(dict.fromkeys(places.last_named(reference.start)))
        found.update(dict.fromkeys(self._said_before(reference.start)))
        for kind in (EntityKind.PERSON, EntityKind.ORGANIZATION):
            found.update(dict.fromkeys(places.leading.get(kind, ())))
        found.update(dict.fromkeys(places.next_named(reference.end, _AHEAD, _AHEAD_REACH)))
        known = [entity for entity in found if entity in places.entities or entity in reference.inside]
        return known[:MAX_CANDIDATES]

    def _owners(self, reference: Reference) -> set[EntityNumber]:
        """Whose person the words are about, and so not whom they mean: "her sister", "Roe's lawyer".

        Of 46 such in news none was right.
        """
        context = self._places.context
        if reference.pronoun is not None or reference.kind is not EntityKind.PERSON:
            return set()
        named = (
            entity
            for entity, tokens in reference.inside.items()
            if entity != reference.named and _is_owner(context.parsed.doc, tokens[-1])
        )
        first = reference.tokens[0]
        owner = context.entity_of(first) if first.tag_ == "PRP$" else None
        owners = set[EntityNumber]() if owner is None else {owner, *context.entities.members(owner)}
        # "Her rival, Bo Holm": whoever she is, the words are about Bo.
        return owners.union(named) - {reference.named}

    def _of_affiliation(self, reference: Reference, named: Sequence[SpeakerCandidate]) -> list[SpeakerCandidate]:
        """The candidates without those of other countries, states or parties where one is of the reference's.

        Of 2,052 such in news 25 were right.
        """
        asked = frozenset[str]() if reference.said is None else reference.said.affiliations
        known = [self._places.context.affiliations.get(one.entities[0], frozenset()) for one in named]
        found = zip(named, known, strict=True)
        if not any(one.kind is reference.kind and not asked.isdisjoint(own) for one, own in found):
            return list(named)
        return [one for one, own in zip(named, known, strict=True) if not own or not asked.isdisjoint(own)]

    def _fitting(self, reference: Reference) -> list[EntityNumber]:
        if reference.said is None:
            return []
        kinds = dict.fromkeys((reference.kind, EntityKind.PERSON, EntityKind.ORGANIZATION, EntityKind.PLACE))
        fits = (self._roles.fitting(reference.said, kind)[:_FITTING] for kind in kinds)
        return [entity for fit in fits for entity, _ in fit]

    def _said_before(self, token: int) -> list[EntityNumber]:
        found: dict[EntityNumber, None] = {}
        sources = self._places.sources
        place = bisect_left(sources, token, key=attrgetter("token"))
        for source in reversed(sources[max(place - MAX_CANDIDATES, 0) : place]):
            found[source.entity] = None
            if len(found) == _SAID_BEFORE:
                break
        return list(found)

    # Phrases without a name

    def _phrases(
        self, reference: Reference, words: str, distribution: AntecedentDistribution | None
    ) -> Iterator[SpeakerCandidate]:
        """What phrases before brought up, and mentions that the antecedent scorer links."""
        own = fold(words)
        known: set[EntityNumber] = set()
        if reference.named is None:
            for phrase in self._seen_alike(reference, own):
                known.add(phrase.entity)
                yield SpeakerCandidate(
                    CandidateSort.PHRASE,
                    (phrase.entity,),
                    names=(phrase.words,),
                    token=phrase.token,
                    kind=phrase.kind,
                    noun=phrase.noun,
                    is_plural=phrase.kind is EntityKind.GROUP,
                )
            yield from self._taken(reference, distribution, known)

    def _seen_alike(self, reference: Reference, own: str) -> Iterable[SeenPhrase]:
        latest = list(islice(reversed(self._seen.items()), _PHRASES_BACK))
        chosen: dict[str, SeenPhrase] = {}
        if own in self._seen and not reference.is_bare_pronoun:
            chosen[own] = self._seen[own]
        if reference.noun:
            nouns = {reference.noun, *self._places.context.lexicon.synonyms.get(reference.noun, ())}
            alike = [(key, phrase) for key, phrase in latest if phrase.noun in nouns]
            chosen.update(alike[:_PHRASES_ALIKE])
        last = _PHRASES_TAKEN if reference.is_bare_pronoun else _PHRASES_LAST
        chosen.update(latest[:last])
        return (one for one in chosen.values() if self._may_mean(reference, one.noun, one.kind))

    def _may_mean(self, reference: Reference, noun: str, kind: EntityKind) -> bool:
        """Whether a reference may mean what a phrase brought up: "she" no bridge, "the landlord" no tenant."""
        lexicon = self._places.context.lexicon
        endings = tuple(lexicon.phrases.person_endings)
        is_person = kind is EntityKind.PERSON or (kind is EntityKind.OTHER and noun.endswith(endings))
        if reference.pronoun in GENDERS:
            return is_person
        roles = (reference.noun, noun)
        is_general = any(lexicon.person_nouns.get(role) is not None or role in lexicon.variations for role in roles)
        is_about_person = reference.kind is EntityKind.PERSON or reference.noun.endswith(endings)
        if is_general or not is_person or not is_about_person or "" in roles:
            return True
        return noun in {reference.noun, *lexicon.synonyms.get(reference.noun, ())}

    def _taken(
        self, reference: Reference, distribution: AntecedentDistribution | None, known: set[EntityNumber]
    ) -> Iterator[SpeakerCandidate]:
        context, distributions = self._places.context, self._places.distributions
        ranked = () if distribution is None else distribution.ranked
        for referent, _ in ranked:
            if isinstance(referent, int):
                continue
            mention = distributions.mentions[referent.place]
            entity = context.entities.entity_at((mention.span,))
            is_known = entity in known or mention.start in self._named_starts
            if mention.pronoun is not None or is_known or not self._may_mean(reference, mention.noun, mention.kind):
                continue
            yield SpeakerCandidate(
                CandidateSort.PHRASE,
                referent=referent,
                names=(mention.span.of(context.parsed.text),),
                token=mention.start,
                kind=mention.kind,
                gender=mention.gender,
                noun=mention.noun,
                is_plural=mention.is_plural,
            )

    # Several

    def _sets(self, reference: Reference) -> Iterator[SpeakerCandidate]:
        context, known = self._places.context, set[frozenset[EntityNumber]]()
        for members in self._proposed_sets(reference):
            key = frozenset(members)
            if 1 < len(key) <= _MOST_MEMBERS and key not in known and len(known) < _SETS:
                known.add(key)
                ordered = tuple(dict.fromkeys(members))
                kind = self._places.kinds.get(ordered[0], context.entities[ordered[0]].kind)
                names = tuple(context.entities[member].name for member in ordered)
                yield SpeakerCandidate(CandidateSort.SET, ordered, names=names, kind=kind, is_plural=True)

    def _proposed_sets(self, reference: Reference) -> Iterator[Sequence[EntityNumber]]:
        context, places = self._places.context, self._places
        if len(reference.inside) > 1:
            yield from self._inside(reference)
            named = (find_name(context, part) for part in coordinated(reference.tokens, context.name_at))
            yield [context.owners[place] for place in named if place is not None]
        pairing = bool(reference.words & context.lexicon.pairs.words)
        if reference.named is not None or not (reference.is_plural or pairing or reference.is_bare_pronoun):
            return
        if reference.pronoun in {PronounClass.HE, PronounClass.SHE, PronounClass.IT}:
            return
        if reference.pronoun is None and reference.is_bare_pronoun:
            yield context.discourse.last_pair(None) or context.discourse.last_pair(EntityKind.PERSON)
        if reference.pronoun is None:
            yield find_pair(context, reference.tokens)
            yield self._same_role(reference)
        start = reference.start
        yield from reversed(self._several[-_LATEST_SETS:])
        yield from places.groups_before(start)
        people = places.last_people(start)
        yield people[:2]
        yield people[:3]
        yield places.leading.get(EntityKind.PERSON, ())[:2]
        sentence = context.parsed.sentences[start]
        for distance in (0, 1):
            near = (one for one in people if self._sentence_before(one, start) == sentence - distance)
            yield list(near)
        yield [
            one for one in people if self._paragraph_before(one, start) >= places.paragraphs[start] - _NEAR_PARAGRAPHS
        ]
        yield self._said_before(start)[:2]
        bodies = [one for one in places.last_named(start) if places.kinds[one] in _BODY_KINDS]
        yield bodies[:2]
        yield places.leading.get(EntityKind.PERSON, ())

    def _inside(self, reference: Reference) -> Iterator[Sequence[EntityNumber]]:
        """The people whom a reference names, and the bodies."""
        kinds = self._places.kinds
        yield [one for one in reference.inside if kinds.get(one) is EntityKind.PERSON]
        yield [one for one in reference.inside if kinds.get(one) in _BODY_KINDS]

    def _sentence_before(self, entity: EntityNumber, start: int) -> int:
        token = self._places.mentions(entity).last_before(start)
        return -1 if token is None else self._places.context.parsed.sentences[token]

    def _paragraph_before(self, entity: EntityNumber, start: int) -> int:
        token = self._places.mentions(entity).last_before(start)
        return -_NEAR_PARAGRAPHS - 1 if token is None else self._places.paragraphs[token]

    def _same_role(self, reference: Reference) -> Sequence[EntityNumber]:
        """Those whom the text calls by the noun: "the senators"."""
        context = self._places.context
        if not reference.noun:
            return ()
        heads = sorted({reference.noun, *context.lexicon.synonyms.get(reference.noun, ())})
        described = (entity for head in heads for entity, _ in context.described.get(head, ())[:_PHRASES_BACK])
        return list(dict.fromkeys(entity for entity in described if entity in self._places.entities))


def _is_owner(doc: Doc, last: int) -> bool:
    """Whether a possessive ending stands behind the last token of a name."""
    return last + 1 < len(doc) and doc[last + 1].tag_ == "POS"
