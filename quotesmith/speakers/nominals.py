"""Sources that are nouns: whom "the Russian leader" means, and who "analysts" are."""

from collections.abc import Sequence

from attrs import define, field
from spacy.tokens import Token

from quotesmith.lexicon.people import PeopleLexicon, fold
from quotesmith.records import EntityKind
from quotesmith.speakers.phrases import INDEFINITE, Description, describe, first_segment
from quotesmith.speakers.roster import Draft
from quotesmith.speakers.scene import Scene

HEAD_FITS = 2.0
MODIFIER_FITS = 1.0


@define(eq=False)
class Nominals:
    """The unnamed entities so far, found by their words and by their head nouns."""

    _scene: Scene
    _by_words: dict[str, int] = field(factory=dict)
    _by_head: dict[str, tuple[int, Description]] = field(factory=dict)

    def find(self, tokens: Sequence[Token]) -> tuple[int, bool]:
        """The entity that a noun phrase means, and whether it was known before.

        A definite phrase means a named entity that is described by these words, else the last unnamed entity
        with the same head noun; any other phrase, and one that fits nobody, an entity named by its own words.
        """
        scene = self._scene
        words = _trimmed(scene.span_of(tokens).of(scene.layout.text))
        segment = first_segment(tokens, scene.name_at)
        description = describe(segment, scene.lexicon) or Description(fold(words))
        first = fold(tokens[0].text)
        kind = phrase_kind(segment, scene.lexicon)
        if first == "the" and len(segment) == len(tokens):
            known = self._known(description, kind)
            if known is not None:
                return known, True
        same = self._by_words.get(words.casefold())
        if same is not None and first not in INDEFINITE:
            return same, True
        number = scene.roster.add(Draft(words, kind, named=False))
        self._by_words[words.casefold()] = number
        self._by_head[description.head] = number, description
        return number, False

    def _known(self, description: Description, kind: EntityKind) -> int | None:
        named = self._best_named(description, kind)
        number, said = self._by_head.get(description.head, (None, description))
        return named if named is not None or not description.modifiers <= said.modifiers else number

    def _best_named(self, wanted: Description, kind: EntityKind) -> int | None:
        """The named entity of the kind that the words describe best; of several, the latest in play."""
        scene = self._scene
        heads = {wanted.head, *scene.lexicon.synonyms.get(wanted.head, frozenset())}
        scores: dict[int, float] = {}
        for head in sorted(heads):
            for entity, said in scene.described.get(head, ()):
                if scene.roster.drafts[entity].kind is kind:
                    scores[entity] = max(self._fit(wanted, said), scores.get(entity, 0.0))
        best = max(scores.values(), default=0.0)
        # Words that describe nobody better than their head noun does point at one bearer of it, or at none.
        if best <= 0 or (wanted.modifiers and best <= HEAD_FITS and len(scores) > 1):
            return None
        fitting = {entity for entity, score in scores.items() if score == best}
        latest = (entity for entity, _ in scene.discourse.in_play() if entity in fitting)
        return next(latest, min(fitting))

    def _fit(self, wanted: Description, said: Description) -> float:
        """How well what is said of an entity fits; 0 where country or party differ."""
        affiliation = self._scene.lexicon.affiliation
        asked = {word: affiliation(word) for word in wanted.modifiers}
        told = {word: affiliation(word) for word in said.modifiers}
        wanted_lands, said_lands = set(asked.values()) - {None}, set(told.values()) - {None}
        if wanted_lands and said_lands and not wanted_lands & said_lands:
            return 0.0
        shared = {land or word for word, land in asked.items()} & {land or word for word, land in told.items()}
        same = HEAD_FITS if wanted.head == said.head else HEAD_FITS - MODIFIER_FITS / 2
        return same + MODIFIER_FITS * len(shared)


def phrase_kind(segment: Sequence[Token], lexicon: PeopleLexicon) -> EntityKind:
    """What sort of thing a noun phrase is about, by its head noun."""
    if not segment:
        return EntityKind.OTHER
    head = segment[-1]
    noun = fold(head.lemma_ or head.text)
    if head.tag_ in {"NNS", "NNPS"}:
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
    return EntityKind.PERSON if noun in lexicon.titles else EntityKind.OTHER


def _trimmed(words: str) -> str:
    start, end = 0, len(words)
    while start < end and not words[start].isalnum():
        start += 1
    while end > start and not (words[end - 1].isalnum() or words[end - 1] in "%)."):
        end -= 1
    return " ".join(words[start:end].split()) or words
