"""Whom a role means: "the Norwegian leader", "the candidate", "the bank"."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator
from math import log2

from attrs import define, field

from quotesmith.lexicon.folding import fold
from quotesmith.records import EntityKind
from quotesmith.speakers.phrases import Description
from quotesmith.speakers.scene import Scene

HEAD_FITS = 2.0
SYNONYM_FITS = 1.5
WORD_FITS = 1.0
FORMER_DIFFERS = -1.0
# A vice president is no president; "presidential" is what nominees of a party are anyway.
PARTING = frozenset({"vice", "deputy", "assistant", "lieutenant", "shadow", "junior"})
PAST = frozenset({"former", "ex", "late", "retired"})

# How far back, in sentences, the one may stand whom a text goes on about in other words.
REACH = 5
SUBJECT, PER_SENTENCE, PER_DOUBLING = 1.0, -0.5, 0.5
# How far ahead a text may name whom it first describes.
AHEAD = 12
# So many descriptions are looked at for one phrase, so that ten thousand candidates stay linear.
LOOKED_AT = 100


@define(eq=False)
class Roles:
    """The named entities by what the text says of them."""

    _scene: Scene
    _counts: Counter[int] = field()
    _first: dict[int, int] = field()
    _by_entity: dict[int, list[Description]] = field()

    @classmethod
    def of(cls, scene: Scene) -> "Roles":
        """The roles of a scene whose names are all read."""
        first: dict[int, int] = {}
        for place, owner in enumerate(scene.owners):
            first.setdefault(owner, scene.names[place].start)
        by_entity: dict[int, list[Description]] = defaultdict(list)
        for pairs in scene.described.values():
            for entity, said in pairs:
                by_entity[entity].append(said)
        return cls(scene, Counter(scene.owners), first, by_entity)

    def described(self, wanted: Description, kind: EntityKind) -> int | None:
        """The named entity of the kind that the words describe best; of several, the latest in play."""
        scores = self._scores(wanted, kind)
        best = max(scores.values(), default=0.0)
        # Words that describe nobody better than their head noun does point at one bearer of it, or at none.
        is_vague = bool(wanted.modifiers) and best <= HEAD_FITS and (len(scores) > 1 or bool(wanted.lands))
        is_loose = bool(wanted.proper or wanted.complement) and best <= SYNONYM_FITS
        if best <= 0 or is_vague or is_loose:
            return None
        fitting = {entity for entity, score in scores.items() if score == best}
        latest = (entity for entity, _ in self._scene.discourse.in_play() if entity in fitting)
        return next(latest, min(fitting))

    def fitting(self, wanted: Description, kind: EntityKind) -> tuple[tuple[int, float], ...]:
        """The named entities of the kind that the words describe, with how well they fit, the best first."""
        return tuple(sorted(self._scores(wanted, kind).items(), key=lambda pair: (-pair[1], pair[0])))

    def is_near(self, entity: int, token: int) -> bool:
        """Whether the entity was in play a few sentences before the token."""
        sentence = self._scene.layout.sentences[token]
        play = self._scene.discourse.in_play()
        return any(entity == other and sentence - sight.sentence <= REACH for other, sight in play)

    def related(self, wanted: Description, possessor: int) -> int | None:
        """The only one of whom the text says the same relation: "his wife" after "his wife, Jane"."""
        if wanted.head not in self._scene.lexicon.relations:
            return None
        scores = self._scores(wanted, EntityKind.PERSON)
        fitting = [entity for entity, score in scores.items() if score >= HEAD_FITS and entity != possessor]
        return fitting[0] if len(fitting) == 1 else None

    def continued(self, wanted: Description, kind: EntityKind, token: int) -> int | None:
        """Whom the text goes on about by a role that it never gave: who was in play last, the main ones first.

        Args:
            wanted: The role.
            kind: What sort of thing it is.
            token: Where the phrase begins.
        """
        if not self._varies(wanted, kind):
            return None
        sentence = self._scene.layout.sentences[token]
        scores = {}
        for entity, sight in self._scene.discourse.in_play():
            distance = sentence - sight.sentence
            # One who stands beside the phrase in its sentence is another; a place or body may be named just there.
            too_near = distance == 0 and kind is EntityKind.PERSON
            if too_near or distance > REACH or not self._may_be(entity, wanted, kind):
                continue
            weight = PER_DOUBLING * log2(1 + self._counts[entity])
            scores[entity] = weight + PER_SENTENCE * distance + SUBJECT * sight.subject
        return max(scores, key=scores.__getitem__) if scores else None

    def named_later(self, wanted: Description, kind: EntityKind, token: int, *, opening: bool) -> int | None:
        """Whom the text names soon after it has described them: "A judge ruled ... Justice Jane Roe said".

        Args:
            wanted: The role.
            kind: What sort of thing it is.
            token: Where the phrase begins.
            opening: Whether the text begins with it, so that the role alone tells.
        """
        sentences = self._scene.layout.sentences
        scores = self._scores(wanted, kind)
        least = SYNONYM_FITS if opening else HEAD_FITS + WORD_FITS
        ahead = {
            entity: self._first[entity]
            for entity, score in scores.items()
            if score >= least
            and self._first[entity] > token
            and (opening or sentences[self._first[entity]] - sentences[token] <= AHEAD)
        }
        return min(ahead, key=ahead.__getitem__) if ahead else None

    def _varies(self, wanted: Description, kind: EntityKind) -> bool:
        """Whether texts go on about what they have named by such a role."""
        lexicon = self._scene.lexicon
        if wanted.complement or (kind is not EntityKind.PERSON and wanted.modifiers):
            return False
        if kind is EntityKind.PLACE:
            return wanted.head in lexicon.place_nouns
        # "The band leader" leads no country; a bare "president" may well be one whom nobody need name.
        if wanted.head in lexicon.offices and (wanted.modifiers or wanted.head not in lexicon.variations):
            return bool(wanted.lands)
        return wanted.head in lexicon.variations

    def _scores(self, wanted: Description, kind: EntityKind) -> dict[int, float]:
        """How well the words fit each named entity that has the role; none that they don't fit."""
        scene, scores = self._scene, dict[int, float]()
        heads = {wanted.head, *scene.lexicon.synonyms.get(wanted.head, frozenset())}
        for entity, said in self._said(sorted(heads)):
            if self._is_kind(entity, kind) and self._agrees(entity, wanted):
                score = self._fit(wanted, said, entity)
                if score > 0:
                    scores[entity] = max(score, scores.get(entity, 0.0))
        return scores

    def _said(self, heads: Collection[str]) -> Iterator[tuple[int, Description]]:
        """What is said of entities with one of the heads: of the first in the text, and of those in play."""
        for head in heads:
            yield from self._scene.described.get(head, ())[:LOOKED_AT]
        for entity, _ in self._scene.discourse.in_play():
            yield from ((entity, said) for said in self._by_entity[entity][:LOOKED_AT] if said.head in heads)

    def _is_kind(self, entity: int, kind: EntityKind) -> bool:
        draft = self._scene.roster.drafts[entity]
        return draft.named and draft.kind is kind

    def _agrees(self, entity: int, wanted: Description) -> bool:
        """Whether neither gender nor country, state or party speaks against it."""
        gender = self._scene.lexicon.person_nouns.get(wanted.head)
        known = self._scene.roster.drafts[entity].gender
        if gender is not None and known is not None and gender is not known:
            return False
        return self._same_lands(wanted.lands, self._scene.lands[entity])

    def _same_lands(self, asked: frozenset[str], told: frozenset[str]) -> bool:
        """Whether no kind of land has others here than there."""
        kind_of = self._scene.lexicon.land_kind
        kinds = {kind_of(land) for land in asked} & {kind_of(land) for land in told}
        return all({x for x in asked if kind_of(x) == kind} & {x for x in told if kind_of(x) == kind} for kind in kinds)

    def _fit(self, wanted: Description, said: Description, entity: int) -> float:
        """How well what is said of an entity fits; 0 where words that part two roles stand on one side alone."""
        if wanted.modifiers & PARTING != said.modifiers & PARTING:
            return 0.0
        asked = wanted.modifiers | wanted.complement
        told = said.modifiers | said.complement
        lands = wanted.lands & (said.lands | self._scene.lands[entity])
        shared = {word for word in asked & told if self._scene.lexicon.affiliation(word) is None}
        # "The Oslo mayor" isn't the mayor of Bergen.
        if wanted.proper and said.proper and not (wanted.proper & (said.proper | told) or lands):
            return 0.0
        same = HEAD_FITS if wanted.head == said.head else SYNONYM_FITS
        past = FORMER_DIFFERS if bool(wanted.modifiers & PAST) != bool(said.modifiers & PAST) else 0.0
        return same + WORD_FITS * (len(lands) + len(shared - PAST)) + past

    def _may_be(self, entity: int, wanted: Description, kind: EntityKind) -> bool:
        """Whether an entity that is never given the role may have it."""
        scene = self._scene
        # The recognizer often takes the short name of a body for a place.
        is_acronym = scene.roster.drafts[entity].name.split()[0].isupper() and kind is EntityKind.ORGANIZATION
        kinds = {kind, EntityKind.PLACE} if is_acronym else {kind}
        if not any(self._is_kind(entity, k) for k in kinds) or not self._agrees(entity, wanted):
            return False
        if is_acronym and self._scene.lexicon.affiliation(scene.roster.drafts[entity].name) is not None:
            return False
        words = frozenset(fold(word) for word in scene.roster.drafts[entity].name.split())
        if kind is EntityKind.ORGANIZATION:
            # A body whose name says what it is isn't another sort of body.
            return not words & scene.lexicon.bodies
        if kind is EntityKind.PLACE:
            return self._is_place(entity, wanted.head)
        return True

    def _is_place(self, entity: int, head: str) -> bool:
        """Whether a place can be called that: a country or state is no city."""
        land = self._scene.lexicon.affiliation(self._scene.roster.drafts[entity].name)
        if head in {"country", "nation", "state", "kingdom", "republic"}:
            kind = None if land is None else self._scene.lexicon.land_kind(land)
            return kind == ("state" if head == "state" else "country")
        return land is None
